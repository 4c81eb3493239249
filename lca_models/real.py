"""The one numeric type of the models: a float, or an array of draws of that float."""

from collections.abc import Iterable
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Real: TypeAlias = float | Array
RealT = TypeVar("RealT", float, Array)


def total(parts: Iterable[Real]) -> Real:
    """The sum of floats and arrays; zero of nothing.

    >>> total([1.0, 2.0])
    3.0
    """
    amount: Real = 0.0
    for part in parts:
        amount = amount + part
    return amount
