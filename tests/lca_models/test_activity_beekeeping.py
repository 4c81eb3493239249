"""A season of bees by hand: sugar, moves, electricity. What flowers give and what bees do for them is told apart."""

import copy
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from footprint.characterisation import Characterisation
from footprint.engine import solve
from lca_models.activities.beekeeping import Beekeeping
from lca_models.factors import shipped_factors
from lca_models.numbers import Numbers

FACTORS = shipped_factors()


def _receipt(amount: str) -> dict[str, str]:
    return {"amount": amount, "source": "receipt"}


BEES: dict[str, Any] = {
    "activity": "beekeeping",
    "name": "bees",
    "hives": _receipt("80 群"),
    "hive_weight": _receipt("35 kg"),
    "sugar": _receipt("640 kg"),
    "moves": [
        {"vehicle": "truck.rigid7_17", "distance": _receipt("120 km")},
        {"vehicle": "truck.rigid7_17", "distance": _receipt("120 km")},
    ],
    "supplies": {"electricity": _receipt("300 kWh")},
    "gives": [
        {"product": "lychee honey", "amount": _receipt("3200 kg"), "price": _receipt("40 CNY/kg")},
        {"product": "beeswax", "amount": _receipt("60 kg"), "price": _receipt("50 CNY/kg")},
    ],
    "allocation": "economic",
    "pollinates": "lychee",
}


@pytest.fixture
def bees() -> dict[str, Any]:
    return copy.deepcopy(BEES)


def _kg_co2e(record: dict[str, Any], numbers: Numbers | None = None) -> Any:
    numbers = numbers or Numbers(FACTORS)
    gwp = Characterisation.named("AR6-100", FACTORS)
    season = tuple(Beekeeping.model_validate(record).processes(numbers, "CN-GD"))
    entries = solve(season, "lychee honey", numbers).entries
    return sum(entry.kg * gwp.co2e_per_kg(entry.substance) for entry in entries)


def test_a_kilogram_of_honey_by_hand(bees):
    """640 kg sugar × 0.47, 80 × 35 kg moved 240 km × 0.4562 kg/t·km, 300 kWh; honey carries 97.7 % by value."""
    truck = 0.35979 + 2.8571e-6 * 29.8 + 1.41509e-5 * 273 + 0.09246
    season = 640 * 0.46999356 + 80 * 35 / 1000 * 240 * truck + 300 * 0.4403
    by_value = 3200 * 40 / (3200 * 40 + 60 * 50)
    assert _kg_co2e(bees) == pytest.approx(season * by_value / 3200, rel=1e-4)


def test_honey_lies_where_honey_lies(bees):
    """Pignagnoli et al. 2021: 0.38 to 0.48 kg CO2e/kg at home, 1.40 to 2.20 migratory; ours moves little."""
    assert 0.1 < _kg_co2e(bees) < 2.2


def test_bees_that_stay_and_are_not_fed_need_next_to_nothing(bees):
    del bees["sugar"], bees["moves"]
    assert _kg_co2e(bees) < 0.05


def test_pollination_is_told_and_changes_nothing(bees):
    numbers = Numbers(FACTORS)
    with_note = _kg_co2e(bees, numbers)
    assert any("also pollinate lychee" in note for note in numbers.reading.notes)
    del bees["pollinates"]
    assert _kg_co2e(bees) == with_note


def test_a_farther_move_is_never_lighter(bees):
    near = _kg_co2e(bees)
    bees["moves"][0]["distance"] = _receipt("900 km")
    assert _kg_co2e(bees) > near


def test_draws_go_the_same_way(bees):
    drawn = _kg_co2e(bees, Numbers(FACTORS, lambda _: np.full(3, 0.5)))
    assert np.shape(drawn) == (3,)
    assert drawn == pytest.approx(_kg_co2e(bees), rel=0.1)  # sugar is a triangle: its median is not its mode


def test_half_a_hive_is_refused(bees):
    bees["hives"] = _receipt("0 hives")
    with pytest.raises(ValidationError, match="is not a number of animals"):
        Beekeeping.model_validate(bees)
