"""Trees grow, stand and are cleared; what they took up comes back; seasons are averaged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import biomass
from lca_models.errors import ValidityError, ValidityWarning
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()
ORCHARD = {
    "growth_t_c_per_ha_per_year": FACTORS["biomass.orchard.growth"].value,
    "maximum_t_c_per_ha": FACTORS["biomass.orchard.maximum"].value,
    "root_to_shoot": FACTORS["biomass.orchard.root_to_shoot"].value,
}
positive = st.floats(min_value=0.01, max_value=10)


def test_an_orchard_grows_for_twenty_years_and_then_stands():
    """IPCC 2019 V4 Ch5 Table 5.3, orchard: 0.43 t C/ha a year, 8.5 at most, a cycle of 20 years."""
    at = {age: biomass.stock_t_c_per_ha(age_years=age, **ORCHARD) for age in (0, 10, 20, 40)}
    assert at[0] == 0
    assert at[10] == pytest.approx(4.3 * 1.2)
    assert at[20] == at[40] == pytest.approx(8.5 * 1.2)


def test_the_rows_of_the_perennial_table_agree_with_their_cycles():
    """Table 5.3: maximum over growth is the harvest cycle: 20 years for fruit, 30 tea, 25 oil palm, 27 rubber."""
    table = FACTORS.table("biomass.perennial")
    cycles = {
        "orchard": 20,
        "olive": 20,
        "vine": 20,
        "tea": 30,
        "oil_palm": 25,
        "rubber": 27,
        "short_rotation_coppice": 4,
    }
    for crop, growth, maximum in zip(*map(table.column, ("crop", "growth", "maximum")), strict=True):
        assert maximum / growth == pytest.approx(cycles[crop], rel=0.02)


@given(positive, positive, st.floats(min_value=0, max_value=1), st.integers(min_value=1, max_value=60))
def test_what_grew_comes_back_when_the_trees_are_cleared(growth, maximum, roots, life):
    trees = {"growth_t_c_per_ha_per_year": growth, "maximum_t_c_per_ha": maximum, "root_to_shoot": roots}
    taken_up = sum(biomass.growth_kg_co2(area_ha=2, age_years=age, **trees) for age in range(life))
    standing = biomass.stock_t_c_per_ha(age_years=life, **trees)
    assert taken_up == pytest.approx(biomass.clearing_kg_co2(area_ha=2, standing_t_c_per_ha=standing))


@given(positive, positive, st.floats(min_value=1, max_value=80))
def test_the_mean_stock_is_the_mean_of_the_stock(growth, maximum, life):
    trees = {"growth_t_c_per_ha_per_year": growth, "maximum_t_c_per_ha": maximum, "root_to_shoot": 0.2}
    middles = (np.arange(20_000) + 0.5) * life / 20_000
    standing = biomass.stock_t_c_per_ha(age_years=middles, **trees)
    assert biomass.mean_stock_t_c_per_ha(lifetime_years=life, **trees) == pytest.approx(
        np.mean(standing), rel=1e-4
    )


def test_no_growth_after_the_maximum():
    assert biomass.growth_kg_co2(area_ha=1, age_years=25, **ORCHARD) == 0


def test_wood_that_is_kept_is_not_emitted():
    whole, half = (
        biomass.clearing_kg_co2(area_ha=1, standing_t_c_per_ha=10, kept_frac=part) for part in (0, 0.5)
    )
    assert (whole, half) == (pytest.approx(36_666.7, abs=0.1), pytest.approx(whole / 2))


@given(
    st.lists(st.floats(min_value=0, max_value=1e5), min_size=3, max_size=40),
    st.floats(min_value=0, max_value=1e6),
)
def test_the_seasons_of_a_life_carry_all_of_its_establishment(seasons, establishment):
    life = sum(seasons) + 1.0
    carried = [
        biomass.establishment_charge_kg(
            establishment_kg=establishment, season_yield_kg=season, lifetime_yield_kg=life
        )
        for season in [*seasons, 1.0]
    ]
    assert sum(carried) == pytest.approx(establishment)


def test_a_kilogram_carries_the_same_in_a_good_and_in_a_poor_season():
    per_kg = [
        biomass.establishment_charge_kg(
            establishment_kg=3200, season_yield_kg=season, lifetime_yield_kg=216_000
        )
        / season
        for season in (2400, 9600)
    ]
    assert per_kg[0] == pytest.approx(per_kg[1])


def test_three_seasons_are_averaged_without_a_word():
    assert biomass.mean_yield_kg(seasons_kg=[9600, 0, 7200]) == pytest.approx(5600)


@pytest.mark.parametrize("seasons", [[9600.0], [9600.0, 2400.0]])
def test_fewer_than_three_seasons_warn(seasons):
    """Recommendation (EU) 2021/2279, Annex I: three years for perennial plants."""
    with pytest.warns(ValidityWarning, match="add earlier seasons"):
        assert biomass.mean_yield_kg(seasons_kg=seasons) == pytest.approx(np.mean(seasons))


def test_alternation_from_none_to_full():
    """Hoblyn et al. 1936: 0 when every season is the same, 1 when every other is empty."""
    assert biomass.alternation_index(seasons_kg=[5, 5, 5]) == 0
    assert biomass.alternation_index(seasons_kg=[10, 0, 8, 0]) == 1
    assert biomass.alternation_index(seasons_kg=[0, 0]) == 0


@given(st.lists(st.just(0.0) | st.floats(min_value=1e-3, max_value=1e6), min_size=2, max_size=12), positive)
def test_alternation_lies_between_none_and_full_whatever_the_unit(seasons, unit):
    index = biomass.alternation_index(seasons_kg=seasons)
    assert 0 <= index <= 1
    assert biomass.alternation_index(seasons_kg=[unit * season for season in seasons]) == pytest.approx(index)


CALLS = {
    "stock": lambda x: biomass.stock_t_c_per_ha(age_years=40 * x, **ORCHARD),
    "growth": lambda x: biomass.growth_kg_co2(area_ha=1, age_years=40 * x, **ORCHARD),
    "clearing": lambda x: biomass.clearing_kg_co2(area_ha=1, standing_t_c_per_ha=10, kept_frac=x),
    "mean stock": lambda x: biomass.mean_stock_t_c_per_ha(lifetime_years=40 * x, **ORCHARD),
    "establishment": lambda x: biomass.establishment_charge_kg(
        establishment_kg=100 * x, season_yield_kg=50.0, lifetime_yield_kg=1000.0
    ),
    "mean yield": lambda x: biomass.mean_yield_kg(seasons_kg=[x, 2.0, 3.0]),
    "alternation": lambda x: biomass.alternation_index(seasons_kg=[x, 2.0, 3.0]),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    array, call = np.linspace(0.1, 1.0, 7), CALLS[name]
    singles = [call(float(x)) for x in array]
    assert all(isinstance(single, float) for single in singles)
    np.testing.assert_allclose(call(array), singles, rtol=1e-14)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: biomass.stock_t_c_per_ha(age_years=-1, **ORCHARD), "age is -1"),
        (
            lambda: biomass.stock_t_c_per_ha(age_years=5, **(ORCHARD | {"root_to_shoot": -0.1})),
            "root to shoot is -0.1",
        ),
        (lambda: biomass.growth_kg_co2(area_ha=-1, age_years=5, **ORCHARD), "area is -1"),
        (lambda: biomass.clearing_kg_co2(area_ha=1, standing_t_c_per_ha=-1), "standing is -1"),
        (lambda: biomass.clearing_kg_co2(area_ha=1, standing_t_c_per_ha=1, kept_frac=1.5), "kept is 1.5"),
        (lambda: biomass.mean_stock_t_c_per_ha(lifetime_years=0, **ORCHARD), "lifetime is 0"),
        (
            lambda: biomass.establishment_charge_kg(
                establishment_kg=1, season_yield_kg=1, lifetime_yield_kg=0
            ),
            "lifetime yield is 0",
        ),
        (
            lambda: biomass.establishment_charge_kg(
                establishment_kg=1, season_yield_kg=9, lifetime_yield_kg=8
            ),
            "more than the whole life",
        ),
        (lambda: biomass.mean_yield_kg(seasons_kg=[]), "no season is given"),
        (lambda: biomass.mean_yield_kg(seasons_kg=[1, -1, 1]), "harvest is -1"),
        (lambda: biomass.alternation_index(seasons_kg=[1]), "a single season"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, message):
    with pytest.raises(ValidityError, match=message):
        call()
