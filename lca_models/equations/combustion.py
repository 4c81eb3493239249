"""Fuel burnt in a boiler, stove or engine: IPCC 2006, Volume 2, Chapters 1 and 2."""

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive
from lca_models.real import Real

CO2_PER_C = 44 / 12
EVAPORATION_MJ_PER_KG = 2.443
"""Heat of evaporation of water at 25 °C, the reference temperature of calorific values."""


def lhv_as_received_mj_per_kg(*, lhv_dry_mj_per_kg: Real, moisture_frac: Real) -> Real:
    r"""Lower heating value of wet fuel: less dry matter, and its water has to be evaporated.

    $$ q_{ar} = q_d \cdot (1 - w) - 2.443 \cdot w $$

    Args:
        lhv_dry_mj_per_kg: lower heating value of the dry fuel, MJ/kg.
        moisture_frac: kg water per kg fuel as it is burnt (wet basis).

    Returns:
        MJ per kg fuel as it is burnt.

    Source:
        ISO 18125:2017, calculation of the net calorific value as received.

    Raises:
        ValidityError: so wet that it cannot burn by itself (heating value of zero or less).

    Example:
        Wood of 18.6 MJ/kg dry, at 20 and at 50 % water:

        >>> round(lhv_as_received_mj_per_kg(lhv_dry_mj_per_kg=18.6, moisture_frac=0.2), 2)
        14.39
        >>> round(lhv_as_received_mj_per_kg(lhv_dry_mj_per_kg=18.6, moisture_frac=0.5), 2)
        8.08
    """
    need_fraction("combustion", moisture_frac=moisture_frac)
    value = lhv_dry_mj_per_kg * (1 - moisture_frac) - EVAPORATION_MJ_PER_KG * moisture_frac
    need_positive("combustion", lower_heating_value_as_received=value)
    return value


def energy_mj(*, fuel_kg: Real, lhv_mj_per_kg: Real) -> Real:
    r"""Energy in a fuel.

    $$ E = m \cdot LHV $$

    Args:
        fuel_kg: fuel, kg.
        lhv_mj_per_kg: lower (net) heating value of the fuel as it is burnt, MJ/kg (Table 1.2).

    Returns:
        MJ, on the lower heating value.

    Source:
        IPCC 2006 V2 Ch1, section 1.4.1.2 and Table 1.2.

    Example:
        A tonne of LPG:

        >>> round(energy_mj(fuel_kg=1000, lhv_mj_per_kg=47.3))
        47300
    """
    need_not_negative("combustion", fuel_kg=fuel_kg)
    return fuel_kg * lhv_mj_per_kg


def fuel_for_heat_kg(*, useful_heat_mj: Real, efficiency_frac: Real, lhv_mj_per_kg: Real) -> Real:
    r"""Fuel that a wanted heat takes.

    $$ m = Q / (\eta \cdot LHV) $$

    Args:
        useful_heat_mj: heat delivered, MJ.
        efficiency_frac: heat delivered per lower heating value burnt, 0 to 1.
        lhv_mj_per_kg: lower heating value of the fuel as it is burnt, MJ/kg.

    Returns:
        kg fuel.

    Source:
        Definition of boiler efficiency on the lower heating value, EN 12952-15:2003.

    Example:
        >>> round(fuel_for_heat_kg(useful_heat_mj=2586, efficiency_frac=0.8, lhv_mj_per_kg=47.3), 1)
        68.3
    """
    need_fraction("combustion", efficiency_frac=efficiency_frac)
    need_positive("combustion", efficiency_frac=efficiency_frac, lhv_mj_per_kg=lhv_mj_per_kg)
    return useful_heat_mj / (efficiency_frac * lhv_mj_per_kg)


def gas_kg(*, energy_mj: Real, emission_factor_kg_per_tj: Real) -> Real:
    r"""One gas from burning a fuel: the tank-to-wheel part.

    $$ E_{gas} = E_{fuel} \cdot EF_{gas} \cdot 10^{-6} $$

    Args:
        energy_mj: fuel burnt on its lower heating value, MJ.
        emission_factor_kg_per_tj: kg of the gas per TJ (Tables 2.2 to 2.5; road and off-road in Chapter 3).

    Returns:
        kg of the gas. The CO2 of wood, straw and biogas is biogenic, its CH4 and N2O count.

    Source:
        IPCC 2006 V2 Ch2, Equation 2.1.

    Example:
        CO2 of a tonne of LPG, 63 100 kg/TJ:

        >>> round(gas_kg(energy_mj=47300, emission_factor_kg_per_tj=63100))
        2985
    """
    need_not_negative("combustion", energy_mj=energy_mj, emission_factor_kg_per_tj=emission_factor_kg_per_tj)
    return energy_mj * emission_factor_kg_per_tj / 1e6


def co2_from_carbon_kg(*, fuel_kg: Real, carbon_frac: Real, oxidised_frac: Real = 1.0) -> Real:
    r"""CO2 of a fuel whose carbon content is known: better than a default per TJ.

    $$ CO_2 = m \cdot C \cdot OF \cdot 44/12 $$

    Args:
        fuel_kg: fuel, kg.
        carbon_frac: kg C per kg fuel as it is burnt.
        oxidised_frac: share of the carbon oxidised; the guideline's default is 1.

    Returns:
        kg CO2.

    Source:
        IPCC 2006 V2 Ch1, section 1.4.2.1 and Table 1.4 (carbon oxidised: 1 by default).

    Example:
        >>> round(co2_from_carbon_kg(fuel_kg=1000, carbon_frac=0.48))
        1760
    """
    need_not_negative("combustion", fuel_kg=fuel_kg)
    need_fraction("combustion", carbon_frac=carbon_frac, oxidised_frac=oxidised_frac)
    return fuel_kg * carbon_frac * oxidised_frac * CO2_PER_C


def well_to_wheel_kg(*, tank_to_wheel_kg: Real, well_to_tank_kg: Real) -> Real:
    r"""The whole of an energy carrier: burnt plus brought to the tank.

    $$ WTW = TTW + WTT $$

    Args:
        tank_to_wheel_kg: emitted where the fuel is burnt, kg of one gas.
        well_to_tank_kg: emitted by extraction, refining, generation and distribution, kg of the same gas.

    Returns:
        kg of the gas. Add gases only after characterising them.

    Source:
        ISO 14083:2023: total emissions are those of vehicle operation plus those of energy provision.

    Example:
        >>> round(well_to_wheel_kg(tank_to_wheel_kg=2.63, well_to_tank_kg=0.62), 2)
        3.25
    """
    return tank_to_wheel_kg + well_to_tank_kg
