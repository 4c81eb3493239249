"""Carbon in harvested kelp and shellfish: disclosed, not a removal.

Harvested food carbon goes back to the air when it is eaten, and a shell does not take its carbon from the air:
building it *releases* CO2. The Chinese accounting rules count the carbon taken out of the water; these
functions compute it so that it can be told, with the release beside it.
"""

from lca_models.equations._bounds import need_fraction, need_not_negative
from lca_models.real import Real

CO2_PER_C = 44 / 12


def seaweed_carbon_kg(*, fresh_kg: Real, dry_frac: Real, carbon_frac: Real) -> Real:
    r"""Carbon in harvested seaweed.

    $$ C = P \cdot R_{dw} \cdot w_C $$

    Args:
        fresh_kg: harvest, wet weight, kg.
        dry_frac: dry over wet weight.
        carbon_frac: kg C per kg dry seaweed.

    Returns:
        kg C, to disclose.

    Source:
        HY/T 0305-2021, carbon stock change method, macroalgae; HY/T 0349-2022.

    Example:
        A tonne of kelp:

        >>> round(seaweed_carbon_kg(fresh_kg=1000, dry_frac=0.2, carbon_frac=0.312), 1)
        62.4
    """
    need_not_negative("marine", fresh_kg=fresh_kg)
    need_fraction("marine", dry_frac=dry_frac, carbon_frac=carbon_frac)
    return fresh_kg * dry_frac * carbon_frac


def shellfish_carbon_kg(*, fresh_kg: Real, dry_frac: Real, part_frac: Real, carbon_frac: Real) -> Real:
    r"""Carbon in one part of harvested shellfish: soft tissue, or shell.

    $$ C_i = P \cdot R_{dw} \cdot w_i \cdot C_i $$

    The rules add the two parts up. Kept apart here, because the tissue is food and the shell is carbonate.

    Args:
        fresh_kg: harvest, wet weight with shell, kg.
        dry_frac: dry over wet weight.
        part_frac: share of the part in the dry weight; tissue and shell add up to 1.
        carbon_frac: kg C per kg dry part; pure calcium carbonate has 0.12.

    Returns:
        kg C, to disclose.

    Source:
        HY/T 0305-2021, carbon stock change method, bivalves; HY/T 0349-2022.

    Example:
        A tonne of oysters, tissue and shell:

        >>> oyster = {"fresh_kg": 1000, "dry_frac": 0.651}
        >>> round(shellfish_carbon_kg(**oyster, part_frac=0.0614, carbon_frac=0.4598), 1)
        18.4
        >>> round(shellfish_carbon_kg(**oyster, part_frac=0.9386, carbon_frac=0.1268), 1)
        77.5
    """
    need_not_negative("marine", fresh_kg=fresh_kg)
    need_fraction("marine", dry_frac=dry_frac, part_frac=part_frac, carbon_frac=carbon_frac)
    return fresh_kg * dry_frac * part_frac * carbon_frac


def calcification_co2_kg(*, shell_carbon_kg: Real, released_per_carbonate: Real) -> Real:
    r"""CO2 that sea water gives off while a shell is built.

    $$ Ca^{2+} + 2\,HCO_3^- \to CaCO_3 + CO_2 + H_2O, \qquad
       CO_2 = C_{shell} \cdot \psi \cdot 44/12 $$

    Half of the bicarbonate becomes CO2; the buffer of sea water keeps part of it, ψ comes out.

    Args:
        shell_carbon_kg: carbonate carbon in the shells, kg C.
        released_per_carbonate: ψ, mol CO2 given off per mol carbonate: about 0.6 in sea water, 1 in fresh.

    Returns:
        kg CO2 given off.

    Source:
        Frankignoulle, Canon, Gattuso (1994), Limnol. Oceanogr. 39:458–462; Humphreys et al. (2018), Mar. Chem.
        204:86–95.

    Example:
        The shells of a tonne of oysters:

        >>> round(calcification_co2_kg(shell_carbon_kg=77.5, released_per_carbonate=0.63))
        179
    """
    need_not_negative("marine", shell_carbon_kg=shell_carbon_kg)
    need_fraction("marine", released_per_carbonate=released_per_carbonate)
    return shell_carbon_kg * released_per_carbonate * CO2_PER_C
