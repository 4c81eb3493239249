"""Alcoholic fermentation: sugar becomes alcohol and CO2, both biogenic."""

from lca_models.equations._bounds import need_fraction, need_not_negative
from lca_models.real import Real

ETHANOL_KG_PER_LITRE = 0.78924
"""Density of ethanol at 20 °C, OIML R 22 (1975)."""
CO2_PER_ETHANOL = 44.01 / 46.07


def ethanol_kg(*, volume_litre: Real, strength_frac: Real) -> Real:
    r"""Pure alcohol in a wine or spirit.

    $$ m = V \cdot a \cdot 0.78924 $$

    Args:
        volume_litre: wine or spirit at 20 °C, litre.
        strength_frac: alcohol by volume, litre per litre: 52 % vol is 0.52.

    Returns:
        kg ethanol.

    Source:
        OIML R 22 (1975), International alcoholometric tables: density of ethanol at 20 °C, 789.24 kg/m3.

    Example:
        A thousand litres of lychee liquor at 40 % vol:

        >>> round(ethanol_kg(volume_litre=1000, strength_frac=0.4), 1)
        315.7
    """
    need_not_negative("fermentation", volume_litre=volume_litre)
    need_fraction("fermentation", strength_frac=strength_frac)
    return volume_litre * strength_frac * ETHANOL_KG_PER_LITRE


def co2_kg(*, ethanol_kg: Real) -> Real:
    r"""CO2 that escapes while that alcohol is made.

    $$ C_6H_{12}O_6 = 2 \cdot C_2H_5OH + 2 \cdot CO_2, \qquad CO_2 = m \cdot 44.01 / 46.07 $$

    Args:
        ethanol_kg: alcohol made, kg.

    Returns:
        kg CO2, biogenic.

    Source:
        Stoichiometry (Gay-Lussac). Yeast turns about a twentieth of the sugar into other things, which makes
        no CO2 in this amount.

    Example:
        >>> round(co2_kg(ethanol_kg=315.7), 1)
        301.6
    """
    need_not_negative("fermentation", ethanol_kg=ethanol_kg)
    return ethanol_kg * CO2_PER_ETHANOL
