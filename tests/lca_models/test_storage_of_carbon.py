"""Biochar by every method card, the kiln's balance, and capture with storage."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import beccs, biochar, permanence
from lca_models.errors import ValidityError, ValidityWarning
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()
SHARED = Path(__file__).parents[3] / "shared"
ratios = st.floats(min_value=0.05, max_value=0.69)


def _columns(table_id: str) -> dict[str, tuple[float, ...]]:
    table = FACTORS.table(table_id)
    return {name: table.column(name) for name in table.columns}


def _value(factor_id: str) -> float:
    return FACTORS[factor_id].value


WOOLF = {years: _columns(f"biochar.fperm.woolf2021.{years}") for years in (100, 200, 500, 1000)}
PURO_2022, PURO_2025 = _columns("biochar.fperm.puro2022.100"), _columns("biochar.fperm.puro2025.200")
POOLS = _columns("biochar.pools.c_sink")
IPCC = {f"{kind}_frac": _value(f"biochar.fperm.ipcc2019.{kind}") for kind in ("low", "medium", "high")}
C_SINK = {"persistent_frac": _value("biochar.persistent.c_sink"), "pools": POOLS}
CHAR = {"h_to_corg": 0.35, "soil_temperature_c": 23.0}


def _cards() -> dict[str, float]:
    """One char, H/C_org 0.35, made at 560 °C, in a soil of 23 °C."""
    ipcc = permanence.ipcc_2019_frac(pyrolysis_temperature_c=560, **IPCC)
    unknown = _value("biochar.fperm.vm0044.unknown")
    return {
        "IPCC 2019": ipcc,
        "Woolf 2021, 100": biochar.permanent_fraction(**CHAR, coefficients=WOOLF[100]),
        "Woolf 2021, 200": biochar.permanent_fraction(**CHAR, coefficients=WOOLF[200]),
        "VM0044": permanence.vm0044_frac(
            h_to_corg=0.35, class_frac=ipcc, unknown_frac=unknown, temperature_logged=False
        ),
        "Puro 2022": permanence.puro_2022_frac(**CHAR, coefficients=PURO_2022),
        "Puro 2025": permanence.puro_2025_frac(**CHAR, coefficients=PURO_2025),
        "EBC 2020": permanence.ebc_2020_frac(
            h_to_corg=0.35, loss_per_year=_value("biochar.loss.ebc2020"), years=100
        ),
        "Global C-Sink": permanence.global_c_sink_frac(
            h_to_corg=0.35, pyrolysis_temperature_c=560, years=1000, **C_SINK
        ),
    }


def test_one_char_by_every_card():
    """The spread of methods for H/C_org 0.35 in a soil of 23 °C; each card by its own source."""
    expected = {
        "IPCC 2019": 0.80,
        "Woolf 2021, 100": 0.76,
        "Woolf 2021, 200": 0.58,
        "VM0044": 0.56,
        "Puro 2022": 0.76,
        "Puro 2025": 0.71,
        "EBC 2020": 0.74,
        "Global C-Sink": 0.75,
    }
    assert {name: round(float(value), 2) for name, value in _cards().items()} == expected


@pytest.mark.parametrize("years", [100, 200, 500, 1000])
def test_woolf_at_every_horizon_and_temperature(years):
    """Against the regression recomputed on the paper's data, column f_035."""
    file = SHARED / "params" / "woolf2021_fperm_regression_recomputed.csv"
    if not file.exists():
        pytest.skip("the shared vectors are not beside this checkout")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if int(row["horizon"]) == years]
    assert len(rows) == 11
    for row in rows:
        kept = biochar.permanent_fraction(
            h_to_corg=0.35, soil_temperature_c=float(row["Ts"]), coefficients=WOOLF[years]
        )
        assert kept == pytest.approx(float(row["f_035"]), abs=1e-4)


def test_a_longer_horizon_never_keeps_more():
    kept = [biochar.permanent_fraction(**CHAR, coefficients=WOOLF[years]) for years in sorted(WOOLF)]
    assert kept == sorted(kept, reverse=True)


