"""Seeded, shared draws: one stream of probabilities per parameter name, whatever else is drawn.

The generator is counter-based and keyed by (seed, parameter name), so adding a parameter, asking in another
order or sharding the work leaves every other draw as it was; and a factor used in ten places, or in ten
products compared with each other, is the same draw in all of them.
"""

import hashlib
from collections.abc import Callable
from decimal import Decimal

import numpy as np

from footprint.result import Interval
from lca_models.real import Array

DEFAULT_DRAWS = 4096
DEFAULT_SEED = 1


def probabilities(*, seed: int, draws: int) -> Callable[[str], Array]:
    """Stratified uniform draws for each parameter: one in every 1/draws of the unit interval, shuffled.

    Latin hypercube sampling (McKay, Beckman, Conover 1979, Technometrics 21:239): the percentiles of a sum
    settle with far fewer draws than independent sampling needs.

    >>> u = probabilities(seed=1, draws=4)("n2o.ef5")
    >>> sorted((u * 4).astype(int).tolist())
    [0, 1, 2, 3]
    >>> bool((u == probabilities(seed=1, draws=4)("n2o.ef5")).all())
    True
    """

    def draw(name: str) -> Array:
        key = int.from_bytes(hashlib.sha256(f"{seed}|{name}".encode()).digest()[:16])
        generator = np.random.Generator(np.random.Philox(key=key))
        return np.asarray((generator.permutation(draws) + generator.random(draws)) / draws)

    return draw


def interval(sample: Array, places: Decimal) -> Interval:
    """P5, P50 and P95 of a sample, quantised.

    >>> interval(np.arange(101.0), Decimal("0.1"))
    Interval(p5=Decimal('5.0'), p50=Decimal('50.0'), p95=Decimal('95.0'))
    """
    low, middle, high = (
        Decimal(float(value)).quantize(places) for value in np.quantile(sample, [0.05, 0.5, 0.95])
    )
    return Interval(p5=low, p50=middle, p95=high)


def variance_shares(drawn: dict[str, Array], result: Array) -> dict[str, float]:
    r"""How much of the variance of the result each parameter explains on its own (first order).

    $$ S_i = \rho^2(\mathrm{rank}(u_i), \mathrm{rank}(y)) $$

    the squared Spearman correlation: exact for monotone additive models, which footprints nearly are.

    Args:
        drawn: the probabilities each parameter was drawn with.
        result: the sampled footprint.

    Returns:
        Shares by parameter, largest first. They need not add up to one.

    Source:
        Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, section 1.2.5.

    Example:
        >>> u = probabilities(seed=1, draws=2048)
        >>> shares = variance_shares({"a": u("a"), "b": u("b")}, 3 * u("a") + u("b"))
        >>> {name: round(share, 1) for name, share in shares.items()}
        {'a': 0.9, 'b': 0.1}
    """
    target = _standardised_ranks(result)
    shares = {name: float(np.dot(_standardised_ranks(u), target)) ** 2 for name, u in drawn.items()}
    return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def _standardised_ranks(values: Array) -> Array:
    ranks = np.empty(len(values))
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    ranks -= ranks.mean()
    return np.asarray(ranks / np.sqrt(np.dot(ranks, ranks)))
