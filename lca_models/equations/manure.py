"""Methane and nitrous oxide from manure before it reaches a field: IPCC 2019 Refinement, V4 Ch10, 10.4 and 10.5.

What grazing animals drop is not managed: its methane is here (system *pasture*), its nitrous oxide is
`n2o.grazing_kg`. One call is one management system; a herd with several takes `system_mean` first or adds up.
"""

from collections.abc import Sequence

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, refuse, straying
from lca_models.real import Real

KG_CH4_PER_M3 = 0.67
"""Density of methane in Equation 10.23."""
GROSS_ENERGY_MJ_PER_KG = 18.45
"""Gross energy of feed dry matter, Equations 10.24 and 10.32."""
N2O_PER_N2O_N = 44 / 28


def system_mean(*, shares: Sequence[Real], values: Sequence[Real]) -> Real:
    r"""A coefficient of several management systems, weighted by how the manure is shared among them.

    $$ \bar x = \sum_S AWMS_S \cdot x_S, \qquad \sum_S AWMS_S = 1 $$

    Args:
        shares: share of the manure in each system; together all of it.
        values: the coefficient of each system (MCF, EF3, FracGASMS …).

    Returns:
        The weighted mean, in the unit of the values.

    Source:
        IPCC 2019 Refinement V4 Ch10, the sums over S of Equations 10.23 and 10.25 to 10.27.

    Raises:
        ValidityError: shares that do not add up to 1 within 0.5 %, or lists of different length.

    Example:
        Half slurry (MCF 0.37), half solid storage (0.04):

        >>> round(system_mean(shares=[0.5, 0.5], values=[0.37, 0.04]), 3)
        0.205
    """
    where = "manure.system_mean"
    if len(shares) != len(values):
        what = f"{len(shares)} shares and {len(values)} values"
        refuse(where, what, "each system has one of both", "give as many of one as of the other")
    total, mean = _sums(where, shares, values)
    wrong = straying(total, lambda share: abs(share - 1) <= 0.005)
    if wrong is not None:
        what = f"the shares add up to {wrong:g}"
        refuse(where, what, "manure that is nowhere emits nothing", "name the system of the rest")
    return mean


def volatile_solids_tier1_kg(*, rate_kg_per_t_day: Real, mass_kg: Real, days: Real = 365.0) -> Real:
    r"""Organic matter an animal excretes, by its weight.

    $$ VS = VS_{rate} \cdot \frac{TAM}{1000} \cdot 365 $$

    Args:
        rate_kg_per_t_day: kg volatile solids per tonne of animal and day (Table 10.13A).
        mass_kg: typical live weight, kg (Table 10A.5).
        days: days kept, days.

    Returns:
        kg volatile solids per animal.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.22A.

    Raises:
        ValidityError: an argument below zero.

    Example:
        A dairy cow in Asia, productivity unknown:

        >>> round(volatile_solids_tier1_kg(rate_kg_per_t_day=9.0, mass_kg=386))
        1268
    """
    need_not_negative(
        "manure.volatile_solids_tier1_kg", rate_kg_per_t_day=rate_kg_per_t_day, mass_kg=mass_kg, days=days
    )
    return rate_kg_per_t_day * mass_kg / 1000 * days


def volatile_solids_kg(
    *, gross_energy_mj: Real, digestibility_frac: Real, urinary_frac: Real, ash_frac: Real, days: Real = 365.0
) -> Real:
    r"""Organic matter an animal excretes, from what it eats and does not digest.

    $$ VS = \left[ GE \cdot (1 - DE) + UE \cdot GE \right] \cdot \frac{1 - ASH}{18.45} \cdot t $$

    The division applies to the whole bracket, faeces and urine.

    Args:
        gross_energy_mj: MJ per animal and day.
        digestibility_frac: digestible energy over gross energy, fraction.
        urinary_frac: urinary energy over gross energy: ruminants 0.04; 0.02 with 85 % grain or for pigs.
        ash_frac: ash of the feed, kg per kg dry matter.
        days: days kept, days.

    Returns:
        kg volatile solids per animal.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.24, times days.

    Raises:
        ValidityError: a share outside 0 to 1, or energy or days below zero.

    Example:
        The cow of `enteric.gross_energy_mj`, a day:

        >>> cow = {"gross_energy_mj": 304, "digestibility_frac": 0.71, "urinary_frac": 0.04, "ash_frac": 0.08}
        >>> round(volatile_solids_kg(**cow, days=1), 2)
        5.0
    """
    where = "manure.volatile_solids_kg"
    need_not_negative(where, gross_energy_mj=gross_energy_mj, days=days)
    need_fraction(where, digestibility_frac=digestibility_frac, urinary_frac=urinary_frac, ash_frac=ash_frac)
    excreted_mj = gross_energy_mj * (1 - digestibility_frac) + urinary_frac * gross_energy_mj
    return excreted_mj * (1 - ash_frac) / GROSS_ENERGY_MJ_PER_KG * days


