"""Carbon dioxide from lime and urea put on soil: IPCC 2019 Refinement, V4 Ch11, 11.3 and 11.4."""

from lca_models.real import Real

CO2_PER_C = 44 / 12


def carbonate_co2_kg(*, material_kg: Real, carbon_frac: Real) -> Real:
    r"""CO2 from limestone, dolomite or urea as it dissolves in the soil.

    $$ CO_2 = M \cdot EF \cdot 44/12 $$

    Args:
        material_kg: limestone, dolomite or urea spread, kg of product.
        carbon_frac: kg C per kg: 0.12 limestone, 0.13 dolomite (Eq 11.12), 0.20 urea (Eq 11.13).

    Returns:
        kg CO2, fossil.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equations 11.12 and 11.13.

    Example:
        A tonne each of limestone and urea:

        >>> round(carbonate_co2_kg(material_kg=1000, carbon_frac=0.12))
        440
        >>> round(carbonate_co2_kg(material_kg=1000, carbon_frac=0.20))
        733
    """
    return material_kg * carbon_frac * CO2_PER_C
