"""Transport activity: ISO 14083:2023."""

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
