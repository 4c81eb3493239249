"""Methane from the guts of farm animals: IPCC 2019 Refinement, Volume 4, Chapter 10, sections 10.2 and 10.3.

Energies are MJ per animal and day. Digestibility, milk fat and the methane share are fractions here; the guideline
writes some of them in percent.
"""

from lca_models.equations._bounds import advise_range, need_fraction, need_not_negative, need_range
from lca_models.real import Real

MJ_PER_KG_CH4 = 55.65
"""Energy in methane, Equation 10.21."""
_DIGESTIBILITY = "the ratios of net energy are fitted to feed in between (Table 10.2: 45 to 85 %)"


def tier1_kg(*, animal_years: Real, ef_kg_per_year: Real) -> Real:
    r"""Enteric methane by head.

    $$ E = N \cdot EF $$

    Args:
        animal_years: animals on the average day of the year; 120 pigs kept 100 days each are 33.
        ef_kg_per_year: kg CH4 per animal and year by species, region and productivity (Tables 10.10, 10.11).

    Returns:
        kg CH4 in the year, biogenic.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.19, with Equation 10.1 for animals kept part of the year.

    Raises:
        ValidityError: animals or a factor below zero.

    Example:
        Ten dairy cows in Asia, productivity unknown:

        >>> tier1_kg(animal_years=10, ef_kg_per_year=78.0)
        780.0
    """
    need_not_negative("enteric.tier1_kg", animal_years=animal_years, ef_kg_per_year=ef_kg_per_year)
    return animal_years * ef_kg_per_year


def maintenance_mj(*, mass_kg: Real, cf_mj_per_kg075: Real) -> Real:
    r"""Net energy to stay alive without gaining or losing.

    $$ NE_m = Cf_i \cdot W^{0.75} $$

    Args:
        mass_kg: live weight, kg.
        cf_mj_per_kg075: MJ per day and kg^0.75 (Table 10.4): lactating cows 0.386, other cows 0.322, bulls
            0.370, adult sheep 0.217, goats 0.315.

    Returns:
        MJ/day.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.3. The exponent is 0.75; a public encoding has 0.76.

    Raises:
        ValidityError: a weight below zero.

    Example:
        >>> round(maintenance_mj(mass_kg=600, cf_mj_per_kg075=0.386), 1)
        46.8
    """
    need_not_negative("enteric.maintenance_mj", mass_kg=mass_kg)
    return cf_mj_per_kg075 * mass_kg**0.75


def activity_cattle_mj(*, maintenance_mj: Real, ca: Real) -> Real:
    r"""Net energy of cattle and buffalo to get their food.

    $$ NE_a = C_a \cdot NE_m $$

    Args:
        maintenance_mj: from `maintenance_mj`, MJ/day.
        ca: stall 0, pasture 0.17, large areas 0.36 (Table 10.5).

    Returns:
        MJ/day.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.4.

    Example:
        >>> round(activity_cattle_mj(maintenance_mj=46.8, ca=0.17), 2)
        7.96
    """
    return maintenance_mj * ca


def activity_sheep_mj(*, mass_kg: Real, ca_mj_per_kg: Real) -> Real:
    r"""Net energy of sheep and goats to get their food.

    $$ NE_a = C_a \cdot W $$

    Args:
        mass_kg: live weight, kg.
        ca_mj_per_kg: MJ per day and kg, by terrain (Table 10.5): flat pasture 0.0107 (sheep).

    Returns:
        MJ/day.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.5.

    Example:
        >>> round(activity_sheep_mj(mass_kg=40, ca_mj_per_kg=0.0107), 3)
        0.428
    """
    return mass_kg * ca_mj_per_kg


def growth_cattle_mj(*, mass_kg: Real, mature_mass_kg: Real, gain_kg_per_day: Real, c_sex: Real) -> Real:
    r"""Net energy of cattle and buffalo to grow.

    $$ NE_g = 22.02 \cdot \left( \frac{BW}{C \cdot MW} \right)^{0.75} \cdot WG^{1.097} $$

    Args:
        mass_kg: mean live weight of the animals, kg.
        mature_mass_kg: weight of a mature animal of the breed and sex, kg.
        gain_kg_per_day: daily gain, kg.
        c_sex: 0.8 females, 1.0 castrates, 1.2 bulls.

    Returns:
        MJ/day.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.6.

    Raises:
        ValidityError: a gain below zero (an animal that loses weight is not fed by this equation).

    Example:
        A heifer of 300 kg that gains 0.7 kg a day:

        >>> round(growth_cattle_mj(mass_kg=300, mature_mass_kg=550, gain_kg_per_day=0.7, c_sex=0.8), 2)
        11.17
    """
    need_not_negative("enteric.growth_cattle_mj", gain_kg_per_day=gain_kg_per_day, mass_kg=mass_kg)
    return 22.02 * (mass_kg / (c_sex * mature_mass_kg)) ** 0.75 * gain_kg_per_day**1.097


