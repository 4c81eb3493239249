"""A leg on the road, by rail, sea or air: what is loaded, what arrives, what it is called."""

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from lca_models.activities.transport import Leg, Vehicle
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Process, Purchase
from lca_models.numbers import Numbers

FACTORS = shipped_factors()


def said(amount: str) -> dict[str, str]:
    return {"amount": amount, "source": "receipt"}


def leg(**answers: Any) -> Process:
    road = {"vehicle": "ship.container", "distance": said("9000 km"), "loss": said("4 %")} | answers
    record = {"name": "crossing", "takes": "lychee", "gives": "lychee, landed", "road": road}
    (process,) = Leg.model_validate(record).processes(Numbers(FACTORS), "CN-GD")
    return process


def freight(process: Process) -> Purchase:
    return next(exchange for exchange in process.exchanges if isinstance(exchange, Purchase))


def test_a_container_across_the_sea_by_hand():
    """1 kg / 0.96 · 9000 km = 9.375 t km; 0.0159 kg CO2/t km on the ship (DESNZ 2025)."""
    bought = freight(leg())
    assert (bought.product, bought.label) == ("transport.ship.container", "ship, crossing")
    assert bought.amount == pytest.approx(9.375)
    burnt = next(row for row in FACTORS.product(bought.product) if row.substance == "co2_fossil")
    assert bought.amount * burnt.value == pytest.approx(0.149, abs=0.001)


def test_every_carrier_of_the_store_may_be_named_and_no_other():
    carriers = {f"transport.{vehicle}" for vehicle in get_args(Vehicle)}
    assert carriers == {product for product in FACTORS.products if product.startswith("transport.")}
    with pytest.raises(ValidationError, match="vehicle"):
        leg(vehicle="ship.sail")


@pytest.mark.parametrize(
    ("vehicle", "carrier"),
    [("reefer.artic33", "truck"), ("van", "truck"), ("rail", "train"), ("air.long_haul", "aircraft")],
)
def test_the_label_says_what_carried_it(vehicle, carrier):
    assert freight(leg(vehicle=vehicle)).label == f"{carrier}, crossing"


def test_flown_fruit_carries_altitude_effects_only_by_name():
    plain, with_effects = (
        FACTORS.product(freight(leg(vehicle=vehicle)).product)
        for vehicle in ("air.long_haul", "air.long_haul.with_altitude_effects")
    )
    assert len(with_effects) == len(plain) + 1


def test_a_cooled_container_leaks_by_its_days_at_sea():
    """4.5 kg · 0.325/yr · 30/365 yr, shared by 20 t on board; 1 / 0.96 kg loaded for each that arrives."""
    unit = {
        "refrigerant": "R513A",
        "charge": said("4.5 kg"),
        "trip": said("30 days"),
        "fruit_on_board": said("20 t"),
    }
    leaks = {e.substance: e.kg for e in leg(reefer=unit).exchanges if isinstance(e, Emission)}
    assert set(leaks) == {"hfc-134a", "hfo-1234yf"}
    assert sum(leaks.values()) == pytest.approx(4.5 * 0.325 * 30 / 365 / 20_000 / 0.96, rel=2e-3)
