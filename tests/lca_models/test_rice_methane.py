"""Methane of a paddy: water and straw decide, in numbers that the rice methodologies print too."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import rice_methane
from lca_models.errors import ValidityError
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()


def _value(name: str) -> float:
    return FACTORS[f"rice.{name}"].value


def _season(water: str, straw_t_per_ha: float, timing: str = "straw_under_30") -> float:
    organic = rice_methane.organic_scaling(
        rates_t_per_ha=[straw_t_per_ha],
        conversions=[_value(f"cfoa.{timing}")],
        exponent=_value("sfo.exponent"),
    )
    daily = rice_methane.daily_factor_kg_per_ha(
        baseline_kg_per_ha_day=_value("efc.east_asia"),
        sf_water=_value(f"sfw.{water}"),
        sf_pre_season=_value("sfp.dry_under_180"),
        sf_organic=organic,
    )
    return rice_methane.season_kg(daily_factor_kg_per_ha=daily, days=_value("days.east_asia"), area_ha=1)


def test_chinese_rice_under_water_and_drained_several_times():
    """IPCC 2019 V4 Ch5, Tables 5.11 to 5.12 by hand: 1.32 · 112 = 147.8 and · 0.55 = 81.3 kg CH4/ha."""
    assert _season("continuous", 0) == pytest.approx(147.84)
    assert _season("multiple_drainage", 0) == pytest.approx(81.31, abs=5e-3)
    assert _season("multiple_drainage", 0) / _season("continuous", 0) == pytest.approx(0.55)


@pytest.mark.parametrize(("timing", "scaling"), [("straw_under_30", 2.88), ("straw_over_30", 1.48)])
def test_five_tonnes_of_straw_early_and_late(timing, scaling):
    """Verra VM0051 assumes 5 t/ha of straw in the baseline: SC_o 2.88 or 1.48 by when it was worked in."""
    found = rice_methane.organic_scaling(rates_t_per_ha=[5], conversions=[_value(f"cfoa.{timing}")])
    assert found == pytest.approx(scaling, abs=5e-3)


def test_straw_worked_in_early_saves_nearly_half_of_the_methane():
    early, late = _season("continuous", 5, "straw_over_30"), _season("continuous", 5)
    assert early / late == pytest.approx(1.95**0.59 / 6**0.59)


def test_amendments_add_up_before_the_exponent_not_after():
    both = rice_methane.organic_scaling(rates_t_per_ha=[3, 10], conversions=[1.0, 0.17])
    assert both == pytest.approx((1 + 3 + 1.7) ** 0.59)
    assert rice_methane.organic_scaling(rates_t_per_ha=[], conversions=[]) == 1.0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rice_methane.organic_scaling(rates_t_per_ha=[5, 3], conversions=[1.0]), "2 rates and 1 conversion"),
        (lambda: rice_methane.organic_scaling(rates_t_per_ha=[-5], conversions=[1.0]), "rate t per ha is -5"),
        (lambda: rice_methane.season_kg(daily_factor_kg_per_ha=1.3, days=400, area_ha=1), "400 is outside 0 to 365"),
        (lambda: rice_methane.season_kg(daily_factor_kg_per_ha=1.3, days=100, area_ha=-1), "area ha is -1"),
        (lambda: rice_methane.daily_factor_kg_per_ha(
            baseline_kg_per_ha_day=1.3, sf_water=-1, sf_pre_season=1, sf_organic=1), "sf water is -1"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(call, message):
    with pytest.raises(ValidityError, match=message):
        call()


@given(st.floats(0, 20), st.floats(0, 20), st.floats(0, 1))
def test_more_straw_never_makes_less_methane(straw, more, conversion):
    def scaling(rate: float) -> float:
        return rice_methane.organic_scaling(rates_t_per_ha=[rate], conversions=[conversion])

    assert scaling(straw + more) >= scaling(straw) >= 1


@given(st.floats(0.1, 10), st.floats(1, 300))
def test_methane_is_proportional_to_area_and_days(area, days):
    once = rice_methane.season_kg(daily_factor_kg_per_ha=1.32, days=1, area_ha=1)
    assert rice_methane.season_kg(daily_factor_kg_per_ha=1.32, days=days, area_ha=area) == pytest.approx(
        once * days * area
    )


def test_every_water_regime_with_less_water_has_a_smaller_factor():
    order = ["continuous", "single_drainage", "multiple_drainage", "rainfed_drought_prone", "deep_water"]
    factors = [_value(f"sfw.{name}") for name in order]
    assert factors == sorted(factors, reverse=True)


CALLS = {
    "organic": lambda x: rice_methane.organic_scaling(rates_t_per_ha=[x, 2.0], conversions=[1.0, 0.17]),
    "exponent": lambda x: rice_methane.organic_scaling(rates_t_per_ha=[5.0], conversions=[1.0], exponent=x),
    "daily": lambda x: rice_methane.daily_factor_kg_per_ha(
        baseline_kg_per_ha_day=1.32, sf_water=x, sf_pre_season=1.0, sf_organic=2.88
    ),
    "season": lambda x: rice_methane.season_kg(daily_factor_kg_per_ha=x, days=112.0, area_ha=1.0),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    values = np.linspace(0.1, 0.9, 5)
    np.testing.assert_allclose(CALLS[name](values), [CALLS[name](float(x)) for x in values], rtol=1e-14)
