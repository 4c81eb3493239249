"""Percentiles, and how far another seed would move them."""

from decimal import Decimal

import numpy as np
import pytest
from scipy.special import ndtri

from footprint.errors import InputError
from footprint.uncertainty import interval, probabilities, sampling, width

PLACES = Decimal("0.000001")
ASKED = ("mean", "p5", "p50", "p95")


def _product(seed: int, draws: int = 4096) -> np.ndarray:
    draw = probabilities(seed=seed, draws=draws)
    return np.exp(0.1 * ndtri(draw("a")) + 0.2 * ndtri(draw("b")))


def test_percentiles_of_a_product_of_lognormals_match_theory():
    """ln-variances add (exact), here 0.1² + 0.2²."""
    found = interval(_product(seed=3, draws=8192), PLACES)
    half = 1.6448536 * np.hypot(0.1, 0.2)
    assert (float(found.p5), float(found.p50), float(found.p95)) == pytest.approx(
        (np.exp(-half), 1, np.exp(half)), rel=0.01
    )


def test_the_width_is_from_p5_to_p95():
    sample = _product(seed=1)
    found = interval(sample, Decimal("0.000000000001"))
    assert float(found.p95 - found.p5) == pytest.approx(width(sample))


def test_the_stated_error_is_the_one_that_other_seeds_show():
    """Forty seeds: the mean of the stated variances is the variance between the runs, within a third."""
    samples = [_product(seed) for seed in range(40)]
    percentiles = [[s.mean(), *np.quantile(s, [0.05, 0.5, 0.95])] for s in samples]
    between = np.std(percentiles, axis=0, ddof=1)
    said = [sampling(s, seed=1, places=PLACES).standard_error_kg_co2e for s in samples]
    stated = np.sqrt(np.mean([[float(getattr(one, asked)) ** 2 for asked in ASKED] for one in said], axis=0))
    assert stated / between == pytest.approx(1, abs=1 / 3)


def test_it_halves_with_four_times_the_draws():
    few, many = (
        np.mean(
            [
                float(sampling(_product(seed, n), seed=seed, places=PLACES).standard_error_kg_co2e.p95)
                for seed in range(20)
            ]
        )
        for n in (4096, 16384)
    )
    assert few / many == pytest.approx(2, abs=0.4)


def test_what_nobody_doubts_has_no_error():
    said = sampling(np.full(4096, 0.8), seed=7, places=PLACES)
    assert set(said.standard_error_kg_co2e.model_dump().values()) == {Decimal("0.000000")}
    assert (said.draws, said.seed) == (4096, 7)


@pytest.mark.parametrize("draws", [2, 3, 100, 4097])
def test_any_number_of_draws_that_shows_a_spread_will_do(draws):
    error = sampling(_product(seed=1, draws=draws), seed=1, places=PLACES).standard_error_kg_co2e
    assert all(0 < getattr(error, asked) < 1 for asked in ASKED)


def test_one_draw_shows_no_spread_and_is_refused():
    with pytest.raises(InputError, match="draws — only one"):
        sampling(np.array([0.8]), seed=1, places=PLACES)
