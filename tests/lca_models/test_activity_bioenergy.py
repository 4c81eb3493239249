"""A wood-fired plant: smoke by hand, heat and power sharing the fire, and CO2 underground."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from footprint.allocation_keys import carried_share, ways
from footprint.engine import solve
from lca_models.activities.bioenergy import Bioenergy
from lca_models.errors import NetworkError, ValidityError
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Link, Output, Process
from lca_models.numbers import Numbers
from lca_models.product_system import check_links

C_PER_CO2, C_PER_CH4 = 12 / 44, 12 / 16


def said(amount: str, source: str = "meter") -> dict[str, str]:
    return {"amount": amount, "source": source}


BOILER: dict[str, Any] = {
    "name": "boiler",
    "fire": "boiler",
    "wood": [{"product": "prunings", "amount": said("1000 kg"), "moisture": said("20 %")}],
    "heat": {"product": "warm air", "amount": said("10 GJ")},
}
BOTH = {
    "electricity": {"product": "power", "amount": said("900 kWh")},
    "heat": {"product": "warm air", "amount": said("6 GJ")},
    "allocation": "energy",
    "heat_temperature": said("150 degC"),
}
CAPTURE = {"rate": {"source": "default"}, "loss": said("1 %")}
POWER_PLANT = {"heat": None, "electricity": {"product": "power", "amount": said("800 kWh")}}
WOOD = Process("orchard, prunings", "orchard", (Output("prunings", 1000.0),))


def plant(numbers: Numbers | None = None, **answers: object) -> list[Process]:
    record = {name: answer for name, answer in (BOILER | answers).items() if answer is not None}
    return list(Bioenergy.model_validate(record).processes(numbers or Numbers(shipped_factors()), "CN-GD"))


def gas(process: Process, substance: str) -> Any:
    found = [e.kg for e in process.exchanges if isinstance(e, Emission) and e.substance == substance]
    assert len(found) == 1
    return found[0]


def carbon_out(process: Process) -> Any:
    stored = sum(storage.carbon_kg for storage in process.storages)
    return gas(process, "co2_biogenic") * C_PER_CO2 + gas(process, "ch4_biogenic") * C_PER_CH4 + stored


def test_a_tonne_of_wood_by_hand():
    """18.6·0.8 − 2.443·0.2 = 14.39 MJ/kg; 30 kg CH4 and 4 kg N2O per TJ (IPCC 2006 V2 Ch2, Table 2.3)."""
    (process,) = plant()
    assert gas(process, "ch4_biogenic") == pytest.approx(14391.4 * 30e-6)
    assert gas(process, "n2o") == pytest.approx(14391.4 * 4e-6)
    assert process.reference == Output("warm air", 10_000.0, unit="MJ")
    assert [(link.product, link.kg) for link in process.links] == [("prunings", 1000.0)]


def test_a_stove_smokes_ten_times_the_methane_of_a_boiler():
    (boiler,), (stove,) = plant(), plant(fire="stove")
    assert gas(stove, "ch4_biogenic") == pytest.approx(10 * gas(boiler, "ch4_biogenic"))


def test_the_carbon_of_the_wood_all_leaves_somewhere():
    for answers in ({}, {"fire": "stove"}, POWER_PLANT | {"capture": CAPTURE}):
        (process,) = plant(**answers)
        assert carbon_out(process) == pytest.approx(1000 * 0.8 * 0.48)


def test_heat_and_power_are_both_products_another_activity_can_take():
    (process,) = plant(**BOTH)
    assert [(output.product, output.amount, output.unit) for output in process.outputs] == [
        ("warm air", 6000.0, "MJ"),
        ("power", 3240.0, "MJ"),
    ]
    numbers = Numbers(shipped_factors())
    dryer = Process(
        "dryer",
        "processing",
        (Output("dried", 1.0),),
        (Link("warm air", 6000.0, unit="MJ"), Link("power", 3240.0, unit="MJ")),
    )
    taken = sum(entry.kg for entry in solve([WOOD, process, dryer], "dried", numbers).entries)
    whole = sum(exchange.kg for exchange in process.exchanges if isinstance(exchange, Emission))
    assert taken == pytest.approx(whole)
    assert carried_share(process, 0, "energy") == pytest.approx(6000 / 9240)


def test_by_exergy_heat_carries_less_and_both_ways_are_known():
    """Directive (EU) 2018/2001, Annex VI: heat at 150 °C counts 0.3546 of its energy."""
    (process,) = plant(**BOTH | {"allocation": "exergy"})
    by_hand = 0.3546 * 6000 / (3240 + 0.3546 * 6000)
    assert carried_share(process, 0, "exergy") == pytest.approx(by_hand, rel=1e-3)
    assert ways(process) == ("exergy", "energy")


def test_heat_has_no_mass():
    (process,) = plant()
    with pytest.raises(NetworkError, match="warm air — is counted in MJ"):
        _ = process.reference.kg


def test_heat_taken_by_the_kilogram_is_refused():
    drying = Process("dryer", "processing", (Output("dried", 1.0),), (Link("warm air", 5.0),))
    with pytest.raises(NetworkError, match="takes 'warm air' in kg — it is made in MJ"):
        check_links((WOOD, *plant(), drying))


def test_captured_co2_by_hand():
    """0.8 t dry wood, 48 % C, 90 % captured of what leaves as CO2, 1 % lost."""
    (process,) = plant(**POWER_PLANT, capture=CAPTURE)
    (storage,) = process.storages
    flue = 800 * 0.48 - 14391.4 * 30e-6 * C_PER_CH4
    assert storage.carbon_kg == pytest.approx(flue * 0.9 * 0.99)
    assert storage.kind == "geological"
    assert storage.lasts
    assert gas(process, "co2_biogenic") * C_PER_CO2 == pytest.approx(flue * (1 - 0.9 * 0.99))


def test_capture_takes_nothing_off_the_gross_emissions():
    (plain,), (captured,) = plant(**POWER_PLANT), plant(**POWER_PLANT, capture=CAPTURE)
    for substance in ("ch4_biogenic", "n2o"):
        assert gas(plain, substance) == gas(captured, substance)


def test_bought_compression_is_counted_by_the_tonne_where_it_has_no_meter():
    numbers = Numbers(shipped_factors())
    capture = CAPTURE | {"electricity": {"source": "default"}, "road": said("80 km")}
    (process,) = plant(numbers, **POWER_PLANT, capture=capture)
    bought = {e.product: e.amount for e in process.exchanges if not isinstance(e, Emission)}
    captured_t = process.storages[0].carbon_kg / 0.99 * 44 / 12 / 1000
    assert bought == pytest.approx({
        "electricity.CN-GD": 100 * captured_t,
        "transport.truck.artic33": 80 * captured_t,
    })  # fmt: skip
    assert numbers.reading.defaults["electricity to compress CO2"] == "beccs.compression"


def test_more_energy_cannot_come_out_than_went_in():
    with pytest.raises(ValidityError, match="more energy comes out than goes in"):
        plant(heat={"product": "warm air", "amount": said("20 GJ")})


def test_capture_leaves_less_power_to_sell():
    power = POWER_PLANT | {"electricity": {"product": "power", "amount": said("4300 kWh")}}
    plant(**power)
    with pytest.raises(ValidityError, match="more energy comes out than goes in"):
        plant(**power, capture=CAPTURE)


def test_wood_too_wet_to_burn_is_refused():
    wet = [{"product": "prunings", "amount": said("1 t"), "moisture": said("92 %")}]
    with pytest.raises(ValidityError, match="lower heating value as received"):
        plant(wood=wet)


REFUSED = {
    "nothing given": ({"heat": None}, "neither heat nor electricity is given"),
    "two products and no rule": (BOTH | {"allocation": None}, "it is not said how"),
    "a capture above all": (
        POWER_PLANT | {"capture": CAPTURE | {"rate": said("104 %")}},
        "a share of '104 %'",
    ),
    "no wood": ({"wood": []}, "at least 1 item"),
    "wetter than water": (
        {"wood": [{"product": "prunings", "amount": said("1 t"), "moisture": said("120 %")}]},
        "a share of '120 %'",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_answer_is_refused_by_name(name):
    answers, message = REFUSED[name]
    with pytest.raises(ValidationError, match=message):
        plant(**answers)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 55), st.integers(0, 55))
def test_drier_wood_of_one_weight_burns_to_more_energy_and_more_gas(one, other):
    dry, wet = sorted((one, other))
    amounts = [
        gas(
            plant(
                heat={"product": "warm air", "amount": said("1 GJ")},
                wood=[{"product": "p", "amount": said("1 t"), "moisture": said(f"{m} %")}],
            )[0],
            "ch4_biogenic",
        )
        for m in (dry, wet)
    ]
    assert amounts[0] >= amounts[1]


def test_draws_agree_one_by_one_with_the_draws_together_and_carbon_closes_in_each():
    chances = np.array([0.07, 0.4, 0.93])
    (together,) = plant(Numbers(shipped_factors(), lambda _: chances), **POWER_PLANT, capture=CAPTURE)
    for i, chance in enumerate(chances):
        alone = plant(
            Numbers(shipped_factors(), lambda _, c=chance: np.array([c])), **POWER_PLANT, capture=CAPTURE
        )[0]
        assert gas(alone, "co2_biogenic")[0] == pytest.approx(gas(together, "co2_biogenic")[i])
        assert alone.storages[0].carbon_kg[0] == pytest.approx(together.storages[0].carbon_kg[i])
    assert (gas(together, "co2_biogenic") >= 0).all()
