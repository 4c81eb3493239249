"""Bioenergy with carbon capture and storage: where the carbon goes, and what capturing it costs in energy.

Masses and energies only: what emissions of capture, transport and the biomass supply weigh against the CO2
stored is said in the removals ledger, after characterisation, and never netted here.
"""

import numpy as np

from lca_models.equations._bounds import need_fraction, need_not_negative, refuse, same_kind, straying
from lca_models.real import Real, middle

CO2_PER_C = 44 / 12


def captured_co2_kg(*, fuel_dry_kg: Real, carbon_frac: Real, capture_frac: Real) -> Real:
    r"""CO2 that the plant captures.

    $$ CO_{2,cap} = M \cdot C \cdot 44/12 \cdot \eta_{cap} $$

    Args:
        fuel_dry_kg: fuel burnt, dry, kg.
        carbon_frac: kg C per kg dry fuel.
        capture_frac: share of the CO2 in the flue gas that is captured.

    Returns:
        kg CO2 captured; the rest of M · C · 44/12 leaves by the stack.

    Source:
        Carbon balance; IPCC 2006 V2 Ch2, section 2.3.4 (capture deducted at the plant).

    Raises:
        ValidityError: a capture of more than 100 %.

    Example:
        A tonne of dry lychee wood, 90 % captured:

        >>> round(captured_co2_kg(fuel_dry_kg=1000, carbon_frac=0.48, capture_frac=0.9))
        1584
    """
    need_not_negative("beccs", fuel_dry_kg=fuel_dry_kg)
    need_fraction("beccs", carbon_frac=carbon_frac, capture_frac=capture_frac)
    return fuel_dry_kg * carbon_frac * CO2_PER_C * capture_frac


def stored_co2_kg(*, captured_kg: Real, loss_frac: Real) -> Real:
    r"""CO2 that reaches the reservoir.

    $$ CO_{2,stored} = CO_{2,cap} \cdot (1 - l) $$

    Args:
        captured_kg: CO2 captured, kg.
        loss_frac: share lost by compression, pipeline or ship, and injection.

    Returns:
        kg CO2 injected; what is lost is emitted (biogenic, as far as the fuel was).

    Source:
        Mass balance; IPCC 2006 V2 Ch5, sections 5.4 and 5.6.

    Example:
        >>> round(stored_co2_kg(captured_kg=1584, loss_frac=0.01))
        1568
    """
    need_not_negative("beccs", captured_kg=captured_kg)
    need_fraction("beccs", loss_frac=loss_frac)
    return captured_kg * (1 - loss_frac)


def biogenic_co2_kg(*, stored_kg: Real, biogenic_frac: Real) -> Real:
    r"""The part of the stored CO2 that is a removal: what plants had taken from the air.

    $$ R = CO_{2,stored} \cdot b $$

    Args:
        stored_kg: CO2 injected, kg.
        biogenic_frac: share of the carbon burnt that is biogenic (radiocarbon, or fuel records).

    Returns:
        kg CO2 removed, gross. The fossil rest is an emission avoided, no removal.

    Source:
        ISO 14067:2018, 6.4.9 (biogenic carbon); Regulation (EU) 2024/3012, Article 2, carbon removal.

    Example:
        Wood with 5 % coal, by carbon:

        >>> round(biogenic_co2_kg(stored_kg=1568, biogenic_frac=0.95))
        1490
    """
    need_not_negative("beccs", stored_kg=stored_kg)
    need_fraction("beccs", biogenic_frac=biogenic_frac)
    return stored_kg * biogenic_frac


def capture_heat_mj(*, captured_kg: Real, heat_gj_per_t: Real) -> Real:
    r"""Steam that the solvent takes to give the CO2 up again.

    $$ Q = CO_{2,cap} \cdot q $$

    Args:
        captured_kg: CO2 captured, kg.
        heat_gj_per_t: reboiler duty, GJ per t CO2 (MJ per kg): 2.6 to 4 for amines.

    Returns:
        MJ of low-pressure steam.

    Source:
        IPCC (2005), Special Report on Carbon Dioxide Capture and Storage, section 3.3.2 (post-combustion).

    Example:
        >>> round(capture_heat_mj(captured_kg=1584, heat_gj_per_t=3.5))
        5544
    """
    need_not_negative("beccs", captured_kg=captured_kg, heat_gj_per_t=heat_gj_per_t)
    return captured_kg * heat_gj_per_t


