"""Organic carbon in mineral soil: IPCC tier 1 stocks, samples from a field, and how full the soil already is.

Stocks are t C/ha in the depth their source names (0–30 cm in IPCC tier 1). Carbon and CO2 are different words
here: only `change_kg_co2` speaks of CO2. "Loss avoided" is the difference of two futures, not a change of a stock:
no function gives it.
"""

import numpy as np

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, same_kind
from lca_models.real import Real

CO2_PER_C = 44 / 12


def tier1_stock_t_c_per_ha(*, reference_t_c_per_ha: Real, f_lu: Real, f_mg: Real, f_i: Real) -> Real:
    r"""Soil organic carbon, 0–30 cm, of a land use that has gone on for 20 years or more.

    $$ SOC = SOC_{REF} \cdot F_{LU} \cdot F_{MG} \cdot F_I $$

    The perennial factor of the tropics is 1.01. A widely used encoding has 1.1 instead, which overstates a lychee
    orchard on low-activity clay by 38 × 0.09 = 3.4 t C/ha, or 12.5 t CO2/ha.

    Args:
        reference_t_c_per_ha: stock under native vegetation by climate and soil, t C/ha (2019 Table 2.3).
        f_lu: land-use factor (Table 5.5; 1 for forest and for native grassland).
        f_mg: management (tillage) factor (Table 5.5; grassland Table 6.2).
        f_i: input factor (Table 5.5; grassland Table 6.2).

    Returns:
        t C/ha.

    Source:
        IPCC 2019 Refinement V4 Ch2, Equation 2.25, formulation A, per hectare.

    Raises:
        ValidityError: a reference stock or a factor that is not positive.

    Example:
        A perennial crop, no tillage, medium input, on low-activity clay in the moist tropics:

        >>> round(tier1_stock_t_c_per_ha(reference_t_c_per_ha=38, f_lu=1.01, f_mg=1.10, f_i=1.0), 1)
        42.2
    """
    need_positive("soil carbon", reference_stock=reference_t_c_per_ha, f_lu=f_lu, f_mg=f_mg, f_i=f_i)
    return reference_t_c_per_ha * f_lu * f_mg * f_i


def annual_change_t_c_per_ha(
    *,
    stock_before_t_c_per_ha: Real,
    stock_after_t_c_per_ha: Real,
    transition_years: Real = 20.0,
    period_years: Real = 0.0,
) -> Real:
    r"""Yearly change of soil carbon between two stocks, positive when the soil gains.

    $$ \Delta C = \frac{SOC_0 - SOC_{(0-T)}}{\max(D, T)} $$

    Args:
        stock_before_t_c_per_ha: stock at the beginning, t C/ha.
        stock_after_t_c_per_ha: stock the new use ends at, t C/ha.
        transition_years: D, time until the new stock is reached, years (20 by default in the guideline).
        period_years: T, length of the period looked at, years, where that is longer than D.

    Returns:
        t C/ha per year.

    Validity:
        The gain ends after D years: a stock is not a flow that goes on for ever (see `transition_stock_t_c_per_ha`).

    Source:
        IPCC 2019 Refinement V4 Ch2, Equation 2.25.

    Raises:
        ValidityError: a transition that takes no time, or a negative stock.

    Example:
        Forest on volcanic soil in the moist tropics put under low-input annual crops with full tillage, with the
        factors of 2006 (the guideline's own example, V4 Ch5, section 5.3.3.4, gives −2.0):

        >>> cropland = tier1_stock_t_c_per_ha(reference_t_c_per_ha=70, f_lu=0.48, f_mg=1.0, f_i=0.92)
        >>> change = annual_change_t_c_per_ha(stock_before_t_c_per_ha=70, stock_after_t_c_per_ha=cropland)
        >>> round(cropland, 1), round(change, 2)
        (30.9, -1.95)
    """
    need_positive("soil carbon", transition_years=transition_years)
    need_not_negative("soil carbon", stock_before=stock_before_t_c_per_ha, stock_after=stock_after_t_c_per_ha)
    years = same_kind(np.asarray(np.maximum(transition_years, period_years), dtype=float))
    return (stock_after_t_c_per_ha - stock_before_t_c_per_ha) / years


