"""The sample season, drawn: how sure its interval is, what to measure next, and workers who share the draws."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from footprint.assess import assess, solved
from footprint.causes import gross_draws
from footprint.characterisation import Characterisation
from footprint.explain import explain
from footprint.result import Footprint
from footprint.run import Run
from footprint.scenarios import Scenario
from footprint.setting import Setting
from footprint.uncertainty import BLOCK, DEFAULT_DRAWS, DEFAULT_SEED, probabilities, width
from lca_models.factors import shipped_factors
from lca_models.product_system import ProductSystem
from lca_models.real import Array


def _drawn(
    lychee: ProductSystem, source: Callable[[str], Array], draws: int = DEFAULT_DRAWS
) -> tuple[Run, Array]:
    factors = shipped_factors()
    run = Run.sampled(lychee, lychee.route(None), factors, source)
    return run, gross_draws(run.solution, Characterisation.named("AR6-100", factors), draws)


def test_another_seed_moves_the_ends_by_no_more_than_the_error_allows(lychee, footprint):
    """Five standard errors of the difference of two runs."""
    other = assess(lychee, gwp="AR6-100", seed=99)
    one, two = footprint.sampling.standard_error_kg_co2e, other.sampling.standard_error_kg_co2e
    for end in ("p5", "p50", "p95"):
        moved = abs(getattr(other.gross.interval, end) - getattr(footprint.gross.interval, end))
        allowed = 5 * np.hypot(float(getattr(one, end)), float(getattr(two, end)))
        assert 0 < moved < allowed


def test_the_narrowing_told_is_what_measuring_gives(lychee, footprint):
    """Each of the numbers told, drawn again as sure as a meter or a number of one's own would make it."""
    drawn = probabilities(seed=DEFAULT_SEED, draws=DEFAULT_DRAWS)
    run, today = _drawn(lychee, drawn)
    for told in footprint.variance_shares:
        left = run.numbers.spread_left(told.parameter)

        def measured(name: str, better: str = told.parameter, left: float = left) -> Array:
            return ndtr(left * ndtri(drawn(name))) if name == better else drawn(name)

        _, after = _drawn(lychee, measured)
        assert float(told.narrows) == pytest.approx(1 - width(after) / width(today), abs=0.015)


def test_total_shares_agree_with_running_the_season_again_for_each_number(lychee, footprint):
    """Jansen's estimator with 4096 pairs, Saltelli et al. 2010, Table 2; its own error is about 0.01."""
    here, there = (probabilities(seed=seed, draws=DEFAULT_DRAWS) for seed in (11, 12))
    _, base = _drawn(lychee, here)
    for told in footprint.variance_shares[:3]:

        def switched(name: str, number: str = told.parameter) -> Array:
            return there(name) if name == number else here(name)

        _, other = _drawn(lychee, switched)
        jansen = np.mean((base - other) ** 2) / 2 / np.var(base)
        assert float(told.total_share) == pytest.approx(jansen, abs=0.04)


def test_what_to_measure_next_is_ranked_by_what_it_narrows(footprint):
    narrowed = [told.narrows for told in footprint.variance_shares]
    assert narrowed == sorted(narrowed, reverse=True)
    assert all(told.share <= told.total_share for told in footprint.variance_shares)


def test_an_answer_read_off_a_meter_is_not_to_be_measured_again(footprint):
    metered = next(told for told in footprint.variance_shares if told.parameter == "packhouse.fruit_in")
    assert metered.total_share > 0
    assert metered.narrows == 0


def test_the_terminal_tells_the_error_in_a_few_words(footprint: Footprint):
    assert "another seed would move these ends by about 0.00" in explain(footprint)


def test_workers_that_share_the_draws_of_a_comparison_make_the_same_differences(lychee):
    """Block by block, on both sides: the n-th draw of one is the n-th of the other, wherever it is made."""
    less, _ = Scenario(name="less urea", switch={"orchard.fertilisers.2.amount": "700 kg"}).apply(lychee)

    def difference(first: int, draws: int) -> Array:
        source = probabilities(seed=DEFAULT_SEED, draws=draws, first=first)
        return _drawn(less, source, draws)[1] - _drawn(lychee, source, draws)[1]

    whole = solved(less, Setting(gwp="AR6-100", draws=4 * BLOCK)).gross_draws
    whole = whole - solved(lychee, Setting(gwp="AR6-100", draws=4 * BLOCK)).gross_draws
    parts = [difference(first, draws) for first, draws in ((0, 100), (100, 412), (512, 512))]
    np.testing.assert_allclose(np.concatenate(parts), whole, rtol=1e-9)
    assert (whole < 0).all()