def growth_sheep_mj(
    *, weaning_mass_kg: Real, final_mass_kg: Real, a_mj_per_kg: Real, b_mj_per_kg2: Real
) -> Real:
    r"""Net energy of lambs and kids to grow.

    $$ NE_g = \frac{(BW_f - BW_i) \cdot (a + 0.5 \, b \, (BW_i + BW_f))}{365} $$

    Args:
        weaning_mass_kg: live weight at weaning, kg.
        final_mass_kg: live weight at one year, or at slaughter when that comes first, kg.
        a_mj_per_kg: MJ/kg (Table 10.6): sheep, intact males 2.5, castrates 4.4, females 2.1; goats 5.0.
        b_mj_per_kg2: MJ/kg² (Table 10.6): sheep 0.35, 0.32, 0.45; goats 0.33.

    Returns:
        MJ/day over the year.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.7.

    Raises:
        ValidityError: a final weight below that at weaning.

    Example:
        >>> lamb = {"weaning_mass_kg": 15, "final_mass_kg": 35, "a_mj_per_kg": 2.1, "b_mj_per_kg2": 0.45}
        >>> round(growth_sheep_mj(**lamb), 3)
        0.732
    """
    gain = final_mass_kg - weaning_mass_kg
    need_not_negative("enteric.growth_sheep_mj", gain_kg=gain)
    return gain * (a_mj_per_kg + 0.5 * b_mj_per_kg2 * (weaning_mass_kg + final_mass_kg)) / 365


def lactation_cattle_mj(*, milk_kg_per_day: Real, fat_frac: Real) -> Real:
    r"""Net energy of cows and buffalo to give milk.

    $$ NE_l = Milk \cdot (1.47 + 0.40 \cdot Fat_{\%}) $$

    Args:
        milk_kg_per_day: milk a day, averaged over the 365 days of the year, kg.
        fat_frac: fat of the milk, fraction; 4 % is 0.04 (the guideline's formula takes percent).

    Returns:
        MJ/day.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.8.

    Raises:
        ValidityError: fat outside 0 to 1 (4 instead of 0.04), or milk below zero.

    Example:
        >>> round(lactation_cattle_mj(milk_kg_per_day=20, fat_frac=0.04), 1)
        61.4
    """
    need_not_negative("enteric.lactation_cattle_mj", milk_kg_per_day=milk_kg_per_day)
    need_fraction("enteric.lactation_cattle_mj", fat_frac=fat_frac)
    return milk_kg_per_day * (1.47 + 0.40 * (100 * fat_frac))


def lactation_sheep_mj(*, milk_kg_per_day: Real, energy_mj_per_kg: Real) -> Real:
    r"""Net energy of ewes and goats to give a known amount of milk.

    $$ NE_l = Milk \cdot EV_{milk} $$

    Args:
        milk_kg_per_day: milk a day, averaged over the year, kg.
        energy_mj_per_kg: MJ per kg milk: sheep 4.6 (7 % fat), goats 3.0 (3.8 % fat).

    Returns:
        MJ/day.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.9.

    Example:
        >>> round(lactation_sheep_mj(milk_kg_per_day=0.5, energy_mj_per_kg=4.6), 2)
        2.3
    """
    need_not_negative("enteric.lactation_sheep_mj", milk_kg_per_day=milk_kg_per_day)
    return milk_kg_per_day * energy_mj_per_kg


def lactation_from_lamb_mj(*, gain_to_weaning_kg: Real, energy_mj_per_kg: Real) -> Real:
    r"""Net energy of ewes and goats to give milk that nobody measured: five kilograms per kilogram of lamb.

    $$ NE_l = \frac{5 \cdot WG_{wean} \cdot EV_{milk}}{365} $$

    Args:
        gain_to_weaning_kg: what the young gain between birth and weaning, all of one mother, kg.
        energy_mj_per_kg: MJ per kg milk: sheep 4.6, goats 3.0.

    Returns:
        MJ/day over the year.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.10.

    Example:
        >>> round(lactation_from_lamb_mj(gain_to_weaning_kg=11, energy_mj_per_kg=4.6), 3)
        0.693
    """
    need_not_negative("enteric.lactation_from_lamb_mj", gain_to_weaning_kg=gain_to_weaning_kg)
    return 5 * gain_to_weaning_kg * energy_mj_per_kg / 365


