"""Carbon in the wood of perennial crops: it grows to a maximum, stands, and is cleared; and seasons that are not alike.

Growth is a *temporary* removal and clearing an emission of biogenic CO2; the two are never netted. Roots count: a
peer counts none for orchards, which leaves out a fifth of the tree.
"""

import warnings
from collections.abc import Sequence

import numpy as np

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, refuse, same_kind
from lca_models.errors import ValidityWarning
from lca_models.real import Array, Real, middle

CO2_PER_C = 44 / 12
SEASONS_WANTED = 3
WHERE = "perennial biomass"


def stock_t_c_per_ha(
    *,
    age_years: Real,
    growth_t_c_per_ha_per_year: Real,
    maximum_t_c_per_ha: Real,
    root_to_shoot: Real,
) -> Real:
    r"""Carbon standing in a plantation of a given age, roots included.

    $$ C(t) = \min(G \cdot t, \; C_{max}) \cdot (1 + R) $$

    Args:
        age_years: years since planting.
        growth_t_c_per_ha_per_year: G, growth above ground until the maximum, t C/ha per year (Table 5.3).
        maximum_t_c_per_ha: C_max, above ground, t C/ha (Table 5.3).
        root_to_shoot: R, carbon below ground per carbon above ground.

    Returns:
        t C/ha.

    Source:
        IPCC 2019 Refinement V4 Ch5, section 5.2.1.2, tier 1 (growth up to the maximum, then none) with Ch2,
        Equation 2.10 for roots.

    Raises:
        ValidityError: a negative age, growth, maximum or ratio.

    Example:
        Orchard, 0.43 t C/ha a year up to 8.5:

        >>> for age in (0, 10, 30):
        ...     stock = stock_t_c_per_ha(
        ...         age_years=age, growth_t_c_per_ha_per_year=0.43, maximum_t_c_per_ha=8.5, root_to_shoot=0.24)
        ...     print(age, round(stock, 2))
        0 0.0
        10 5.33
        30 10.54
    """
    need_not_negative(WHERE, age=age_years, growth=growth_t_c_per_ha_per_year)
    need_not_negative(WHERE, maximum=maximum_t_c_per_ha, root_to_shoot=root_to_shoot)
    above = np.minimum(growth_t_c_per_ha_per_year * age_years, maximum_t_c_per_ha)
    return same_kind(np.asarray(above, dtype=float)) * (1 + root_to_shoot)


def growth_kg_co2(
    *,
    area_ha: Real,
    age_years: Real,
    growth_t_c_per_ha_per_year: Real,
    maximum_t_c_per_ha: Real,
    root_to_shoot: Real,
) -> Real:
    r"""CO2 a plantation takes up in the year that begins at its age; none once it is grown.

    $$ CO_2 = A \cdot (C(t + 1) - C(t)) \cdot \frac{44}{12} \cdot 1000 $$

    Args:
        area_ha: planted area, ha.
        age_years: years since planting at the beginning of the year.
        growth_t_c_per_ha_per_year: growth above ground, t C/ha per year (Table 5.3).
        maximum_t_c_per_ha: maximum above ground, t C/ha (Table 5.3).
        root_to_shoot: carbon below ground per carbon above ground.

    Returns:
        kg CO2 taken up, positive: a *temporary* removal, given back by `clearing_kg_co2`. Prunings taken away in the
        year are followed on their own.

    Source:
        IPCC 2019 Refinement V4 Ch2, Equation 2.7 (gain–loss) with the growth of `stock_t_c_per_ha`.

    Raises:
        ValidityError: a negative area, age, growth, maximum or ratio.

    Example:
        >>> orchard = dict(growth_t_c_per_ha_per_year=0.43, maximum_t_c_per_ha=8.5, root_to_shoot=0.24)
        >>> [round(growth_kg_co2(area_ha=1, age_years=age, **orchard)) for age in (5, 19, 20)]
        [1955, 1500, 0]
    """
    need_not_negative(WHERE, area=area_ha)

    def at(age: Real) -> Real:
        return stock_t_c_per_ha(
            age_years=age,
            growth_t_c_per_ha_per_year=growth_t_c_per_ha_per_year,
            maximum_t_c_per_ha=maximum_t_c_per_ha,
            root_to_shoot=root_to_shoot,
        )

    return area_ha * (at(age_years + 1) - at(age_years)) * CO2_PER_C * 1000


