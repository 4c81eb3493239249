"""Percentiles of a sample, and how far they would move if it were drawn again with another seed."""

from decimal import Decimal

import numpy as np

from footprint.errors import InputError, Problem
from footprint.result import Interval, Sampling, StandardError
from footprint.uncertainty.draws import BLOCK, DEFAULT_DRAWS
from lca_models.real import Array

_PERCENTILES = (0.05, 0.5, 0.95)
_BATCHES = DEFAULT_DRAWS // BLOCK


def interval(sample: Array, places: Decimal) -> Interval:
    """P5, P50 and P95 of a sample, quantised.

    >>> interval(np.arange(101.0), Decimal("0.1"))
    Interval(p5=Decimal('5.0'), p50=Decimal('50.0'), p95=Decimal('95.0'))
    """
    low, middle, high = (_decimal(value, places) for value in quantiles(sample))
    return Interval(p5=low, p50=middle, p95=high)


def quantiles(sample: Array) -> Array:
    """P5, P50 and P95 over the last axis.

    >>> quantiles(np.arange(101.0)).tolist()
    [5.0, 50.0, 95.0]
    """
    return np.asarray(np.quantile(sample, _PERCENTILES, axis=-1))


def width(sample: Array) -> float:
    """From P5 to P95.

    >>> width(np.arange(101.0))
    90.0
    """
    low, high = np.quantile(sample, [0.05, 0.95])
    return float(high - low)


def sampling(sample: Array, *, seed: int, places: Decimal) -> Sampling:
    r"""What to say about a sample: how large, from which seed, and its Monte Carlo standard error.

    $$ \mathrm{se}(\hat\theta) = \sqrt{\frac{1}{B (B - 1)} \sum_{b=1}^{B} (\hat\theta_b - \bar\theta)^2} $$

    with the statistic taken in each of B = 16 batches in the order they were drawn. Of the default number of
    draws each batch is one block, stratified and independent of the others; the error of the stratified
    sample shows in their spread, where a formula for independent draws would overstate it.

    Args:
        sample: the results, in the order drawn; at least two.
        seed: of the draws.
        places: the errors are rounded to these.

    Raises:
        InputError: fewer than two draws, which show no spread.

    Source:
        Asmussen, Glynn (2007), Stochastic Simulation, section IV.5 (batch means) and III.5.4 (stratification).

    Example:
        >>> from footprint.uncertainty.draws import probabilities
        >>> said = sampling(probabilities(seed=1, draws=4096)("a"), seed=1, places=Decimal("0.0001"))
        >>> said.draws, said.standard_error_kg_co2e.p50 < Decimal("0.001")
        (4096, True)
    """
    if len(sample) < 2:
        fix = f"leave it out for {DEFAULT_DRAWS}"
        raise InputError(Problem("draws", "only one", "an interval needs draws that differ", fix))
    batches = np.array_split(sample, min(_BATCHES, len(sample)))
    found = np.array([[np.mean(batch), *np.quantile(batch, _PERCENTILES)] for batch in batches])
    spread = np.std(found, axis=0, ddof=1)
    mean, low, middle, high = (_decimal(value, places) for value in spread / np.sqrt(len(batches)))
    error = StandardError(mean=mean, p5=low, p50=middle, p95=high)
    return Sampling(draws=len(sample), seed=seed, standard_error_kg_co2e=error)


def _decimal(value: float, places: Decimal) -> Decimal:
    return Decimal(float(value)).quantize(places)
