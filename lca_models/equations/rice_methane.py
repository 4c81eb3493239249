"""Methane from flooded rice: IPCC 2019 Refinement, Volume 4, Chapter 5, section 5.5."""

from collections.abc import Sequence

from lca_models.equations._bounds import need_not_negative, need_range, refuse
from lca_models.real import Real


def organic_scaling(
    *, rates_t_per_ha: Sequence[Real], conversions: Sequence[Real], exponent: Real = 0.59
) -> Real:
    r"""How much more methane straw, manure and compost make.

    $$ SF_o = \left(1 + \sum_i ROA_i \cdot CFOA_i \right)^{0.59} $$

    Straw counts as dry weight, everything else as fresh weight. *Straw* is straw worked into the soil: burnt
    straw and straw carried off are not amendments, and stubble lying on the surface is not either.

    Args:
        rates_t_per_ha: each amendment, t/ha and crop: straw dry, others fresh.
        conversions: for each, methane compared with straw worked in shortly before the crop (Table 5.14):
            straw less than 30 days before 1, more than 30 days 0.19, compost 0.17, farmyard manure 0.21, green
            manure 0.45.
        exponent: 0.59, of the regression behind the equation; uncertain between 0.54 and 0.64.

    Returns:
        Scaling factor, 1 or more; 1 without amendments.

    Source:
        IPCC 2019 Refinement V4 Ch5, Equation 5.3.

    Raises:
        ValidityError: a rate or conversion below zero, or lists of different length.

    Example:
        5 t/ha of straw worked in shortly and long before the crop:

        >>> round(organic_scaling(rates_t_per_ha=[5], conversions=[1.0]), 2)
        2.88
        >>> round(organic_scaling(rates_t_per_ha=[5], conversions=[0.19]), 2)
        1.48
    """
    where = "rice_methane.organic_scaling"
    if len(rates_t_per_ha) != len(conversions):
        what = f"{len(rates_t_per_ha)} rates and {len(conversions)} conversions"
        refuse(where, what, "each amendment has one of both", "give as many of one as of the other")
    weighted: Real = 0.0
    for rate, conversion in zip(rates_t_per_ha, conversions, strict=True):
        need_not_negative(where, rate_t_per_ha=rate, conversion=conversion)
        weighted = weighted + rate * conversion
    return (1 + weighted) ** exponent


def daily_factor_kg_per_ha(
    *, baseline_kg_per_ha_day: Real, sf_water: Real, sf_pre_season: Real, sf_organic: Real
) -> Real:
    r"""Methane of one hectare and day under the water and the amendments it has.

    $$ EF_i = EF_c \cdot SF_w \cdot SF_p \cdot SF_o $$

    Args:
        baseline_kg_per_ha_day: a field under water all season, dry for less than 180 days before it, without
            amendments: kg CH4/ha/day by region (Table 5.11; East Asia 1.32).
        sf_water: water during the crop (Table 5.12): continuously flooded 1, drained once 0.71, several times
            0.55.
        sf_pre_season: water before the crop (Table 5.13): dry for less than 180 days 1, for more 0.89, flooded
            for more than 30 days 2.41.
        sf_organic: amendments, from `organic_scaling`.

    Returns:
        kg CH4 per hectare and day.

    Source:
        IPCC 2019 Refinement V4 Ch5, Equation 5.2 (the factors of soil and cultivar, SF_s,r, are tier 2).

    Raises:
        ValidityError: a factor below zero.

    Example:
        East Asia, drained several times, double cropping, 5 t/ha straw worked in shortly before:

        >>> paddy = {"baseline_kg_per_ha_day": 1.32, "sf_water": 0.55, "sf_pre_season": 1.0}
        >>> round(daily_factor_kg_per_ha(**paddy, sf_organic=2.88), 3)
        2.091
    """
    need_not_negative(
        "rice_methane.daily_factor_kg_per_ha",
        baseline_kg_per_ha_day=baseline_kg_per_ha_day,
        sf_water=sf_water,
        sf_pre_season=sf_pre_season,
        sf_organic=sf_organic,
    )
    return baseline_kg_per_ha_day * sf_water * sf_pre_season * sf_organic


def season_kg(*, daily_factor_kg_per_ha: Real, days: Real, area_ha: Real) -> Real:
    r"""Methane of a paddy over one crop.

    $$ CH_4 = EF_i \cdot t \cdot A $$

    Two crops a year are two calls: water and straw before each of them differ.

    Args:
        daily_factor_kg_per_ha: kg CH4 per hectare and day, from `daily_factor_kg_per_ha`.
        days: from planting to harvest, days (default by region: Table 5.11A).
        area_ha: harvested area of this crop, ha.

    Returns:
        kg CH4, biogenic.

    Validity:
        A crop of at most 365 days.

    Source:
        IPCC 2019 Refinement V4 Ch5, Equation 5.1, in kilograms.

    Raises:
        ValidityError: days outside 0 to 365, or an area below zero.

    Example:
        A hectare in East Asia, 112 days, without straw: always under water, and drained several times:

        >>> round(season_kg(daily_factor_kg_per_ha=1.32, days=112, area_ha=1), 1)
        147.8
        >>> round(season_kg(daily_factor_kg_per_ha=1.32 * 0.55, days=112, area_ha=1), 1)
        81.3
    """
    need_range("rice_methane.season_kg", 0, 365, "days are of one crop", days=days)
    need_not_negative("rice_methane.season_kg", area_ha=area_ha, daily_factor=daily_factor_kg_per_ha)
    return daily_factor_kg_per_ha * days * area_ha
