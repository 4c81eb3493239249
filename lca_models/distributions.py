"""How an uncertain number spreads between its bounds: nine shapes, each by its inverse distribution function.

`lower` and `upper` are the ends of a uniform, triangular, PERT or discrete number and the 2.5 % and 97.5 %
quantiles of the others (of a truncated normal: before it is cut).
"""

import math
from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from lca_models.real import Array

Distribution = Literal[
    "exact",
    "uniform",
    "triangular",
    "pert",
    "normal",
    "truncated_normal",
    "lognormal",
    "two_piece_normal",
    "discrete",
]
Z_975 = 1.959963984540054
"""Standard normal quantile at 97.5 %: half the width of a 95 % interval in standard deviations."""


class Choice(Protocol):
    """One value a discrete number may take."""

    @property
    def value(self) -> float:
        """The value."""

    @property
    def weight(self) -> float:
        """How often it is taken, relative to the others."""


class Uncertain(Protocol):
    """A number with its bounds and shape."""

    @property
    def value(self) -> float:
        """Central value: mode of a triangle and of a PERT, median of the other shapes with a centre."""

    @property
    def lower(self) -> float:
        """Lower bound."""

    @property
    def upper(self) -> float:
        """Upper bound."""

    @property
    def distribution(self) -> Distribution:
        """Shape."""

    @property
    def minimum(self) -> float | None:
        """Where a truncated normal is cut below."""

    @property
    def maximum(self) -> float | None:
        """Where a truncated normal is cut above."""

    @property
    def choices(self) -> Sequence[Choice]:
        """What a discrete number may be."""


def quantile(number: Uncertain, probability: Array) -> Array:
    """Values at the given probabilities.

    Args:
        number: value, bounds and shape.
        probability: numbers strictly between 0 and 1, any shape.

    Returns:
        Values in the unit of the number, same shape.
    """
    return _QUANTILES[number.distribution](number, probability)


def pert_shape(lower: float, mode: float, upper: float) -> tuple[float, float]:
    r"""The two parameters of the beta distribution behind a PERT estimate.

    $$ \alpha = 1 + 4\,\frac{mode - lower}{upper - lower}, \quad \beta = 1 + 4\,\frac{upper - mode}{upper - lower} $$

    so that the mean is $(lower + 4\,mode + upper) / 6$.

    Args:
        lower: the least possible.
        mode: the likeliest.
        upper: the most possible.

    Source:
        Malcolm, Roseboom, Clark, Fazar (1959), Operations Research 7:646, appendix; Vose (2008), Risk Analysis,
        appendix III.

    Example:
        >>> pert_shape(2.0, 3.0, 6.0)
        (2.0, 4.0)
    """
    width = upper - lower
    return 1 + 4 * (mode - lower) / width, 1 + 4 * (upper - mode) / width


def correlated(own: Array, common: Array, correlation: float) -> Array:
    r"""Probabilities of one number of a group whose members share a part of their error (Gaussian copula).

    $$ u = \Phi\left(\sqrt{\rho}\,\Phi^{-1}(u_{common}) + \sqrt{1 - \rho}\,\Phi^{-1}(u_{own})\right) $$

    so that the normal scores of two members correlate by $\sqrt{\rho_1 \rho_2}$, and each alone is spread as
    without the group.

    Args:
        own: probabilities of the number.
        common: probabilities of the group.
        correlation: ρ, 0 to 1; 1 for numbers that move as one.

    Source:
        Nelsen (2006), An Introduction to Copulas, section 2.3 and exercise 2.17.

    Example:
        >>> correlated(np.array([0.5]), np.array([0.975]), 0.25).round(4)  # Φ(0.98)
        array([0.8365])
    """
    return np.asarray(ndtr(math.sqrt(correlation) * ndtri(common) + math.sqrt(1 - correlation) * ndtri(own)))


def _exact(number: Uncertain, probability: Array) -> Array:
    return np.full_like(probability, number.value)


def _uniform(number: Uncertain, probability: Array) -> Array:
    return number.lower + probability * (number.upper - number.lower)


def _triangular(number: Uncertain, probability: Array) -> Array:
    left, right = number.value - number.lower, number.upper - number.value
    width = left + right
    rising = number.lower + np.sqrt(probability * width * left)
    falling = number.upper - np.sqrt((1 - probability) * width * right)
    return np.asarray(np.where(probability < left / width, rising, falling))


def _pert(number: Uncertain, probability: Array) -> Array:
    alpha, beta = pert_shape(number.lower, number.value, number.upper)
    return np.asarray(number.lower + (number.upper - number.lower) * betaincinv(alpha, beta, probability))


def _lognormal(number: Uncertain, probability: Array) -> Array:
    z: Array = ndtri(probability)
    half = np.where(z < 0, math.log(number.value / number.lower), math.log(number.upper / number.value))
    return np.asarray(number.value * np.exp(half * z / Z_975))


def _two_piece_normal(number: Uncertain, probability: Array) -> Array:
    drawn = _uncut(number, probability)
    return np.maximum(drawn, 0.0) if number.lower >= 0 else drawn


def _truncated_normal(number: Uncertain, probability: Array) -> Array:
    below = 0.0 if number.minimum is None else _normal_probability(number, number.minimum)
    above = 1.0 if number.maximum is None else _normal_probability(number, number.maximum)
    return np.clip(_uncut(number, below + probability * (above - below)), number.minimum, number.maximum)


def _uncut(number: Uncertain, probability: Array) -> Array:
    z = ndtri(probability)
    half = np.where(z < 0, number.value - number.lower, number.upper - number.value)
    return np.asarray(number.value + half * z / Z_975)


def _normal_probability(number: Uncertain, at: float) -> float:
    away = at - number.value
    half = number.value - number.lower if away < 0 else number.upper - number.value
    return float(ndtr(Z_975 * away / half))


def _discrete(number: Uncertain, probability: Array) -> Array:
    ends = np.cumsum([choice.weight for choice in number.choices])
    values = np.array([choice.value for choice in number.choices])
    # The last sum may round to just below one: what is drawn above it is the last choice.
    return np.asarray(values[np.searchsorted(ends[:-1] / ends[-1], probability, side="right")])


_QUANTILES = {
    "exact": _exact,
    "uniform": _uniform,
    "triangular": _triangular,
    "pert": _pert,
    "normal": _two_piece_normal,
    "truncated_normal": _truncated_normal,
    "lognormal": _lognormal,
    "two_piece_normal": _two_piece_normal,
    "discrete": _discrete,
}
