"""Refrigerant, freight, packaging and losses on the way to the shelf."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import losses, packaging, refrigeration, transport
from lca_models.errors import ValidityError
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()
shares = st.floats(min_value=0, max_value=0.95)
TRUCK = {"empty_per_km": 0.226, "full_per_km": 0.372, "payload_t": 26.0}


@pytest.mark.parametrize("kind", ["transport", "commercial", "industrial"])
def test_refrigerant_lost_over_a_life_is_spread_over_its_years(kind):
    """IPCC 2006 V3 Ch7, Equations 7.12 to 7.14 summed by hand over the lifetime."""

    def of(what: str) -> float:
        return FACTORS[f"refrigeration.{what}.{kind}"].value

    per_year = refrigeration.life_cycle_kg_per_year(
        charge_kg=10,
        initial_loss_frac=of("initial_loss"),
        leak_rate_per_year=of("leak"),
        lifetime_years=of("lifetime"),
        remaining_frac=of("remaining"),
        recovered_frac=of("recovered"),
    )
    life = of("initial_loss") + of("leak") * of("lifetime") + of("remaining") * (1 - of("recovered"))
    assert per_year * of("lifetime") == pytest.approx(10 * life)
    assert per_year > refrigeration.leakage_kg(charge_kg=10, leak_rate_per_year=of("leak"), years=1)


def test_everything_recovered_means_nothing_lost_at_the_end():
    assert refrigeration.end_of_life_kg(charge_kg=5, remaining_frac=0.5, recovered_frac=1) == 0
    assert refrigeration.charging_kg(charge_kg=5, initial_loss_frac=0.01) == pytest.approx(0.05)


def test_fuel_per_tonne_kilometre_is_all_fuel_over_all_freight():
    """Out with 20 t over 1000 km, home empty: counted trip by trip, then divided (ISO 14083, TOC)."""
    load = 20 / 26
    out = transport.fuel_per_km(empty_per_km=0.226, full_per_km=0.372, load_frac=load) * 1000
    home = 0.226 * 1000
    freight = transport.activity_t_km(mass_kg=20000, distance_km=1000)
    counted = transport.measured_intensity_kg_per_t_km(gas_kg=out + home, activity_t_km=freight)
    assert transport.fuel_per_t_km(**TRUCK, load_frac=load, empty_return_frac=1.0) == pytest.approx(counted)


@given(st.floats(min_value=0.05, max_value=0.94), st.floats(min_value=0.01, max_value=0.05), shares)
def test_a_fuller_truck_never_takes_more_per_tonne_kilometre(load, more, empty):
    less_full = transport.fuel_per_t_km(**TRUCK, load_frac=load, empty_return_frac=empty)
    fuller = transport.fuel_per_t_km(**TRUCK, load_frac=load + more, empty_return_frac=empty)
    assert fuller < less_full


@given(shares, st.floats(min_value=0.001, max_value=0.05))
def test_a_return_load_never_costs_more_than_an_empty_way_home(empty, more):
    some = transport.fuel_per_t_km(**TRUCK, load_frac=0.6, empty_return_frac=empty)
    assert transport.fuel_per_t_km(**TRUCK, load_frac=0.6, empty_return_frac=empty + more) > some


def test_published_refrigerated_truck_is_near_the_framework_uplift():
    """DESNZ 2025: refrigerated articulated over dry, CO2: 1.16, inside GLEC's 8 to 25 % band."""
    dry = FACTORS["transport.truck.artic33.combustion.co2_fossil"].value
    cold = FACTORS["transport.reefer.artic33.combustion.co2_fossil"].value
    uplift = FACTORS["transport.uplift.road"]
    low, high = (
        transport.temperature_controlled(intensity=dry, uplift_frac=f) for f in (uplift.lower, uplift.upper)
    )
    assert low < cold < high


