"""Decimal arithmetic that gives the same digits on every machine.

The score uses no binary floating point: `math.erf` and `math.log` come from the platform's C library and may
differ in the last digit. `decimal` specifies its logarithm and exponential to the last digit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import (
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)

PLACES = Decimal("0.000000001")
SHARE_PLACES = Decimal("0.0001")


@contextmanager
def exact() -> Iterator[None]:
    """Work with 28 digits, whatever the caller's own decimal context says."""
    context = Context(prec=28, rounding=ROUND_HALF_EVEN, traps=[DivisionByZero, InvalidOperation, Overflow])
    with localcontext(context):
        yield


def whole_points(points: Decimal) -> int:
    """Points as they count: whole, halves up.

    >>> whole_points(Decimal("13.5")), whole_points(Decimal("13.4999"))
    (14, 13)
    """
    return int(points.to_integral_value(rounding=ROUND_HALF_UP))


def clamp(value: Decimal, low: Decimal = Decimal(0), high: Decimal = Decimal(1)) -> Decimal:
    """The value, or the nearer bound."""
    return min(max(value, low), high)


def nine_places(value: Decimal) -> Decimal:
    """A derived input, rounded once so that it can be printed and read back."""
    return value.quantize(PLACES)