def clearing_kg_co2(*, area_ha: Real, standing_t_c_per_ha: Real, kept_frac: Real = 0.0) -> Real:
    r"""Biogenic CO2 from clearing a plantation at the end of its life.

    $$ CO_2 = A \cdot C \cdot (1 - f_{kept}) \cdot \frac{44}{12} \cdot 1000 $$

    Args:
        area_ha: area cleared, ha.
        standing_t_c_per_ha: carbon standing when cleared, roots included (`stock_t_c_per_ha`), t C/ha.
        kept_frac: share of it that goes into something with a stated lifetime (wood products, biochar), which is
            followed there.

    Returns:
        kg CO2, biogenic; all in the year of clearing.

    Source:
        IPCC 2019 Refinement V4 Ch5, section 5.2.1.1, tier 1: all biomass removed is emitted in the year of removal.

    Raises:
        ValidityError: a negative area or stock, or a share outside 0 to 1.

    Example:
        >>> round(clearing_kg_co2(area_ha=1, standing_t_c_per_ha=10.54))
        38647
    """
    need_not_negative(WHERE, area=area_ha, standing=standing_t_c_per_ha)
    need_fraction(WHERE, kept=kept_frac)
    return area_ha * standing_t_c_per_ha * (1 - kept_frac) * CO2_PER_C * 1000


def mean_stock_t_c_per_ha(
    *,
    lifetime_years: Real,
    growth_t_c_per_ha_per_year: Real,
    maximum_t_c_per_ha: Real,
    root_to_shoot: Real,
) -> Real:
    r"""Carbon standing on average over the life of a plantation: what a change of land use ends in.

    $$ \bar C = C_{max} \left(1 - \frac{C_{max}}{2 G L}\right) (1 + R), \qquad
       \bar C = \frac{G L}{2} (1 + R) \text{ for } L \le C_{max}/G $$

    Args:
        lifetime_years: L, from planting to clearing, years.
        growth_t_c_per_ha_per_year: G, growth above ground, t C/ha per year (Table 5.3).
        maximum_t_c_per_ha: C_max above ground, t C/ha (Table 5.3).
        root_to_shoot: R, carbon below ground per carbon above ground.

    Returns:
        t C/ha.

    Source:
        Time average of `stock_t_c_per_ha`.

    Raises:
        ValidityError: a lifetime or growth that is not positive, a negative maximum or ratio.

    Example:
        >>> round(mean_stock_t_c_per_ha(lifetime_years=40, growth_t_c_per_ha_per_year=0.425,
        ...     maximum_t_c_per_ha=8.5, root_to_shoot=0.24), 3)
        7.905
    """
    need_positive(WHERE, lifetime=lifetime_years, growth=growth_t_c_per_ha_per_year)
    need_not_negative(WHERE, maximum=maximum_t_c_per_ha, root_to_shoot=root_to_shoot)
    grown = np.asarray(growth_t_c_per_ha_per_year * lifetime_years, dtype=float)
    level = maximum_t_c_per_ha * (1 - maximum_t_c_per_ha / (2 * grown))
    return same_kind(np.where(grown <= maximum_t_c_per_ha, grown / 2, level)) * (1 + root_to_shoot)


