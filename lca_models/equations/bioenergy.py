"""Heat and power from wood, straw and biogas."""

import numpy as np

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, refuse
from lca_models.real import Real, middle

KELVIN_AT_ZERO_C = 273.15


def useful_energy_mj(*, fuel_mj: Real, efficiency_frac: Real) -> Real:
    r"""Heat or electricity out of a plant.

    $$ E_{out} = E_{fuel} \cdot \eta $$

    Args:
        fuel_mj: fuel on its lower heating value as burnt (`combustion.lhv_as_received_mj_per_kg`), MJ.
        efficiency_frac: of that product, 0 to 1.

    Returns:
        MJ (3.6 MJ per kWh).

    Source:
        Directive (EU) 2018/2001, Annex VI, part B, point 1(d): efficiencies as annual output over input.

    Example:
        A tonne of wood at 20 % water in a 25 % efficient plant, kWh:

        >>> round(useful_energy_mj(fuel_mj=14391, efficiency_frac=0.25) / 3.6)
        999
    """
    need_not_negative("bioenergy", fuel_mj=fuel_mj)
    need_fraction("bioenergy", efficiency_frac=efficiency_frac)
    return fuel_mj * efficiency_frac


def carnot_frac(*, heat_c: Real) -> Real:
    r"""Share of useful heat that could do work, for sharing a plant's burden between heat and power.

    $$ C_h = \frac{T_h - T_0}{T_h}, \qquad T_0 = 273.15\,K $$

    Args:
        heat_c: temperature of the useful heat where it is delivered, °C; under 150 °C, for heating buildings,
            150 may be taken.

    Returns:
        Fraction.

    Source:
        Directive (EU) 2018/2001, Annex VI, part B, point 1(d).

    Example:
        Heat at 150 °C; the directive prints 0.3546, with whole kelvins:

        >>> round(carnot_frac(heat_c=150), 4)
        0.3545
    """
    need_positive("bioenergy", heat_c=heat_c)
    return heat_c / (heat_c + KELVIN_AT_ZERO_C)


def heat_share_frac(*, heat_mj: Real, electricity_mj: Real, carnot_frac: Real) -> Real:
    r"""Share of a combined plant's burden that its heat carries, by exergy; the rest is the electricity's.

    $$ a_h = \frac{C_h \cdot E_h}{E_{el} + C_h \cdot E_h} $$

    Args:
        heat_mj: useful heat delivered, MJ.
        electricity_mj: electricity delivered, MJ.
        carnot_frac: C_h of that heat.

    Returns:
        Fraction.

    Source:
        Directive (EU) 2018/2001, Annex VI, part B, point 1(d)(iii) and (iv), with C_el = 1.

    Raises:
        ValidityError: neither heat nor electricity.

    Example:
        >>> round(heat_share_frac(heat_mj=6000, electricity_mj=3600, carnot_frac=0.3546), 3)
        0.371
    """
    need_not_negative("bioenergy", heat_mj=heat_mj, electricity_mj=electricity_mj)
    need_fraction("bioenergy", carnot_frac=carnot_frac)
    exergy = electricity_mj + carnot_frac * heat_mj
    need_positive("bioenergy", heat_and_electricity=exergy)
    return carnot_frac * heat_mj / exergy


def losses_mj(*, fuel_mj: Real, heat_mj: Real, electricity_mj: Real) -> Real:
    r"""Energy that left a plant unused: the balance that shows an output entered too high.

    $$ Q_{lost} = E_{fuel} - E_h - E_{el} $$

    Args:
        fuel_mj: fuel on its lower heating value as burnt, MJ.
        heat_mj: useful heat, MJ.
        electricity_mj: electricity delivered, MJ.

    Returns:
        MJ.

    Validity:
        Flue-gas condensation recovers heat that the lower heating value leaves out: up to about 15 % over it.

    Source:
        First law of thermodynamics.

    Raises:
        ValidityError: more than 15 % more energy out than in.

    Example:
        >>> losses_mj(fuel_mj=14391.0, heat_mj=6000.0, electricity_mj=3600.0)
        4791.0
    """
    need_not_negative("bioenergy", heat_mj=heat_mj, electricity_mj=electricity_mj)
    need_positive("bioenergy", fuel_mj=fuel_mj)
    lost = fuel_mj - heat_mj - electricity_mj
    if np.any(middle(lost) < -0.15 * middle(fuel_mj)):
        what = "more energy comes out than goes in"
        refuse(
            "bioenergy", what, "energy is conserved", "check the units (MJ, kWh) and the moisture of the fuel"
        )
    return lost
