"""Direct land-use change: the carbon a piece of land lost when it was turned into a field, charged over 20 years.

History is one of three things: known, declared unchanged, or unknown. Unknown is not unchanged: the functions here
refuse to compute without a history, and the record says so. The result is reported apart from all other emissions.
Nitrogen freed with the lost soil carbon is another emission (IPCC Equation 11.8, C:N = 15).
"""

from collections.abc import Sequence

import numpy as np

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, refuse, same_kind
from lca_models.real import Real

CO2_PER_C = 44 / 12
WHERE = "land-use change"


def carbon_loss_t_c_per_ha(
    *,
    biomass_before_t_c_per_ha: Real,
    biomass_after_t_c_per_ha: Real,
    soil_before_t_c_per_ha: Real,
    soil_after_t_c_per_ha: Real,
) -> Real:
    r"""Carbon lost by a conversion, positive when the land loses.

    $$ \Delta C = (B_{before} - B_{after}) + (SOC_{before} - SOC_{after}) $$

    Biomass is above and below ground: roots are a fifth to a half on top of what is seen. Of a perennial crop, the
    biomass *after* is the mean over its life, not that of the grown tree (`biomass.mean_stock_t_c_per_ha`).

    Args:
        biomass_before_t_c_per_ha: living biomass, roots included, before the conversion, t C/ha.
        biomass_after_t_c_per_ha: the same of the crop, t C/ha.
        soil_before_t_c_per_ha: soil organic carbon, 0–30 cm, before, t C/ha.
        soil_after_t_c_per_ha: soil organic carbon in equilibrium with the new use, t C/ha.

    Returns:
        t C/ha.

    Source:
        IPCC 2019 Refinement V4 Ch2, Equations 2.16 and 2.25; Ch5, section 5.3.

    Raises:
        ValidityError: a negative stock.

    Example:
        Subtropical forest of 140 t dry matter/ha above ground (R = 0.2, 47 % carbon) turned into an orchard:

        >>> round(carbon_loss_t_c_per_ha(
        ...     biomass_before_t_c_per_ha=140 * 1.2 * 0.47, biomass_after_t_c_per_ha=5.3,
        ...     soil_before_t_c_per_ha=55.0, soil_after_t_c_per_ha=39.6), 1)
        89.1
    """
    need_not_negative(WHERE, biomass_before=biomass_before_t_c_per_ha, biomass_after=biomass_after_t_c_per_ha)
    need_not_negative(WHERE, soil_before=soil_before_t_c_per_ha, soil_after=soil_after_t_c_per_ha)
    return (
        biomass_before_t_c_per_ha - biomass_after_t_c_per_ha + soil_before_t_c_per_ha - soil_after_t_c_per_ha
    )


def annual_emission_kg_co2(
    *,
    area_ha: Real,
    loss_t_c_per_ha: Real,
    years_since_conversion: Real | None,
    amortisation_years: Real = 20.0,
) -> Real:
    r"""CO2 that one year carries for a conversion in the past.

    $$ CO_2 = A \cdot \max(\Delta C, 0) \cdot \frac{44}{12} \cdot \frac{1000}{D} \quad (0 \le t < D), \qquad
       0 \quad (t \ge D) $$

    Args:
        area_ha: area that was converted, ha.
        loss_t_c_per_ha: carbon lost (`carbon_loss_t_c_per_ha`), t C/ha.
        years_since_conversion: t, full years between the conversion and the season; None when nobody knows.
        amortisation_years: D, years.

    Returns:
        kg CO2 in the year; a conversion that gained carbon emits nothing (`annual_uptake_kg_co2`).

    Source:
        IPCC 2019 Refinement V4 Ch2, Equation 2.25 (20 years); PAS 2050:2011, 5.6.2; ISO 14067:2018, 6.4.9.5;
        equal shares. The GHG Protocol Land Sector and Removals Standard also allows shares that decline.

    Raises:
        ValidityError: unknown history, a conversion that lies in the future, a negative area, no amortisation time.

    Example:
        >>> field = dict(area_ha=1, loss_t_c_per_ha=60)
        >>> [round(annual_emission_kg_co2(years_since_conversion=t, **field)) for t in (0, 19, 20)]
        [11000, 11000, 0]
    """
    share = _share_per_year(area_ha, years_since_conversion, amortisation_years)
    lost = same_kind(np.asarray(np.maximum(loss_t_c_per_ha, 0.0), dtype=float))
    return area_ha * lost * CO2_PER_C * 1000 * share


