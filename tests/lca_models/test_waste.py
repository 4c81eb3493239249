"""Landfill, composting, digestion and incineration: IPCC Volume 5."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from lca_models.equations import waste
from lca_models.errors import ValidityError
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()
rates = st.floats(min_value=0.01, max_value=0.7)


def _rate(kind: str, climate: str) -> float:
    return next(row[2] for row in FACTORS.table("waste.decay").rows if row[:2] == (kind, climate))


def test_a_tonne_of_food_makes_fifty_kilograms_of_methane_in_the_end():
    """IPCC 2006 V5 Ch3, Equations 3.2 and 3.3 with the defaults: 1000·0.15·0.5·1·0.5·16/12 = 50 kg."""
    carbon = waste.decomposable_carbon_kg(
        waste_kg=1000,
        doc_frac=FACTORS["waste.doc.food"].value,
        decomposed_frac=FACTORS["waste.decomposed"].value,
        mcf=FACTORS["waste.mcf.managed"].value,
    )
    made = waste.methane_potential_kg(
        decomposable_carbon_kg=carbon, methane_frac=FACTORS["waste.methane_in_gas"].value
    )
    assert made == pytest.approx(50)
    left = waste.landfill_ch4_kg(
        generated_kg=made, recovered_kg=0, oxidised_frac=FACTORS["waste.oxidised.covered"].value
    )
    assert left == pytest.approx(45)


def test_decay_by_years_follows_the_differential_equation():
    """Independent: dA/dt = −k·A integrated numerically over each year after the deposit."""
    k = _rate("food and sludge", "tropical wet")
    solution = solve_ivp(lambda _, a: -k * a, (0, 5), [75.0], t_eval=range(6), rtol=1e-10, atol=1e-12)
    expected = -np.diff(solution.y[0]) * 0.5 * 16 / 12
    by_year = waste.decay_ch4_by_year_kg(
        deposited_carbon_kg=[75, 0, 0, 0, 0, 0], rate_per_year=k, methane_frac=0.5
    )
    assert by_year[0] == 0
    assert by_year[1:] == pytest.approx(expected, rel=1e-7)


@given(rates, st.lists(st.floats(min_value=0, max_value=1e3), min_size=1, max_size=8))
def test_a_landfill_makes_what_its_deposits_make_one_by_one(k, deposits):
    """Equations 3.4 to 3.6 year by year against the closed form of each deposit; never more than all of it."""
    years = 20
    made = sum(
        waste.decay_ch4_by_year_kg(
            deposited_carbon_kg=[*deposits, *[0.0] * years], rate_per_year=k, methane_frac=0.5
        )
    )
    last = len(deposits) + years - 1
    single = [
        waste.methane_potential_kg(decomposable_carbon_kg=kg, methane_frac=0.5)
        * waste.decayed_frac(rate_per_year=k, years=last - year)
        for year, kg in enumerate(deposits)
    ]
    assert made == pytest.approx(sum(single), rel=1e-9, abs=1e-9)
    assert made <= waste.methane_potential_kg(decomposable_carbon_kg=sum(deposits), methane_frac=0.5) + 1e-9


@given(rates, st.floats(min_value=0, max_value=100), st.floats(min_value=0, max_value=10))
def test_decay_only_goes_on(k, years, more):
    here, later = (waste.decayed_frac(rate_per_year=k, years=y) for y in (years, years + more))
    assert 0 <= here <= later <= 1


def test_every_waste_decays_fastest_in_the_wet_tropics():
    rows = FACTORS.table("waste.decay").rows
    for kind in {row[0] for row in rows}:
        rate = {row[1]: row[2] for row in rows if row[0] == kind}
        assert max(rate, key=rate.__getitem__) == "tropical wet"
    assert all(row[3] <= row[2] <= row[4] for row in rows)


def test_carbon_in_a_landfill_is_decomposed_or_left():
    state = {"waste_kg": 1000.0, "doc_frac": 0.43, "decomposed_frac": 0.1, "mcf": 1.0}
    assert waste.decomposable_carbon_kg(**state) + waste.landfill_carbon_left_kg(**state) == pytest.approx(
        430
    )


def test_composting_wet_and_dry_factors_agree_at_sixty_percent_water():
    """IPCC 2006 V5 Ch4, Table 4.1, footnote: dry factors assume 60 % moisture. The first print's 0.3 does not."""
    for gas in ("compost.ch4", "compost.n2o", "digestion.ch4"):
        wet, dry = (FACTORS[f"waste.{gas}.{basis}"].value for basis in ("wet", "dry"))
        assert waste.biological_kg(waste_kg=1000, emission_factor=wet) == pytest.approx(
            waste.biological_kg(waste_kg=400, emission_factor=dry)
        )
    assert waste.biological_kg(waste_kg=1000, emission_factor=0.004, recovered_kg=1) == pytest.approx(3)