def work_mj(*, maintenance_mj: Real, hours_per_day: Real) -> Real:
    r"""Net energy of draught cattle and buffalo.

    $$ NE_{work} = 0.10 \cdot NE_m \cdot Hours $$

    Args:
        maintenance_mj: from `maintenance_mj`, MJ/day.
        hours_per_day: hours of work a day, averaged over the year.

    Returns:
        MJ/day.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.11.

    Raises:
        ValidityError: more than 24 hours a day.

    Example:
        >>> round(work_mj(maintenance_mj=40, hours_per_day=1.5), 2)
        6.0
    """
    need_range("enteric.work_mj", 0, 24, "a day has 24 hours", hours_per_day=hours_per_day)
    return 0.10 * maintenance_mj * hours_per_day


def wool_mj(*, wool_kg_per_year: Real, energy_mj_per_kg: Real) -> Real:
    r"""Net energy of sheep and goats to grow wool.

    $$ NE_{wool} = \frac{EV_{wool} \cdot Pr_{wool}}{365} $$

    Args:
        wool_kg_per_year: wool after drying and before scouring, kg a year.
        energy_mj_per_kg: MJ per kg of that wool; 24 where unknown.

    Returns:
        MJ/day.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.12.

    Example:
        >>> round(wool_mj(wool_kg_per_year=4, energy_mj_per_kg=24), 3)
        0.263
    """
    need_not_negative("enteric.wool_mj", wool_kg_per_year=wool_kg_per_year)
    return wool_kg_per_year * energy_mj_per_kg / 365


def pregnancy_mj(*, maintenance_mj: Real, c_pregnancy: Real, pregnant_frac: Real) -> Real:
    r"""Net energy to bear young.

    $$ NE_p = C_{pregnancy} \cdot NE_m \cdot Frac_{pregnant} $$

    Args:
        maintenance_mj: from `maintenance_mj`, MJ/day.
        c_pregnancy: cattle and buffalo 0.10; sheep and goats, one young 0.077, twins 0.126, triplets 0.150
            (Table 10.7).
        pregnant_frac: share of the females that give birth in the year.

    Returns:
        MJ/day over the year.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.13 and the text below it.

    Raises:
        ValidityError: a share outside 0 to 1.

    Example:
        >>> round(pregnancy_mj(maintenance_mj=46.8, c_pregnancy=0.10, pregnant_frac=0.9), 2)
        4.21
    """
    need_fraction("enteric.pregnancy_mj", pregnant_frac=pregnant_frac)
    return maintenance_mj * c_pregnancy * pregnant_frac


def maintenance_ratio(*, digestibility_frac: Real) -> Real:
    r"""Net energy for maintenance that a feed's digestible energy gives: REM.

    $$ REM = 1.123 - 4.092 \cdot 10^{-3} DE + 1.126 \cdot 10^{-5} DE^2 - \frac{25.4}{DE}, \qquad DE\ in\ \% $$

    Args:
        digestibility_frac: digestible energy over gross energy, fraction.

    Returns:
        MJ/MJ.

    Validity:
        Feeds are 45 to 85 % digestible (Table 10.2). Refused below 40 %, where the twin ratio for growth loses its
        sign, and above 95 %, which is milk.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.14.

    Raises:
        ValidityError: outside 0.40 to 0.95.

    Example:
        >>> round(maintenance_ratio(digestibility_frac=0.65), 4)
        0.5138
    """
    _check_digestibility("enteric.maintenance_ratio", digestibility_frac)
    percent = 100 * digestibility_frac
    return 1.123 - 4.092e-3 * percent + 1.126e-5 * percent**2 - 25.4 / percent


def growth_ratio(*, digestibility_frac: Real) -> Real:
    r"""Net energy for growth that a feed's digestible energy gives: REG.

    $$ REG = 1.164 - 5.160 \cdot 10^{-3} DE + 1.308 \cdot 10^{-5} DE^2 - \frac{37.4}{DE}, \qquad DE\ in\ \% $$

    Args:
        digestibility_frac: digestible energy over gross energy, fraction.

    Returns:
        MJ/MJ.

    Validity:
        As `maintenance_ratio`.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.15.

    Raises:
        ValidityError: outside 0.40 to 0.95.

    Example:
        >>> round(growth_ratio(digestibility_frac=0.65), 4)
        0.3085
    """
    _check_digestibility("enteric.growth_ratio", digestibility_frac)
    percent = 100 * digestibility_frac
    return 1.164 - 5.160e-3 * percent + 1.308e-5 * percent**2 - 37.4 / percent