def test_puro_2022_is_woolf_to_two_decimals():
    for row, temperature in enumerate(PURO_2022["soil_temperature_c"]):
        here = WOOLF[100]["soil_temperature_c"].index(temperature)
        assert PURO_2022["intercept"][row] == pytest.approx(WOOLF[100]["intercept"][here], abs=5.01e-3)
        assert PURO_2022["slope"][row] == pytest.approx(WOOLF[100]["slope"][here], abs=5.01e-3)


@pytest.mark.parametrize(
    ("temperature", "ratio", "percent"),
    [(7, 0.0001, 96.59), (14, 0.35, 80.03), (23, 0.35, 71.13), (30, 0.7, 52.42), (37.5, 0.7, 52.42)],
)
def test_puro_2025_row_by_row(temperature, ratio, percent):
    """Equation 6.4 with Table 6.1 by hand: 90.37 − 29.54·0.35, 86.19 − 43.04·0.35, 86.19 − 48.25·0.7."""
    kept = permanence.puro_2025_frac(h_to_corg=ratio, soil_temperature_c=temperature, coefficients=PURO_2025)
    assert kept * 100 == pytest.approx(percent, abs=6e-3)


def test_puro_2025_takes_the_warmer_of_two_degrees():
    between, warmer = (
        permanence.puro_2025_frac(h_to_corg=0.35, soil_temperature_c=t, coefficients=PURO_2025)
        for t in (22.4, 23)
    )
    assert between == warmer


@pytest.mark.parametrize(
    ("card", "table"), [(permanence.puro_2022_frac, PURO_2022), (permanence.puro_2025_frac, PURO_2025)]
)
@given(ratios, st.floats(min_value=7, max_value=24), st.floats(min_value=0.01, max_value=1))
def test_no_card_keeps_more_of_a_greener_char_or_in_a_warmer_soil(card, table, ratio, temperature, step):
    here = card(h_to_corg=ratio, soil_temperature_c=temperature, coefficients=table)
    warmer = card(h_to_corg=ratio, soil_temperature_c=temperature + step, coefficients=table)
    greener = card(h_to_corg=min(0.7, ratio + step), soil_temperature_c=temperature, coefficients=table)
    assert 0 <= greener <= here <= 1
    assert warmer <= here + 1e-12


@pytest.mark.parametrize(
    ("made_at", "kept"), [(350, 0.65), (449, 0.65), (450, 0.80), (600, 0.80), (601, 0.89)]
)
def test_ipcc_classes_and_their_edges(made_at, kept):
    """IPCC 2019 Refinement V4 Ch2, Appendix 4, Table 4AP.2."""
    assert permanence.ipcc_2019_frac(pyrolysis_temperature_c=made_at, **IPCC) == kept


def test_vm0044_believes_a_logged_temperature_only():
    known = {"h_to_corg": 0.35, "class_frac": 0.89, "unknown_frac": 0.56}
    assert permanence.vm0044_frac(**known, temperature_logged=True) == 0.89
    assert permanence.vm0044_frac(**known, temperature_logged=False) == 0.56


def test_three_quarters_stay_for_ever_by_the_c_sink():
    """Schmidt et al. 2022: 75 % beyond 1000 years; at once, all of it, though the pool shares add up to 1.0024."""
    char = {"h_to_corg": 0.35, "pyrolysis_temperature_c": 600, **C_SINK}
    kept = [permanence.global_c_sink_frac(**char, years=years) for years in (0, 50, 100, 1000)]
    assert kept[0] == 1
    assert kept == sorted(kept, reverse=True)
    assert kept[-1] == pytest.approx(0.75, abs=1e-4)


def test_the_crcf_card_says_that_it_is_not_verified():
    with pytest.raises(ValidityError, match="CRCF card is not verified"):
        permanence.crcf_2026_frac(h_to_corg=0.35)


def test_char_yield_is_that_of_the_shipped_factor():
    """`biochar.yield.wood`: 550 °C and 27 % lignin."""
    made = biochar.yield_frac(pyrolysis_temperature_c=550, lignin_frac=0.27)
    assert made == pytest.approx(_value("biochar.yield.wood"), abs=5e-4)