def methane_factor_g_per_kg(*, bo_m3_per_kg: Real, mcf_frac: Real) -> Real:
    r"""Methane per kilogram of volatile solids in one management system: the tier 1 factor of Table 10.14.

    $$ EF = B_0 \cdot 0.67 \cdot MCF \cdot 1000 $$

    Args:
        bo_m3_per_kg: m³ CH4 a kilogram of volatile solids can give (Table 10.16A).
        mcf_frac: share of it that it gives, by system and climate (Table 10.17), fraction.

    Returns:
        g CH4 per kg volatile solids.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.23, of which Table 10.14 is the product.

    Raises:
        ValidityError: a share outside 0 to 1, or a capacity below zero.

    Example:
        High-productivity dairy, uncovered lagoon, moist cool temperate: the table prints 96.5.

        >>> round(methane_factor_g_per_kg(bo_m3_per_kg=0.24, mcf_frac=0.60), 1)
        96.5
    """
    need_not_negative("manure.methane_factor_g_per_kg", bo_m3_per_kg=bo_m3_per_kg)
    need_fraction("manure.methane_factor_g_per_kg", mcf_frac=mcf_frac)
    return bo_m3_per_kg * KG_CH4_PER_M3 * mcf_frac * 1000


def methane_kg(*, volatile_solids_kg: Real, bo_m3_per_kg: Real, mcf_frac: Real) -> Real:
    r"""Methane from manure in one management system, or in several with their mean MCF.

    $$ CH_4 = VS \cdot B_0 \cdot 0.67 \cdot MCF $$

    Args:
        volatile_solids_kg: organic matter excreted into the system, all animals and days, kg.
        bo_m3_per_kg: m³ CH4 a kilogram of volatile solids can give (Table 10.16A).
        mcf_frac: share of it that it gives, by system and climate (Table 10.17), fraction.

    Returns:
        kg CH4, biogenic.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equations 10.22 and 10.23.

    Raises:
        ValidityError: a share outside 0 to 1, or an amount below zero.

    Example:
        A year of the cow's 5 kg a day in a slurry store emptied twice a year, dry warm temperate:

        >>> round(methane_kg(volatile_solids_kg=5 * 365, bo_m3_per_kg=0.24, mcf_frac=0.41))
        120
    """
    need_not_negative("manure.methane_kg", volatile_solids_kg=volatile_solids_kg)
    grams = methane_factor_g_per_kg(bo_m3_per_kg=bo_m3_per_kg, mcf_frac=mcf_frac)
    return volatile_solids_kg * grams / 1000


def nitrogen_excreted_tier1_kg(*, rate_kg_per_t_day: Real, mass_kg: Real, days: Real = 365.0) -> Real:
    r"""Nitrogen an animal excretes, by its weight.

    $$ Nex = N_{rate} \cdot \frac{TAM}{1000} \cdot 365 $$

    Args:
        rate_kg_per_t_day: kg N per tonne of animal and day (Table 10.19).
        mass_kg: typical live weight, kg (Table 10A.5).
        days: days kept, days.

    Returns:
        kg N per animal.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.30.

    Raises:
        ValidityError: an argument below zero.

    Example:
        >>> round(nitrogen_excreted_tier1_kg(rate_kg_per_t_day=0.44, mass_kg=386), 1)
        62.0
    """
    need_not_negative(
        "manure.nitrogen_excreted_tier1_kg", rate_kg_per_t_day=rate_kg_per_t_day, mass_kg=mass_kg, days=days
    )
    return rate_kg_per_t_day * mass_kg / 1000 * days


def nitrogen_intake_kg(*, dry_matter_kg: Real, crude_protein_frac: Real) -> Real:
    r"""Nitrogen an animal eats.

    $$ N_{intake} = DMI \cdot \frac{CP}{6.25} $$

    Args:
        dry_matter_kg: feed, kg dry matter; from energy: MJ / 18.45.
        crude_protein_frac: crude protein, kg per kg dry matter.

    Returns:
        kg N.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equations 10.32 and 10.32A.

    Raises:
        ValidityError: a share outside 0 to 1, or feed below zero.

    Example:
        The cow's 304 MJ a day at 16.5 % protein:

        >>> round(nitrogen_intake_kg(dry_matter_kg=304 / 18.45, crude_protein_frac=0.165), 3)
        0.435
    """
    need_not_negative("manure.nitrogen_intake_kg", dry_matter_kg=dry_matter_kg)
    need_fraction("manure.nitrogen_intake_kg", crude_protein_frac=crude_protein_frac)
    return dry_matter_kg * crude_protein_frac / 6.25