def gross_energy_mj(
    *,
    maintenance_mj: Real,
    activity_mj: Real,
    lactation_mj: Real,
    work_mj: Real,
    pregnancy_mj: Real,
    growth_mj: Real,
    wool_mj: Real,
    digestibility_frac: Real,
) -> Real:
    r"""Gross energy an animal eats to live, work and produce as it does.

    $$ GE = \frac{ \frac{NE_m + NE_a + NE_l + NE_{work} + NE_p}{REM} + \frac{NE_g + NE_{wool}}{REG} }{DE} $$

    What an animal does not do is 0, and has to be said: cows have no wool, sheep do no work.

    Args:
        maintenance_mj: MJ/day.
        activity_mj: MJ/day.
        lactation_mj: MJ/day.
        work_mj: MJ/day.
        pregnancy_mj: MJ/day.
        growth_mj: MJ/day.
        wool_mj: MJ/day.
        digestibility_frac: digestible energy over gross energy, fraction.

    Returns:
        MJ/day.

    Validity:
        As `maintenance_ratio`.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.16.

    Raises:
        ValidityError: digestibility outside 0.40 to 0.95.

    Example:
        A dairy cow in Western Europe (600 kg, 20.3 kg milk at 4.2 % fat, 71 % digestible, in a stall):

        >>> needs = {"maintenance_mj": 46.8, "activity_mj": 0, "lactation_mj": 63.9, "work_mj": 0}
        >>> needs |= {"pregnancy_mj": 4.2, "growth_mj": 0, "wool_mj": 0}
        >>> round(gross_energy_mj(**needs, digestibility_frac=0.71))
        304
    """
    for_life = maintenance_mj + activity_mj + lactation_mj + work_mj + pregnancy_mj
    for_tissue = growth_mj + wool_mj
    digestible = for_life / maintenance_ratio(
        digestibility_frac=digestibility_frac
    ) + for_tissue / growth_ratio(digestibility_frac=digestibility_frac)
    return digestible / digestibility_frac


def tier2_kg(*, gross_energy_mj: Real, ym_frac: Real, days: Real = 365.0) -> Real:
    r"""Enteric methane of one animal from what it eats.

    $$ EF = \frac{GE \cdot Y_m \cdot 365}{55.65} $$

    Args:
        gross_energy_mj: MJ per animal and day, computed or from a ration (dry matter × 18.45 MJ/kg).
        ym_frac: share of the gross energy that leaves as methane, fraction (Tables 10.12, 10.13).
        days: days the animal is fed so; 365 for a factor per year.

    Returns:
        kg CH4 per animal, biogenic.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.21.

    Raises:
        ValidityError: a share outside 0 to 1 (6.3 instead of 0.063), or energy or days below zero.

    Example:
        >>> round(tier2_kg(gross_energy_mj=304, ym_frac=0.063))
        126
    """
    need_not_negative("enteric.tier2_kg", gross_energy_mj=gross_energy_mj, days=days)
    need_fraction("enteric.tier2_kg", ym_frac=ym_frac)
    return gross_energy_mj * ym_frac * days / MJ_PER_KG_CH4


def tier2_by_intake_kg(*, dry_matter_kg_per_day: Real, yield_g_per_kg: Real, days: Real = 365.0) -> Real:
    r"""Enteric methane of one animal from the dry matter it eats.

    $$ EF = DMI \cdot \frac{MY}{1000} \cdot 365 $$

    Args:
        dry_matter_kg_per_day: dry matter eaten, kg per animal and day.
        yield_g_per_kg: g CH4 per kg dry matter (Table 10.12).
        days: days the animal is fed so.

    Returns:
        kg CH4 per animal, biogenic.

    Source:
        IPCC 2019 Refinement V4 Ch10, Equation 10.21A.

    Raises:
        ValidityError: an argument below zero.

    Example:
        >>> round(tier2_by_intake_kg(dry_matter_kg_per_day=16.5, yield_g_per_kg=21.0))
        126
    """
    need_not_negative(
        "enteric.tier2_by_intake_kg",
        dry_matter_kg_per_day=dry_matter_kg_per_day,
        yield_g_per_kg=yield_g_per_kg,
        days=days,
    )
    return dry_matter_kg_per_day * yield_g_per_kg / 1000 * days


def _check_digestibility(where: str, digestibility_frac: Real) -> None:
    need_range(where, 0.40, 0.95, _DIGESTIBILITY, digestibility_frac=digestibility_frac)
    advise_range(where, 0.45, 0.85, _DIGESTIBILITY, digestibility_frac=digestibility_frac)