def test_a_laboratory_sheet_and_the_curves_give_one_ratio():
    """2.2 % H and 75 % C: (2.2/1.008)/(75/12.011) = 0.3495, worked by hand; the curves at 550 °C: 0.295."""
    assert biochar.h_to_corg(hydrogen_frac=0.022, organic_carbon_frac=0.75) == pytest.approx(0.3495, abs=1e-4)
    curves = biochar.h_to_corg(
        hydrogen_frac=biochar.char_hydrogen_frac(pyrolysis_temperature_c=550),
        organic_carbon_frac=biochar.char_carbon_frac(pyrolysis_temperature_c=550),
    )
    assert curves == pytest.approx(0.295, abs=1e-3)


@given(st.floats(min_value=350, max_value=700), st.floats(min_value=1, max_value=50))
def test_hotter_makes_less_char_richer_in_carbon_and_poorer_in_hydrogen(temperature, hotter):
    for curve, rises in (
        (lambda t: biochar.yield_frac(pyrolysis_temperature_c=t, lignin_frac=0.27), False),
        (lambda t: biochar.char_carbon_frac(pyrolysis_temperature_c=t), True),
        (lambda t: biochar.char_hydrogen_frac(pyrolysis_temperature_c=t), False),
    ):
        assert (curve(temperature + hotter) > curve(temperature)) is rises


def test_carbon_kept_in_slow_pyrolysis():
    """The yield and carbon curves at 500 °C keep about half of the wood's carbon, as the literature has it."""
    kept = biochar.carbon_kept_frac(
        char_kg=1000 * biochar.yield_frac(pyrolysis_temperature_c=500, lignin_frac=0.25),
        char_carbon_frac=biochar.char_carbon_frac(pyrolysis_temperature_c=500),
        wood_dry_kg=1000,
        wood_carbon_frac=0.5,
    )
    assert kept == pytest.approx(0.48, abs=0.01)


def test_units_of_the_puro_methodology():
    """Equation 5.1 by hand: a tonne of char, 75 % C, 0.7113 kept, 400 kg emitted."""
    stored = 1000 * 0.75 * 44 / 12
    loss = stored * (1 - 0.71126)
    net = biochar.puro_net_kg(stored_kg=stored, baseline_kg=0, loss_kg=loss, project_kg=400, leakage_kg=0)
    assert net == pytest.approx(2750 * 0.71126 - 400)


def test_damp_wood_is_warned_of():
    with pytest.warns(ValidityWarning, match="moisture frac 0.25 is outside 0 to 0.15"):
        assert biochar.kiln_char_kg(wood_kg=100, moisture_frac=0.25, yield_frac=0.2) == pytest.approx(15)


def test_a_pyrolysis_temperature_outside_the_curve_is_warned_of():
    with pytest.warns(ValidityWarning, match="pyrolysis temperature c 900"):
        biochar.yield_frac(pyrolysis_temperature_c=900, lignin_frac=0.25)


def test_a_char_of_middling_ratio_is_warned_of_by_the_fixed_rate():
    with pytest.warns(ValidityWarning, match="h to corg 0.6"):
        permanence.ebc_2020_frac(h_to_corg=0.6, loss_per_year=0.003, years=100)


def test_carbon_of_a_plant_is_stored_lost_or_let_out():
    """BiocharAG: 0.48 kg C per kg dry wood, 90 % captured, 1.584 kg CO2 per kg; the rest balances."""
    captured = beccs.captured_co2_kg(fuel_dry_kg=1000, carbon_frac=0.48, capture_frac=_value("beccs.capture"))
    assert captured == pytest.approx(1584)
    stored = beccs.stored_co2_kg(captured_kg=captured, loss_frac=0.02)
    stack = 1000 * 0.48 * 44 / 12 - captured
    assert stored + captured * 0.02 + stack == pytest.approx(1760)
    assert beccs.biogenic_co2_kg(stored_kg=stored, biogenic_frac=0.95) == pytest.approx(0.95 * stored)


def test_ninety_nine_percent_after_a_thousand_years():
    """IPCC (2005), Special Report on CCS, section 8.4: 0.001 % a year keeps 99 % over 1000 years."""
    assert beccs.retained_frac(leak_rate_per_year=1e-5, years=1000) == pytest.approx(0.99, abs=1e-3)