def compression_kwh(*, captured_kg: Real, work_kwh_per_t: Real) -> Real:
    r"""Electricity to compress CO2 for the pipeline.

    $$ W = CO_{2,cap} \cdot w / 1000 $$

    Args:
        captured_kg: CO2 captured, kg.
        work_kwh_per_t: kWh per t CO2 to about 110 bar.

    Returns:
        kWh.

    Source:
        IPCC (2005), Special Report on Carbon Dioxide Capture and Storage, sections 3.3 and 4.2.

    Example:
        >>> round(compression_kwh(captured_kg=1584, work_kwh_per_t=100))
        158
    """
    need_not_negative("beccs", captured_kg=captured_kg, work_kwh_per_t=work_kwh_per_t)
    return captured_kg * work_kwh_per_t / 1000


def net_electricity_kwh(
    *,
    fuel_mj: Real,
    efficiency_frac: Real,
    capture_heat_mj: Real,
    steam_to_power_frac: Real,
    compression_kwh: Real,
) -> Real:
    r"""Electricity left to sell once capture has taken its share.

    $$ E_{net} = \frac{E_{fuel} \cdot \eta_0 - Q \cdot \phi}{3.6} - W $$

    Args:
        fuel_mj: fuel on its lower heating value as burnt, MJ.
        efficiency_frac: η0, net electric efficiency of the plant without capture.
        capture_heat_mj: Q, steam for the solvent, MJ.
        steam_to_power_frac: φ, electricity lost per steam drawn off the turbine; about 0.2 at 130 °C.
        compression_kwh: W, kWh.

    Returns:
        kWh.

    Source:
        Energy balance; Lucquiaud and Gibbins (2011), Chem. Eng. Res. Des. 89:1553–1571 (loss of power to steam
        extraction).

    Raises:
        ValidityError: the steam drawn off holds more energy than the fuel, or nothing is left to sell.

    Example:
        A tonne of dry wood (18.6 MJ/kg), 33 % without capture:

        >>> plant = {"fuel_mj": 18600, "efficiency_frac": 0.33, "capture_heat_mj": 5544}
        >>> round(net_electricity_kwh(**plant, steam_to_power_frac=0.2, compression_kwh=158))
        1239
    """
    need_not_negative(
        "beccs", fuel_mj=fuel_mj, capture_heat_mj=capture_heat_mj, compression_kwh=compression_kwh
    )
    need_fraction("beccs", efficiency_frac=efficiency_frac, steam_to_power_frac=steam_to_power_frac)
    if np.any(middle(capture_heat_mj) > middle(fuel_mj)):
        what = "capture takes more heat than the fuel holds"
        refuse("beccs", what, "energy is conserved", "check the heat duty (GJ per t) and the fuel")
    left = (fuel_mj * efficiency_frac - capture_heat_mj * steam_to_power_frac) / 3.6 - compression_kwh
    if straying(left, lambda kwh: kwh >= 0) is not None:
        what = "capture takes more electricity than the plant makes"
        refuse(
            "beccs", what, "then it buys power, which needs a factor", "enter the power bought as a purchase"
        )
    return left


def efficiency_with_capture_frac(*, efficiency_frac: Real, penalty_frac: Real) -> Real:
    r"""Electric efficiency with capture, where only the penalty is known.

    $$ \eta = \eta_0 - \Delta \eta $$

    Args:
        efficiency_frac: net electric efficiency without capture.
        penalty_frac: percentage points lost to capture and compression, as a fraction: 8 points are 0.08.

    Returns:
        Fraction.

    Source:
        IPCC (2005), Special Report on Carbon Dioxide Capture and Storage, section 3.7 (energy penalty).

    Raises:
        ValidityError: a penalty above the efficiency.

    Example:
        >>> round(efficiency_with_capture_frac(efficiency_frac=0.36, penalty_frac=0.08), 2)
        0.28
    """
    need_fraction("beccs", efficiency_frac=efficiency_frac, penalty_frac=penalty_frac)
    left = efficiency_frac - penalty_frac
    need_fraction("beccs", efficiency_with_capture=left)
    return left


def retained_frac(*, leak_rate_per_year: Real, years: Real) -> Real:
    r"""Share of injected CO2 still in the reservoir.

    $$ f = (1 - r)^t $$

    Args:
        leak_rate_per_year: share of what is there that leaks in a year.
        years: since injection.

    Returns:
        Fraction.

    Source:
        IPCC (2005), Special Report on Carbon Dioxide Capture and Storage, section 8.4 (leakage at a constant
        rate).

    Example:
        0.001 % a year over 1000 years, the report's benchmark of 99 %:

        >>> round(float(retained_frac(leak_rate_per_year=0.00001, years=1000)), 2)
        0.99
    """
    need_fraction("beccs", leak_rate_per_year=leak_rate_per_year)
    need_not_negative("beccs", years=years)
    return same_kind(np.asarray((1 - np.asarray(leak_rate_per_year, dtype=float)) ** years))
