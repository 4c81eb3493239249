"""A piecewise linear curve through published breakpoints."""

from decimal import Decimal
from itertools import pairwise

Curve = tuple[tuple[Decimal, Decimal], ...]


def read(curve: Curve, x: Decimal) -> Decimal:
    """The curve at x; constant before its first and after its last breakpoint.

    >>> read(((Decimal(0), Decimal(0)), (Decimal(10), Decimal(1))), Decimal(4))
    Decimal('0.4')
    """
    if x <= curve[0][0]:
        return curve[0][1]
    for (x0, y0), (x1, y1) in pairwise(curve):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return curve[-1][1]
