"""Direct land-use change: 20 equal years, and a history nobody knows is not a history of nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import land_use_change, soil_carbon
from lca_models.errors import ValidityError

losses = st.floats(min_value=-100, max_value=400)


def test_forest_on_volcanic_soil_turned_into_annual_crops():
    """IPCC 2006 V4 Ch5, section 5.3.3.4, worked example: −2.0 t C/ha a year from the soil alone, 7.2 t CO2."""
    cropland = soil_carbon.tier1_stock_t_c_per_ha(reference_t_c_per_ha=70, f_lu=0.48, f_mg=1.0, f_i=0.92)
    loss = land_use_change.carbon_loss_t_c_per_ha(
        biomass_before_t_c_per_ha=0,
        biomass_after_t_c_per_ha=0,
        soil_before_t_c_per_ha=70,
        soil_after_t_c_per_ha=cropland,
    )
    year = land_use_change.annual_emission_kg_co2(area_ha=1, loss_t_c_per_ha=loss, years_since_conversion=0)
    assert cropland == pytest.approx(30.9, abs=0.05)
    assert loss / 20 == pytest.approx(2.0, abs=0.05)
    assert year == pytest.approx((70 - 70 * 0.48 * 0.92) / 20 * 44 / 12 * 1000)


@given(losses, st.floats(min_value=0, max_value=100))
def test_twenty_years_carry_all_of_it_and_no_more(loss, area):
    emitted, taken_up = (
        sum(year(area_ha=area, loss_t_c_per_ha=loss, years_since_conversion=float(age)) for age in range(60))
        for year in (land_use_change.annual_emission_kg_co2, land_use_change.annual_uptake_kg_co2)
    )
    assert emitted == pytest.approx(area * max(loss, 0) * 44 / 12 * 1000)
    assert taken_up == pytest.approx(area * max(-loss, 0) * 44 / 12 * 1000)
    assert min(emitted, taken_up) == 0


@pytest.mark.parametrize("unknown", [None, float("nan"), np.array([3.0, np.nan])])
@pytest.mark.parametrize(
    "year", [land_use_change.annual_emission_kg_co2, land_use_change.annual_uptake_kg_co2]
)
def test_an_unknown_history_is_not_zero(year, unknown):
    with pytest.raises(ValidityError, match="unknown is not unchanged"):
        year(area_ha=1, loss_t_c_per_ha=60, years_since_conversion=unknown)


def test_what_a_region_converted():
    """By hand: a tenth from forest (100 t C/ha), a fifth from grassland (20), the rest unchanged: 14."""
    mean = land_use_change.statistical_loss_t_c_per_ha(losses_t_c_per_ha=[100, 20, 0], shares=[0.1, 0.2, 0.7])
    assert mean == pytest.approx(14)


@pytest.mark.parametrize(
    ("losses_given", "shares", "message"),
    [
        ([100, 0], [0.1, 0.8], "do not add up to 1"),
        ([100, 0], [1.2, -0.2], "share is 1.2"),
        ([100], [0.1, 0.9], "1 losses and 2 shares"),
        ([], [], "do not add up to 1"),
    ],
)
def test_shares_that_leave_land_out_are_refused(losses_given, shares, message):
    with pytest.raises(ValidityError, match=message):
        land_use_change.statistical_loss_t_c_per_ha(losses_t_c_per_ha=losses_given, shares=shares)


@pytest.mark.parametrize(
    ("given_values", "message"),
    [
        ({"years_since_conversion": -1}, "years since conversion is -1"),
        ({"area_ha": -1}, "area is -1"),
        ({"amortisation_years": 0}, "amortisation years is 0"),
    ],
)
def test_what_cannot_be_is_refused_by_name(given_values, message):
    values = {"area_ha": 1, "loss_t_c_per_ha": 60, "years_since_conversion": 3} | given_values
    with pytest.raises(ValidityError, match=message):
        land_use_change.annual_emission_kg_co2(**values)


def test_a_negative_stock_is_refused():
    with pytest.raises(ValidityError, match="soil after is -1"):
        land_use_change.carbon_loss_t_c_per_ha(
            biomass_before_t_c_per_ha=1,
            biomass_after_t_c_per_ha=1,
            soil_before_t_c_per_ha=1,
            soil_after_t_c_per_ha=-1,
        )


CALLS = {
    "loss": lambda x: land_use_change.carbon_loss_t_c_per_ha(
        biomass_before_t_c_per_ha=50 * x, biomass_after_t_c_per_ha=5, soil_before_t_c_per_ha=40, soil_after_t_c_per_ha=38
    ),
    "emission": lambda x: land_use_change.annual_emission_kg_co2(
        area_ha=2, loss_t_c_per_ha=90 * x - 30, years_since_conversion=30 * x
    ),
    "uptake": lambda x: land_use_change.annual_uptake_kg_co2(
        area_ha=2, loss_t_c_per_ha=90 * x - 30, years_since_conversion=3
    ),
    "statistics": lambda x: land_use_change.statistical_loss_t_c_per_ha(
        losses_t_c_per_ha=[100, 0.0], shares=[x, 1 - x]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    array, call = np.linspace(0.0, 1.0, 7), CALLS[name]
    singles = [call(float(x)) for x in array]
    assert all(isinstance(single, float) for single in singles)
    np.testing.assert_allclose(call(array), singles, rtol=1e-14)