def nitrogen_retained_cattle_kg(
    *, milk_kg: Real, milk_protein_frac: Real, gain_kg: Real, growth_mj: Real
) -> Real:
    r"""Nitrogen that goes into milk and growth of cattle.

    $$ N_{ret} = \frac{Milk \cdot Pr}{6.38} + \frac{WG}{6.25} \cdot \frac{268 - 7.03 \cdot NE_g / WG}{1000} $$

    Args:
        milk_kg: milk, kg.
        milk_protein_frac: protein of the milk, fraction; 1.9 + 0.4 · fat, both in percent, where unknown.
        gain_kg: gain of live weight in the same time, kg.
        growth_mj: net energy for growth in the same time (`enteric.growth_cattle_mj`), MJ.

    Returns:
        kg N in the same time.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.33. The bracket over 1000 holds both terms: g protein per kg.

    Raises:
        ValidityError: a share outside 0 to 1, or an amount below zero.

    Example:
        A day of a cow with 20.3 kg milk at 3.4 % protein, and of a heifer that gains 0.7 kg:

        >>> round(nitrogen_retained_cattle_kg(milk_kg=20.3, milk_protein_frac=0.034, gain_kg=0, growth_mj=0), 3)
        0.108
        >>> round(nitrogen_retained_cattle_kg(milk_kg=0, milk_protein_frac=0, gain_kg=0.7, growth_mj=11.2), 3)
        0.017
    """
    where = "manure.nitrogen_retained_cattle_kg"
    need_not_negative(where, milk_kg=milk_kg, gain_kg=gain_kg, growth_mj=growth_mj)
    need_fraction(where, milk_protein_frac=milk_protein_frac)
    # WG · (268 − 7.03 · NE_g / WG), multiplied out: nothing to divide by for an animal that does not grow.
    protein_kg = (268 * gain_kg - 7.03 * growth_mj) / 1000
    return milk_kg * milk_protein_frac / 6.38 + protein_kg / 6.25


def nitrogen_excreted_kg(*, intake_kg: Real, retained_kg: Real) -> Real:
    r"""Nitrogen an animal excretes: what it eats and does not keep.

    $$ Nex = N_{intake} - N_{ret} = N_{intake} \cdot (1 - N_{ret,frac}) $$

    Args:
        intake_kg: nitrogen eaten, kg N.
        retained_kg: nitrogen in milk, meat, eggs and wool of the same time, kg N; or the intake times the retained
            share of Table 10.20.

    Returns:
        kg N.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equations 10.31 and 10.31A.

    Raises:
        ValidityError: more kept than eaten, or less than nothing.

    Example:
        >>> round(nitrogen_excreted_kg(intake_kg=0.435, retained_kg=0.108) * 365)
        119
    """
    need_not_negative(
        "manure.nitrogen_excreted_kg",
        intake_kg=intake_kg,
        retained_kg=retained_kg,
        excreted_kg=intake_kg - retained_kg,
    )
    return intake_kg - retained_kg


def direct_n2o_kg(*, nitrogen_kg: Real, ef3: Real) -> Real:
    r"""N2O that forms in the manure itself.

    $$ N_2O_D = N_{ex,S} \cdot EF_{3(S)} \cdot 44/28 $$

    Args:
        nitrogen_kg: nitrogen excreted into the system, kg N.
        ef3: kg N2O-N per kg N, by system (Table 10.21).

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.25, of one system.

    Raises:
        ValidityError: nitrogen below zero, or a factor outside 0 to 1.

    Example:
        >>> round(direct_n2o_kg(nitrogen_kg=119, ef3=0.010), 2)
        1.87
    """
    need_not_negative("manure.direct_n2o_kg", nitrogen_kg=nitrogen_kg)
    need_fraction("manure.direct_n2o_kg", ef3=ef3)
    return nitrogen_kg * ef3 * N2O_PER_N2O_N


