"""Cold rooms: what keeping food cold takes in electricity."""

import numpy as np

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, refuse, same_kind
from lca_models.real import Real, middle

KELVIN_AT_ZERO_C = 273.15


def electricity_kwh(
    *, specific_kwh_per_m3_year: Real, product_m3: Real, filled_frac: Real, days: Real
) -> Real:
    r"""Electricity of a cold store charged to what lies in it, by volume and time.

    $$ E = e \cdot \frac{V}{u} \cdot \frac{t}{365} $$

    Args:
        specific_kwh_per_m3_year: electricity of the whole store per m3 of its volume and year.
        product_m3: volume of the product with its packaging, m3.
        filled_frac: share of the store's volume that is filled on average; the empty part is carried too.
        days: time in store, days.

    Returns:
        kWh.

    Source:
        LCA Food database (Nielsen et al. 2003), cool and frozen storage in wholesale: E = Es · V / u · t.

    Example:
        A tonne of lychee (3 m3) for 10 days in a store of 50 kWh/m3 a year, half full:

        >>> round(electricity_kwh(specific_kwh_per_m3_year=50, product_m3=3, filled_frac=0.5, days=10), 2)
        8.22
    """
    need_not_negative("storage", product_m3=product_m3, days=days)
    need_fraction("storage", filled_frac=filled_frac)
    need_positive("storage", filled_frac=filled_frac)
    return specific_kwh_per_m3_year * product_m3 / filled_frac * days / 365


def transmission_mj(
    *, u_value_w_per_m2_c: Real, area_m2: Real, outside_c: Real, inside_c: Real, days: Real
) -> Real:
    r"""Heat that comes in through the walls, floor and roof of a cold room.

    $$ Q = U \cdot A \cdot (T_{out} - T_{in}) \cdot t $$

    Args:
        u_value_w_per_m2_c: thermal transmittance of the envelope, W per m2 and °C.
        area_m2: its outer area, m2.
        outside_c: mean temperature outside, °C.
        inside_c: temperature of the room, °C.
        days: time, days.

    Returns:
        MJ to take out again; zero where it is colder outside.

    Validity:
        Transmission only: doors, lights, fans, people and the produce (`heat.sensible_mj`) come on top.

    Source:
        ASHRAE Handbook Refrigeration, refrigerated-facility loads, transmission load.

    Example:
        A room of 60 m2, 0.25 W/m2/°C, 5 °C inside, 30 °C outside, for a day:

        >>> q = transmission_mj(u_value_w_per_m2_c=0.25, area_m2=60, outside_c=30, inside_c=5, days=1)
        >>> round(q, 1)
        32.4
    """
    need_not_negative("storage", u_value_w_per_m2_c=u_value_w_per_m2_c, area_m2=area_m2, days=days)
    inward = np.maximum(np.subtract(outside_c, inside_c), 0.0)
    return same_kind(np.asarray(u_value_w_per_m2_c * area_m2 * inward * days * 86400 / 1e6))


def performance(*, evaporating_c: Real, condensing_c: Real, carnot_frac: Real) -> Real:
    r"""Coefficient of performance of a refrigeration plant from its two temperatures.

    $$ COP = \eta_C \cdot \frac{T_0}{T_c - T_0} $$

    with both temperatures in kelvin.

    Args:
        evaporating_c: temperature at which the refrigerant evaporates, °C; some 5 to 10 below the room.
        condensing_c: temperature at which it condenses, °C; some 10 to 15 above the air outside.
        carnot_frac: share of the ideal performance that the plant reaches.

    Returns:
        MJ of heat taken out per MJ of electricity.

    Source:
        Second law of thermodynamics (reversed Carnot cycle); ASHRAE Handbook Fundamentals, thermodynamics and
        refrigeration cycles.

    Raises:
        ValidityError: not colder inside than outside, or better than the ideal.

    Example:
        >>> round(performance(evaporating_c=-5, condensing_c=40, carnot_frac=0.4), 2)
        2.38
    """
    need_fraction("storage", carnot_frac=carnot_frac)
    if not np.all(np.greater(middle(condensing_c), middle(evaporating_c))):
        what = "the condenser is not warmer than the evaporator"
        refuse("storage", what, "then no machine is needed", "enter the two temperatures the right way round")
    return carnot_frac * (evaporating_c + KELVIN_AT_ZERO_C) / (condensing_c - evaporating_c)


def compressor_kwh(*, heat_mj: Real, performance: Real) -> Real:
    r"""Electricity to take heat out of a cold room or a product.

    $$ W = Q / COP $$

    Args:
        heat_mj: heat to take out, MJ.
        performance: coefficient of performance, MJ per MJ.

    Returns:
        kWh (3.6 MJ each).

    Source:
        Definition of the coefficient of performance, EN 14511-1.

    Example:
        >>> round(compressor_kwh(heat_mj=89.5, performance=2.38), 1)
        10.4
    """
    need_not_negative("storage", heat_mj=heat_mj)
    need_positive("storage", performance=performance)
    return heat_mj / performance / 3.6
