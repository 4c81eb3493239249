"""Milk of standard quality and the share of a dairy herd it carries: IDF 479/2015."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import milk
from lca_models.errors import ValidityError

RATIO = 6.04


@pytest.mark.parametrize(("beef_to_milk", "printed"), [(0.02, 0.88), (0.024, 0.86)])
def test_the_two_cases_the_guide_prints(beef_to_milk, printed):
    """Bulletin 479, pages 34 to 36: the typical ratio, and the worked example."""
    share = milk.share(live_weight_kg=beef_to_milk, corrected_milk_kg=1.0, meat_over_milk=RATIO)
    assert round(share, 2) == printed


def test_rich_milk_counts_for_more_than_it_weighs():
    """By hand: 0.1226 × 5 + 0.0776 × 4 + 0.2534 = 1.1768."""
    assert milk.fat_protein_corrected_kg(milk_kg=1.0, fat_frac=0.05, protein_frac=0.04) == pytest.approx(
        1.1768
    )


@given(st.floats(0, 100), st.floats(0, 100))
def test_the_more_animals_are_sold_the_less_the_milk_carries(animals, more):
    few, many = (
        milk.share(live_weight_kg=kg, corrected_milk_kg=2000.0, meat_over_milk=RATIO)
        for kg in sorted((animals, animals + more))
    )
    assert 0 < many <= few <= 1


def test_arrays_give_what_floats_give():
    weights = np.array([0.0, 10.0, 24.0])
    shares = milk.share(live_weight_kg=weights, corrected_milk_kg=1000.0, meat_over_milk=RATIO)
    assert list(shares) == [
        milk.share(live_weight_kg=float(kg), corrected_milk_kg=1000.0, meat_over_milk=RATIO) for kg in weights
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"live_weight_kg": 200.0}, "animals sold would carry the whole herd"),
        ({"corrected_milk_kg": 0.0}, "corrected milk kg is 0"),
        ({"live_weight_kg": -1.0}, "live weight kg is -1"),
    ],
)
def test_a_herd_the_rule_is_not_made_for_is_refused(arguments, message):
    with pytest.raises(ValidityError, match=message):
        milk.share(
            **{"live_weight_kg": 20.0, "corrected_milk_kg": 1000.0, "meat_over_milk": RATIO} | arguments
        )


def test_percent_for_a_fraction_is_refused():
    with pytest.raises(ValidityError, match=r"fat frac is 4 .* write 12 % as 0\.12"):
        milk.fat_protein_corrected_kg(milk_kg=1.0, fat_frac=4.0, protein_frac=0.033)