def test_the_energy_balance_gives_the_published_penalty():
    """3.5 GJ/t and 100 kWh/t on dry wood cost some 9 points: inside the penalty's own interval of 6 to 12."""
    captured = beccs.captured_co2_kg(fuel_dry_kg=1000, carbon_frac=0.48, capture_frac=0.9)
    net = beccs.net_electricity_kwh(
        fuel_mj=18600,
        efficiency_frac=0.36,
        capture_heat_mj=beccs.capture_heat_mj(
            captured_kg=captured, heat_gj_per_t=_value("beccs.capture_heat")
        ),
        steam_to_power_frac=_value("beccs.steam_to_power"),
        compression_kwh=beccs.compression_kwh(
            captured_kg=captured, work_kwh_per_t=_value("beccs.compression")
        ),
    )
    penalty = 0.36 - net * 3.6 / 18600
    known = FACTORS["beccs.efficiency_penalty"]
    assert known.lower < penalty < known.upper
    assert beccs.efficiency_with_capture_frac(efficiency_frac=0.36, penalty_frac=0.08) == pytest.approx(0.28)


@given(st.floats(min_value=0, max_value=0.9), st.floats(min_value=0.001, max_value=0.1))
def test_capturing_more_never_stores_less_nor_sells_more(capture, more):
    stored, sold = [], []
    for share in (capture, capture + more):
        captured = beccs.captured_co2_kg(fuel_dry_kg=1000, carbon_frac=0.48, capture_frac=share)
        stored.append(beccs.stored_co2_kg(captured_kg=captured, loss_frac=0.01))
        sold.append(
            beccs.net_electricity_kwh(
                fuel_mj=18600,
                efficiency_frac=0.36,
                capture_heat_mj=beccs.capture_heat_mj(captured_kg=captured, heat_gj_per_t=3.5),
                steam_to_power_frac=0.2,
                compression_kwh=beccs.compression_kwh(captured_kg=captured, work_kwh_per_t=100),
            )
        )
    assert stored[1] > stored[0]
    assert sold[1] < sold[0]


GREEN = {"h_to_corg": 0.71}
PLANT = {"fuel_mj": 18600.0, "efficiency_frac": 0.3, "steam_to_power_frac": 0.2, "compression_kwh": 100.0}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: biochar.kiln_char_kg(wood_kg=1, moisture_frac=0.5, yield_frac=0.2),
            "more methane than its char",
        ),
        (lambda: biochar.h_to_corg(hydrogen_frac=0.02, organic_carbon_frac=0), "organic carbon frac is 0"),
        (
            lambda: biochar.carbon_kept_frac(
                char_kg=900, char_carbon_frac=0.8, wood_dry_kg=1000, wood_carbon_frac=0.47
            ),
            "carbon in char over carbon in wood is 1.53",
        ),
        (lambda: biochar.yield_frac(pyrolysis_temperature_c=500, lignin_frac=27), "lignin frac is 27"),
        (lambda: permanence.ipcc_2019_frac(pyrolysis_temperature_c=300, **IPCC), "roasted wood"),
        (
            lambda: permanence.vm0044_frac(
                **GREEN, class_frac=0.8, unknown_frac=0.56, temperature_logged=True
            ),
            "0.71 is outside",
        ),
        (
            lambda: permanence.puro_2022_frac(**GREEN, soil_temperature_c=20, coefficients=PURO_2022),
            "0.71 is outside",
        ),
        (
            lambda: permanence.puro_2025_frac(**GREEN, soil_temperature_c=20, coefficients=PURO_2025),
            "0.71 is outside",
        ),
        (
            lambda: permanence.puro_2025_frac(h_to_corg=0.3, soil_temperature_c=6.9, coefficients=PURO_2025),
            "6.9 is outside 7 to 40",
        ),
        (
            lambda: permanence.puro_2022_frac(h_to_corg=0.3, soil_temperature_c=26, coefficients=PURO_2022),
            "26 is outside 5 to 25",
        ),
        (lambda: permanence.ebc_2020_frac(**GREEN, loss_per_year=0.003, years=100), "0.71 is outside"),
        (
            lambda: permanence.global_c_sink_frac(
                h_to_corg=0.4, pyrolysis_temperature_c=600, years=100, **C_SINK
            ),
            "below 0.4 and above 550",
        ),
        (
            lambda: permanence.global_c_sink_frac(
                h_to_corg=0.35, pyrolysis_temperature_c=550, years=100, **C_SINK
            ),
            "below 0.4 and above 550",
        ),
        (lambda: permanence.crcf_2026_frac(**GREEN), "0.71 is outside"),
        (
            lambda: beccs.captured_co2_kg(fuel_dry_kg=1, carbon_frac=0.5, capture_frac=1.01),
            "capture frac is 1.01",
        ),
        (lambda: beccs.stored_co2_kg(captured_kg=1, loss_frac=1.5), "loss frac is 1.5"),
        (lambda: beccs.biogenic_co2_kg(stored_kg=1, biogenic_frac=-0.1), "biogenic frac is -0.1"),
        (lambda: beccs.capture_heat_mj(captured_kg=-1, heat_gj_per_t=3), "captured kg is -1"),
        (
            lambda: beccs.net_electricity_kwh(**PLANT, capture_heat_mj=20000.0),
            "more heat than the fuel holds",
        ),
        (
            lambda: beccs.net_electricity_kwh(**(PLANT | {"compression_kwh": 5000.0}), capture_heat_mj=100.0),
            "more electricity than the plant makes",
        ),
        (
            lambda: beccs.efficiency_with_capture_frac(efficiency_frac=0.05, penalty_frac=0.08),
            "efficiency with capture is -0.03",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, message):
    with pytest.raises(ValidityError, match=message):
        call()


