"""Gases from burning biomass in the open: IPCC 2019 Refinement, Volume 4, Chapter 2, section 2.4."""

from lca_models.equations._bounds import need_fraction, need_not_negative
from lca_models.real import Real


def open_burning_kg(*, dry_matter_kg: Real, combustion_factor: Real, emission_factor: Real) -> Real:
    r"""One gas from dry matter set on fire in a field or in piles.

    $$ L_{fire} = A \cdot M_B \cdot C_f \cdot G_{ef} \cdot 10^{-3} $$

    with $A \cdot M_B$ as the dry matter and $G_{ef}$ in kg per kg instead of g per kg.

    Args:
        dry_matter_kg: dry matter available to burn, kg.
        combustion_factor: share that burns, 0 to 1 (Table 2.6).
        emission_factor: kg of the gas per kg dry matter burnt (Table 2.5).

    Returns:
        kg of the gas.

    Source:
        IPCC 2019 Refinement V4 Ch2, Equation 2.27.

    Example:
        CH4 from a tonne of agricultural residues, 2.7 g/kg, of which 80 % burn:

        >>> round(open_burning_kg(dry_matter_kg=1000, combustion_factor=0.8, emission_factor=0.0027), 2)
        2.16
    """
    return dry_matter_kg * combustion_factor * emission_factor


def residue_available_kg(*, above_ground_dry_kg: Real, burnt_frac: Real) -> Real:
    r"""Dry matter of a crop's residue that is there to burn.

    $$ A \cdot M_B = AGR \cdot Frac_{BURNT} $$

    Both shares, burnt and removed, are of all above-ground residue, as in Equation 11.6: together at most 1. What
    is set on fire and does not burn stays on the field with its nitrogen (`residues.nitrogen_kg`).

    Args:
        above_ground_dry_kg: above-ground residue, kg dry matter (`residues.above_ground_kg`).
        burnt_frac: share of it set on fire, 0 to 1.

    Returns:
        kg dry matter, for `open_burning_kg`.

    Source:
        IPCC 2019 Refinement V4 Ch2, Equation 2.27, the terms A and M_B, with Ch11, Equation 11.6.

    Raises:
        ValidityError: a share outside 0 to 1, or residue below zero.

    Example:
        A quarter of the 8.7 t straw of a hectare of rice, and the methane of burning it:

        >>> straw = residue_available_kg(above_ground_dry_kg=8690, burnt_frac=0.25)
        >>> straw
        2172.5
        >>> round(open_burning_kg(dry_matter_kg=straw, combustion_factor=0.8, emission_factor=0.0027), 2)
        4.69
    """
    need_not_negative("burning.residue_available_kg", above_ground_dry_kg=above_ground_dry_kg)
    need_fraction("burning.residue_available_kg", burnt_frac=burnt_frac)
    return above_ground_dry_kg * burnt_frac
