"""The one numeric type of the models: a float, or an array of draws of that float.

The last axis of an array are draws; an axis before it are products computed side by side.
"""

from collections.abc import Iterable
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Real: TypeAlias = float | Array
RealT = TypeVar("RealT", float, Array)


def middle(value: Real) -> Real:
    """The median over the draws, product by product; a float is its own middle.

    >>> middle(2.0), middle(np.array([1.0, 2.0, 9.0])).tolist(), middle(np.array([[1.0], [5.0]])).tolist()
    (2.0, 2.0, [1.0, 5.0])
    """
    return np.asarray(np.median(value, axis=-1)) if np.ndim(value) else value


def total(parts: Iterable[Real]) -> Real:
    """The sum of floats and arrays; zero of nothing.

    >>> total([1.0, 2.0])
    3.0
    """
    amount: Real = 0.0
    for part in parts:
        amount = amount + part
    return amount
