"""What a crop leaves on and in the field, and the nitrogen in it: IPCC 2019 Refinement, V4 Ch11, 11.2.1.3."""

import numpy as np

from lca_models.equations._bounds import need_fraction, need_not_negative, refuse
from lca_models.real import Real


def dry_yield_kg(*, fresh_yield_kg: Real, dry_matter_frac: Real) -> Real:
    r"""Harvest without its water.

    $$ Crop = Yield_{Fresh} \cdot DRY $$

    Args:
        fresh_yield_kg: harvest as weighed, kg.
        dry_matter_frac: kg dry matter per kg harvest (Table 11.1A).

    Returns:
        kg dry matter.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.7.

    Raises:
        ValidityError: a share outside 0 to 1, or a harvest below zero.

    Example:
        >>> dry_yield_kg(fresh_yield_kg=7000, dry_matter_frac=0.89)
        6230.0
    """
    need_not_negative("residues.dry_yield_kg", fresh_yield_kg=fresh_yield_kg)
    need_fraction("residues.dry_yield_kg", dry_matter_frac=dry_matter_frac)
    return fresh_yield_kg * dry_matter_frac


def above_ground_kg(*, dry_yield_kg: Real, area_ha: Real, slope: Real, intercept_t_per_ha: Real) -> Real:
    r"""Above-ground residue by the straight line of the crop.

    $$ AG_{DM} = Crop \cdot slope + A \cdot intercept \cdot 1000 $$

    The intercept is per hectare: it does not shrink with the yield, and forgetting the area loses it.

    Args:
        dry_yield_kg: harvest of the whole area, kg dry matter.
        area_ha: area it was cut from, ha.
        slope: kg residue per kg harvest, both dry (Table 11.2).
        intercept_t_per_ha: t dry matter per hectare (Table 11.2).

    Returns:
        kg dry matter.

    Validity:
        Annual crops and forages with a line of their own. The generic crop has none: use
        `above_ground_by_ratio_kg`.

    Source:
        IPCC 2019 Refinement V4 Ch11, Table 11.2 (alternative method), in kilograms.

    Raises:
        ValidityError: a slope and an intercept that are both zero: an encoding of "no line", not of "no
            residue"; or a harvest or area below zero.

    Example:
        Rice, 7 t/ha at 89 % dry matter:

        >>> round(above_ground_kg(dry_yield_kg=6230, area_ha=1, slope=0.95, intercept_t_per_ha=2.46))
        8378
    """
    need_not_negative("residues.above_ground_kg", dry_yield_kg=dry_yield_kg, area_ha=area_ha)
    _need_line(slope, intercept_t_per_ha)
    return dry_yield_kg * slope + area_ha * intercept_t_per_ha * 1000


def above_ground_by_ratio_kg(*, dry_yield_kg: Real, above_ratio: Real) -> Real:
    r"""Above-ground residue in proportion to the harvest.

    $$ AG_{DM} = Crop \cdot R_{AG} $$

    Args:
        dry_yield_kg: harvest, kg dry matter.
        above_ratio: kg residue per kg harvest, both dry (Table 11.1A).

    Returns:
        kg dry matter.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.6 and Table 11.1A.

    Raises:
        ValidityError: a harvest or a ratio below zero.

    Example:
        >>> round(above_ground_by_ratio_kg(dry_yield_kg=6230, above_ratio=1.4))
        8722
    """
    need_not_negative("residues.above_ground_by_ratio_kg", dry_yield_kg=dry_yield_kg, above_ratio=above_ratio)
    return dry_yield_kg * above_ratio


def below_ground_kg(
    *, dry_yield_kg: Real, above_ground_kg: Real, below_ratio: Real, renewed_frac: Real = 1.0
) -> Real:
    r"""Roots left in the soil.

    $$ BGR = (Crop + AG_{DM}) \cdot R_S \cdot Frac_{RENEW} $$

    The ratio is to all above-ground biomass, harvest and residue, not to the residue alone.

    Args:
        dry_yield_kg: harvest, kg dry matter.
        above_ground_kg: above-ground residue, kg dry matter.
        below_ratio: kg roots per kg above-ground biomass (Table 11.1A).
        renewed_frac: share of the area renewed in the year: 1 for annual crops, 1/X for pasture renewed every X
            years.

    Returns:
        kg dry matter.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.6.

    Raises:
        ValidityError: a mass or ratio below zero, or a share outside 0 to 1.

    Example:
        >>> round(below_ground_kg(dry_yield_kg=6230, above_ground_kg=8378, below_ratio=0.16))
        2337
    """
    need_not_negative(
        "residues.below_ground_kg",
        dry_yield_kg=dry_yield_kg,
        above_ground_kg=above_ground_kg,
        below_ratio=below_ratio,
    )
    need_fraction("residues.below_ground_kg", renewed_frac=renewed_frac)
    return (dry_yield_kg + above_ground_kg) * below_ratio * renewed_frac


def nitrogen_kg(
    *,
    above_ground_kg: Real,
    below_ground_kg: Real,
    n_above: Real,
    n_below: Real,
    removed_frac: Real,
    burnt_frac: Real,
    combustion_factor: Real,
) -> Real:
    r"""Nitrogen that residues return to the soil: F_CR.

    $$ F_{CR} = AGR \cdot N_{AG} \cdot (1 - Frac_{REMOVE} - Frac_{BURNT} \cdot C_f) + BGR \cdot N_{BG} $$

    Args:
        above_ground_kg: above-ground residue, kg dry matter.
        below_ground_kg: roots, kg dry matter.
        n_above: kg N per kg dry matter above ground (Table 11.1A).
        n_below: kg N per kg dry matter below ground (Table 11.1A).
        removed_frac: share of the above-ground residue carried off for feed, bedding, fuel or biochar.
        burnt_frac: share of it set on fire in the field.
        combustion_factor: share of what is set on fire that burns (Ch2, Table 2.6).

    Returns:
        kg N, for `n_other_kg` of `n2o.direct_kg` and `n_applied_kg` of `n2o.leaching_kg`; it volatilises
        nothing.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.6.

    Raises:
        ValidityError: a share outside 0 to 1, more removed and burnt than there is, or a mass below zero.

    Example:
        Rice straw left in the paddy, and half of it carried off:

        >>> rice = {"above_ground_kg": 8378, "below_ground_kg": 2337, "n_above": 0.007, "n_below": 0.009}
        >>> round(nitrogen_kg(**rice, removed_frac=0, burnt_frac=0, combustion_factor=0.8), 1)
        79.7
        >>> round(nitrogen_kg(**rice, removed_frac=0.5, burnt_frac=0, combustion_factor=0.8), 1)
        50.4
    """
    where = "residues.nitrogen_kg"
    need_not_negative(where, above_ground_kg=above_ground_kg, below_ground_kg=below_ground_kg)
    need_fraction(
        where,
        n_above=n_above,
        n_below=n_below,
        removed_frac=removed_frac,
        burnt_frac=burnt_frac,
        combustion_factor=combustion_factor,
        removed_and_burnt=removed_frac + burnt_frac,
    )
    returned = 1 - removed_frac - burnt_frac * combustion_factor
    return above_ground_kg * n_above * returned + below_ground_kg * n_below


def _need_line(slope: Real, intercept_t_per_ha: Real) -> None:
    if not np.any(slope) and not np.any(intercept_t_per_ha):
        what = "slope and intercept are both zero"
        why = "tables write a crop without a line so, and it is not a crop without residue"
        refuse("residues.above_ground_kg", what, why, "use above_ground_by_ratio_kg with the crop's ratio")
