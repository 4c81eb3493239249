"""The IPCC tier 2 steady-state method against two programs written by others, and against its own logic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import soc_steady_state as method
from lca_models.errors import ValidityError
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()
TABLE = method.Parameters(
    *(FACTORS[f"soc.tier2.{name}"].value for name in
      ("k_active", "k_slow", "k_passive", "f1", "f3", "f5", "f6", "f7", "f8"))
)  # fmt: skip
HOTTEST, BEST = FACTORS["soc.tier2.temperature_maximum"].value, FACTORS["soc.tier2.temperature_optimum"].value
SLOPE = FACTORS["soc.tier2.water_slope"].value
REDUCED = FACTORS["soc.tier2.tillage.reduced"].value
# A subtropical year, irrigated in October and November.
TEMPERATURE = np.array([13.9, 15.2, 18.4, 22.6, 26.2, 27.9, 28.9, 28.7, 27.5, 24.7, 20.2, 15.6])
RAIN = np.array([41.0, 66, 90, 175, 285, 320, 238, 232, 195, 71, 39, 31])
DEMAND = np.array([62.0, 60, 70, 90, 115, 120, 150, 140, 125, 115, 90, 72])
IRRIGATED = np.array([0.0] * 9 + [1, 1, 0])
SUPPLY = method.Supply(4.2, 0.10, 0.012, FACTORS["soc.tier2.f2.reduced"].value)


def _water(slope: float) -> float:
    return method.water_factor(rain_mm=RAIN, evapotranspiration_mm=DEMAND, irrigated=IRRIGATED, slope=slope)


def _conditions(slope: float = SLOPE) -> method.Conditions:
    warmth = method.temperature_factor(air_temperature_c=TEMPERATURE, maximum_c=HOTTEST, optimum_c=BEST)
    return method.Conditions(warmth, _water(slope), REDUCED, 0.35)


def test_a_year_as_another_implementation_computes_it():
    """Same inputs through the functions of hestia_earth.models 0.74.17 (ipcc2019, organicCarbonPerHa_tier_2)."""
    conditions = _conditions()
    assert conditions[:2] == pytest.approx((0.75530174, 1.89514396), rel=1e-8)
    decay = method.decay_per_year(conditions=conditions, parameters=TABLE)
    assert decay == pytest.approx((11.2643564, 0.6207648, 0.00986238), rel=1e-6)
    rest = method.steady_state_t_c_per_ha(supply=SUPPLY, conditions=conditions, parameters=TABLE)
    assert rest == pytest.approx((0.19223833, 2.07469227, 25.35443422), rel=1e-7)
    after = method.after_year(pools=method.Pools(0.9, 4.0, 30.0), steady_state=rest, decay=decay)
    assert after == pytest.approx((0.19223833, 2.80483674, 29.95418365), rel=1e-7)


def test_the_same_year_as_the_authors_of_the_method_wrote_it():
    """Gurung and Ogle 2018 (program): slope 0.9303. Their soil holds 41 % more than with the printed 1.331."""
    conditions = _conditions(slope=0.9303)
    assert conditions.water_factor == pytest.approx(1.3470942585, rel=1e-9)
    rest = method.steady_state_t_c_per_ha(supply=SUPPLY, conditions=conditions, parameters=TABLE)
    assert rest == pytest.approx((0.27044828, 2.91875681, 35.66959228), rel=1e-7)
    printed = method.steady_state_t_c_per_ha(supply=SUPPLY, conditions=_conditions(), parameters=TABLE)
    assert rest.total_t_c_per_ha / printed.total_t_c_per_ha == pytest.approx(1.41, abs=5e-3)


def test_with_the_printed_slope_a_wet_month_outruns_an_irrigated_one():
    year = np.ones(12)
    wet = method.water_factor(
        rain_mm=200 * year, evapotranspiration_mm=100 * year, irrigated=0 * year, slope=SLOPE
    )
    irrigated = method.water_factor(
        rain_mm=0 * year, evapotranspiration_mm=100 * year, irrigated=year, slope=SLOPE
    )
    driest = method.water_factor(
        rain_mm=0 * year, evapotranspiration_mm=100 * year, irrigated=0 * year, slope=SLOPE
    )
    assert (wet, irrigated, driest) == (
        pytest.approx(2.2494, abs=1e-4),
        pytest.approx(1.1625),
        pytest.approx(0.31935),
    )


def test_a_month_without_evaporation_counts_as_wet():
    frozen = method.water_factor(
        rain_mm=np.zeros(12), evapotranspiration_mm=np.zeros(12), irrigated=np.zeros(12), slope=SLOPE
    )
    assert frozen == pytest.approx(2.2494, abs=1e-4)


def test_carbon_that_comes_in_leaves_at_rest():
    """At rest what decays and is not stabilised elsewhere equals the input: nothing piles up."""
    conditions = _conditions()
    decay = method.decay_per_year(conditions=conditions, parameters=TABLE)
    rest = method.steady_state_t_c_per_ha(supply=SUPPLY, conditions=conditions, parameters=TABLE)
    flows = [pool * rate for pool, rate in zip(rest, decay, strict=True)]
    f4 = 1 - TABLE.f5 - (0.17 + 0.68 * conditions.sand_frac)
    metabolic = SUPPLY.carbon_t_c_per_ha * (0.85 - 0.018 * SUPPLY.lignin_frac / SUPPLY.nitrogen_frac)
    lignin = SUPPLY.carbon_t_c_per_ha * SUPPLY.lignin_frac
    structural = SUPPLY.carbon_t_c_per_ha - metabolic - lignin
    to_active = (
        metabolic * TABLE.f1
        + structural * SUPPLY.structural_to_active_frac
        + flows[1] * TABLE.f7
        + flows[2] * TABLE.f8
    )
    assert flows[0] == pytest.approx(to_active)
    assert flows[1] == pytest.approx(lignin * TABLE.f3 + flows[0] * f4)
    assert flows[2] == pytest.approx(flows[0] * TABLE.f5 + flows[1] * TABLE.f6)


def test_a_soil_at_rest_stays_at_rest_and_any_other_comes_to_it():
    conditions = _conditions()
    rest = method.steady_state_t_c_per_ha(supply=SUPPLY, conditions=conditions, parameters=TABLE)
    still = method.run(start=rest, supplies=[SUPPLY] * 5, years=[conditions] * 5, parameters=TABLE)
    assert still[-1] == pytest.approx(rest, rel=1e-12)
    empty = method.Pools(0.0, 0.0, 0.0)
    filled = method.run(start=empty, supplies=[SUPPLY] * 3000, years=[conditions] * 3000, parameters=TABLE)
    assert filled[-1] == pytest.approx(rest, rel=1e-9)


def test_less_tillage_keeps_more_and_the_gain_fades():
    before, after = (
        _conditions()._replace(tillage_factor=FACTORS[f"soc.tier2.tillage.{kind}"].value)
        for kind in ("full", "none")
    )
    start = method.steady_state_t_c_per_ha(supply=SUPPLY, conditions=before, parameters=TABLE)
    years = method.run(start=start, supplies=[SUPPLY] * 40, years=[after] * 40, parameters=TABLE)
    totals = [start.total_t_c_per_ha, *(pools.total_t_c_per_ha for pools in years)]
    gains = np.diff(totals)
    assert np.all(gains > 0)
    assert gains[30] < 0.1 * gains[0]


shares = st.floats(min_value=0.01, max_value=0.3)


@given(
    st.floats(min_value=0, max_value=20), st.floats(min_value=1, max_value=5), shares, shares, st.floats(0, 1)
)
def test_the_stock_is_proportional_to_the_input_and_never_negative(carbon, times, lignin, nitrogen, sand):
    conditions = _conditions()._replace(sand_frac=sand)

    def at_rest(tonnes: float) -> method.Pools:
        supply = method.Supply(tonnes, lignin, nitrogen, 0.455)
        return method.steady_state_t_c_per_ha(supply=supply, conditions=conditions, parameters=TABLE)

    assert min(at_rest(carbon)) >= 0
    assert at_rest(carbon * times) == pytest.approx([times * pool for pool in at_rest(carbon)])


def test_very_woody_litter_has_no_metabolic_part_rather_than_a_negative_one():
    straw, wood = (
        method.steady_state_t_c_per_ha(
            supply=method.Supply(1.0, 0.25, nitrogen, 0.455), conditions=_conditions(), parameters=TABLE
        )
        for nitrogen in (0.25 / 48, 0.25 / 200)
    )
    assert straw == wood


def test_many_fields_at_once_are_the_same_as_one_by_one():
    sand, carbon = np.linspace(0.05, 0.95, 6), np.linspace(1.0, 8.0, 6)
    together = method.run(
        start=method.Pools(0 * sand, 0 * sand, 20 + 0 * sand),
        supplies=[SUPPLY._replace(carbon_t_c_per_ha=carbon)] * 3,
        years=[_conditions()._replace(sand_frac=sand)] * 3,
        parameters=TABLE,
    )
    for index in range(len(sand)):
        alone = method.run(
            start=method.Pools(0.0, 0.0, 20.0),
            supplies=[SUPPLY._replace(carbon_t_c_per_ha=float(carbon[index]))] * 3,
            years=[_conditions()._replace(sand_frac=float(sand[index]))] * 3,
            parameters=TABLE,
        )
        assert [type(pool) for pool in alone[-1]] == [float, float, float]
        assert [pool[index] for pool in together[-1]] == pytest.approx(alone[-1], rel=1e-14)


def test_fields_along_a_second_axis_have_a_factor_each():
    two = np.stack([TEMPERATURE, TEMPERATURE - 5], axis=1)
    both = method.temperature_factor(air_temperature_c=two, maximum_c=HOTTEST, optimum_c=BEST)
    cool = method.temperature_factor(air_temperature_c=TEMPERATURE - 5, maximum_c=HOTTEST, optimum_c=BEST)
    np.testing.assert_allclose(both, [_conditions().temperature_factor, cool], rtol=1e-14)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: method.temperature_factor(air_temperature_c=TEMPERATURE, maximum_c=30.0, optimum_c=33.0),
            "optimum is not below",
        ),
        (
            lambda: method.water_factor(
                rain_mm=-RAIN, evapotranspiration_mm=DEMAND, irrigated=IRRIGATED, slope=SLOPE
            ),
            "rain is -",
        ),
        (
            lambda: method.decay_per_year(
                conditions=_conditions()._replace(sand_frac=35.0), parameters=TABLE
            ),
            "sand is 35",
        ),
        (
            lambda: method.decay_per_year(
                conditions=_conditions()._replace(tillage_factor=0.0), parameters=TABLE
            ),
            "tillage factor is 0",
        ),
        (
            lambda: method.steady_state_t_c_per_ha(
                supply=SUPPLY._replace(carbon_t_c_per_ha=-1.0), conditions=_conditions(), parameters=TABLE
            ),
            "carbon is -1",
        ),
        (
            lambda: method.steady_state_t_c_per_ha(
                supply=SUPPLY._replace(nitrogen_frac=0.0), conditions=_conditions(), parameters=TABLE
            ),
            "nitrogen is 0",
        ),
        (
            lambda: method.after_year(
                pools=method.Pools(-1.0, 0.0, 0.0),
                steady_state=method.Pools(1.0, 1.0, 1.0),
                decay=method.Pools(1.0, 1.0, 1.0),
            ),
            "active is -1",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, message):
    with pytest.raises(ValidityError, match=message):
        call()
