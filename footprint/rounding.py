"""How many decimals a result carries: amounts are rounded once, cell by cell, and every total is a sum of cells."""

from decimal import Decimal

KG = Decimal("0.000000001")
CO2E = Decimal("0.000001")
SHARE = Decimal("0.0001")


def decimal(amount: float, places: Decimal) -> Decimal:
    """An amount at so many places, never a negative zero: no minus sign may reach a label.

    Args:
        amount: as computed.
        places: `KG`, `CO2E` or `SHARE`.

    Example:
        >>> decimal(0.12345678, CO2E), decimal(-1e-9, CO2E)
        (Decimal('0.123457'), Decimal('0.000000'))
    """
    return Decimal(amount).quantize(places) + 0
