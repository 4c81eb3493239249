"""Four draws at once: as large as each of them, and drawn only where they count."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.background import build, sample, supply
from footprint.background.fours import Tables
from footprint.background.inventory import LOGNORMAL, NORMAL, TRIANGULAR, UNIFORM, Spread
from footprint.background.part import Part
from footprint.background.samples import drawn, sampled
from footprint.background.system import Structure
from footprint.background.tiers import EXACT
from footprint.errors import NetworkError
from tests.footprint.background.conftest import BAKERY
from tests.footprint.background.networks import background

SPREADS = [
    Spread(LOGNORMAL, np.log(0.3), 0.4),
    Spread(LOGNORMAL, np.log(0.3), 0.4, minimum=0.1, maximum=0.5),
    Spread(NORMAL, 0.1, 0.3),
    Spread(NORMAL, 0.2, 0.3, minimum=-0.4, maximum=0.3),
    Spread(UNIFORM, minimum=-0.2, maximum=0.1),
    Spread(TRIANGULAR, 0.1, minimum=0.0, maximum=0.4),
]


def _varied(network: dict, spreads: list[Spread], path):
    """The bakery with inputs and emissions of any shape; each input twice, so that two exchanges are one link."""
    inventory = background(**(network | {"used": [*network["used"], *network["used"]]}), spread=0.2)
    for place, spread in enumerate(spreads):
        inventory.technosphere.uncertainty[len(network["made"]) + place] = tuple(spread)
        inventory.emissions.uncertainty[place % len(network["emitted"])] = tuple(spread)
    return build(inventory, path)


@settings(max_examples=25, deadline=None)
@given(spreads=st.lists(st.sampled_from(SPREADS), min_size=1, max_size=8), seed=st.integers(0, 2**32))
def test_no_draw_is_larger_than_its_four_says(tmp_path_factory, spreads, seed):
    pack = _varied(BAKERY, spreads, tmp_path_factory.mktemp("pack") / "varied.pack")
    for four in Tables(pack, Structure(pack), seed).fours(draws=8):
        most = four.at_most
        for number in range(4):
            system = four.whole(number)
            assert (np.abs(system.feed.toarray()) <= most.feed.toarray() * (1 + 1e-12)).all()
            sizes = system.magnitude_of_emitted.toarray()
            assert (sizes <= most.emitted.toarray() * (1 + 1e-12)).all()


def test_a_part_is_drawn_like_the_whole(economy):
    tables, outside = Tables(economy, Structure(economy), 3), np.arange(len(economy))
    part = Part.of(economy, np.array([7, 250, 399]), copies=4)
    size, some = len(part.rows), part.active[:3]
    mine = part.rows[some]
    for four in tables.fours(draws=6, first=5):
        together = four.of(part)
        assert together.feed.shape == (4 * size, 4 * size)
        for member in range(4):
            every, copy = four.whole(member), slice(member * size, (member + 1) * size)
            feed = together.feed[copy][:, copy]
            assert feed.nnz == together.feed[copy].nnz  # copies have nothing to do with each other
            np.testing.assert_array_equal(feed[some].toarray(), every.feed[mine][:, part.rows].toarray())
            emitted = together.emitted[copy].toarray()[:, member * 2 : member * 2 + 2]
            np.testing.assert_array_equal(emitted[some], every.own[mine])
            assert not every.feed[mine][:, np.setdiff1d(outside, part.rows)].nnz


def test_our_own_draws_give_what_the_same_draws_give_when_handed_over(economy):
    some = ["399", "100", "3"]
    ours = sample(economy, some, draws=12, seed=2)
    theirs = sampled(economy, some, drawn(economy, draws=12, seed=2), tolerance=EXACT)
    np.testing.assert_allclose(ours.intensities, theirs.intensities, rtol=ours.relative_error)
    assert ours.relative_error < 1e-7


@pytest.mark.parametrize("few", [20, 90, 10_000])
def test_products_solved_together_or_apart_say_the_same(economy, monkeypatch, few):
    some = ["399", "398", "250", "100", "3"]
    together = sample(economy, some, draws=8, seed=2)
    monkeypatch.setattr(supply, "FEW", few)
    apart = sample(economy, some, draws=8, seed=2)
    np.testing.assert_allclose(together.intensities, apart.intensities, rtol=1e-9)
    assert apart.relative_error < 1e-7


def test_a_process_that_uses_its_own_product_in_part_is_drawn_with_what_is_left(tmp_path):
    network = BAKERY | {"used": [*BAKERY["used"], (2, 2, 0.9)]}  # the power plant runs on its own power
    pack = build(background(**network, spread=0.2), tmp_path / "own.pack")
    ours = sample(pack, ["0"], draws=16, seed=1)
    theirs = sampled(pack, ["0"], drawn(pack, draws=16, seed=1), tolerance=EXACT)
    np.testing.assert_allclose(ours.intensities, theirs.intensities, rtol=1e-7)
    assert np.ptp(ours.of("0", "co2_fossil")) > 0


def test_a_process_that_uses_all_it_makes_on_one_draw_is_refused(tmp_path):
    network = BAKERY | {"used": [*BAKERY["used"], (2, 2, 3.3)]}
    pack = build(background(**network, spread=0.2), tmp_path / "own.pack")
    with pytest.raises(NetworkError, match="uses up all it makes"):
        sample(pack, ["0"], draws=64, seed=1)


def test_credits_do_not_hide_what_a_draw_may_do(tmp_path):
    network = BAKERY | {"used": [*BAKERY["used"], (1, 0, -0.3)]}  # a credit beside an input of the same flour
    pack = build(background(**network, spread=0.3), tmp_path / "credit.pack")
    ours = sample(pack, ["0", "1"], draws=32, seed=1)
    theirs = sampled(pack, ["0", "1"], drawn(pack, draws=32, seed=1), tolerance=EXACT)
    np.testing.assert_allclose(ours.intensities, theirs.intensities, rtol=1e-7)


def test_draws_too_wide_to_be_proved_together_are_solved_whole(tmp_path):
    pack = build(background(**BAKERY, spread=1.6), tmp_path / "wide.pack")
    ours = sample(pack, ["0"], draws=32, seed=1)
    theirs = sampled(pack, ["0"], drawn(pack, draws=32, seed=1), tolerance=EXACT)
    np.testing.assert_allclose(ours.intensities, theirs.intensities, rtol=1e-7)
    assert ours.relative_error < 1e-7