SHARES = np.linspace(0.1, 0.39, 6)
CALLS = {
    "yield": lambda x: biochar.yield_frac(pyrolysis_temperature_c=550, lignin_frac=x),
    "carbon": lambda x: biochar.char_carbon_frac(pyrolysis_temperature_c=400 + x),
    "hydrogen": lambda x: biochar.char_hydrogen_frac(pyrolysis_temperature_c=400 + x),
    "ratio": lambda x: biochar.h_to_corg(hydrogen_frac=0.02, organic_carbon_frac=x),
    "char": lambda x: biochar.kiln_char_kg(wood_kg=9, moisture_frac=0.1, yield_frac=x),
    "kept": lambda x: biochar.carbon_kept_frac(
        char_kg=2, char_carbon_frac=x, wood_dry_kg=9, wood_carbon_frac=0.47
    ),
    "units": lambda x: biochar.puro_net_kg(stored_kg=9, baseline_kg=0, loss_kg=x, project_kg=1, leakage_kg=0),
    "ipcc": lambda x: permanence.ipcc_2019_frac(pyrolysis_temperature_c=300 + 1000 * x, **IPCC),
    "vm0044": lambda x: permanence.vm0044_frac(
        h_to_corg=0.3, class_frac=x, unknown_frac=0.56, temperature_logged=True
    ),
    "puro 2022": lambda x: permanence.puro_2022_frac(
        h_to_corg=x, soil_temperature_c=23.0, coefficients=PURO_2022
    ),
    "puro 2025": lambda x: permanence.puro_2025_frac(
        h_to_corg=0.3, soil_temperature_c=10 + 50 * x, coefficients=PURO_2025
    ),
    "ebc": lambda x: permanence.ebc_2020_frac(h_to_corg=0.3, loss_per_year=x / 100, years=100),
    "c-sink": lambda x: permanence.global_c_sink_frac(
        h_to_corg=0.3, pyrolysis_temperature_c=600, years=100 * x, **C_SINK
    ),
    "captured": lambda x: beccs.captured_co2_kg(fuel_dry_kg=9, carbon_frac=0.48, capture_frac=x),
    "stored": lambda x: beccs.stored_co2_kg(captured_kg=9, loss_frac=x),
    "biogenic": lambda x: beccs.biogenic_co2_kg(stored_kg=9, biogenic_frac=x),
    "steam": lambda x: beccs.capture_heat_mj(captured_kg=9, heat_gj_per_t=x),
    "work": lambda x: beccs.compression_kwh(captured_kg=9, work_kwh_per_t=x),
    "net": lambda x: beccs.net_electricity_kwh(**PLANT, capture_heat_mj=9000 * x),
    "efficiency": lambda x: beccs.efficiency_with_capture_frac(efficiency_frac=0.5, penalty_frac=x),
    "retained": lambda x: beccs.retained_frac(leak_rate_per_year=x / 100, years=100),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    np.testing.assert_allclose(CALLS[name](SHARES), [CALLS[name](float(x)) for x in SHARES], rtol=1e-14)