def test_burning_a_kilogram_of_each_waste():
    """IPCC 2006 V5 Ch5, Equation 5.2 with Table 2.4: plastics 2.75, paper 0.9·0.46·0.01·44/12 = 0.0152, food 0."""
    table = FACTORS.table("waste.composition")
    burnt = {
        row[0]: waste.incineration_co2_kg(
            waste_kg=1, oxidised_frac=1, **dict(zip(table.columns[1:], row[1:], strict=True))
        )
        for row in table.rows
    }
    assert burnt["plastics"] == pytest.approx(2.75)
    assert burnt["paper"] == pytest.approx(0.01518)
    assert burnt["food"] == burnt["wood"] == 0


def test_an_open_fire_leaves_carbon_and_makes_methane():
    plants = {row[0]: row[1:] for row in FACTORS.table("waste.incineration").rows}
    ch4, n2o, oxidised = plants["open burning"]
    assert waste.incineration_gas_kg(waste_kg=1000, emission_factor=ch4) == pytest.approx(6.5)
    assert waste.incineration_gas_kg(waste_kg=1000, emission_factor=n2o) == pytest.approx(0.15)
    assert oxidised == 0.58


def test_mixed_waste_has_the_mean_carbon_of_its_parts():
    """IPCC 2006 V5 Ch3, Equation 3.7, as coded by public city inventories: 0.15 A + 0.2 B + 0.4 C + 0.43 D."""
    parts = [FACTORS[f"waste.doc.{kind}"].value for kind in ("food", "garden", "paper", "wood")]
    mixed = waste.degradable_carbon_frac(shares=[0.5, 0.2, 0.2, 0.1], doc_fracs=parts)
    assert mixed == pytest.approx(0.15 * 0.5 + 0.2 * 0.2 + 0.4 * 0.2 + 0.43 * 0.1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: waste.landfill_ch4_kg(generated_kg=50, recovered_kg=60, oxidised_frac=0),
            "more than there is",
        ),
        (
            lambda: waste.biological_kg(waste_kg=1, emission_factor=0.004, recovered_kg=1),
            "more than there is",
        ),
        (
            lambda: waste.decomposable_carbon_kg(waste_kg=1, doc_frac=15, decomposed_frac=0.5, mcf=1),
            "doc frac is 15",
        ),
        (lambda: waste.landfill_ch4_kg(generated_kg=1, recovered_kg=0, oxidised_frac=1.1), "oxidised frac"),
        (lambda: waste.decayed_frac(rate_per_year=-0.1, years=1), "rate per year"),
        (
            lambda: waste.methane_potential_kg(decomposable_carbon_kg=-1, methane_frac=0.5),
            "decomposable carbon",
        ),
        (lambda: waste.degradable_carbon_frac(shares=[], doc_fracs=[]), "kinds of waste is 0"),
        (
            lambda: waste.degradable_carbon_frac(shares=[0.8, 0.8], doc_fracs=[0.1, 0.1]),
            "sum of shares is 1.6",
        ),
        (lambda: waste.degradable_carbon_frac(shares=[1.0], doc_fracs=[]), "1 shares and 0 carbon contents"),
        (lambda: waste.incineration_gas_kg(waste_kg=-1, emission_factor=0.1), "waste kg is -1"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, message):
    with pytest.raises(ValidityError, match=message):
        call()


SHARES = np.linspace(0.1, 0.6, 6)
BURNT = {"dry_frac": 0.4, "carbon_frac": 0.38, "oxidised_frac": 1.0}
CALLS = {
    "carbon": lambda x: waste.decomposable_carbon_kg(waste_kg=9, doc_frac=x, decomposed_frac=0.5, mcf=0.8),
    "potential": lambda x: waste.methane_potential_kg(decomposable_carbon_kg=9, methane_frac=x),
    "emitted": lambda x: waste.landfill_ch4_kg(generated_kg=9, recovered_kg=2, oxidised_frac=x),
    "decayed": lambda x: waste.decayed_frac(rate_per_year=x, years=3),
    "third year": lambda x: waste.decay_ch4_by_year_kg(
        deposited_carbon_kg=[9, 5, 0], rate_per_year=x, methane_frac=0.5
    )[2],
    "left": lambda x: waste.landfill_carbon_left_kg(waste_kg=9, doc_frac=x, decomposed_frac=0.5, mcf=0.8),
    "compost": lambda x: waste.biological_kg(waste_kg=9, emission_factor=x),
    "burnt": lambda x: waste.incineration_co2_kg(waste_kg=9, fossil_frac=x, **BURNT),
    "smoke": lambda x: waste.incineration_gas_kg(waste_kg=9, emission_factor=x),
    "mixed": lambda x: waste.degradable_carbon_frac(shares=[x, 1 - x], doc_fracs=[0.15, 0.4]),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    np.testing.assert_allclose(CALLS[name](SHARES), [CALLS[name](float(x)) for x in SHARES], rtol=1e-14)
