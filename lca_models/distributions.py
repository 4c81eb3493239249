"""How an uncertain number spreads between its bounds: six shapes, each by its inverse distribution function.

`lower` and `upper` are the ends of a uniform or triangular number and the 2.5 % and 97.5 % quantiles of the
others.
"""

import math
from typing import Literal, Protocol

import numpy as np
from scipy.special import ndtri

from lca_models.real import Array

Distribution = Literal["exact", "uniform", "triangular", "normal", "lognormal", "two_piece_normal"]
Z_975 = 1.959963984540054
"""Standard normal quantile at 97.5 %: half the width of a 95 % interval in standard deviations."""


class Uncertain(Protocol):
    """A number with its bounds and shape."""

    @property
    def value(self) -> float:
        """Central value: mode of a triangle, median of the other shapes with a centre."""

    @property
    def lower(self) -> float:
        """Lower bound."""

    @property
    def upper(self) -> float:
        """Upper bound."""

    @property
    def distribution(self) -> Distribution:
        """Shape."""


def quantile(number: Uncertain, probability: Array) -> Array:
    """Values at the given probabilities.

    Args:
        number: value, bounds and shape.
        probability: numbers strictly between 0 and 1, any shape.

    Returns:
        Values in the unit of the number, same shape.
    """
    return _QUANTILES[number.distribution](number, probability)


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


def _lognormal(number: Uncertain, probability: Array) -> Array:
    z: Array = ndtri(probability)
    half = np.where(z < 0, math.log(number.value / number.lower), math.log(number.upper / number.value))
    return np.asarray(number.value * np.exp(half * z / Z_975))


def _two_piece_normal(number: Uncertain, probability: Array) -> Array:
    z = ndtri(probability)
    half = np.where(z < 0, number.value - number.lower, number.upper - number.value)
    drawn = number.value + half * z / Z_975
    return np.maximum(drawn, 0.0) if number.lower >= 0 else drawn


_QUANTILES = {
    "exact": _exact,
    "uniform": _uniform,
    "triangular": _triangular,
    "normal": _two_piece_normal,
    "lognormal": _lognormal,
    "two_piece_normal": _two_piece_normal,
}
