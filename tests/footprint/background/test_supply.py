"""Few products solved from their side: as sure as the whole, and never surer than it says."""

import numpy as np
import pytest

from footprint.background.need import Centre, Need
from footprint.background.sampler import Given
from footprint.background.samples import drawn, sampled
from footprint.background.solve import solved
from footprint.background.supply import Supply
from footprint.background.system import Structure
from footprint.background.tiers import EXACT
from footprint.errors import NetworkError

SIZE = 400


def _supply(pack, row, tolerance):
    structure = Structure(pack)
    system = structure.filled()
    base = solved(system, pack)
    centre = Centre(pack, system, base.proof.before_credits)
    need = Need.of(centre, row, tolerance=tolerance)
    return structure, Supply.of(centre, [need], tolerance=tolerance, copies=1)


def _on(supply, structure, draw):
    given = Given(structure, draw)
    system = given.at_most
    supplied = supply.on(given.of(supply.part))
    ((error,),) = supply.errors(supplied, [0], system, supply.needs[0].proved(system))
    return supplied.intensities[0, 0], error


@pytest.mark.parametrize("row", [SIZE - 1, 100, 3])
@pytest.mark.parametrize("tolerance", [1e-5, 1e-7, 1e-9])
def test_what_is_left_out_is_within_the_bound(economy, row, tolerance):
    structure, supply = _supply(economy, row, tolerance)
    assert len(supply.part.active) < SIZE - 50
    for amounts in drawn(economy, draws=12, seed=2):
        found, error = _on(supply, structure, amounts)
        truth = solved(structure.filled(*amounts), economy)
        off = np.abs(found - truth.found[row]) / truth.proof.before_credits[row]
        assert off.max() <= error + truth.certificate.relative_error
        assert error <= 100 * tolerance


def test_few_products_and_all_of_them_have_the_same_draws(economy):
    every = [entry.id for entry in economy.entries]
    amounts = list(drawn(economy, draws=8, seed=1))
    whole = sampled(economy, every, amounts, tolerance=EXACT).intensities
    few = sampled(economy, every[390:], amounts).intensities
    np.testing.assert_allclose(few, whole[:, 390:], rtol=1e-6)
    assert np.ptp(few, axis=0).min() > 0


def test_a_link_that_hardly_counted_is_not_overlooked_when_it_grows(economy):
    structure, supply = _supply(economy, 100, 1e-7)
    outside = np.setdiff1d(np.arange(SIZE), supply.part.rows[supply.part.active])
    (technosphere, emissions), *_ = drawn(economy, draws=1, seed=1)
    taken = np.flatnonzero((economy.technosphere.col == 101) & (economy.technosphere.row != 101))
    amounts = technosphere.copy()
    amounts[taken] *= 3
    assert 101 in outside
    found = sampled(economy, ["100", "101"], [(amounts, emissions)]).intensities[0]
    truth = solved(structure.filled(amounts, emissions), economy).found
    np.testing.assert_allclose(found, truth[[100, 101]], rtol=1e-6)


def test_a_draw_too_far_from_the_central_one_is_solved_whole(economy):
    structure, supply = _supply(economy, SIZE - 1, 1e-7)
    outside = np.setdiff1d(np.arange(SIZE), supply.part.rows[supply.part.active])
    (technosphere, emissions), *_ = drawn(economy, draws=1, seed=1)
    emissions = emissions.copy()
    emissions[np.isin(economy.emissions.col, outside)] *= 1e9
    _, error = _on(supply, structure, (technosphere, emissions))
    assert error > 1e-5
    found = sampled(economy, [str(SIZE - 1)], [(technosphere, emissions)])
    truth = solved(structure.filled(technosphere, emissions), economy).found[SIZE - 1]
    np.testing.assert_allclose(found.intensities[0, 0], truth, rtol=1e-6)


def test_a_loop_that_gains_on_one_draw_is_refused(bakery):
    central, high = (np.array(bakery.technosphere.amount) for _ in range(2))
    high[(bakery.technosphere.row == 1) & (bakery.technosphere.col == 2)] *= 100
    emissions = np.array(bakery.emissions.amount)
    with pytest.raises(NetworkError, match="is a loop that needs"):
        sampled(bakery, ["0"], [(central, emissions), (high, emissions)])


def test_no_products_are_sampled_as_none(bakery):
    assert sampled(bakery, [], drawn(bakery, draws=3, seed=1)).intensities.shape == (3, 0, 2)
