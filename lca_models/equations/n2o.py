"""Nitrous oxide from managed soils: IPCC 2019 Refinement, Volume 4, Chapter 11, section 11.2."""

import numpy as np

from lca_models.equations._bounds import need_not_negative, need_positive, same_kind
from lca_models.real import Real

N2O_PER_N2O_N = 44 / 28


def direct_kg(*, n_synthetic_kg: Real, n_other_kg: Real, ef1_synthetic: Real, ef1_other: Real) -> Real:
    r"""Direct N2O from nitrogen put on a mineral soil.

    $$ N_2O = (F_{SN} \cdot EF_{1,syn} + (F_{ON} + F_{CR} + F_{SOM}) \cdot EF_{1,other}) \cdot 44/28 $$

    Args:
        n_synthetic_kg: nitrogen in synthetic fertiliser, kg N.
        n_other_kg: nitrogen in organic amendments, crop residues and mineralised soil organic matter, kg N.
        ef1_synthetic: kg N2O-N per kg N, wet or dry climate (Table 11.1).
        ef1_other: kg N2O-N per kg N, wet or dry climate (Table 11.1).

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.1, disaggregated as in Table 11.1. Flooded rice, organic
        soils and grazed land have terms of their own: `flooded_rice_kg`, `organic_soil_kg`, `grazing_kg`.

    Example:
        200 kg of synthetic nitrogen in a wet and in a dry climate:

        >>> round(direct_kg(n_synthetic_kg=200, n_other_kg=0, ef1_synthetic=0.016, ef1_other=0.006), 2)
        5.03
        >>> round(direct_kg(n_synthetic_kg=200, n_other_kg=0, ef1_synthetic=0.005, ef1_other=0.005), 2)
        1.57
    """
    return (n_synthetic_kg * ef1_synthetic + n_other_kg * ef1_other) * N2O_PER_N2O_N


def volatilisation_kg(*, n_volatilised_kg: Real, ef4: Real) -> Real:
    r"""Indirect N2O from nitrogen that left as NH3 and NOx and came down elsewhere.

    $$ N_2O_{(ATD)} = (F_{SN} \cdot Frac_{GASF} + F_{ON} \cdot Frac_{GASM}) \cdot EF_4 \cdot 44/28 $$

    Args:
        n_volatilised_kg: the bracket: nitrogen lost as NH3-N and NOx-N, kg N.
        ef4: kg N2O-N per kg N volatilised (Table 11.3).

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.9.

    Example:
        >>> round(volatilisation_kg(n_volatilised_kg=200 * 0.11, ef4=0.014), 3)
        0.484
    """
    return n_volatilised_kg * ef4 * N2O_PER_N2O_N


def leaching_kg(*, n_applied_kg: Real, frac_leach: Real, ef5: Real) -> Real:
    r"""Indirect N2O from nitrogen that leached or ran off.

    $$ N_2O_{(L)} = (F_{SN} + F_{ON} + F_{CR} + F_{SOM}) \cdot Frac_{LEACH} \cdot EF_5 \cdot 44/28 $$

    Args:
        n_applied_kg: all nitrogen put on the soil, kg N.
        frac_leach: kg N leached per kg N; zero in dry climates without irrigation other than drip.
        ef5: kg N2O-N per kg N leached (Table 11.3).

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.10.

    Example:
        >>> round(leaching_kg(n_applied_kg=200, frac_leach=0.24, ef5=0.011), 2)
        0.83
    """
    return n_applied_kg * frac_leach * ef5 * N2O_PER_N2O_N


def flooded_rice_kg(*, n_applied_kg: Real, ef1_rice: Real) -> Real:
    r"""Direct N2O from nitrogen put on flooded rice, in place of the two terms of `direct_kg`.

    $$ N_2O = (F_{SN} + F_{ON} + F_{CR} + F_{SOM})_{FR} \cdot EF_{1FR} \cdot 44/28 $$

    Water keeps the soil short of oxygen: less N2O than on dry land, while drainage, which saves methane, lets
    some of it back.

    Args:
        n_applied_kg: nitrogen of every origin put on the paddy, kg N.
        ef1_rice: kg N2O-N per kg N: continuously flooded 0.003, drained 0.005 (Table 11.1).

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.1, the flooded-rice term.

    Example:
        180 kg N on a paddy that stays under water and on one that is drained in between:

        >>> round(flooded_rice_kg(n_applied_kg=180, ef1_rice=0.003), 2)
        0.85
        >>> round(flooded_rice_kg(n_applied_kg=180, ef1_rice=0.005), 2)
        1.41
    """
    return n_applied_kg * ef1_rice * N2O_PER_N2O_N


