"""How amounts are written for a reader: three significant figures, plain notation, no sign games."""

from decimal import ROUND_HALF_EVEN, Decimal

SIGNIFICANT = 3


def decimals_for(amount: Decimal) -> int:
    """Decimal places that show `amount` with three significant figures.

    >>> [decimals_for(Decimal(text)) for text in ("0.412345", "1.0923", "12.34", "1234")]
    [3, 2, 1, 0]
    """
    if amount == 0:
        return SIGNIFICANT - 1
    return max(0, SIGNIFICANT - 1 - amount.adjusted())


def written(amount: Decimal, places: int | None = None) -> str:
    """The amount in plain digits.

    >>> written(Decimal("1.092300")), written(Decimal("0.0913"), places=2)
    ('1.09', '0.09')
    """
    places = decimals_for(amount) if places is None else places
    return f"{amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN):f}"


def percent(share: Decimal) -> str:
    """A share as whole percent.

    >>> percent(Decimal("0.62"))
    '62 %'
    """
    return f"{(share * 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN):f} %"


def round_maximum(amount: Decimal) -> Decimal:
    """The next round number at or above `amount`, for the end of a scale.

    >>> round_maximum(Decimal("1.47")), round_maximum(Decimal("0.031")), round_maximum(Decimal("9.1"))
    (Decimal('1.5'), Decimal('0.04'), Decimal('10'))
    """
    unit = Decimal(1).scaleb(amount.adjusted())
    steps = (Decimal(step) * unit for step in ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10"))
    found = next(step for step in steps if step >= amount)
    return Decimal(f"{found.normalize():f}")