def volatilisation_n2o_kg(*, nitrogen_kg: Real, frac_gas: Real, ef4: Real) -> Real:
    r"""N2O elsewhere from ammonia and NOx that housing and store let go.

    $$ N_2O_G = N_{ex,S} \cdot Frac_{GasMS} \cdot EF_4 \cdot 44/28 $$

    Args:
        nitrogen_kg: nitrogen excreted into the system, kg N.
        frac_gas: share lost as NH3 and NOx, by animal and system (Table 10.22).
        ef4: kg N2O-N per kg N volatilised (Ch11, Table 11.3).

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equations 10.26 and 10.28, of one system.

    Raises:
        ValidityError: nitrogen below zero, or a share outside 0 to 1.

    Example:
        >>> round(volatilisation_n2o_kg(nitrogen_kg=119, frac_gas=0.30, ef4=0.014), 2)
        0.79
    """
    need_not_negative("manure.volatilisation_n2o_kg", nitrogen_kg=nitrogen_kg)
    need_fraction("manure.volatilisation_n2o_kg", frac_gas=frac_gas, ef4=ef4)
    return nitrogen_kg * frac_gas * ef4 * N2O_PER_N2O_N


def leaching_n2o_kg(*, nitrogen_kg: Real, frac_leach: Real, ef5: Real) -> Real:
    r"""N2O elsewhere from nitrogen that ran out of heap and yard.

    $$ N_2O_L = N_{ex,S} \cdot Frac_{LeachMS} \cdot EF_5 \cdot 44/28 $$

    Args:
        nitrogen_kg: nitrogen excreted into the system, kg N.
        frac_leach: share that leaches or runs off, by system (Table 10.22).
        ef5: kg N2O-N per kg N leached (Ch11, Table 11.3).

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equations 10.27 and 10.29, of one system.

    Raises:
        ValidityError: nitrogen below zero, or a share outside 0 to 1.

    Example:
        >>> round(leaching_n2o_kg(nitrogen_kg=119, frac_leach=0.02, ef5=0.011), 3)
        0.041
    """
    need_not_negative("manure.leaching_n2o_kg", nitrogen_kg=nitrogen_kg)
    need_fraction("manure.leaching_n2o_kg", frac_leach=frac_leach, ef5=ef5)
    return nitrogen_kg * frac_leach * ef5 * N2O_PER_N2O_N


def lost_frac(*, frac_gas: Real, frac_leach: Real, ef3: Real, n2_to_n2o: Real) -> Real:
    r"""Share of the nitrogen that does not come out of the store again.

    $$ Frac_{LossMS} = Frac_{GasMS} + Frac_{LeachMS} + R_{N_2} \cdot EF_3 + EF_3 $$

    Args:
        frac_gas: share lost as NH3 and NOx (Table 10.22).
        frac_leach: share that leaches (Table 10.22).
        ef3: share lost as N2O (Table 10.21).
        n2_to_n2o: kg N2-N lost per kg N2O-N; 3, uncertain between 1 and 10.

    Returns:
        Fraction.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equations 10.34A and 10.34B.

    Raises:
        ValidityError: more lost than there is, or a share outside 0 to 1.

    Example:
        >>> round(lost_frac(frac_gas=0.30, frac_leach=0.02, ef3=0.010, n2_to_n2o=3), 2)
        0.36
    """
    where = "manure.lost_frac"
    lost = frac_gas + frac_leach + (1 + n2_to_n2o) * ef3
    need_positive(where, n2_to_n2o=n2_to_n2o)
    need_fraction(where, frac_gas=frac_gas, frac_leach=frac_leach, ef3=ef3, lost_frac=lost)
    return lost


def nitrogen_left_kg(*, nitrogen_kg: Real, lost_frac: Real, bedding_nitrogen_kg: Real) -> Real:
    r"""Nitrogen of manure that reaches the field: F_AM before any goes to feed, fuel or building.

    $$ N_{MMS} = N_{ex,S} \cdot (1 - Frac_{LossMS}) + N_{bedding} $$

    Args:
        nitrogen_kg: nitrogen excreted into the system, and of what is digested with it, kg N.
        lost_frac: from `lost_frac`.
        bedding_nitrogen_kg: nitrogen of straw and litter, kg N.

    Returns:
        kg N, for `n_other_kg` of `n2o.direct_kg`.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.34, of one system.

    Raises:
        ValidityError: a share outside 0 to 1, or nitrogen below zero.

    Example:
        >>> round(nitrogen_left_kg(nitrogen_kg=119, lost_frac=0.36, bedding_nitrogen_kg=7), 1)
        83.2
    """
    where = "manure.nitrogen_left_kg"
    need_not_negative(where, nitrogen_kg=nitrogen_kg, bedding_nitrogen_kg=bedding_nitrogen_kg)
    need_fraction(where, lost_frac=lost_frac)
    return nitrogen_kg * (1 - lost_frac) + bedding_nitrogen_kg


def _sums(where: str, shares: Sequence[Real], values: Sequence[Real]) -> tuple[Real, Real]:
    total: Real = 0.0
    mean: Real = 0.0
    for share, value in zip(shares, values, strict=True):
        need_fraction(where, share=share)
        total = total + share
        mean = mean + share * value
    return total, mean