def test_a_leg_from_dongguan_to_beijing():
    """2150 km planned with the road factor, 1.25 t, 0.08781 kg CO2/t·km: worked by hand, 247.8 kg."""
    distance = transport.adjusted_distance_km(
        distance_km=2150, adjustment=FACTORS["transport.distance_adjustment.road"].value
    )
    assert distance == pytest.approx(2257.5)
    t_km = transport.activity_t_km(mass_kg=1250, distance_km=distance)
    assert transport.gas_kg(activity_t_km=t_km, intensity_kg_per_t_km=0.08781) == pytest.approx(
        247.8, abs=0.05
    )
    assert transport.adjusted_distance_km(distance_km=1000, adjustment=1, detour_km=95) == 1095


CAN = {"virgin_factor": 9.11590131, "recycled_factor": 0.9950779}


def test_aluminium_made_of_cans_and_turned_into_cans():
    """DESNZ 2025, aluminium cans: primary 9.116, closed loop 0.995 kg CO2e/kg."""
    assert packaging.cut_off_kg(mass_kg=1, **CAN, recycled_frac=1) == pytest.approx(0.9950779)
    assert packaging.closed_loop_kg(
        mass_kg=1, **CAN, collected_frac=1, process_yield_frac=1
    ) == pytest.approx(0.9950779)
    assert packaging.closed_loop_kg(
        mass_kg=1, **CAN, collected_frac=0, process_yield_frac=1
    ) == pytest.approx(9.11590131)


@given(shares, shares)
def test_the_circular_formula_holds_the_other_two_at_its_ends(recycled, collected):
    """Commission Recommendation (EU) 2021/2279: A = 1 is the cut-off, A = 0 the closed loop."""
    cff = {"mass_kg": 2.0, **CAN, "recycled_frac": recycled, "collected_frac": collected, "quality_frac": 1.0}
    assert packaging.circular_footprint_kg(**cff, allocation_frac=1.0) == pytest.approx(
        packaging.cut_off_kg(mass_kg=2, **CAN, recycled_frac=recycled)
    )
    assert packaging.circular_footprint_kg(**cff, allocation_frac=0.0) == pytest.approx(
        packaging.closed_loop_kg(mass_kg=2, **CAN, collected_frac=collected, process_yield_frac=1)
    )


def test_a_crate_used_fifty_times_is_a_fiftieth_of_a_crate():
    assert packaging.per_product_kg(package_kg=2, holds_kg=20, uses=50) * 50 == pytest.approx(
        packaging.per_product_kg(package_kg=2, holds_kg=20)
    )


def test_disposal_is_the_weighted_mean_of_its_ways():
    assert packaging.disposal_kg(mass_kg=2, shares=[0.25, 0.75], factors=[0.0, 0.04]) == pytest.approx(0.06)


@given(st.lists(shares, max_size=6), st.floats(min_value=0.1, max_value=1e4))
def test_what_enters_is_what_arrives_and_what_is_lost(chain, delivered):
    needed = losses.required_kg(delivered_kg=delivered, losses=chain)
    lost = losses.lost_kg(delivered_kg=delivered, losses=chain)
    assert needed == pytest.approx(delivered + sum(lost), rel=1e-9)
    assert delivered / needed == pytest.approx(losses.yield_through_frac(losses=chain))