def annual_uptake_kg_co2(
    *,
    area_ha: Real,
    loss_t_c_per_ha: Real,
    years_since_conversion: Real | None,
    amortisation_years: Real = 20.0,
) -> Real:
    r"""CO2 that one year takes up for a conversion that gained carbon.

    $$ CO_2 = A \cdot \max(-\Delta C, 0) \cdot \frac{44}{12} \cdot \frac{1000}{D} \quad (0 \le t < D), \qquad
       0 \quad (t \ge D) $$

    It goes to the removals ledger as *temporary* and is not taken off an emission.

    Args:
        area_ha: area that was converted, ha.
        loss_t_c_per_ha: carbon lost, t C/ha; negative for a gain.
        years_since_conversion: t, full years between the conversion and the season; None when nobody knows.
        amortisation_years: D, years.

    Returns:
        kg CO2 taken up in the year, positive.

    Source:
        As `annual_emission_kg_co2`, with the sign of the change turned.

    Raises:
        ValidityError: unknown history, a conversion that lies in the future, a negative area, no amortisation time.

    Example:
        >>> round(annual_uptake_kg_co2(area_ha=1, loss_t_c_per_ha=-12, years_since_conversion=3))
        2200
    """
    share = _share_per_year(area_ha, years_since_conversion, amortisation_years)
    gained = same_kind(np.asarray(np.maximum(-np.asarray(loss_t_c_per_ha), 0.0), dtype=float))
    return area_ha * gained * CO2_PER_C * 1000 * share


def statistical_loss_t_c_per_ha(*, losses_t_c_per_ha: Sequence[Real], shares: Sequence[Real]) -> Real:
    r"""Carbon lost per hectare of a crop whose plots cannot be traced, from what its region converted.

    $$ \overline{\Delta C} = \sum_j w_j \, \Delta C_j $$

    Args:
        losses_t_c_per_ha: loss by former land use, t C/ha; 0 for land that was the same crop 20 years ago.
        shares: part of the crop's area in the region that came from each former use within 20 years.

    Returns:
        t C/ha. It says what a region did, not what a farm did: report it as statistical land-use change.

    Source:
        PAS 2050-1:2012, Annex B (weighted average of former land uses); GHG Protocol Land Sector and Removals
        Standard, statistical land-use change.

    Raises:
        ValidityError: lists of different length, shares outside 0 to 1, or shares that do not add up to 1.

    Example:
        Of an orchard region, 5 % were forest and 15 % annual crops 20 years ago:

        >>> round(statistical_loss_t_c_per_ha(losses_t_c_per_ha=[89.0, -6.0, 0.0], shares=[0.05, 0.15, 0.80]), 2)
        3.55
    """
    if len(losses_t_c_per_ha) != len(shares):
        what = f"{len(losses_t_c_per_ha)} losses and {len(shares)} shares"
        refuse(WHERE, what, "every former use has both", "give one share for each loss")
    for share in shares:
        need_fraction(WHERE, share=share)
    total = sum(np.asarray(share, dtype=float) for share in shares)
    if not np.allclose(total, 1.0, rtol=0, atol=1e-9):
        why = "land of unknown history is not unchanged land"
        refuse(WHERE, "the shares do not add up to 1", why, "name what the rest of the area was")
    parts = [
        loss * np.asarray(share, dtype=float) for loss, share in zip(losses_t_c_per_ha, shares, strict=True)
    ]
    return same_kind(np.sum(np.broadcast_arrays(*parts), axis=0))


def _share_per_year(area_ha: Real, years: Real | None, amortisation_years: Real) -> Real:
    if years is None or np.isnan(years).any():
        why = "unknown is not unchanged"
        refuse(
            WHERE, "the year of conversion is unknown", why, "declare the history unknown, or find the year"
        )
    need_not_negative(WHERE, area=area_ha, years_since_conversion=years)
    need_positive(WHERE, amortisation_years=amortisation_years)
    return same_kind(
        np.where(np.asarray(years) < amortisation_years, 1 / np.asarray(amortisation_years), 0.0)
    )
