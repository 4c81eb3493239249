"""Takers together may not take more of a residue, or of stored carbon, than was given."""

import copy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.assess import assess
from footprint.records import load
from lca_models.errors import RecordError
from lca_models.flows import Emission, Link, Output, Process, Storage
from lca_models.product_system import ProductSystem, check_supply

BIOCHAR = Path(__file__).parents[2] / "examples" / "lychee" / "family" / "biochar.toml"
SMOKE = (Emission("ch4_biogenic", 1.0, "smoke"),)
PRUNINGS = Process("orchard, prunings", "orchard", (Output("lychee prunings", 20_000.0),))


def taker(name: str, kg: float, product: str = "lychee prunings") -> Process:
    return Process(name, "processing", (Output(f"made by {name}", 500.0),), (Link(product, kg),), SMOKE)


def test_takers_that_share_a_residue_are_let_through():
    check_supply((PRUNINGS, taker("kiln", 12_000.0), taker("mushroom house", 8_000.0)))


def test_the_last_branch_taken_twice_names_giver_and_takers():
    with pytest.raises(
        RecordError,
        match=r"orchard, prunings — gives 20000 kg of 'lychee prunings' — "
        r"kiln takes 12000 and mushroom house takes 9000: 21000 kg together — enter what was really given",
    ):
        check_supply((PRUNINGS, taker("kiln", 12_000.0), taker("mushroom house", 9_000.0)))


def test_fruit_follows_demand_and_brings_its_own_emissions():
    """A packhouse of several growers takes more than the one that was recorded: more orchards like it."""
    fruit = Process("orchard", "orchard", (Output("lychee", 54_000.0),), (), SMOKE)
    check_supply((fruit, taker("packhouse", 66_000.0, "lychee")))


def test_growth_of_the_trees_follows_the_harvest():
    growth = Storage("biomass", 5.0, "growth of the trees")
    fruit = Process("orchard", "orchard", (Output("lychee", 54_000.0),), (), SMOKE, (growth,))
    check_supply((fruit, taker("packhouse", 66_000.0, "lychee")))


def test_a_tonne_of_biochar_is_not_claimed_twice():
    kept = Storage("biochar", 1500.0, "biochar in the soil")
    kiln = Process("kiln", "kiln", (Output("biochar", 2000.0),), (), SMOKE, (kept,))
    check_supply((kiln, taker("nursery", 2000.0, "biochar")))
    with pytest.raises(
        RecordError, match=r"kiln — gives 2000 kg of 'biochar' — nursery takes 1200 and .* 2100"
    ):
        check_supply((kiln, taker("nursery", 1200.0, "biochar"), taker("garden", 900.0, "biochar")))


def test_a_truck_in_between_hides_nobody():
    """It is recorded per kilogram: 1.05 kg loaded for each kilogram that the kiln takes from it."""
    truck = Process(
        "truck", "transport", (Output("prunings, hauled", 1.0),), (Link("lychee prunings", 1.05),)
    )
    check_supply((PRUNINGS, truck, taker("kiln", 19_000.0, "prunings, hauled")))
    with pytest.raises(RecordError, match=r"truck takes 20475: 20475 kg together"):
        check_supply((PRUNINGS, truck, taker("kiln", 19_500.0, "prunings, hauled")))


def test_trucks_that_drive_in_a_circle_end():
    there = Process("there", "transport", (Output("a", 1.0),), (Link("b", 1.0), Link("lychee prunings", 1.0)))
    back = Process("back", "transport", (Output("b", 1.0),), (Link("a", 1.0),))
    check_supply((PRUNINGS, there, back))


@given(st.lists(st.floats(min_value=1, max_value=9_000), min_size=1, max_size=6))
def test_what_adds_up_to_what_was_given_always_passes_and_a_kilogram_more_never(amounts):
    takers = [taker(f"taker {number}", kg) for number, kg in enumerate(amounts)]
    given_kg = sum(float(kg) for kg in amounts)
    exact = Process("orchard, prunings", "orchard", (Output("lychee prunings", given_kg),))
    check_supply((exact, *takers))
    with pytest.raises(RecordError, match="together"):
        check_supply((exact, *takers, taker("one more", 1.0)))


def test_a_second_kiln_for_the_same_branches_is_refused_when_the_record_is_assessed():
    """22 t are given to the yard, the boiler, the mushrooms and the ovens; a kiln of 13 t more has none left."""
    record = load(BIOCHAR).model_dump(mode="json", exclude_none=True)
    second = copy.deepcopy(next(one for one in record["activities"] if one["activity"] == "carbonisation"))
    second |= {"name": "second kiln", "gives": "more biochar", "wood": {"amount": "13 t", "source": "recall"}}
    record["activities"].append(second)
    with pytest.raises(
        RecordError, match=r"kiln yard takes 10000 and second kiln takes 13000: 23000 kg together"
    ):
        assess(ProductSystem.of(record), gwp="AR6-100", draws=256)