def transition_stock_t_c_per_ha(
    *,
    stock_before_t_c_per_ha: Real,
    stock_after_t_c_per_ha: Real,
    years_since_change: Real,
    transition_years: Real = 20.0,
) -> Real:
    r"""Soil carbon some years after a change of use: a straight line, then level.

    $$ SOC(t) = SOC_{before} + (SOC_{after} - SOC_{before}) \cdot \min(t / D, 1) $$

    Args:
        stock_before_t_c_per_ha: stock before the change, t C/ha.
        stock_after_t_c_per_ha: stock the new use ends at, t C/ha.
        years_since_change: t, years.
        transition_years: D, years.

    Returns:
        t C/ha; from year D on nothing is gained or lost any more.

    Source:
        IPCC 2019 Refinement V4 Ch2, section 2.3.3.1: linear change over D, then a new equilibrium.

    Raises:
        ValidityError: a transition that takes no time, years below zero, or a negative stock.

    Example:
        >>> for years in (0, 5, 20, 30):
        ...     stock = transition_stock_t_c_per_ha(
        ...         stock_before_t_c_per_ha=30, stock_after_t_c_per_ha=38, years_since_change=years
        ...     )
        ...     print(years, stock)
        0 30.0
        5 32.0
        20 38.0
        30 38.0
    """
    need_positive("soil carbon", transition_years=transition_years)
    need_not_negative("soil carbon", years_since_change=years_since_change)
    need_not_negative("soil carbon", stock_before=stock_before_t_c_per_ha, stock_after=stock_after_t_c_per_ha)
    done = same_kind(np.minimum(np.asarray(years_since_change / transition_years, dtype=float), 1.0))
    return stock_before_t_c_per_ha + (stock_after_t_c_per_ha - stock_before_t_c_per_ha) * done


def change_kg_co2(*, area_ha: Real, change_t_c_per_ha: Real) -> Real:
    r"""CO2 that goes with a change of soil carbon, positive when it is emitted.

    $$ CO_2 = -A \cdot \Delta C \cdot 44/12 \cdot 1000 $$

    A negative result is carbon taken up: an entry of the removals ledger, *temporary*, against a stated baseline, and
    never subtracted from an emission.

    Args:
        area_ha: area, ha.
        change_t_c_per_ha: change of the stock over the time looked at, t C/ha, positive when the soil gains.

    Returns:
        kg CO2.

    Source:
        IPCC 2019 Refinement V4 Ch2, section 2.2.1: carbon to CO2 by 44/12, with the sign turned.

    Raises:
        ValidityError: a negative area.

    Example:
        >>> round(change_kg_co2(area_ha=2.0, change_t_c_per_ha=-0.3))
        2200
    """
    need_not_negative("soil carbon", area=area_ha)
    return -area_ha * change_t_c_per_ha * CO2_PER_C * 1000


def measured_stock_t_c_per_ha(
    *, carbon_frac: Real, bulk_density_g_per_cm3: Real, depth_cm: Real, coarse_frac: Real
) -> Real:
    r"""Carbon stock of a layer of soil from a sample.

    $$ SOC = OC \cdot \rho \cdot d \cdot (1 - f_{coarse}) \cdot 100 $$

    Two samples taken to the same depth hold different masses of soil when tillage or traffic changed the density: a
    change of stock is compared for the same mass of soil, not for the same depth. Leaving out the stones overstates
    the stock by their share.

    Args:
        carbon_frac: organic carbon in the fine earth, kg/kg (carbonates removed).
        bulk_density_g_per_cm3: mass of fine earth per volume of fine earth, g/cm³.
        depth_cm: thickness of the layer, cm.
        coarse_frac: volume of stones and gravel above 2 mm, 0 to 1.

    Returns:
        t C/ha.

    Source:
        IPCC 2003 Good Practice Guidance for LULUCF, Equation 3.2.16, one layer.

    Raises:
        ValidityError: a fraction outside 0 to 1, or a density or depth that is not positive.

    Example:
        >>> round(measured_stock_t_c_per_ha(
        ...     carbon_frac=0.012, bulk_density_g_per_cm3=1.3, depth_cm=30, coarse_frac=0.05), 2)
        44.46
    """
    need_fraction("soil carbon", carbon=carbon_frac, coarse=coarse_frac)
    need_positive("soil carbon", bulk_density=bulk_density_g_per_cm3, depth=depth_cm)
    return carbon_frac * bulk_density_g_per_cm3 * depth_cm * (1 - coarse_frac) * 100


