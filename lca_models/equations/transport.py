"""Freight: ISO 14083:2023, and what load, return trip and temperature control do to an intensity."""

from lca_models.equations._bounds import (
    need_fraction,
    need_not_negative,
    need_positive,
    refuse,
    straying,
)
from lca_models.real import Real


def activity_t_km(*, mass_kg: Real, distance_km: Real) -> Real:
    r"""Freight activity, the quantity that transport emission intensities are given per.

    $$ T = m \cdot s $$

    Args:
        mass_kg: what is on the truck for this product, packaging and ice included, kg.
        distance_km: distance driven loaded, km; the intensity of an average truck includes empty running.

    Returns:
        t·km.

    Source:
        ISO 14083:2023, transport activity.

    Example:
        >>> activity_t_km(mass_kg=1250, distance_km=2200)
        2750.0
    """
    return mass_kg * distance_km / 1000


def adjusted_distance_km(*, distance_km: Real, adjustment: Real, detour_km: Real = 0.0) -> Real:
    r"""Distance really driven, from a planned one.

    $$ s_{actual} = s_{planned} \cdot DAF + s_0 $$

    Args:
        distance_km: shortest feasible or great-circle distance, km.
        adjustment: distance adjustment factor (DAF) of the mode, 1 or more.
        detour_km: a fixed addition, km (aircraft: approach and routing).

    Returns:
        km. Use it only with an intensity given per actual distance; one given per planned distance has the
        detour inside already.

    Source:
        ISO 14083:2023, transport distance and distance adjustment factor; GLEC Framework v3, distance.

    Raises:
        ValidityError: a factor below 1, shorter than the shortest way.

    Example:
        >>> adjusted_distance_km(distance_km=2000, adjustment=1.05)
        2100.0
    """
    need_not_negative("transport", distance_km=distance_km, detour_km=detour_km)
    wrong = straying(adjustment, lambda factor: factor >= 1)
    if wrong is not None:
        what = f"a distance adjustment of {wrong:g}"
        refuse("transport", what, "nobody drives less than the shortest way", "use a factor of 1 or more")
    return distance_km * adjustment + detour_km


def fuel_per_km(*, empty_per_km: Real, full_per_km: Real, load_frac: Real) -> Real:
    r"""Fuel of a vehicle at part load: a straight line between empty and full.

    $$ f = f_{empty} + (f_{full} - f_{empty}) \cdot u $$

    Args:
        empty_per_km: litres, kg or MJ per km, empty.
        full_per_km: the same, full by weight.
        load_frac: load over payload, 0 to 1.

    Returns:
        Fuel per km in the unit given.

    Source:
        EcoTransIT World, Methodology Report, road transport: energy consumption by load; HBEFA.

    Example:
        A 40 t articulated truck, 22.6 litres per 100 km empty and 37.2 full, half loaded:

        >>> round(fuel_per_km(empty_per_km=0.226, full_per_km=0.372, load_frac=0.5), 3)
        0.299
    """
    need_fraction("transport", load_frac=load_frac)
    need_not_negative("transport", empty_per_km=empty_per_km, full_per_km=full_per_km)
    return empty_per_km + (full_per_km - empty_per_km) * load_frac


def fuel_per_t_km(
    *, empty_per_km: Real, full_per_km: Real, load_frac: Real, payload_t: Real, empty_return_frac: Real
) -> Real:
    r"""Fuel per tonne-kilometre with the empty kilometres that the load causes.

    $$ e = \frac{f(u) + r \cdot f_{empty}}{u \cdot P} $$

    Args:
        empty_per_km: litres, kg or MJ per km, empty.
        full_per_km: the same, full by weight.
        load_frac: u, load over payload on the loaded trip; 0 is refused.
        payload_t: P, greatest load, t.
        empty_return_frac: r, empty km per loaded km: 0 with a return load, 1 if it drives home empty.

    Returns:
        Fuel per t·km in the unit given.

    Source:
        ISO 14083:2023: empty trips belong to the transport operation; form of the EcoTransIT World
        Methodology Report, road transport.

    Raises:
        ValidityError: nothing loaded, or more than one empty km per loaded km.

    Example:
        >>> truck = {"empty_per_km": 0.226, "full_per_km": 0.372, "load_frac": 0.6, "payload_t": 26}
        >>> round(fuel_per_t_km(**truck, empty_return_frac=0.0), 4)
        0.0201
        >>> round(fuel_per_t_km(**truck, empty_return_frac=1.0), 4)
        0.0346
    """
    need_fraction("transport", empty_return_frac=empty_return_frac)
    need_positive("transport", load_frac=load_frac, payload_t=payload_t)
    loaded = fuel_per_km(empty_per_km=empty_per_km, full_per_km=full_per_km, load_frac=load_frac)
    return (loaded + empty_return_frac * empty_per_km) / (load_frac * payload_t)


def temperature_controlled(*, intensity: Real, uplift_frac: Real) -> Real:
    r"""Intensity of a temperature-controlled vehicle from that of a dry one.

    $$ g_{cold} = g_{dry} \cdot (1 + f) $$

    Args:
        intensity: per t·km of the dry vehicle, any unit.
        uplift_frac: extra fuel of the cooling unit, share of the dry vehicle's.

    Returns:
        The same unit. Refrigerant leakage comes on top (`refrigeration.leakage_kg`).

    Source:
        GLEC Framework v3, default factors, temperature-controlled road freight.

    Example:
        >>> round(temperature_controlled(intensity=0.0745, uplift_frac=0.12), 4)
        0.0834
    """
    need_not_negative("transport", intensity=intensity, uplift_frac=uplift_frac)
    return intensity * (1 + uplift_frac)


def gas_kg(*, activity_t_km: Real, intensity_kg_per_t_km: Real) -> Real:
    r"""One gas of one leg: operation or energy provision.

    $$ G = T \cdot g $$

    Args:
        activity_t_km: freight activity, t·km.
        intensity_kg_per_t_km: kg of the gas per t·km, of the operation (tank to wheel) or of providing the
            energy (well to tank); add the two for the whole.

    Returns:
        kg of the gas.

    Source:
        ISO 14083:2023, emissions of a transport chain element: activity times emission intensity.

    Example:
        >>> round(gas_kg(activity_t_km=2750, intensity_kg_per_t_km=0.0878), 1)
        241.5
    """
    need_not_negative("transport", activity_t_km=activity_t_km, intensity_kg_per_t_km=intensity_kg_per_t_km)
    return activity_t_km * intensity_kg_per_t_km


def measured_intensity_kg_per_t_km(*, gas_kg: Real, activity_t_km: Real) -> Real:
    r"""Intensity of one's own fleet: everything emitted over everything carried.

    $$ g = G / T $$

    Args:
        gas_kg: emitted by all trips of the operation in the period, empty ones included, kg.
        activity_t_km: freight activity of the same trips, t·km.

    Returns:
        kg of the gas per t·km.

    Source:
        ISO 14083:2023, emission intensity of a transport operation category.

    Example:
        >>> measured_intensity_kg_per_t_km(gas_kg=8000, activity_t_km=100000)
        0.08
    """
    need_not_negative("transport", gas_kg=gas_kg)
    need_positive("transport", activity_t_km=activity_t_km)
    return gas_kg / activity_t_km
