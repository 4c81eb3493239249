"""Gases from burning biomass in the open: IPCC 2019 Refinement, Volume 4, Chapter 2, section 2.4."""

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
