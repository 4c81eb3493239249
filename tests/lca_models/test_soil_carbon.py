"""Soil carbon stocks: the guideline's own examples, the tables, samples and saturation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import soil_carbon
from lca_models.errors import ValidityError
from lca_models.factors import Table, shipped_factors

FACTORS = shipped_factors()
stocks = st.floats(min_value=0.0, max_value=300.0)
years = st.floats(min_value=0.0, max_value=200.0)


def _value(table_id: str, *conditions: str) -> float:
    table = FACTORS.table(table_id)
    [row] = [row for row in table.rows if row[:2] == conditions]
    return float(row[table.columns.index("value")])


def test_a_million_hectares_of_annual_crops():
    """IPCC 2006 V4 Ch5, section 5.2.3.4, worked example: Mollisols, warm temperate moist, 264 000 t C a year."""

    def million_t(*parts: tuple[float, float, float]) -> float:
        return sum(
            hectares
            * soil_carbon.tier1_stock_t_c_per_ha(reference_t_c_per_ha=88, f_lu=0.69, f_mg=tillage, f_i=given_back)
            for hectares, tillage, given_back in parts
        ) / 1e6  # fmt: skip

    before = million_t((400_000, 1.0, 0.92), (600_000, 1.0, 1.0))
    after = million_t((200_000, 1.0, 0.92), (700_000, 1.08, 1.0), (100_000, 1.15, 1.0))
    change = soil_carbon.annual_change_t_c_per_ha(
        stock_before_t_c_per_ha=before, stock_after_t_c_per_ha=after
    )
    assert before == pytest.approx(58.78, abs=5e-3)
    assert after == pytest.approx(64.06, abs=5e-3)
    assert change * 1e6 == pytest.approx(264_000, abs=500)


def test_a_lychee_orchard_in_the_moist_tropics_and_what_the_wrong_factor_would_add():
    """2019 Tables 2.3 and 5.5; 1.1 for 1.01 adds 3.4 t C/ha, 12.5 t CO2/ha."""
    reference = _value("soc.reference", "tropical_moist", "low_activity_clay")
    perennial = _value("soc.f_lu", "tropical_moist", "perennial")
    right, wrong = (
        soil_carbon.tier1_stock_t_c_per_ha(reference_t_c_per_ha=reference, f_lu=factor, f_mg=1.0, f_i=1.0)
        for factor in (perennial, 1.1)
    )
    assert (reference, perennial, right) == (38.0, 1.01, pytest.approx(38.38))
    assert -soil_carbon.change_kg_co2(area_ha=1, change_t_c_per_ha=wrong - right) == pytest.approx(
        12_540, abs=1
    )


@pytest.mark.parametrize(
    ("table_id", "conditions", "expected"),
    [
        ("soc.reference", ("warm_temperate_moist", "high_activity_clay"), 64.0),
        ("soc.reference", ("tropical_wet", "low_activity_clay"), 52.0),
        ("soc.f_lu", ("warm_temperate_moist", "perennial"), 0.72),
        ("soc.f_lu", ("warm_temperate_moist", "paddy_rice"), 1.35),
        ("soc.f_lu", ("tropical_moist", "long_term_annual"), 0.83),
        ("soc.f_mg", ("tropical_moist", "no_tillage"), 1.10),
        ("soc.f_i", ("tropical_moist", "high_with_manure"), 1.44),
        ("soc.f_mg.grassland", ("tropical_moist", "improved"), 1.17),
    ],
)
def test_numbers_of_the_tables(table_id, conditions, expected):
    """IPCC 2019 V4 Tables 2.3, 5.5 and 6.2."""
    assert _value(table_id, *conditions) == expected


@pytest.mark.parametrize("table_id", [i for i in FACTORS.tables if i.startswith(("soc.", "biomass."))])
def test_every_row_stands_once_and_lies_in_its_interval(table_id):
    table = FACTORS.table(table_id)
    conditions = [tuple(cell for cell in row if isinstance(cell, str)) for row in table.rows]
    assert len(set(conditions)) == len(conditions)
    for name in (
        column for column in table.columns if f"{column}_lower" in table.columns or column == "value"
    ):
        lower, upper = _bounds(table, name)
        for low, middle, high in zip(lower, table.column(name), upper, strict=True):
            assert 0 < low <= middle <= high


def _bounds(table: Table, name: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    prefix = "" if name == "value" else f"{name}_"
    return table.column(f"{prefix}lower"), table.column(f"{prefix}upper")


def test_every_cropland_factor_covers_every_climate_of_the_reference_stocks():
    climates = set(FACTORS.table("soc.reference").column("climate"))
    for kind in ("f_lu", "f_mg", "f_i"):
        covered = set(FACTORS.table(f"soc.{kind}").column("climate"))
        covered |= set(FACTORS.table(f"soc.{kind}.tropical_montane").column("climate"))
        assert covered == climates


def test_longer_than_the_transition_is_spread_over_the_period():
    change = soil_carbon.annual_change_t_c_per_ha(
        stock_before_t_c_per_ha=30, stock_after_t_c_per_ha=36, period_years=30
    )
    assert change == pytest.approx(0.2)


@given(stocks, stocks, years)
def test_the_yearly_changes_add_up_to_the_new_stock_and_then_end(before, after, age):
    def at(year: float) -> float:
        return soil_carbon.transition_stock_t_c_per_ha(
            stock_before_t_c_per_ha=before, stock_after_t_c_per_ha=after, years_since_change=year
        )

    yearly = soil_carbon.annual_change_t_c_per_ha(
        stock_before_t_c_per_ha=before, stock_after_t_c_per_ha=after
    )
    assert at(0) == before
    assert at(1) == pytest.approx(before + yearly)
    assert at(20 + age) == pytest.approx(after)


def test_a_sample_with_stones():
    """1.2 % C in 30 cm of 1.3 g/cm³: 46.8 t C/ha of fine earth; a twentieth of it is stones."""
    stone_free = soil_carbon.measured_stock_t_c_per_ha(
        carbon_frac=0.012, bulk_density_g_per_cm3=1.3, depth_cm=30, coarse_frac=0
    )
    stony = soil_carbon.measured_stock_t_c_per_ha(
        carbon_frac=0.012, bulk_density_g_per_cm3=1.3, depth_cm=30, coarse_frac=0.05
    )
    assert (stone_free, stony) == (pytest.approx(46.8), pytest.approx(46.8 * 0.95))


def test_capacity_of_sand_and_of_clay():
    """Hassink 1997: 4.09 + 0.37 × % below 20 µm."""
    assert soil_carbon.protective_capacity_g_per_kg(fine_frac=np.array([0.0, 1.0])).tolist() == [4.09, 41.09]


def test_a_field_near_its_maximum_gains_little():
    """The same extra input, 0.8 t C/ha a year for 20 years, in an empty and in a nearly full soil."""

    def gain(stock: float) -> float:
        def after(supply: float) -> float:
            return soil_carbon.saturating_stock_t_c_per_ha(
                stock_t_c_per_ha=stock,
                input_t_c_per_ha_per_year=supply,
                decay_per_year=0.02,
                maximum_t_c_per_ha=60,
                years=20,
            )

        at_rest = 0.02 * stock / (1 - stock / 60)
        return after(at_rest + 0.8) - after(at_rest)

    assert gain(50.0) < 0.2 * gain(15.0)
    assert soil_carbon.saturation_deficit_frac(stock_t_c_per_ha=57, maximum_t_c_per_ha=60) == pytest.approx(
        0.05
    )
    assert soil_carbon.saturation_deficit_frac(stock_t_c_per_ha=61, maximum_t_c_per_ha=60) == 0


@given(
    st.floats(min_value=0, max_value=60),
    st.floats(min_value=0, max_value=50),
    st.floats(min_value=0, max_value=1),
    years,
    st.floats(min_value=0, max_value=50),
)
def test_no_input_fills_a_soil_beyond_its_maximum(stock, supply, decay, age, more):
    def after(given_back: float) -> float:
        return soil_carbon.saturating_stock_t_c_per_ha(
            stock_t_c_per_ha=stock,
            input_t_c_per_ha_per_year=given_back,
            decay_per_year=decay,
            maximum_t_c_per_ha=60,
            years=age,
        )

    assert 0 <= after(supply) <= 60 + 1e-9
    assert after(supply + more) >= after(supply) - 1e-9


def test_the_saturating_soil_agrees_with_stepping_its_equation():
    """Stewart et al. 2007, the differential equation integrated in small steps."""
    stock, step = 20.0, 1e-3
    for _ in range(10_000):
        stock += step * (2.0 * (1 - stock / 80) - 0.03 * stock)
    exact = soil_carbon.saturating_stock_t_c_per_ha(
        stock_t_c_per_ha=20, input_t_c_per_ha_per_year=2, decay_per_year=0.03, maximum_t_c_per_ha=80, years=10
    )
    assert stock == pytest.approx(exact, rel=1e-4)


def test_where_nothing_comes_and_nothing_goes_the_stock_stays():
    still = soil_carbon.saturating_stock_t_c_per_ha(
        stock_t_c_per_ha=20, input_t_c_per_ha_per_year=0, decay_per_year=0, maximum_t_c_per_ha=80, years=10
    )
    assert still == 20


CALLS = {
    "tier 1": lambda x: soil_carbon.tier1_stock_t_c_per_ha(reference_t_c_per_ha=60 * x, f_lu=x, f_mg=1, f_i=1),
    "change": lambda x: soil_carbon.annual_change_t_c_per_ha(stock_before_t_c_per_ha=30, stock_after_t_c_per_ha=60 * x),
    "transition": lambda x: soil_carbon.transition_stock_t_c_per_ha(
        stock_before_t_c_per_ha=30, stock_after_t_c_per_ha=40, years_since_change=40 * x
    ),
    "CO2": lambda x: soil_carbon.change_kg_co2(area_ha=x, change_t_c_per_ha=0.2),
    "sample": lambda x: soil_carbon.measured_stock_t_c_per_ha(
        carbon_frac=x / 20, bulk_density_g_per_cm3=1.3, depth_cm=30, coarse_frac=x / 2
    ),
    "capacity": lambda x: soil_carbon.protective_capacity_g_per_kg(fine_frac=x),
    "deficit": lambda x: soil_carbon.saturation_deficit_frac(stock_t_c_per_ha=80 * x, maximum_t_c_per_ha=60),
    "filling": lambda x: soil_carbon.saturating_stock_t_c_per_ha(
        stock_t_c_per_ha=30, input_t_c_per_ha_per_year=2 * x, decay_per_year=0.02, maximum_t_c_per_ha=60, years=20
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    array, call = np.linspace(0.1, 1.0, 7), CALLS[name]
    singles = [call(float(x)) for x in array]
    assert all(isinstance(single, float) for single in singles)
    np.testing.assert_allclose(call(array), singles, rtol=1e-14)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: soil_carbon.tier1_stock_t_c_per_ha(reference_t_c_per_ha=0, f_lu=1, f_mg=1, f_i=1),
            "reference stock is 0",
        ),
        (
            lambda: soil_carbon.tier1_stock_t_c_per_ha(reference_t_c_per_ha=38, f_lu=-1, f_mg=1, f_i=1),
            "f lu is -1",
        ),
        (
            lambda: soil_carbon.annual_change_t_c_per_ha(
                stock_before_t_c_per_ha=30, stock_after_t_c_per_ha=40, transition_years=0
            ),
            "transition years is 0",
        ),
        (
            lambda: soil_carbon.transition_stock_t_c_per_ha(
                stock_before_t_c_per_ha=30, stock_after_t_c_per_ha=40, years_since_change=-1
            ),
            "years since change is -1",
        ),
        (lambda: soil_carbon.change_kg_co2(area_ha=-1, change_t_c_per_ha=1), "area is -1"),
        (
            lambda: soil_carbon.measured_stock_t_c_per_ha(
                carbon_frac=1.2, bulk_density_g_per_cm3=1.3, depth_cm=30, coarse_frac=0
            ),
            "carbon is 1.2",
        ),
        (
            lambda: soil_carbon.measured_stock_t_c_per_ha(
                carbon_frac=0.012, bulk_density_g_per_cm3=0, depth_cm=30, coarse_frac=0
            ),
            "bulk density is 0",
        ),
        (lambda: soil_carbon.protective_capacity_g_per_kg(fine_frac=40), "fine fraction is 40"),
        (
            lambda: soil_carbon.saturation_deficit_frac(stock_t_c_per_ha=-1, maximum_t_c_per_ha=60),
            "stock is -1",
        ),
        (
            lambda: soil_carbon.saturating_stock_t_c_per_ha(
                stock_t_c_per_ha=1,
                input_t_c_per_ha_per_year=1,
                decay_per_year=0.1,
                maximum_t_c_per_ha=0,
                years=1,
            ),
            "maximum is 0",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, message):
    with pytest.raises(ValidityError, match=message):
        call()
