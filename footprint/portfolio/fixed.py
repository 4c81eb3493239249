"""Amounts as whole numbers of their last decimal: rounded as `footprint.rounding` rounds them, many at once."""

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from footprint.errors import Problem, ValidityError
from footprint.rounding import CO2E, decimal
from lca_models.real import Array

Fixed = NDArray[np.int64]

LARGEST = 4_000_000
"""Units per unit of product: no food emits its own weight four million times over, and products of two fixed numbers
of six decimals stay within 64 bits."""


def fixed(amounts: Array, places: Decimal = CO2E) -> Fixed:
    """Each amount in units of `places`, half to even, exactly as `rounding.decimal` rounds the same float.

    Multiplying a float by a power of ten may push it over the edge between two roundings; what comes out that near to
    the edge is rounded again by `decimal`.

    Args:
        amounts: as computed.
        places: `CO2E` or `SHARE`.

    Raises:
        ValidityError: an amount that is not finite, or beyond any product.

    Example:
        >>> fixed(np.array([0.12345678, -1e-9])).tolist()
        [123457, 0]
    """
    if not np.all(np.abs(amounts) < LARGEST):
        what = "a result is not a finite amount of a possible size"
        raise ValidityError(Problem("footprint", what, "", "check the amounts of the record"))
    scaled = amounts * float(1 / places)
    rounded = np.rint(scaled)
    unsure = np.abs(scaled - rounded) > 0.5 - np.abs(scaled) * 2.0**-51
    whole = rounded.astype(np.int64)
    for index in np.argwhere(unsure):
        place = tuple(index)
        whole[place] = int(decimal(float(amounts[place]), places) / places)
    return whole


def times(amounts: Fixed, shares: Fixed) -> Fixed:
    """The product of two numbers of six decimals, itself of six, half to even.

    >>> times(np.array([2_500_000]), np.array([333_333])).tolist()
    [833332]
    """
    whole, rest = np.divmod(amounts * shares, 1_000_000)
    return np.asarray(whole + ((rest > 500_000) | ((rest == 500_000) & (whole % 2 == 1))), dtype=np.int64)
