"""A process of two products, shared in every way its records allow: shares by hand, nothing lost, nothing netted."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint import assess
from footprint.allocation_keys import carried_share, ways
from footprint.engine import solve
from footprint.explain import explain
from footprint.report import report
from footprint.result import AllocationChoice, Footprint
from lca_models.errors import FactorError, NetworkError, RecordError, ValidityError
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem

FACTORS = shipped_factors()
GRAIN_KG_CO2E = FACTORS["feed.grain.manufacture"].value


def said(amount: str) -> dict[str, str]:
    return {"amount": amount, "source": "meter"}


def mill(**changes: object) -> dict[str, Any]:
    """An oil mill: 400 kg of oil, and 600 kg of cake that somebody feeds instead of 0.8 kg of grain each."""
    oil = {
        "product": "oil",
        "amount": said("400 kg"),
        "price": said("10 CNY/kg"),
        "heating_value": said("37 MJ/kg"),
    }
    cake = {
        "product": "cake",
        "amount": said("600 kg"),
        "price": said("2 CNY/kg"),
        "heating_value": said("17 MJ/kg"),
        "displaces": {"product": "feed.grain", "ratio": said("80 %"), "why": "fed to pigs next door"},
    }
    press: dict[str, Any] = {
        "activity": "processing",
        "name": "press",
        "step": "milling",
        "uncounted": [{"product": "seed", "amount": said("1000 kg"), "why": "from gate to gate"}],
        "gives": [oil, cake],
        "allocation": "mass",
        "diesel": said("100 litre"),
    }
    return {
        "boundary": "cradle to gate",
        "carbon_content": said("77 %"),
        "product": {
            "name": "Oil (sample)",
            "category": "oil",
            "description": "",
            "producer": "Sample Mill",
            "country": "CN",
            "season_start": "2024-01-01",
            "season_end": "2025-01-01",
        },
        "routes": [{"name": "gate", "place": "the mill", "region": "CN", "product": "oil"}],
        "activities": [press | changes],
    }


def assessed(record: dict[str, Any]) -> Footprint:
    return assess(ProductSystem.of(record), gwp="AR6-100", draws=64)


def choice(footprint: Footprint) -> AllocationChoice:
    (found,) = footprint.allocations
    return found


def test_every_way_the_records_allow_is_shown_with_its_share_by_hand():
    """By mass 400/1000; by value 4000/5200; by energy 14800/25000; oil alone when cake displaces grain."""
    shown = choice(assessed(mill()))
    shares = {shown.method: shown.share} | {other.method: other.share for other in shown.alternatives}
    assert shares == {
        "mass": Decimal("0.4000"),
        "economic": Decimal("0.7692"),
        "energy": Decimal("0.5920"),
        "substitution": Decimal("1.0000"),
    }


def test_each_way_is_the_whole_footprint_by_its_share():
    footprint = assessed(mill())
    whole = float(footprint.gross_kg_co2e) / 0.4
    for other in choice(footprint).alternatives:
        assert float(other.gross_kg_co2e) == pytest.approx(whole * float(other.share), rel=1e-3)


def test_a_way_gives_the_same_chosen_as_shown_beside():
    beside = {other.method: other for other in choice(assessed(mill())).alternatives}
    for way, other in beside.items():
        footprint = assessed(mill(allocation=way))
        # The headline is a sum of rounded cells, the other a rounded sum.
        assert float(footprint.gross_kg_co2e) == pytest.approx(float(other.gross_kg_co2e), abs=5e-6)
        assert choice(footprint).displaced == other.displaced


def test_what_is_displaced_is_told_beside_and_never_subtracted():
    """600 kg of cake for 400 kg of oil, 0.8 kg of grain each: 1.2 kg of grain per kilogram of oil."""
    footprint = assessed(mill(allocation="substitution"))
    (saved,) = choice(footprint).displaced
    assert (saved.product, saved.displaces) == ("cake", "feed.grain")
    assert float(saved.kg_co2e) == pytest.approx(1.2 * GRAIN_KG_CO2E, abs=1e-6)
    assert footprint.gross_kg_co2e > 0
    assert all(cell.kg_co2e >= 0 for cell in footprint.gross.cells)
    assert "displaced elsewhere: cake instead of feed.grain" in explain(footprint)
    assert "cake instead of feed.grain" in report(footprint)


def test_prices_nobody_knows_leave_the_other_ways_and_a_note():
    record = mill()
    for give in record["activities"][0]["gives"]:
        del give["price"]
    footprint = assessed(record)
    assert [other.method for other in choice(footprint).alternatives] == ["energy", "substitution"]
    assert "press: no prices, so allocation by value is not shown beside." in footprint.notes


@pytest.mark.parametrize(
    ("way", "field", "message"),
    [
        ("economic", "price", "press — oil has no price"),
        ("energy", "heating_value", "press — oil has no heating value"),
        ("substitution", "displaces", "press — oil displaces nothing|press — cake displaces nothing"),
    ],
)
def test_a_way_without_what_it_needs_is_refused_by_name(way, field, message):
    record = mill(allocation=way)
    for give in record["activities"][0]["gives"]:
        give.pop(field, None)
    with pytest.raises(NetworkError, match=message):
        assessed(record)


def test_a_co_product_cannot_be_sold_here_and_displace_something_elsewhere():
    record = mill(allocation="substitution")
    record["routes"][0]["product"] = "cake"
    with pytest.raises(NetworkError, match=r"cake displaces feed\.grain, and is taken here"):
        assessed(record)
    record["activities"][0]["allocation"] = "mass"
    assert "substitution" not in [other.method for other in choice(assessed(record)).alternatives]


@pytest.mark.parametrize(
    ("product", "error", "message"),
    [
        ("electricity.CN-GD", RecordError, "electricity.CN-GD is counted in kg/kWh"),
        ("feed.manna", FactorError, "no such product"),
    ],
)
def test_what_is_displaced_must_be_known_and_weighed(product, error, message):
    record = mill()
    record["activities"][0]["gives"][1]["displaces"]["product"] = product
    with pytest.raises(error, match=message):
        assessed(record)


def test_a_way_the_activity_does_not_know_is_refused():
    press = Process(
        "press", "processing", (Output("oil", 4.0), Output("cake", 6.0)), allocation="biophysical"
    )
    with pytest.raises(NetworkError, match="oil has no key — this kind of activity does not know that way"):
        solve([press], "oil", Numbers(FACTORS))


def test_products_worth_nothing_cannot_share_by_value():
    press = Process("press", "processing", (Output("oil", 4.0, 0.0), Output("cake", 6.0, 0.0)))
    with pytest.raises(ValidityError, match="sum of all keys is 0"):
        carried_share(press, 0, "economic")


WEIGHTS = st.floats(min_value=0.01, max_value=1e4)


@given(
    st.lists(st.tuples(WEIGHTS, WEIGHTS, WEIGHTS), min_size=2, max_size=5),
    st.sampled_from(("mass", "economic", "energy")),
)
def test_whatever_the_way_the_products_together_carry_all_there_is(products, way):
    outputs = tuple(
        Output(f"product {i}", kg, price, heating_value_mj_per_kg=mj)
        for i, (kg, price, mj) in enumerate(products)
    )
    press = Process(
        "press", "processing", outputs, exchanges=(Emission("n2o", 5.0, "press"),), allocation=way
    )
    together = Process(
        "buyer of all", "shop", (Output("all", 1.0),), tuple(Link(out.product, out.amount) for out in outputs)
    )
    assert way in ways(press)
    entries = solve([press, together], "all", Numbers(FACTORS)).entries
    assert sum(float(entry.kg) for entry in entries) == pytest.approx(5.0)


def test_energy_and_weight_cannot_be_shared_by_mass():
    cake = Output("cake", 6.0, displaces=Purchase("feed.grain", 4.8, "grain"))
    plant = Process("plant", "heat and power", (Output("heat", 50.0, unit="MJ"), cake))
    assert ways(plant) == ("mass", "substitution")
    with pytest.raises(NetworkError, match="heat is not weighed — energy has no mass"):
        carried_share(plant, 0, "mass")
