"""Coal in the same fire: its CO2 may be stored, and is no removal; and capture that cannot be is refused."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from footprint.engine import solve
from lca_models.activities.bioenergy import Bioenergy
from lca_models.errors import ValidityError
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Output, Process
from lca_models.numbers import Numbers
from lca_models.product_system import check_balances

C_PER_CO2 = 12 / 44
FACTORS = shipped_factors()


def said(amount: str) -> dict[str, str]:
    return {"amount": amount, "source": "meter"}


PLANT: dict[str, Any] = {
    "name": "plant",
    "fire": "boiler",
    "wood": [{"product": "prunings", "amount": said("1000 kg"), "moisture": said("20 %")}],
    "electricity": {"product": "power", "amount": said("800 kWh")},
    "capture": {"rate": said("90 %"), "loss": said("1 %")},
}
COAL = {"cofired": {"coal": said("100 kg")}}


def plant(numbers: Numbers | None = None, **answers: object) -> Process:
    record = {name: answer for name, answer in (PLANT | answers).items() if answer is not None}
    (process,) = Bioenergy.model_validate(record).processes(numbers or Numbers(FACTORS), "CN-GD")
    return process


def gas(process: Process, substance: str) -> Any:
    (kg,) = (e.kg for e in process.exchanges if isinstance(e, Emission) and e.substance == substance)
    return kg


def test_only_the_biogenic_share_of_the_co2_is_a_removal():
    """The wood's carbon underground is the same with and without coal beside it."""
    assert plant(**COAL).storages[0].carbon_kg == pytest.approx(plant().storages[0].carbon_kg)


def test_the_coal_is_fossil_and_its_stored_part_is_not_emitted():
    """100 kg × 2.372 kg CO2/kg; 0.9 × 0.99 of it goes underground."""
    made = 100 * FACTORS["fuel.coal.industrial.combustion.co2_fossil"].value
    assert gas(plant(**COAL), "co2_fossil") == pytest.approx(made * (1 - 0.9 * 0.99))
    assert gas(plant(**COAL, capture=None), "co2_fossil") == pytest.approx(made)


def test_burning_coal_here_emits_what_buying_it_to_burn_emits():
    """Without capture: the same gases, mining included, as the purchase `fuel.coal.industrial`."""
    numbers = Numbers(FACTORS)
    plain, fired = (plant(numbers, capture=None, **more) for more in ({}, COAL))
    wood = Process("orchard, prunings", "orchard", (Output("prunings", 1000.0),))
    added: dict[str, float] = {}
    for process, sign in ((fired, 1), (plain, -1)):
        for entry in solve([wood, process], "power", numbers).entries:
            added[entry.substance] = added.get(entry.substance, 0.0) + sign * float(entry.kg) * 2880
    bought = {f.substance: 100 * f.value for f in FACTORS.product("fuel.coal.industrial")}
    assert {gas: kg for gas, kg in added.items() if abs(kg) > 1e-9} == pytest.approx(bought)


def test_all_carbon_of_wood_and_coal_leaves_somewhere():
    check_balances((plant(**COAL),))
    (balance,) = plant(**COAL).balances
    assert balance.came_out_kg == pytest.approx(balance.taken_in_kg)
    coal = 100 * FACTORS["fuel.coal.industrial.combustion.co2_fossil"].value * C_PER_CO2
    assert balance.taken_in_kg == pytest.approx(800 * 0.48 + coal)


def test_the_result_says_how_much_of_the_stored_co2_is_of_coal():
    """64.7 kg C of coal beside 383.7 of wood: 14 %."""
    numbers = Numbers(FACTORS)
    plant(numbers, **COAL)
    assert any("14% of the CO2 stored is of coal" in note for note in numbers.reading.notes)


def test_the_result_says_which_product_carries_the_removal():
    numbers = Numbers(FACTORS)
    plant(numbers)
    (note,) = numbers.reading.notes
    assert note.startswith(
        "plant: the removal goes with power. Energy sold as carbon-negative and a removal unit"
    )
    both = {
        "heat": {"product": "hot water", "amount": said("1 GJ")},
        "allocation": "exergy",
        "heat_temperature": said("90 degC"),
    }
    numbers = Numbers(FACTORS)
    plant(numbers, **both)
    assert "with hot water and power, shared by exergy as the fire is" in next(iter(numbers.reading.notes))


def test_without_a_turbine_the_solvent_takes_its_steam_from_the_heat():
    """Of 14.4 GJ, 1.25 t CO2 take 4.4 GJ: 11 GJ of heat can be given with 15 % of condensation, 13 GJ cannot."""
    boiler = {"electricity": None, "capture": PLANT["capture"] | {"electricity": {"source": "default"}}}
    plant(**boiler, heat={"product": "warm air", "amount": said("11 GJ")})
    plant(capture=None, electricity=None, heat={"product": "warm air", "amount": said("13 GJ")})
    with pytest.raises(ValidityError, match="more energy comes out than goes in"):
        plant(**boiler, heat={"product": "warm air", "amount": said("13 GJ")})


def test_draws_agree_one_by_one_with_the_draws_together():
    chances = np.array([0.07, 0.4, 0.93])
    together = plant(Numbers(FACTORS, lambda _: chances), **COAL)
    for i, chance in enumerate(chances):
        alone = plant(Numbers(FACTORS, lambda _, c=chance: np.array([c])), **COAL)
        assert gas(alone, "co2_fossil")[0] == pytest.approx(gas(together, "co2_fossil")[i])
        assert alone.storages[0].carbon_kg[0] == pytest.approx(together.storages[0].carbon_kg[i])


HEAT = {"electricity": None, "heat": {"product": "warm air", "amount": said("5 GJ")}}
REFUSED = {
    "captured more than all": ({"capture": PLANT["capture"] | {"rate": said("104 %")}}, "a share of '104 %'"),
    "lost more than was captured": (
        {"capture": PLANT["capture"] | {"loss": said("130 %")}},
        "a loss of '130 %' — nothing would arrive",
    ),
    "lost all": ({"capture": PLANT["capture"] | {"loss": said("100 %")}}, "a loss of '100 %'"),
    "compressed with no electricity": (HEAT, "CO2 is compressed with no electricity"),
    "a counterfactual of nothing stored": (
        {"capture": None, "otherwise": {"fate": "burnt"}},
        "no CO2 is captured",
    ),
    "coal of nothing": ({"cofired": {"coal": said("0 kg")}}, "is zero"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_answer_is_refused_by_name(name):
    answers, message = REFUSED[name]
    with pytest.raises(ValidationError, match=message):
        plant(**answers)
