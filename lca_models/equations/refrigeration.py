"""Refrigerant that leaks from cold rooms and reefers: IPCC 2006, Volume 3, Chapter 7, section 7.5."""

from lca_models.real import Real


def leakage_kg(*, charge_kg: Real, leak_rate_per_year: Real, years: Real) -> Real:
    r"""Refrigerant lost in operation.

    $$ E = m_{charge} \cdot x \cdot t $$

    Args:
        charge_kg: refrigerant in the equipment, kg.
        leak_rate_per_year: share of the charge lost in a year (Table 7.9).
        years: time the equipment serves the product, years.

    Returns:
        kg of refrigerant.

    Source:
        IPCC 2006 V3 Ch7, Equation 7.13 (emissions during operation), spread over time.

    Example:
        A 12 kg cold room leaking 20 % a year, used for a 30-day season:

        >>> round(leakage_kg(charge_kg=12, leak_rate_per_year=0.2, years=30 / 365), 3)
        0.197
    """
    return charge_kg * leak_rate_per_year * years
