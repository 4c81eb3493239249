"""IPCC tier 2 steady-state method: soil carbon of cropland, 0–30 cm, in three pools, year by year.

Each year the pools move towards what they would be if that year's weather, input and tillage went on for ever. Any
unit of carbon may be used for the input, t C/ha or kg C/ha: the pools come out in the same. For mineral soil under
crops that stay crops; grassland, paddies and organic soils need another method.

Where users of this method go wrong:

- *The slope of the water factor.* The guideline prints 1.331 (Table 5.5a), with which a wet month reaches 1.50 while an
  irrigated one is set to 0.775. The method's authors wrote 0.9303 into their own program of 2018 and kept the factor
  between 0 and 1; wet soils then decompose 30 % slower. The slope is an argument here: state it.
- *Lignin and nitrogen are shares of dry matter*, and it is their ratio that counts: above 47 the equation would make
  metabolic litter negative. It is held at zero, as in the authors' program.
- *The steady state uses the full decay rate*, the step towards it at most 1 per year.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, refuse, same_kind
from lca_models.real import Array, Real

WETTEST = 1.25
IRRIGATED = 0.775
WHERE = "steady-state method"


class Pools(NamedTuple):
    """Carbon in the active, slow and passive pool, t C/ha; or a rate of each, 1/year."""

    active: Real
    slow: Real
    passive: Real

    @property
    def total_t_c_per_ha(self) -> Real:
        """Soil organic carbon, 0–30 cm."""
        return self.active + self.slow + self.passive


class Supply(NamedTuple):
    """What a year brings: carbon in t C/ha, lignin and nitrogen as shares of its dry matter, f2 of the tillage."""

    carbon_t_c_per_ha: Real
    lignin_frac: Real
    nitrogen_frac: Real
    structural_to_active_frac: Real


class Conditions(NamedTuple):
    """What a year is like: temperature, water and tillage factor, and the sand in the soil, 0 to 1."""

    temperature_factor: Real
    water_factor: Real
    tillage_factor: Real
    sand_frac: Real


class Parameters(NamedTuple):
    """Table 5.5a: decay under the best conditions (1/year) and the shares f1, f3, f5 … f8 that are stabilised."""

    active_per_year: Real
    slow_per_year: Real
    passive_per_year: Real
    f1: Real
    f3: Real
    f5: Real
    f6: Real
    f7: Real
    f8: Real


def temperature_factor(*, air_temperature_c: Array, maximum_c: Real, optimum_c: Real) -> Real:
    r"""Effect of a year's temperatures on decomposition.

    $$ T_{fac} = \frac{1}{12} \sum_i T_i, \qquad
       T_i = p^{0.2} \, e^{\frac{0.2}{2.63} (1 - p^{2.63})}, \quad p = \frac{T_{max} - T}{T_{max} - T_{opt}} $$

    and $T_i = 0$ above $T_{max}$.

    Args:
        air_temperature_c: monthly means along the first axis, °C.
        maximum_c: no decomposition above, °C (45, Table 5.5a).
        optimum_c: fastest decomposition, °C (33.69, Table 5.5a).

    Returns:
        Factor, 0 to 1.

    Source:
        IPCC 2019 Refinement V4 Ch5, Equation 5.0E.

    Raises:
        ValidityError: an optimum that is not below the maximum.

    Example:
        >>> at = lambda celsius: temperature_factor(
        ...     air_temperature_c=np.full(12, celsius), maximum_c=45.0, optimum_c=33.69)
        >>> [round(at(celsius), 3) for celsius in (10.0, 22.0, 33.69, 50.0)]
        [0.307, 0.76, 1.0, 0.0]
    """
    if not np.all(np.asarray(optimum_c) < maximum_c):
        refuse(WHERE, "the optimum is not below the maximum", "decomposition ends above it", "swap the two")
    temperature = np.asarray(air_temperature_c, dtype=float)
    nearness = np.maximum(maximum_c - temperature, 0.0) / (np.asarray(maximum_c) - optimum_c)
    monthly = nearness**0.2 * np.exp(0.2 / 2.63 * (1 - nearness**2.63))
    return same_kind(np.asarray(monthly.mean(axis=0)))


def water_factor(
    *, rain_mm: Array, evapotranspiration_mm: Array, irrigated: Array, slope: Real, groundwater: Real = 1.5
) -> Real:
    r"""Effect of a year's moisture on decomposition.

    $$ W_{fac} = 1.5 \cdot \frac{1}{12} \sum_i W_i, \qquad
       W_i = 0.2129 + w_s \, r_i - 0.2413 \, r_i^2, \quad r_i = \min(1.25, P_i / PET_i) $$

    and $W_i = 0.775$ in an irrigated month.

    Args:
        rain_mm: monthly sums along the first axis, mm.
        evapotranspiration_mm: potential evapotranspiration, monthly sums, mm; a month with none counts as wet.
        irrigated: 1 in months with irrigation, else 0.
        slope: w_s (1.331, Table 5.5a; the authors' program has 0.9303: see above).
        groundwater: the 1.5 in front.

    Returns:
        Factor, 0.32 to 2.25.

    Source:
        IPCC 2019 Refinement V4 Ch5, Equation 5.0F.

    Raises:
        ValidityError: negative rain or evapotranspiration.

    Example:
        >>> year = np.ones(12)
        >>> round(water_factor(
        ...     rain_mm=80 * year, evapotranspiration_mm=100 * year, irrigated=0 * year, slope=1.331), 3)
        1.685
    """
    need_not_negative(WHERE, rain=rain_mm, evapotranspiration=evapotranspiration_mm)
    demand = np.asarray(evapotranspiration_mm, dtype=float)
    wet = rain_mm >= WETTEST * demand
    ratio = np.where(wet, WETTEST, rain_mm / np.where(wet, 1.0, demand))
    monthly = np.where(np.asarray(irrigated) == 1, IRRIGATED, 0.2129 + slope * ratio - 0.2413 * ratio**2)
    return same_kind(np.asarray(groundwater * monthly.mean(axis=0)))


def decay_per_year(*, conditions: Conditions, parameters: Parameters) -> Pools:
    r"""Decay rate of each pool in a year.

    $$ k_a = k_{fac,a} T W \, till \, (0.25 + 0.75 \, sand), \qquad k_s = k_{fac,s} T W \, till, \qquad
       k_p = k_{fac,p} T W $$

    Args:
        conditions: factors of the year and sand.
        parameters: Table 5.5a.

    Returns:
        1/year, of the active, slow and passive pool.

    Source:
        IPCC 2019 Refinement V4 Ch5, Equations 5.0B, 5.0C and 5.0D.

    Raises:
        ValidityError: a factor that is not positive, or sand outside 0 to 1.

    Example:
        >>> table = Parameters(7.4, 0.209, 0.00689, 0.378, 0.455, 0.0855, 0.0504, 0.42, 0.45)
        >>> [round(k, 4) for k in decay_per_year(conditions=Conditions(0.7, 1.2, 3.036, 0.4), parameters=table)]
        [10.3795, 0.533, 0.0058]
    """
    temperature, water, tillage, sand = conditions
    need_positive(WHERE, temperature_factor=temperature, water_factor=water, tillage_factor=tillage)
    need_fraction(WHERE, sand=sand)
    climate = temperature * water
    return Pools(
        active=parameters.active_per_year * climate * tillage * (0.25 + 0.75 * sand),
        slow=parameters.slow_per_year * climate * tillage,
        passive=parameters.passive_per_year * climate,
    )


def steady_state_t_c_per_ha(*, supply: Supply, conditions: Conditions, parameters: Parameters) -> Pools:
    r"""The pools a year would end in if it were repeated for ever.

    $$ \alpha = \frac{\beta f_1 + (C (1 - L) - \beta) f_2 + C L f_3 (f_7 + f_6 f_8)}
                     {1 - f_4 f_7 - f_5 f_8 - f_4 f_6 f_8}, \qquad \beta = C \, (0.85 - 0.018 \, L/N) $$

    $$ A^* = \alpha / k_a, \qquad S^* = (C L f_3 + \alpha f_4) / k_s, \qquad
       P^* = (\alpha f_5 + S^* k_s f_6) / k_p $$

    with $f_4 = 1 - f_5 - (0.17 + 0.68 \, sand)$.

    Args:
        supply: carbon C, lignin L, nitrogen N and f2 of the year's tillage.
        conditions: factors of the year and sand.
        parameters: Table 5.5a.

    Returns:
        Active, slow and passive pool, in the unit of the carbon given.

    Source:
        IPCC 2019 Refinement V4 Ch5, Equations 5.0B, 5.0C, 5.0D and 5.0G. β and f4 are held at zero or more, as in the
        authors' program.

    Raises:
        ValidityError: negative carbon, shares outside 0 to 1, no nitrogen, or what `decay_per_year` refuses.

    Example:
        5 t C/ha a year, full tillage, warm and moist, 40 % sand:

        >>> table = Parameters(7.4, 0.209, 0.00689, 0.378, 0.455, 0.0855, 0.0504, 0.42, 0.45)
        >>> pools = steady_state_t_c_per_ha(
        ...     supply=Supply(5.0, 0.073, 0.0083, 0.455), conditions=Conditions(0.7, 1.2, 3.036, 0.4), parameters=table)
        >>> [round(pool, 2) for pool in pools], round(pools.total_t_c_per_ha, 1)
        ([0.25, 2.57, 49.55], 52.4)
    """
    carbon, lignin, nitrogen, f2 = supply
    need_not_negative(WHERE, carbon=carbon)
    need_fraction(WHERE, lignin=lignin, nitrogen=nitrogen, f2=f2)
    need_positive(WHERE, nitrogen=nitrogen)
    rates, p = decay_per_year(conditions=conditions, parameters=parameters), parameters
    f4 = same_kind(np.asarray(np.maximum(1 - p.f5 - (0.17 + 0.68 * conditions.sand_frac), 0.0), dtype=float))
    metabolic = carbon * same_kind(np.asarray(np.maximum(0.85 - 0.018 * lignin / nitrogen, 0.0), dtype=float))
    woody = carbon * lignin * p.f3
    alpha = (metabolic * p.f1 + (carbon * (1 - lignin) - metabolic) * f2 + woody * (p.f7 + p.f6 * p.f8)) / (
        1 - f4 * p.f7 - p.f5 * p.f8 - f4 * p.f6 * p.f8
    )
    through_slow = woody + alpha * f4
    return Pools(
        active=alpha / rates.active,
        slow=through_slow / rates.slow,
        passive=(alpha * p.f5 + through_slow * p.f6) / rates.passive,
    )


def after_year(*, pools: Pools, steady_state: Pools, decay: Pools) -> Pools:
    r"""The pools a year later.

    $$ Y_t = Y_{t-1} + (Y^* - Y_{t-1}) \cdot \min(1, k) $$

    Args:
        pools: at the end of the year before, t C/ha.
        steady_state: Y* of the year (`steady_state_t_c_per_ha`), t C/ha.
        decay: k of the year (`decay_per_year`), 1/year.

    Returns:
        t C/ha.

    Source:
        IPCC 2019 Refinement V4 Ch5, Equations 5.0B, 5.0C and 5.0D, first part.

    Raises:
        ValidityError: a negative pool.

    Example:
        >>> [round(pool, 3) for pool in after_year(
        ...     pools=Pools(0.5, 4.0, 40.0), steady_state=Pools(0.3, 3.0, 50.0), decay=Pools(10.0, 0.5, 0.006))]
        [0.3, 3.5, 40.06]
    """
    need_not_negative(WHERE, active=pools.active, slow=pools.slow, passive=pools.passive)
    moved = [
        pool + (rest - pool) * same_kind(np.asarray(np.minimum(1.0, rate), dtype=float))
        for pool, rest, rate in zip(pools, steady_state, decay, strict=True)
    ]
    return Pools(*moved)


def run(
    *, start: Pools, supplies: Iterable[Supply], years: Iterable[Conditions], parameters: Parameters
) -> tuple[Pools, ...]:
    """The pools at the end of each year, one field or many.

    Start from the steady state of a run-in period of at least five years (`steady_state_t_c_per_ha` of its mean): the
    guideline asks for it, and a start that does not rest shows a change nobody made.

    Args:
        start: pools before the first year, t C/ha.
        supplies: what each year brings.
        years: what each year is like.
        parameters: Table 5.5a.

    Returns:
        Pools of each year, t C/ha.

    Source:
        IPCC 2019 Refinement V4 Ch5, Equation 5.0A.

    Raises:
        ValidityError: what the functions of this file refuse.

    Example:
        No tillage from now on, the same input: 20 years later the soil holds more, and most of the gain was early.

        >>> table = Parameters(7.4, 0.209, 0.00689, 0.378, 0.455, 0.0855, 0.0504, 0.42, 0.45)
        >>> tilled, untilled = Conditions(0.7, 1.2, 3.036, 0.4), Conditions(0.7, 1.2, 1.0, 0.4)
        >>> before, after = Supply(5.0, 0.073, 0.0083, 0.455), Supply(5.0, 0.073, 0.0083, 0.5)
        >>> start = steady_state_t_c_per_ha(supply=before, conditions=tilled, parameters=table)
        >>> stocks = run(start=start, supplies=[after] * 20, years=[untilled] * 20, parameters=table)
        >>> [round(stocks[year].total_t_c_per_ha - start.total_t_c_per_ha, 1) for year in (4, 9, 19)]
        [3.9, 5.2, 6.0]
    """
    pools, history = start, []
    for supply, conditions in zip(supplies, years, strict=True):
        rest = steady_state_t_c_per_ha(supply=supply, conditions=conditions, parameters=parameters)
        decay = decay_per_year(conditions=conditions, parameters=parameters)
        pools = after_year(pools=pools, steady_state=rest, decay=decay)
        history.append(pools)
    return tuple(history)
