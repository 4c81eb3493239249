"""A season of carp and of shrimp by hand: feed, aeration, N2O from what was fed and not kept, methane of the mud."""

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lca_models.activities.aquaculture import Aquaculture
from lca_models.errors import RecordError
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.product_system import check_balances

FACTORS = shipped_factors()


def _receipt(amount: str) -> dict[str, str]:
    return {"amount": amount, "source": "receipt"}


CARP: dict[str, Any] = {
    "activity": "aquaculture",
    "name": "carp ponds",
    "stocked": _receipt("1.5 t"),
    "pond": {"water": "fresh", "area": _receipt("30 mu"), "filled": _receipt("300 days")},
    "feeds": [
        {
            "product": "aquaculture.low_animal_protein",
            "amount": _receipt("42 t"),
            "protein": _receipt("30 %"),
        }
    ],
    "n2o": "by_nitrogen",
    "body_protein": _receipt("16 %"),
    "supplies": {"electricity": _receipt("9000 kWh")},
    "gives": [{"product": "grass carp", "amount": _receipt("27.5 t")}],
    "allocation": "mass",
}


@pytest.fixture
def carp() -> dict[str, Any]:
    return copy.deepcopy(CARP)


def _season(record: dict[str, Any], numbers: Numbers | None = None) -> Process:
    (process,) = Aquaculture.model_validate(record).processes(numbers or Numbers(FACTORS), "CN-GD")
    return process


def _emission(process: Process, substance: str) -> Any:
    return next(e.kg for e in process.exchanges if isinstance(e, Emission) and e.substance == substance)


def test_a_season_of_carp_by_hand(carp):
    """42 t feed with 4.8 % N, 26 t gained with 2.56 % N; 2 ha of water for 300 of 365 days."""
    season = _season(carp)
    lost = 42_000 * 0.30 / 6.25 - 26_000 * 0.16 / 6.25
    assert _emission(season, "n2o") == pytest.approx(lost * 0.018 * 44 / 28)
    assert _emission(season, "ch4_biogenic") == pytest.approx(2 * 183 * 300 / 365)
    bought = {e.product: e.amount for e in season.exchanges if isinstance(e, Purchase)}
    assert bought == {"feed.aquaculture.low_animal_protein": 42_000, "electricity.CN-GD": 9000}


def test_by_harvest_the_guideline_asks_for_nothing_but_the_fish(carp):
    """2013 Wetlands Supplement, Equation 4.10: 0.00169 kg N2O-N per kg."""
    carp = {**carp, "n2o": "by_harvest"}
    del carp["body_protein"], carp["feeds"][0]["protein"]
    assert _emission(_season(carp), "n2o") == pytest.approx(27_500 * 0.00169 * 44 / 28)


def test_both_ways_of_counting_n2o_agree_in_size(carp):
    """Hu et al. 2012 computed the factor per kilogram from the one per nitrogen: the same order of magnitude."""
    ratio = _emission(_season(carp), "n2o") / _emission(_season({**carp, "n2o": "by_harvest"}), "n2o")
    assert 0.2 < ratio < 5


def test_salty_ponds_make_less_methane_and_cages_none(carp):
    fresh = _emission(_season(carp), "ch4_biogenic")
    carp["pond"]["water"] = "saline"
    assert _emission(_season(carp), "ch4_biogenic") == pytest.approx(fresh * 30 / 183)
    del carp["pond"]
    assert not [e for e in _season(carp).exchanges if getattr(e, "substance", "") == "ch4_biogenic"]


def test_the_feed_conversion_is_told(carp):
    numbers = Numbers(FACTORS)
    _season(carp, numbers)
    assert "Feed conversion of carp ponds: 1.62 kg bought feed per kg gained." in numbers.reading.notes


def test_nitrogen_fed_is_fish_and_water(carp):
    season = _season(carp)
    (balance,) = season.balances
    lost = _emission(season, "n2o") * 28 / 44 / 0.018
    assert balance.taken_in_kg - balance.came_out_kg == pytest.approx(lost)
    check_balances((season,))


def test_fish_that_hold_more_nitrogen_than_they_were_fed_are_named(carp):
    carp["feeds"][0]["amount"] = _receipt("12 t")
    with pytest.raises(
        RecordError, match=r'carp ponds\.feeds — more nitrogen in the harvest .* n2o = "by_harvest"'
    ):
        _season(carp)


def test_nitrogen_cannot_be_counted_without_protein(carp):
    del carp["feeds"][0]["protein"]
    with pytest.raises(ValidationError, match="nitrogen lost is nitrogen fed less nitrogen harvested"):
        Aquaculture.model_validate(carp)


def test_a_pond_without_water_surface_is_refused(carp):
    carp["pond"]["area"] = _receipt("0 mu")
    with pytest.raises(ValidationError, match="'0 mu' is zero"):
        Aquaculture.model_validate(carp)


def test_fish_that_ate_nothing_bought_are_refused(carp):
    with pytest.raises(ValidationError, match="feeds"):
        Aquaculture.model_validate({**carp, "feeds": []})


@settings(max_examples=25, deadline=None)
@given(more=st.integers(1, 100))
def test_more_feed_for_the_same_fish_never_means_less_n2o(more):
    wasteful = copy.deepcopy(CARP)
    wasteful["feeds"][0]["amount"] = _receipt(f"{42 + more} t")
    assert _emission(_season(wasteful), "n2o") > _emission(_season(CARP), "n2o")


def test_draws_at_their_middle_are_the_central_season(carp):
    drawn = _season(carp, Numbers(FACTORS, lambda _: np.full(3, 0.5)))
    assert np.shape(_emission(drawn, "n2o")) == (3,)
    bought = [e.amount for e in drawn.exchanges if isinstance(e, Purchase)]
    assert np.asarray(bought) == pytest.approx(np.array([[42_000] * 3, [9000] * 3]))


def test_nearly_all_nitrogen_kept_never_draws_less_than_none(carp):
    carp["feeds"][0]["amount"] = {"amount": "14 t", "source": "recall"}
    rng = np.random.default_rng(1)
    drawn = _season(carp, Numbers(FACTORS, lambda _: rng.uniform(0.001, 0.999, 256)))
    assert (_emission(drawn, "n2o") >= 0).all()
