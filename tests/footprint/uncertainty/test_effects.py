"""Shares of variance and what measuring would narrow: against theory, and against running the model again."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from footprint.uncertainty import effects, probabilities, width

DRAWS = 4096


def _drawn(*names: str, draws: int = DRAWS, seed: int = 1) -> dict[str, np.ndarray]:
    draw = probabilities(seed=seed, draws=draws)
    return {name: draw(name) for name in names}


def test_shares_of_a_linear_sum_match_theory():
    """y = 3a + 4b with a, b uniform: shares 9/25 and 16/25, and nothing together."""
    u = _drawn("a", "b")
    found = effects(u, 3 * u["a"] + 4 * u["b"])
    assert list(found.first()) == ["b", "a"]
    assert found.first() == pytest.approx({"a": 9 / 25, "b": 16 / 25}, abs=0.01)
    assert found.total() == pytest.approx(found.first(), abs=0.005)


@pytest.mark.parametrize(("s", "t"), [(0.3, 0.2), (0.7, 0.4), (0.8, 0.8)])
def test_shares_of_a_product_of_lognormals_match_theory(s, t):
    """S = (e^s² − 1)/(e^(s²+t²) − 1); T = 1 − (e^t² − 1)/(e^(s²+t²) − 1)."""
    u = _drawn("a", "b")
    found = effects(u, np.exp(s * ndtri(u["a"]) + t * ndtri(u["b"])))
    whole = np.exp(s**2 + t**2) - 1
    alone = {"a": (np.exp(s**2) - 1) / whole, "b": (np.exp(t**2) - 1) / whole}
    together = {"a": 1 - alone["b"], "b": 1 - alone["a"]}
    assert found.first() == pytest.approx(alone, abs=0.04)
    assert found.total() == pytest.approx(together, abs=0.06)


def test_numbers_that_act_only_together_have_no_share_alone():
    u = _drawn("a", "b", "bystander")
    found = effects(u, ndtri(u["a"]) * ndtri(u["b"]))
    assert max(found.first().values()) < 0.01
    assert found.total() == pytest.approx({"a": 1, "b": 1, "bystander": 0}, abs=0.05)


def test_a_number_that_acts_both_ways_is_found():
    """Its rank correlation with the result is zero: a share read off ranks would be zero too."""
    u = _drawn("a", "b")
    found = effects(u, ndtri(u["a"]) ** 2 + ndtri(u["b"]))
    assert found.first() == pytest.approx({"a": 2 / 3, "b": 1 / 3}, abs=0.04)


@pytest.mark.parametrize("left", [0.0, 0.3, 1.0])
def test_the_narrowing_told_is_the_one_a_better_number_gives(left):
    u = _drawn("field", "factor", "haul")

    def footprint(**changed: np.ndarray) -> np.ndarray:
        z = {name: ndtri(p) for name, p in (u | changed).items()}
        return np.exp(0.4 * z["field"] + 0.5 * z["factor"]) + 0.5 * np.exp(0.3 * z["haul"])

    before = footprint()
    after = footprint(field=ndtr(left * ndtri(u["field"])))
    told = effects(u, before).narrowing("field", spread_left=left)
    assert told == pytest.approx(1 - width(after) / width(before), abs=0.01)


def test_the_order_of_variance_is_not_the_order_of_what_to_measure():
    """An answer a meter gave already moves the result most and cannot be bettered."""
    u = _drawn("metered", "recalled")
    found = effects(u, 3 * ndtri(u["metered"]) + 2 * ndtri(u["recalled"]))
    assert list(found.first()) == ["metered", "recalled"]
    assert found.narrowing("metered", spread_left=1.0) == 0
    assert found.narrowing("recalled", spread_left=0.25) > 0.1


def test_nothing_uncertain_has_no_effects():
    assert effects({}, np.full(DRAWS, 0.8)).first() == {}
    u = _drawn("a")
    unmoved = effects(u, np.full(DRAWS, 0.8))
    assert unmoved.total() == {"a": 0.0}
    assert unmoved.narrowing("a") == 0.0
    assert unmoved.narrowing("never drawn") == 0.0


def test_of_many_numbers_those_that_matter_are_kept():
    names = [f"number {i}" for i in range(200)]
    u = _drawn(*names)
    weight = {name: 1 / (1 + i) for i, name in enumerate(names)}
    total = effects(u, sum(weight[name] * u[name] for name in names)).total()
    assert list(total)[:4] == names[:4]
    assert sum(total.values()) == pytest.approx(1, abs=0.05)


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 1000),
    draws=st.sampled_from([64, 257, 1024]),
    weights=st.lists(st.floats(0, 10), min_size=1, max_size=40),
)
def test_shares_are_shares_whatever_is_drawn(seed, draws, weights):
    u = _drawn(*map(str, range(len(weights))), draws=draws, seed=seed)
    found = effects(u, 1 + sum(weight * u[str(i)] for i, weight in enumerate(weights)))
    for shares in (found.first(), found.total()):
        assert all(0 <= share <= 1 for share in shares.values())
        assert list(shares.values()) == sorted(shares.values(), reverse=True)
    assert all(0 <= found.narrowing(name) <= 1 for name in found.names)