def protective_capacity_g_per_kg(*, fine_frac: Real) -> Real:
    r"""Carbon that clay and fine silt can hold at most.

    $$ C_{max} = 4.09 + 0.37 \cdot f_{<20\,\mu m} $$

    with the particles below 20 µm in percent.

    Args:
        fine_frac: mass of particles below 20 µm, 0 to 1: clay and *fine* silt, not all of the silt (50 or 63 µm).

    Returns:
        g of carbon held by the fine fraction per kg of soil. Carbon in coarser plant debris comes on top.

    Validity:
        Fitted to grassland and uncultivated topsoils of temperate and tropical sites; weak on soils of allophane or
        on soils that are always wet.

    Source:
        Hassink (1997), Plant and Soil 191:77–87, doi 10.1023/A:1004213929699, equation for clay and silt.

    Raises:
        ValidityError: a fraction outside 0 to 1.

    Example:
        >>> round(protective_capacity_g_per_kg(fine_frac=0.40), 2)
        18.89
    """
    need_fraction("soil carbon", fine_fraction=fine_frac)
    return 4.09 + 0.37 * 100 * fine_frac


def saturation_deficit_frac(*, stock_t_c_per_ha: Real, maximum_t_c_per_ha: Real) -> Real:
    r"""How much room is left: 1 in an empty soil, 0 in a full one.

    $$ D = \max(0, 1 - C / C_{max}) $$

    A practice that brings a degraded field 0.5 t C/ha per year brings a field near its maximum next to nothing: the
    gain measured elsewhere is multiplied by this ratio of deficits, not carried over.

    Args:
        stock_t_c_per_ha: what is there, t C/ha.
        maximum_t_c_per_ha: what the soil can hold in the same layer and fraction, t C/ha.

    Returns:
        Fraction, 0 to 1.

    Source:
        Hassink and Whitmore (1997), Soil Sci. Soc. Am. J. 61:131–139: gain in proportion to the capacity not yet
        occupied.

    Raises:
        ValidityError: a negative stock or a maximum that is not positive.

    Example:
        >>> saturation_deficit_frac(stock_t_c_per_ha=45.0, maximum_t_c_per_ha=60.0)
        0.25
    """
    need_not_negative("soil carbon", stock=stock_t_c_per_ha)
    need_positive("soil carbon", maximum=maximum_t_c_per_ha)
    room = 1 - stock_t_c_per_ha / maximum_t_c_per_ha
    return same_kind(np.asarray(np.maximum(room, 0.0), dtype=float))


def saturating_stock_t_c_per_ha(
    *,
    stock_t_c_per_ha: Real,
    input_t_c_per_ha_per_year: Real,
    decay_per_year: Real,
    maximum_t_c_per_ha: Real,
    years: Real,
) -> Real:
    r"""Carbon of a soil that fills up: the fuller it is, the less of the input stays.

    $$ \frac{dC}{dt} = I \cdot \left(1 - \frac{C}{C_{max}}\right) - k C, \qquad
       C(t) = C^* + (C_0 - C^*) \, e^{-(k + I/C_{max}) t}, \qquad C^* = \frac{I}{k + I/C_{max}} $$

    Twice the input does not give twice the stock, and no input brings it above the maximum.

    Args:
        stock_t_c_per_ha: C₀, t C/ha.
        input_t_c_per_ha_per_year: I, carbon that would be stabilised in an empty soil, t C/ha per year.
        decay_per_year: k, 1/year.
        maximum_t_c_per_ha: C_max, t C/ha.
        years: t, years.

    Returns:
        t C/ha.

    Source:
        Stewart, Paustian, Conant, Plante, Six (2007), Biogeochemistry 86:19–31, doi 10.1007/s10533-007-9140-0,
        one-pool model with carbon saturation, solved for constant input.

    Raises:
        ValidityError: a negative stock, input, decay or time, or a maximum that is not positive.

    Example:
        Doubling the input of a soil in equilibrium at 30 of 60 t C/ha, and what is left of it after long:

        >>> for years in (0, 20, 1000):
        ...     stock = saturating_stock_t_c_per_ha(
        ...         stock_t_c_per_ha=30.0, input_t_c_per_ha_per_year=2.4, decay_per_year=0.02,
        ...         maximum_t_c_per_ha=60.0, years=years,
        ...     )
        ...     print(years, round(stock, 2))
        0 30.0
        20 36.99
        1000 40.0
    """
    need_not_negative("soil carbon", stock=stock_t_c_per_ha, input=input_t_c_per_ha_per_year)
    need_not_negative("soil carbon", decay=decay_per_year, years=years)
    need_positive("soil carbon", maximum=maximum_t_c_per_ha)
    rate = np.asarray(decay_per_year + input_t_c_per_ha_per_year / maximum_t_c_per_ha, dtype=float)
    # Nothing comes and nothing goes: the stock stays, and the division below has no meaning.
    resting = rate == 0
    balance = np.where(resting, stock_t_c_per_ha, input_t_c_per_ha_per_year / np.where(resting, 1.0, rate))
    return same_kind(np.asarray(balance + (stock_t_c_per_ha - balance) * np.exp(-rate * years)))
