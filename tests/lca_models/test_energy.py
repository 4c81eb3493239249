"""Heat, fuel, drying, cold rooms and bioenergy against published cases and the laws of thermodynamics."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import bioenergy, combustion, drying, heat, storage
from lca_models.errors import ValidityError, ValidityWarning
from lca_models.factors import FactorSet, shipped_factors

FACTORS = shipped_factors()
fractions = st.floats(min_value=0.01, max_value=0.99)
kilograms = st.floats(min_value=0, max_value=1e6)


def _fuels(factors: FactorSet, table_id: str) -> dict[str, dict[str, float]]:
    table = factors.table(table_id)
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


def test_a_food_dried_from_eighty_to_ten_percent():
    """Earle, Unit Operations in Food Processing, Example 7.1: 0.778 kg water, 2.06 MJ per kg of food."""
    water = drying.water_removed_kg(fresh_kg=1, moisture_in_frac=0.8, moisture_out_frac=0.1)
    assert water == pytest.approx(0.778, abs=5e-4)
    taken = drying.heat_mj(
        fresh_kg=1,
        water_removed_kg=water,
        specific_heat_mj_per_kg_c=0.0038,
        warming_c=79,
        latent_heat_mj_per_kg=2.257,
    )
    assert taken == pytest.approx(2.056, abs=2e-3)


@pytest.mark.parametrize(("temperature", "steam_table"), [(0, 2.501), (20, 2.454), (60, 2.358), (100, 2.257)])
def test_latent_heat_follows_the_steam_table(temperature, steam_table):
    """Saturated steam, IAPWS-97; the FAO 56 line stays within 0.4 %."""
    assert heat.latent_heat_mj_per_kg(temperature_c=temperature) == pytest.approx(steam_table, rel=4e-3)


def test_pure_water_and_dry_matter_have_siebels_specific_heats():
    assert heat.specific_heat_mj_per_kg_c(moisture_frac=1) == pytest.approx(0.004186)
    assert heat.specific_heat_mj_per_kg_c(moisture_frac=0) == pytest.approx(0.000837)


def test_freezing_a_kilogram_of_water_takes_a_third_of_a_megajoule():
    assert heat.freezing_mj(mass_kg=1, moisture_frac=1, frozen_frac=1) == pytest.approx(0.3336)


def test_wood_at_thirty_and_fifty_percent_water():
    """AIEL, Wood Fuels Handbook: wood of 18.5 MJ/kg dry gives 12.2 and 8.0 MJ/kg at 30 and 50 % water."""
    values = [
        combustion.lhv_as_received_mj_per_kg(lhv_dry_mj_per_kg=18.5, moisture_frac=w) for w in (0.3, 0.5)
    ]
    assert values == pytest.approx([12.2, 8.0], abs=0.05)


def test_gases_of_a_kilogram_of_wood_and_of_lpg():
    """FAO EX-ACT, stationary fuels per kg: wood 1.7472 kg CO2 and, in small fires, 4.68 g CH4."""
    for name, co2 in (("wood", 1.7472), ("liquefied petroleum gas", 47.3 * 0.0631)):
        fuel = _fuels(FACTORS, "fuels.stationary.manufacturing")[name]
        energy = combustion.energy_mj(fuel_kg=1, lhv_mj_per_kg=fuel["ncv_mj_kg"])
        assert combustion.gas_kg(
            energy_mj=energy, emission_factor_kg_per_tj=fuel["co2_kg_tj"]
        ) == pytest.approx(co2)
    assert combustion.gas_kg(energy_mj=15.6, emission_factor_kg_per_tj=300) == pytest.approx(0.00468)


def test_carbon_content_and_energy_content_tell_the_same_of_diesel():
    """Two ways to one number: 20.2 kg C/GJ (IPCC 2006 V2 Ch1, Table 1.3) and 74 100 kg CO2/TJ."""
    by_carbon = combustion.co2_from_carbon_kg(fuel_kg=1, carbon_frac=20.2 * 43.0 / 1000)
    assert by_carbon == pytest.approx(
        combustion.gas_kg(energy_mj=43, emission_factor_kg_per_tj=74100), rel=1e-3
    )


def test_a_bigger_kettle_emits_less_methane_than_a_stove_with_the_same_fuel():
    farm, factory = (_fuels(FACTORS, f"fuels.stationary.{kind}") for kind in ("agriculture", "manufacturing"))
    for name in set(farm) & set(factory):
        assert farm[name]["ch4_kg_tj"] >= factory[name]["ch4_kg_tj"], name
        assert farm[name]["co2_kg_tj"] == factory[name]["co2_kg_tj"], name
        assert farm[name]["ncv_mj_kg"] == factory[name]["ncv_mj_kg"], name


def test_well_to_wheel_is_the_sum():
    assert combustion.well_to_wheel_kg(tank_to_wheel_kg=2.6, well_to_tank_kg=0.6) == pytest.approx(3.2)


def test_heat_in_equals_fuel_times_efficiency():
    kg = combustion.fuel_for_heat_kg(useful_heat_mj=1000, efficiency_frac=0.8, lhv_mj_per_kg=25)
    assert combustion.energy_mj(fuel_kg=kg, lhv_mj_per_kg=25) * 0.8 == pytest.approx(1000)


@given(kilograms, fractions, fractions)
def test_drying_conserves_mass_and_dry_matter(fresh, one, other):
    wetter, drier = max(one, other), min(one, other)
    state = {"fresh_kg": fresh, "moisture_in_frac": wetter, "moisture_out_frac": drier}
    left, water = drying.dried_kg(**state), drying.water_removed_kg(**state)
    assert left + water == pytest.approx(fresh)
    assert left * (1 - drier) == pytest.approx(fresh * (1 - wetter))


def test_a_perfect_dryer_takes_the_least_heat_and_no_dryer_less():
    assert drying.dryer_energy_mj(heat_mj=2.0, efficiency_frac=1.0) == 2.0
    assert drying.dryer_energy_mj(heat_mj=2.0, efficiency_frac=0.5) == 4.0


def test_half_empty_twice_as_long_four_times_the_electricity():
    """LCA Food database: E = Es · V / u · t."""
    full = storage.electricity_kwh(specific_kwh_per_m3_year=40, product_m3=1, filled_frac=1, days=10)
    assert full == pytest.approx(40 * 10 / 365)
    assert storage.electricity_kwh(
        specific_kwh_per_m3_year=40, product_m3=1, filled_frac=0.5, days=20
    ) == pytest.approx(4 * full)


def test_carnot_between_minus_ten_and_forty():
    """Reversed Carnot cycle: 263.15 / 50 = 5.26, worked by hand."""
    assert storage.performance(evaporating_c=-10, condensing_c=40, carnot_frac=1) == pytest.approx(5.263)


def test_walls_leak_with_area_difference_and_time():
    """A watt per degree and m2, one m2, ten degrees, a day: 10 W · 86 400 s = 0.864 MJ."""
    wall = {"u_value_w_per_m2_c": 1, "area_m2": 1, "days": 1}
    assert storage.transmission_mj(**wall, outside_c=15, inside_c=5) == pytest.approx(0.864)
    assert storage.transmission_mj(**wall, outside_c=0, inside_c=5) == 0


@given(st.floats(min_value=-30, max_value=10), st.floats(min_value=0.1, max_value=15))
def test_a_colder_room_never_takes_less_electricity(evaporating, colder):
    here, there = (
        storage.compressor_kwh(
            heat_mj=100,
            performance=storage.performance(evaporating_c=t, condensing_c=40, carnot_frac=0.4),
        )
        for t in (evaporating, evaporating - colder)
    )
    assert there > here


def test_exergy_share_of_heat_at_150_degrees():
    """Directive (EU) 2018/2001, Annex VI B 1(d): C_h = 0.3546 at 150 °C (423.15 K)."""
    assert bioenergy.carnot_frac(heat_c=150) == pytest.approx(0.3546, abs=2e-4)
    assert bioenergy.heat_share_frac(heat_mj=1, electricity_mj=0, carnot_frac=0.35) == 1
    assert bioenergy.heat_share_frac(heat_mj=0, electricity_mj=1, carnot_frac=0.35) == 0


def test_energy_of_a_plant_balances():
    heat_mj = bioenergy.useful_energy_mj(fuel_mj=100, efficiency_frac=0.5)
    power_mj = bioenergy.useful_energy_mj(fuel_mj=100, efficiency_frac=0.25)
    assert bioenergy.losses_mj(fuel_mj=100, heat_mj=heat_mj, electricity_mj=power_mj) == pytest.approx(25)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: combustion.lhv_as_received_mj_per_kg(lhv_dry_mj_per_kg=18.6, moisture_frac=0.9),
            "heating value",
        ),
        (
            lambda: combustion.lhv_as_received_mj_per_kg(lhv_dry_mj_per_kg=18.6, moisture_frac=12),
            "12 % as 0.12",
        ),
        (lambda: combustion.energy_mj(fuel_kg=-1, lhv_mj_per_kg=40), "fuel kg is -1"),
        (lambda: combustion.energy_mj(fuel_kg=float("nan"), lhv_mj_per_kg=40), "fuel kg is nan"),
        (
            lambda: combustion.fuel_for_heat_kg(useful_heat_mj=1, efficiency_frac=0, lhv_mj_per_kg=40),
            "efficiency",
        ),
        (lambda: combustion.gas_kg(energy_mj=1, emission_factor_kg_per_tj=-1), "emission factor"),
        (lambda: combustion.co2_from_carbon_kg(fuel_kg=1, carbon_frac=1.1), "carbon frac is 1.1"),
        (
            lambda: drying.dried_kg(fresh_kg=1, moisture_in_frac=0.2, moisture_out_frac=0.8),
            "a dryer takes water out",
        ),
        (lambda: drying.water_removed_kg(fresh_kg=1, moisture_in_frac=1, moisture_out_frac=1), "not produce"),
        (lambda: drying.dryer_energy_mj(heat_mj=1, efficiency_frac=1.2), "efficiency frac is 1.2"),
        (lambda: heat.specific_heat_mj_per_kg_c(moisture_frac=1.2), "moisture frac is 1.2"),
        (
            lambda: heat.sensible_mj(mass_kg=1, specific_heat_mj_per_kg_c=0.004, temperature_change_c=-5),
            "temperature",
        ),
        (lambda: heat.freezing_mj(mass_kg=1, moisture_frac=0.8, frozen_frac=1.1), "frozen frac"),
        (lambda: storage.performance(evaporating_c=40, condensing_c=-5, carnot_frac=0.4), "not warmer"),
        (
            lambda: storage.performance(evaporating_c=-5, condensing_c=40, carnot_frac=1.1),
            "carnot frac is 1.1",
        ),
        (lambda: storage.compressor_kwh(heat_mj=1, performance=0), "performance is 0"),
        (
            lambda: storage.electricity_kwh(specific_kwh_per_m3_year=40, product_m3=1, filled_frac=0, days=1),
            "filled frac is 0",
        ),
        (lambda: bioenergy.losses_mj(fuel_mj=100, heat_mj=90, electricity_mj=40), "energy is conserved"),
        (
            lambda: bioenergy.heat_share_frac(heat_mj=0, electricity_mj=0, carnot_frac=0.35),
            "heat and electricity",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, message):
    with pytest.raises(ValidityError, match=message):
        call()


def test_superheated_water_is_warned_of():
    with pytest.warns(ValidityWarning, match="temperature c 140 is outside 0 to 100"):
        heat.latent_heat_mj_per_kg(temperature_c=140)


SHARES = np.linspace(0.1, 0.6, 6)
CALLS = {
    "latent": lambda x: heat.latent_heat_mj_per_kg(temperature_c=100 * x),
    "specific": lambda x: heat.specific_heat_mj_per_kg_c(moisture_frac=x),
    "sensible": lambda x: heat.sensible_mj(
        mass_kg=x, specific_heat_mj_per_kg_c=0.004, temperature_change_c=9
    ),
    "freezing": lambda x: heat.freezing_mj(mass_kg=10, moisture_frac=x, frozen_frac=0.9),
    "wet wood": lambda x: combustion.lhv_as_received_mj_per_kg(lhv_dry_mj_per_kg=18, moisture_frac=x),
    "fuel": lambda x: combustion.fuel_for_heat_kg(useful_heat_mj=9, efficiency_frac=x, lhv_mj_per_kg=40),
    "gas": lambda x: combustion.gas_kg(energy_mj=100 * x, emission_factor_kg_per_tj=74100),
    "carbon": lambda x: combustion.co2_from_carbon_kg(fuel_kg=3, carbon_frac=x),
    "wtw": lambda x: combustion.well_to_wheel_kg(tank_to_wheel_kg=x, well_to_tank_kg=0.2),
    "dried": lambda x: drying.dried_kg(fresh_kg=9, moisture_in_frac=0.8, moisture_out_frac=x),
    "water": lambda x: drying.water_removed_kg(fresh_kg=9, moisture_in_frac=0.8, moisture_out_frac=x),
    "dryer": lambda x: drying.dryer_energy_mj(heat_mj=9, efficiency_frac=x),
    "store": lambda x: storage.electricity_kwh(
        specific_kwh_per_m3_year=40, product_m3=3, filled_frac=x, days=9
    ),
    "walls": lambda x: storage.transmission_mj(
        u_value_w_per_m2_c=0.25, area_m2=60, outside_c=30 * x, inside_c=5, days=1
    ),
    "cop": lambda x: storage.performance(evaporating_c=-5, condensing_c=40, carnot_frac=x),
    "compressor": lambda x: storage.compressor_kwh(heat_mj=9, performance=x),
    "useful": lambda x: bioenergy.useful_energy_mj(fuel_mj=9, efficiency_frac=x),
    "exergy": lambda x: bioenergy.carnot_frac(heat_c=100 * x),
    "share": lambda x: bioenergy.heat_share_frac(heat_mj=9, electricity_mj=4, carnot_frac=x),
    "lost": lambda x: bioenergy.losses_mj(fuel_mj=9, heat_mj=x, electricity_mj=2),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    singles = [CALLS[name](float(x)) for x in SHARES]
    assert all(isinstance(single, float) for single in singles)
    np.testing.assert_allclose(CALLS[name](SHARES), singles, rtol=1e-14)
