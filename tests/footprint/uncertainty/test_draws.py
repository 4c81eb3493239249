"""Draws: seeded, shared by name, in blocks, indifferent to what else is drawn and to who draws them."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from footprint.errors import InputError
from footprint.uncertainty import BLOCK, probabilities
from lca_models.factors import shipped_factors
from lca_models.numbers import Numbers

NAMES = st.text(min_size=1, max_size=30)
SEEDS = st.integers(min_value=0, max_value=2**63)


@given(NAMES, SEEDS)
def test_a_name_is_one_stream_whatever_else_is_drawn(name, seed):
    alone = probabilities(seed=seed, draws=32)(name)
    draw = probabilities(seed=seed, draws=32)
    draw("something else")
    assert (draw(name) == alone).all()


@given(NAMES, SEEDS, st.lists(st.integers(1, 700), min_size=1, max_size=6))
def test_workers_that_share_the_draws_make_the_same_ones(name, seed, shards):
    whole = probabilities(seed=seed, draws=sum(shards))(name)
    begins = itertools.accumulate(shards, initial=0)
    parts = [
        probabilities(seed=seed, draws=draws, first=first)(name)
        for first, draws in zip(begins, shards, strict=False)
    ]
    assert (np.concatenate(parts) == whole).all()


@given(NAMES, SEEDS)
def test_more_draws_begin_with_the_fewer(name, seed):
    few, many = (probabilities(seed=seed, draws=draws)(name) for draws in (100, 1000))
    assert (many[:100] == few).all()


@given(NAMES)
def test_every_slice_of_the_unit_interval_is_drawn_once_in_each_block(name):
    blocks = probabilities(seed=1, draws=4 * BLOCK)(name).reshape(4, BLOCK)
    strata = np.sort((blocks * BLOCK).astype(int), axis=1)
    assert (strata == np.arange(BLOCK)).all()


@given(NAMES, SEEDS)
def test_neither_end_is_drawn_so_that_every_quantile_is_a_number(name, seed):
    u = probabilities(seed=seed, draws=BLOCK)(name)
    assert (u > 0).all()
    assert (u < 1).all()
    assert np.isfinite(ndtri(u)).all()


@pytest.mark.parametrize(("draws", "first"), [(0, 0), (-4, 0), (100, -1)])
def test_draws_that_are_none_are_refused(draws, first):
    with pytest.raises(InputError, match=f"draws — {draws} from number {first} on"):
        probabilities(seed=1, draws=draws, first=first)


def test_another_seed_another_name_and_another_block_are_other_draws():
    here = probabilities(seed=1, draws=2 * BLOCK)
    blocks = here("a").reshape(2, BLOCK)
    others = (blocks[1], here("b")[:BLOCK], probabilities(seed=2, draws=BLOCK)("a"))
    assert not any((blocks[0] == other).any() for other in others)


def test_two_names_are_independent():
    """Of 300 pairs: correlations have mean 0 and standard deviation 1/√n."""
    draw = probabilities(seed=1, draws=4096)
    found = np.corrcoef([draw(f"number {i}") for i in range(25)])[np.triu_indices(25, k=1)]
    assert abs(found.mean()) * np.sqrt(4096) < 4 / np.sqrt(len(found))
    assert found.std() * np.sqrt(4096) == pytest.approx(1, abs=0.15)


def test_the_first_draws_stay_what_they_were():
    """Pinned: another generator or key would change every interval ever printed."""
    u = probabilities(seed=1, draws=3)("n2o.ef5")
    assert u.tolist() == [0.8412816971673641, 0.3222223882294275, 0.13795453793209858]


def test_a_factor_used_twice_is_one_draw():
    numbers = Numbers(shipped_factors(), probabilities(seed=1, draws=128))
    assert numbers.factor("n2o.ef5") is not numbers.factor("n2o.ef5")
    np.testing.assert_array_equal(numbers.factor("n2o.ef5"), numbers.factor("n2o.ef5"))


def test_percentiles_settle_faster_than_with_plain_random_draws():
    """A sum of twenty lognormal numbers at 1024 draws, thirty seeds: the mean ten times as sure, the median more so."""

    def statistics(draw):
        total = sum(np.exp(0.3 * ndtri(draw(f"number {i}"))) for i in range(20))
        return total.mean(), np.median(total)

    def plain(seed):
        generator = np.random.default_rng(seed)
        return lambda _: generator.random(1024)

    ours = np.std([statistics(probabilities(seed=seed, draws=1024)) for seed in range(30)], axis=0)
    random = np.std([statistics(plain(seed)) for seed in range(30)], axis=0)
    assert random[0] > 10 * ours[0]
    assert random[1] > 1.2 * ours[1]
