"""Draws: seeded, shared by name, indifferent to what else is drawn."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.uncertainty import interval, probabilities, variance_shares
from lca_models.factors import shipped_factors
from lca_models.numbers import Numbers

NAMES = st.text(min_size=1, max_size=30)


@given(NAMES, st.integers(min_value=0, max_value=2**63))
def test_a_name_is_one_stream_whatever_else_is_drawn(name, seed):
    alone = probabilities(seed=seed, draws=32)(name)
    draw = probabilities(seed=seed, draws=32)
    draw("something else")
    assert (draw(name) == alone).all()


@given(NAMES)
def test_every_slice_of_the_unit_interval_is_drawn_once(name):
    u = probabilities(seed=1, draws=64)(name)
    assert sorted((u * 64).astype(int)) == list(range(64))


def test_two_names_are_independent():
    draw = probabilities(seed=1, draws=4096)
    assert abs(np.corrcoef(draw("a"), draw("b"))[0, 1]) < 0.05


def test_a_factor_used_twice_is_one_draw():
    numbers = Numbers(shipped_factors(), probabilities(seed=1, draws=128))
    assert numbers.factor("n2o.ef5") is not numbers.factor("n2o.ef5")
    np.testing.assert_array_equal(numbers.factor("n2o.ef5"), numbers.factor("n2o.ef5"))


def test_percentiles_of_a_lognormal_sum_match_theory():
    """Product of two lognormals: ln-variances add (exact), here 0.1² + 0.2²."""
    draw = probabilities(seed=3, draws=8192)
    from scipy.special import ndtri

    sample = np.exp(0.1 * ndtri(draw("a")) + 0.2 * ndtri(draw("b")))
    found = interval(sample, Decimal("0.0001"))
    half = 1.6448536 * np.hypot(0.1, 0.2)
    assert (float(found.p5), float(found.p50), float(found.p95)) == pytest.approx(
        (np.exp(-half), 1, np.exp(half)), rel=0.01
    )


def test_variance_shares_of_a_linear_sum_match_theory():
    """y = 3a + 4b with a, b uniform: shares 9/25 and 16/25."""
    draw = probabilities(seed=1, draws=8192)
    shares = variance_shares({"a": draw("a"), "b": draw("b")}, 3 * draw("a") + 4 * draw("b"))
    assert list(shares) == ["b", "a"]
    assert shares == pytest.approx({"a": 9 / 25, "b": 16 / 25}, abs=0.03)
