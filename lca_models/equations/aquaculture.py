"""Farmed fish and shrimp: feed, the nitrogen they do not keep, and methane from ponds."""

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, refuse, straying
from lca_models.real import Real

N2O_PER_N2O_N = 44 / 28


def feed_kg(*, gain_kg: Real, feed_conversion: Real) -> Real:
    r"""Feed that a harvest took.

    $$ m_{feed} = \Delta m \cdot FCR $$

    Args:
        gain_kg: live weight harvested less live weight stocked, kg; what died was fed too.
        feed_conversion: kg feed per kg live weight gained (economic FCR: losses included).

    Returns:
        kg feed as fed.

    Source:
        FAO Fisheries and Aquaculture Technical Paper 583 (Hasan and New 2013), definition of the feed
        conversion ratio.

    Example:
        >>> feed_kg(gain_kg=1000, feed_conversion=1.6)
        1600.0
    """
    need_not_negative("aquaculture", gain_kg=gain_kg)
    need_positive("aquaculture", feed_conversion=feed_conversion)
    return gain_kg * feed_conversion


def n_lost_kg(*, feed_kg: Real, feed_n_frac: Real, gain_kg: Real, body_n_frac: Real) -> Real:
    r"""Nitrogen fed that did not become fish: excreted, uneaten, in the water and the mud.

    $$ N_{lost} = m_{feed} \cdot N_{feed} - \Delta m \cdot N_{body} $$

    Args:
        feed_kg: feed given, kg.
        feed_n_frac: kg N per kg feed: crude protein divided by 6.25.
        gain_kg: live weight gained, kg.
        body_n_frac: kg N per kg live weight; about 0.025 to 0.03.

    Returns:
        kg N.

    Source:
        Nutrient mass balance, Cho and Bureau (1998), Aquatic Living Resources 11:199–210.

    Raises:
        ValidityError: more nitrogen harvested than fed, as in ponds that feed themselves.

    Example:
        1600 kg feed with 30 % protein (4.8 % N) for a tonne of carp:

        >>> round(n_lost_kg(feed_kg=1600, feed_n_frac=0.048, gain_kg=1000, body_n_frac=0.027), 1)
        49.8
    """
    need_not_negative("aquaculture", feed_kg=feed_kg, gain_kg=gain_kg)
    need_fraction("aquaculture", feed_n_frac=feed_n_frac, body_n_frac=body_n_frac)
    lost = feed_kg * feed_n_frac - gain_kg * body_n_frac
    if straying(lost, lambda kg: kg >= 0) is not None:
        what = "more nitrogen in the harvest than in the feed"
        why = "then the fish lived on something else too"
        refuse("aquaculture", what, why, "count manure and other inputs, or use n2o_by_harvest_kg")
    return lost


def n2o_by_nitrogen_kg(*, n_lost_kg: Real, ef_n2o_n: Real) -> Real:
    r"""N2O from the nitrogen that a fish farm loses.

    $$ N_2O = N_{lost} \cdot EF \cdot 44/28 $$

    Args:
        n_lost_kg: nitrogen not kept by the fish, kg N.
        ef_n2o_n: kg N2O-N per kg N lost.

    Returns:
        kg N2O.

    Source:
        Hu, Lee, Chandran, Kim, Khanal (2012), Environ. Sci. Technol. 46:6470–6480, doi 10.1021/es300110x.

    Example:
        >>> round(n2o_by_nitrogen_kg(n_lost_kg=49.8, ef_n2o_n=0.018), 2)
        1.41
    """
    need_not_negative("aquaculture", n_lost_kg=n_lost_kg)
    need_fraction("aquaculture", ef_n2o_n=ef_n2o_n)
    return n_lost_kg * ef_n2o_n * N2O_PER_N2O_N


def n2o_by_harvest_kg(*, harvest_kg: Real, ef_n2o_n: Real) -> Real:
    r"""N2O from a fed fish or shrimp farm, by what it harvests: tier 1.

    $$ N_2O = F_F \cdot EF_F \cdot 44/28 $$

    Args:
        harvest_kg: fish or shrimp produced with feed, live weight, kg. Not kelp, not shellfish: nobody feeds them.
        ef_n2o_n: kg N2O-N per kg produced (Table 4.15).

    Returns:
        kg N2O.

    Source:
        IPCC 2013 Wetlands Supplement, Chapter 4, Equation 4.10.

    Example:
        >>> round(n2o_by_harvest_kg(harvest_kg=1000, ef_n2o_n=0.00169), 2)
        2.66
    """
    need_not_negative("aquaculture", harvest_kg=harvest_kg, ef_n2o_n=ef_n2o_n)
    return harvest_kg * ef_n2o_n * N2O_PER_N2O_N


def pond_ch4_kg(*, area_ha: Real, ef_kg_per_ha_year: Real, filled_days: Real) -> Real:
    r"""Methane from a pond dug for fish or shrimp, by its water surface.

    $$ CH_4 = A \cdot EF \cdot t / 365 $$

    Args:
        area_ha: water surface, ha.
        ef_kg_per_ha_year: kg CH4 per ha and year (Table 7.15: fresh and brackish, or saline above 18 ppt).
        filled_days: days of the year it holds water.

    Returns:
        kg CH4, biogenic.

    Source:
        IPCC 2019 Refinement V4 Ch7, section 7.3.2, other constructed waterbodies, tier 1, scaled by days.

    Raises:
        ValidityError: more days than a year has.

    Example:
        >>> pond_ch4_kg(area_ha=2, ef_kg_per_ha_year=183, filled_days=365)
        366.0
    """
    need_not_negative("aquaculture", area_ha=area_ha, ef_kg_per_ha_year=ef_kg_per_ha_year)
    need_fraction("aquaculture", filled_share_of_the_year=filled_days / 366)
    return area_ha * ef_kg_per_ha_year * filled_days / 365
