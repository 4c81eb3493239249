"""Drying fruit, grain and wood: how much water leaves, what heat and fuel that takes."""

import numpy as np

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, refuse, straying
from lca_models.real import Real, middle


def dried_kg(*, fresh_kg: Real, moisture_in_frac: Real, moisture_out_frac: Real) -> Real:
    r"""What is left when fresh produce is dried: dry matter is conserved.

    $$ m_{out} = m_{in} \cdot \frac{1 - w_{in}}{1 - w_{out}} $$

    Args:
        fresh_kg: produce going in, kg.
        moisture_in_frac: kg water per kg, going in (wet basis).
        moisture_out_frac: kg water per kg, coming out (wet basis).

    Returns:
        kg.

    Source:
        Mass balance; Singh and Heldman, Introduction to Food Engineering, 5th edition, section 12.1.

    Raises:
        ValidityError: wetter coming out than going in.

    Example:
        A tonne of lychee flesh from 82 to 22 % water:

        >>> round(dried_kg(fresh_kg=1000, moisture_in_frac=0.82, moisture_out_frac=0.22), 1)
        230.8
    """
    _need_drier(moisture_in_frac, moisture_out_frac)
    need_not_negative("drying", fresh_kg=fresh_kg)
    return fresh_kg * (1 - moisture_in_frac) / (1 - moisture_out_frac)


def water_removed_kg(*, fresh_kg: Real, moisture_in_frac: Real, moisture_out_frac: Real) -> Real:
    r"""Water that a dryer evaporates.

    $$ W = m_{in} \cdot \frac{w_{in} - w_{out}}{1 - w_{out}} $$

    Args:
        fresh_kg: produce going in, kg.
        moisture_in_frac: kg water per kg, going in (wet basis).
        moisture_out_frac: kg water per kg, coming out (wet basis).

    Returns:
        kg water.

    Source:
        Mass balance; Singh and Heldman, Introduction to Food Engineering, 5th edition, section 12.1.

    Raises:
        ValidityError: wetter coming out than going in.

    Example:
        >>> round(water_removed_kg(fresh_kg=1000, moisture_in_frac=0.82, moisture_out_frac=0.22), 1)
        769.2
    """
    _need_drier(moisture_in_frac, moisture_out_frac)
    need_not_negative("drying", fresh_kg=fresh_kg)
    return fresh_kg * (moisture_in_frac - moisture_out_frac) / (1 - moisture_out_frac)


def heat_mj(
    *,
    fresh_kg: Real,
    water_removed_kg: Real,
    specific_heat_mj_per_kg_c: Real,
    warming_c: Real,
    latent_heat_mj_per_kg: Real,
) -> Real:
    r"""Least heat that drying takes: warming the produce and evaporating its water.

    $$ Q = m_{in} \cdot c \cdot \Delta T + W \cdot \lambda $$

    Args:
        fresh_kg: produce going in, kg.
        water_removed_kg: water evaporated, kg.
        specific_heat_mj_per_kg_c: of the fresh produce (`heat.specific_heat_mj_per_kg_c`).
        warming_c: drying temperature less temperature going in, °C.
        latent_heat_mj_per_kg: of water at the drying temperature (`heat.latent_heat_mj_per_kg`).

    Returns:
        MJ, before any loss of the dryer.

    Source:
        Energy balance; Singh and Heldman, Introduction to Food Engineering, 5th edition, section 12.4.

    Example:
        >>> q = heat_mj(fresh_kg=1000, water_removed_kg=769.2, specific_heat_mj_per_kg_c=0.00358,
        ...             warming_c=40, latent_heat_mj_per_kg=2.336)
        >>> round(q)
        1940
    """
    need_not_negative("drying", fresh_kg=fresh_kg, water_removed_kg=water_removed_kg, warming_c=warming_c)
    return fresh_kg * specific_heat_mj_per_kg_c * warming_c + water_removed_kg * latent_heat_mj_per_kg


def dryer_energy_mj(*, heat_mj: Real, efficiency_frac: Real) -> Real:
    r"""Energy that a dryer takes for that heat, as fuel on its lower heating value or as electricity.

    $$ E = Q / \eta $$

    Args:
        heat_mj: least heat, MJ.
        efficiency_frac: least heat over energy taken in: burner, air heated in vain and walls together.

    Returns:
        MJ. A heat pump takes `heat_mj` over its coefficient of performance instead.

    Source:
        Mujumdar (ed.), Handbook of Industrial Drying, definition of the energy efficiency of a dryer.

    Example:
        >>> round(dryer_energy_mj(heat_mj=1940, efficiency_frac=0.45))
        4311
    """
    need_fraction("drying", efficiency_frac=efficiency_frac)
    need_positive("drying", efficiency_frac=efficiency_frac)
    return heat_mj / efficiency_frac


def _need_drier(moisture_in_frac: Real, moisture_out_frac: Real) -> None:
    need_fraction("drying", moisture_in_frac=moisture_in_frac, moisture_out_frac=moisture_out_frac)
    if straying(moisture_out_frac, lambda share: share < 1) is not None:
        refuse("drying", "moisture coming out is 1", "that is water, not produce", "enter kg water per kg")
    going_in, coming_out = np.broadcast_arrays(middle(moisture_in_frac), middle(moisture_out_frac))
    if np.any(wrong := coming_out > going_in):
        what = f"moisture coming out {coming_out[wrong][0]:g} is above going in {going_in[wrong][0]:g}"
        refuse("drying", what, "a dryer takes water out", "swap the two, and use the wet basis for both")
