"""Draws made once: the second product of a run costs only its own numbers, and gets the same digits."""

import numpy as np
import pytest

from footprint import assess, load
from footprint.run import Run
from footprint.uncertainty import DrawnOnce, Draws, probabilities, shared
from lca_models.factors import FactorSet, shipped_factors
from lca_models.flows import Emission
from lca_models.numbers import Numbers

FACTORS = shipped_factors()
DRAWS = 64


class Counted:
    """Probabilities that remember who asked."""

    def __init__(self):
        self.asked = []
        self._source = probabilities(seed=1, draws=DRAWS)

    def __call__(self, name):
        self.asked.append(name)
        return self._source(name)


@pytest.fixture
def lychee():
    """The sample season."""
    return load("examples/lychee/lychee.toml")


def test_a_second_product_draws_nothing_that_the_first_has_drawn(lychee):
    source = Counted()
    draws = Draws(source)
    route = lychee.route(None)
    first = Run.sampled(lychee, route, FACTORS, draws)
    asked = len(source.asked)
    assert asked == len(set(source.asked)) > 50
    second = Run.sampled(lychee, route, FACTORS, draws)
    assert len(source.asked) == asked
    assert second.drawn.keys() == first.drawn.keys()
    for one, other in zip(first.solution.running, second.solution.running, strict=True):
        np.testing.assert_array_equal(one.activity, other.activity)


def test_shared_draws_are_those_that_one_product_would_have_drawn_alone(lychee):
    """What is drawn, how it is labelled and what comes out: the same as from `Numbers`, which keeps nothing."""
    alone = Numbers(FACTORS, probabilities(seed=1, draws=DRAWS))
    processes = lychee.processes(alone, lychee.route(None))
    draws = Draws(probabilities(seed=1, draws=DRAWS))
    for _ in range(2):  # making them, and finding them made
        kept = DrawnOnce(FACTORS, draws)
        for mine, theirs in zip(lychee.processes(kept, lychee.route(None)), processes, strict=True):
            for one, other in zip(mine.exchanges, theirs.exchanges, strict=True):
                np.testing.assert_array_equal(_amount(one), _amount(other))
        assert kept.reading == alone.reading


def _amount(exchange):
    return exchange.kg if isinstance(exchange, Emission) else exchange.amount


def test_a_footprint_does_not_depend_on_what_was_assessed_before(lychee):
    shared.cache_clear()
    first = assess(lychee, gwp="AR6-100", draws=DRAWS)
    assess(load("examples/milk/milk.toml"), gwp="AR6-100", draws=DRAWS)
    assert assess(lychee, gwp="AR6-100", draws=DRAWS).model_dump_json() == first.model_dump_json()


def test_another_set_of_published_numbers_is_not_given_the_draws_of_the_first(tmp_path):
    own = tmp_path / "own.toml"
    shipped = FACTORS["n2o.ef1.aggregated"]
    own.write_text(
        f"""
[publication]
id = "own"
title = "Own measurement (sample data)"
publisher = "sample"
year = 2025
url = "https://example.org/"
licence = "sample"

[[factor]]
id = "n2o.ef1.aggregated"
name = "Measured at home"
value = 0.02
lower = 0.015
upper = 0.025
interval = "sample"
distribution = "two_piece_normal"
unit = "{shipped.unit}"
region = "GLO"
year = 2025
locator = "sample"
verified = true
technology = "exact"
override = true
""",
        encoding="utf-8",
    )
    draws = Draws(probabilities(seed=1, draws=DRAWS))
    before = DrawnOnce(FACTORS, draws).factor("n2o.ef1.aggregated")
    after = DrawnOnce(FactorSet.load(own), draws).factor("n2o.ef1.aggregated")
    assert np.median(before) == pytest.approx(0.01, rel=0.1)
    assert np.median(after) == pytest.approx(0.02, rel=0.1)


def test_what_many_share_nobody_may_write_into():
    draws = Draws(probabilities(seed=1, draws=DRAWS))
    numbers = DrawnOnce(FACTORS, draws)
    for amount in (draws("a"), numbers.factor("n2o.ef1.aggregated"), numbers.spread("orchard.diesel", 0.1)):
        with pytest.raises(ValueError, match="read-only"):
            amount[0] = 1


def test_a_process_that_lives_long_keeps_no_more_than_it_was_told():
    source = Counted()
    draws = Draws(source, most_bytes=10 * 8 * DRAWS)
    for number in range(25):
        draws(f"number {number}")
    draws("number 24")
    draws("number 0")
    assert source.asked == [f"number {number}" for number in range(25)] + ["number 0"]


def test_the_next_run_with_the_same_seed_finds_the_draws_made():
    assert shared(seed=5, draws=DRAWS) is shared(seed=5, draws=DRAWS)
    assert shared(seed=6, draws=DRAWS) is not shared(seed=5, draws=DRAWS)
