"""Refrigerant lost by cold rooms and reefers over their life: IPCC 2006, Volume 3, Chapter 7, section 7.5."""

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive
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


def charging_kg(*, charge_kg: Real, initial_loss_frac: Real) -> Real:
    r"""Refrigerant lost while the equipment is filled for the first time.

    $$ E_{charge} = M \cdot k $$

    Args:
        charge_kg: refrigerant charged, kg.
        initial_loss_frac: share lost at manufacture or assembly (Table 7.9, k).

    Returns:
        kg of refrigerant, once in the life of the equipment.

    Source:
        IPCC 2006 V3 Ch7, Equation 7.12, with k as a share instead of per cent.

    Example:
        >>> round(charging_kg(charge_kg=12, initial_loss_frac=0.0175), 2)
        0.21
    """
    need_not_negative("refrigeration", charge_kg=charge_kg)
    need_fraction("refrigeration", initial_loss_frac=initial_loss_frac)
    return charge_kg * initial_loss_frac


def end_of_life_kg(*, charge_kg: Real, remaining_frac: Real, recovered_frac: Real) -> Real:
    r"""Refrigerant lost when the equipment is scrapped.

    $$ E_{end} = M \cdot p \cdot (1 - \eta_{rec}) $$

    Args:
        charge_kg: full charge, kg.
        remaining_frac: share of the charge still inside at the end (Table 7.9, p).
        recovered_frac: share of that which is drawn off and recycled or destroyed (Table 7.9, η_rec).

    Returns:
        kg of refrigerant, once in the life of the equipment.

    Source:
        IPCC 2006 V3 Ch7, Equation 7.14, with shares instead of per cent.

    Example:
        >>> round(end_of_life_kg(charge_kg=12, remaining_frac=0.75, recovered_frac=0.35), 2)
        5.85
    """
    need_not_negative("refrigeration", charge_kg=charge_kg)
    need_fraction("refrigeration", remaining_frac=remaining_frac, recovered_frac=recovered_frac)
    return charge_kg * remaining_frac * (1 - recovered_frac)


def life_cycle_kg_per_year(
    *,
    charge_kg: Real,
    initial_loss_frac: Real,
    leak_rate_per_year: Real,
    lifetime_years: Real,
    remaining_frac: Real,
    recovered_frac: Real,
) -> Real:
    r"""Refrigerant lost per year of service, with filling and scrapping spread over the lifetime.

    $$ \dot E = M \cdot \left( x + \frac{k + p \cdot (1 - \eta_{rec})}{L} \right) $$

    Args:
        charge_kg: full charge, kg; topped up each year, so that x applies to it.
        initial_loss_frac: k, share lost at first filling.
        leak_rate_per_year: x, share lost per year of operation.
        lifetime_years: L, years.
        remaining_frac: p, share of the charge inside at the end.
        recovered_frac: share of that which is drawn off.

    Returns:
        kg of refrigerant per year.

    Source:
        IPCC 2006 V3 Ch7, Equations 7.10 and 7.12 to 7.14, summed over the life of one unit.

    Example:
        >>> parts = {"initial_loss_frac": 0.0175, "leak_rate_per_year": 0.225, "lifetime_years": 11}
        >>> parts |= {"remaining_frac": 0.75, "recovered_frac": 0.35}
        >>> round(life_cycle_kg_per_year(charge_kg=12, **parts), 3)
        3.251
    """
    need_positive("refrigeration", lifetime_years=lifetime_years)
    once = charging_kg(charge_kg=charge_kg, initial_loss_frac=initial_loss_frac) + end_of_life_kg(
        charge_kg=charge_kg, remaining_frac=remaining_frac, recovered_frac=recovered_frac
    )
    return (
        leakage_kg(charge_kg=charge_kg, leak_rate_per_year=leak_rate_per_year, years=1)
        + once / lifetime_years
    )