def establishment_charge_kg(
    *, establishment_kg: Real, season_yield_kg: Real, lifetime_yield_kg: Real
) -> Real:
    r"""What a season carries of the years before the first harvest, and of clearing after the last.

    $$ E_{season} = E_{establishment} \cdot \frac{Y_{season}}{Y_{life}} $$

    Spread over the yield of the whole life, a kilogram carries the same in a poor and in a good season.

    Args:
        establishment_kg: a gas, or a good bought, in all years without harvest (clearing included), kg.
        season_yield_kg: harvest of the season, kg.
        lifetime_yield_kg: harvest of all seasons of the plantation's life, same area, kg.

    Returns:
        kg of the same.

    Source:
        PAS 2050-1:2012, 7.4 (perennials: all stages of the cycle over all of its yield); Recommendation (EU)
        2021/2279, Annex I, 4.4.1 (all stages proportionally represented).

    Raises:
        ValidityError: a negative amount, no lifetime yield, or a season that yields more than the life.

    Example:
        Four years that emitted 3.2 t CO2e; 6 t in the season, 216 t in 36 bearing years:

        >>> round(establishment_charge_kg(establishment_kg=3200, season_yield_kg=6000, lifetime_yield_kg=216000), 1)
        88.9
    """
    need_not_negative(WHERE, establishment=establishment_kg, season_yield=season_yield_kg)
    need_positive(WHERE, lifetime_yield=lifetime_yield_kg)
    if np.any(middle(season_yield_kg) > middle(lifetime_yield_kg)):
        why = "one season is part of the life"
        refuse(WHERE, "the season yields more than the whole life", why, "give both for the same area")
    return establishment_kg * season_yield_kg / lifetime_yield_kg


def mean_yield_kg(*, seasons_kg: Sequence[Real]) -> Real:
    r"""Yield of a crop that bears in alternate years: the mean of several seasons.

    $$ \bar Y = \frac{1}{n} \sum_{i=1}^n Y_i $$

    Inputs are averaged over the same seasons. One good season divided into its own inputs flatters the orchard, one
    poor season ruins it.

    Args:
        seasons_kg: harvest of consecutive seasons, kg; a season without harvest is 0, not left out.

    Returns:
        kg per season.

    Validity:
        Three seasons or more; with fewer a ValidityWarning.

    Source:
        Recommendation (EU) 2021/2279, Annex I, 4.4.1: three years for perennial plants; PAS 2050-1:2012, 7.4.

    Raises:
        ValidityError: no season, or a negative harvest.

    Example:
        >>> mean_yield_kg(seasons_kg=[9600, 2400, 7200, 3600])
        5700.0
    """
    seasons = _seasons(seasons_kg)
    if len(seasons) < SEASONS_WANTED:
        text = (
            f"{WHERE} — {len(seasons)} season(s) of harvest — a tree that bears in alternate years needs "
            f"{SEASONS_WANTED} or more — add earlier seasons"
        )
        warnings.warn(text, ValidityWarning, stacklevel=2)
    return same_kind(seasons.mean(axis=0))


def alternation_index(*, seasons_kg: Sequence[Real]) -> Real:
    r"""How strongly a crop alternates: 0 the same every season, 1 nothing in every other season.

    $$ I = \frac{1}{n-1} \sum_{i=2}^n \frac{|Y_i - Y_{i-1}|}{Y_i + Y_{i-1}} $$

    Args:
        seasons_kg: harvest of consecutive seasons, kg.

    Returns:
        Index, 0 to 1; two empty seasons in a row count as 0.

    Source:
        Hoblyn, Grubb, Painter, Wates (1936), J. Pomol. Hort. Sci. 14:39–76, index of biennial bearing.

    Raises:
        ValidityError: fewer than two seasons, or a negative harvest.

    Example:
        >>> round(alternation_index(seasons_kg=[9600, 2400, 7200, 3600]), 3)
        0.478
    """
    seasons = _seasons(seasons_kg)
    if len(seasons) <= 1:
        refuse(WHERE, "a single season", "alternation is between seasons", "give two or more")
    difference, both = np.abs(np.diff(seasons, axis=0)), seasons[1:] + seasons[:-1]
    return same_kind(np.asarray((difference / np.where(both > 0, both, 1.0)).mean(axis=0)))


def _seasons(seasons_kg: Sequence[Real]) -> Array:
    if len(seasons_kg) == 0:
        refuse(
            WHERE, "no season is given", "there is nothing to average", "give the harvest of three seasons"
        )
    for season in seasons_kg:
        need_not_negative(WHERE, harvest=season)
    return np.stack(np.broadcast_arrays(*(np.asarray(season, dtype=float) for season in seasons_kg)))