def organic_soil_kg(*, area_ha: Real, ef2_kg_per_ha: Real, years: Real = 1.0) -> Real:
    r"""N2O that a drained organic soil gives off by itself, whatever is put on it.

    $$ N_2O_{OS} = F_{OS} \cdot EF_2 \cdot t \cdot 44/28 $$

    Args:
        area_ha: drained or managed organic soil, ha.
        ef2_kg_per_ha: kg N2O-N per hectare and year (2013 Wetlands Supplement, Table 2.5).
        years: how long, years.

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.1, the organic-soil term; EF2 from the 2013 Wetlands
        Supplement.

    Example:
        A hectare of tropical cropland on peat, 5 kg N2O-N a year:

        >>> round(organic_soil_kg(area_ha=1, ef2_kg_per_ha=5.0), 2)
        7.86
    """
    need_not_negative("n2o.organic_soil_kg", area_ha=area_ha, years=years)
    return area_ha * ef2_kg_per_ha * years * N2O_PER_N2O_N


def grazing_kg(*, n_deposited_kg: Real, ef3: Real) -> Real:
    r"""N2O from dung and urine that animals leave on pasture, range and paddock.

    $$ N_2O_{PRP} = F_{PRP} \cdot EF_{3PRP} \cdot 44/28, \qquad F_{PRP} = N \cdot Nex \cdot MS_{PRP} $$

    The same nitrogen volatilises and leaches: `volatilisation_kg` with FracGASM and `leaching_kg`.

    Args:
        n_deposited_kg: nitrogen excreted while grazing, kg N.
        ef3: kg N2O-N per kg N: cattle, poultry and pigs 0.006 wet, 0.002 dry; sheep and others 0.003
            (Table 11.1).

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.1, the pasture term, and Equation 11.5.

    Example:
        A cow that leaves 60 kg N on a wet pasture:

        >>> round(grazing_kg(n_deposited_kg=60, ef3=0.006), 3)
        0.566
    """
    return n_deposited_kg * ef3 * N2O_PER_N2O_N


def mineralised_n_kg(*, carbon_loss_kg: Real, c_to_n_ratio: Real) -> Real:
    r"""Nitrogen set free where a mineral soil loses organic carbon: F_SOM.

    $$ F_{SOM} = \Delta C_{Mineral,LU} / R $$

    The loss counts as positive. Draws of an uncertain loss that come out as gains set nothing free: the
    equation knows no nitrogen credit.

    Args:
        carbon_loss_kg: organic carbon lost in the year, kg C, as a positive number.
        c_to_n_ratio: C:N of soil organic matter: 15 after a change from forest or grassland to cropland, 10
            for a change of management on cropland.

    Returns:
        kg N, for `n_other_kg` of `direct_kg` and `n_applied_kg` of `leaching_kg`; it volatilises nothing.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.8, in kilograms.

    Raises:
        ValidityError: a loss below zero (a gain mineralises nothing: leave the term out), or a ratio that is
            not positive.

    Example:
        A field ploughed out of grass that loses 1.5 t C:

        >>> mineralised_n_kg(carbon_loss_kg=1500, c_to_n_ratio=15)
        100.0
    """
    need_not_negative("n2o.mineralised_n_kg", carbon_loss_kg=carbon_loss_kg)
    need_positive("n2o.mineralised_n_kg", c_to_n_ratio=c_to_n_ratio)
    return same_kind(np.asarray(np.maximum(carbon_loss_kg, 0.0) / c_to_n_ratio))


def inhibited_ef1(*, ef1: Real, reduction_frac: Real) -> Real:
    r"""Direct emission factor of a fertiliser with a nitrification inhibitor or a polymer coat.

    $$ EF_1' = EF_1 \cdot (1 - r) $$

    It lowers direct N2O only. Nitrification inhibitors keep more ammonium in the soil and raise the
    volatilised share: leave FracGASF at least as it is.

    Args:
        ef1: kg N2O-N per kg N of the same fertiliser without it (Table 11.1).
        reduction_frac: share of direct N2O avoided, from a meta-analysis or a trial; below zero where it did
            harm.

    Returns:
        kg N2O-N per kg N.

    Validity:
        A reduction of at most 1. Tier 1 has no such factor: this is a tier 2 step that needs its own evidence.

    Source:
        IPCC 2019 Refinement V4 Ch11, section 11.2.1 (tier 2: factors by type of fertiliser); reductions from
        Akiyama, Yan and Yagi (2010), Global Change Biology 16:1837.

    Raises:
        ValidityError: a reduction above 1.

    Example:
        >>> round(inhibited_ef1(ef1=0.016, reduction_frac=0.38), 5)
        0.00992
    """
    need_not_negative("n2o.inhibited_ef1", share_left=1 - reduction_frac)
    return ef1 * (1 - reduction_frac)