@given(st.lists(shares, min_size=1, max_size=6), st.floats(min_value=0.001, max_value=0.04))
def test_a_loss_never_lowers_what_a_kilogram_at_the_shelf_needs(chain, more):
    worse = [chain[0] + more, *chain[1:]]
    assert losses.required_kg(delivered_kg=1, losses=worse) > losses.required_kg(delivered_kg=1, losses=chain)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: refrigeration.end_of_life_kg(charge_kg=5, remaining_frac=1.2, recovered_frac=0),
            "remaining frac",
        ),
        (lambda: refrigeration.charging_kg(charge_kg=-5, initial_loss_frac=0), "charge kg is -5"),
        (lambda: transport.adjusted_distance_km(distance_km=1, adjustment=0.9), "less than the shortest way"),
        (lambda: transport.fuel_per_km(empty_per_km=0.2, full_per_km=0.4, load_frac=1.2), "load frac is 1.2"),
        (lambda: transport.fuel_per_t_km(**TRUCK, load_frac=0, empty_return_frac=1), "load frac is 0"),
        (
            lambda: transport.fuel_per_t_km(**TRUCK, load_frac=0.5, empty_return_frac=2),
            "empty return frac is 2",
        ),
        (lambda: transport.temperature_controlled(intensity=0.1, uplift_frac=-0.1), "uplift frac"),
        (lambda: transport.gas_kg(activity_t_km=-1, intensity_kg_per_t_km=0.1), "activity t km"),
        (lambda: transport.measured_intensity_kg_per_t_km(gas_kg=1, activity_t_km=0), "activity t km is 0"),
        (lambda: packaging.per_product_kg(package_kg=1, holds_kg=0), "holds kg is 0"),
        (lambda: packaging.cut_off_kg(mass_kg=1, **CAN, recycled_frac=1.5), "recycled frac is 1.5"),
        (lambda: packaging.disposal_kg(mass_kg=1, shares=[0.5, 0.4], factors=[1, 1]), "add up to 0.9"),
        (lambda: packaging.disposal_kg(mass_kg=1, shares=[1.0], factors=[1, 1]), "1 shares and 2 factors"),
        (lambda: packaging.disposal_kg(mass_kg=1, shares=[1.5, -0.5], factors=[1, 1]), "share 1 is 1.5"),
        (lambda: losses.required_kg(delivered_kg=1, losses=[1.0]), "nothing arrives"),
        (lambda: losses.yield_through_frac(losses=[0.1, -0.2]), "loss 2 is -0.2"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, message):
    with pytest.raises(ValidityError, match=message):
        call()


PARTS = {"leak_rate_per_year": 0.2, "lifetime_years": 11.0, "remaining_frac": 0.7, "recovered_frac": 0.3}
SHARES = np.linspace(0.1, 0.6, 6)
CALLS = {
    "life": lambda x: refrigeration.life_cycle_kg_per_year(charge_kg=9, initial_loss_frac=x, **PARTS),
    "distance": lambda x: transport.adjusted_distance_km(distance_km=x, adjustment=1.05),
    "fuel": lambda x: transport.fuel_per_t_km(**TRUCK, load_frac=x, empty_return_frac=0.3),
    "cold": lambda x: transport.temperature_controlled(intensity=0.08, uplift_frac=x),
    "leg": lambda x: transport.gas_kg(activity_t_km=x, intensity_kg_per_t_km=0.1),
    "fleet": lambda x: transport.measured_intensity_kg_per_t_km(gas_kg=9, activity_t_km=x),
    "package": lambda x: packaging.per_product_kg(package_kg=x, holds_kg=20),
    "cut-off": lambda x: packaging.cut_off_kg(mass_kg=1, **CAN, recycled_frac=x),
    "loop": lambda x: packaging.closed_loop_kg(mass_kg=1, **CAN, collected_frac=x, process_yield_frac=0.9),
    "circular": lambda x: packaging.circular_footprint_kg(
        mass_kg=1, **CAN, recycled_frac=x, collected_frac=0.4, allocation_frac=0.2, quality_frac=0.9
    ),
    "disposal": lambda x: packaging.disposal_kg(mass_kg=1, shares=[x, 1 - x], factors=[0.2, 0.7]),
    "needed": lambda x: losses.required_kg(delivered_kg=1, losses=[0.1, x]),
    "lost": lambda x: losses.lost_kg(delivered_kg=1, losses=[0.1, x])[0],
}


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    np.testing.assert_allclose(CALLS[name](SHARES), [CALLS[name](float(x)) for x in SHARES], rtol=1e-14)
