"""What would have become of the wood: a removal is measured against it, and avoided smoke is never a removal."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from footprint.assess import assess
from lca_models.activities import Kiln
from lca_models.activities.answers import Answer
from lca_models.activities.bioenergy import Bioenergy
from lca_models.activities.carbonisation import Carbonisation
from lca_models.equations import rothc
from lca_models.factors import shipped_factors
from lca_models.flows import Otherwise
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem
from lca_models.units import Quantity

EXAMPLE = Path(__file__).parents[2] / "examples" / "lychee" / "removals" / "biochar.toml"


def said(amount: str) -> dict[str, str]:
    return {"amount": amount, "source": "meter"}


LEFT: dict[str, Any] = {"fate": "left", "still_there": {"source": "default"}}
BURNT: dict[str, Any] = {"fate": "burnt"}
FUEL: dict[str, Any] = {"fate": "fuel", "replaced_by": "coal"}
CHARRING: dict[str, Any] = {
    "name": "kiln",
    "kind": "retort",
    "feedstock": "dry",
    "biochar_dry": said("1 t"),
    "organic_carbon": said("80 %"),
    "h_to_corg": said("0.38 mol/mol"),
}
YARD = CHARRING | {
    "wood": said("5 t"),
    "dry_matter": said("80 %"),
    "takes": "prunings",
    "gives": "biochar",
    "soil_temperature": said("23 degC"),
}
PLANT: dict[str, Any] = {
    "name": "plant",
    "fire": "boiler",
    "wood": [{"product": "prunings", "amount": said("1 t"), "moisture": said("20 %")}],
    "electricity": {"product": "power", "amount": said("500 kWh")},
    "capture": {"rate": said("90 %"), "loss": said("1 %")},
}


def otherwise(
    fate: dict[str, Any] | None, numbers: Numbers | None = None, **answers: object
) -> Otherwise | None:
    record = YARD | answers | ({} if fate is None else {"otherwise": fate})
    (kiln, *_) = Carbonisation.model_validate(record).processes(
        numbers or Numbers(shipped_factors()), "CN-GD"
    )
    return kiln.storages[0].otherwise


def test_nobody_was_asked_and_nothing_is_claimed_about_it():
    assert otherwise(None) is None


def test_wood_left_to_rot_would_have_kept_a_little_of_its_carbon():
    """5 t of 80 % dry matter and 47 % carbon hold 1880 kg; 2 % of it by RothC after a century."""
    numbers = Numbers(shipped_factors())
    found = otherwise(LEFT, numbers)
    assert found.fate == "left"
    assert found.stored_carbon_kg == pytest.approx(1880 * 0.02)
    assert (found.caused, found.avoided) == ((), ())
    assert (
        numbers.reading.defaults["carbon of rotting feedstock still there after 100 years"]
        == "feedstock.still_there"
    )
    measured = otherwise(LEFT | {"still_there": said("5 %")})
    assert measured.stored_carbon_kg == pytest.approx(1880 * 0.05)


def _woody_carbon_left(celsius: float, covered: float) -> float:
    century = np.ones(1200)
    months = rothc.Months(
        celsius * century,
        150 * century,
        100 * century,
        covered * century,
        0 * century,
        0 * century,
        century / 4,
    )
    start = rothc.Pools(dpm=0.2, rpm=0.8, bio=0.0, hum=0.0, iom=0.0)
    end = rothc.run(start=start, months=months, soil=rothc.Soil(clay_frac=0.2, depth_cm=23))
    return float(end.total_t_c_per_ha[-1])


def test_the_published_default_is_what_the_soil_model_says():
    """15 °C under plants: 2 %; 23 °C: 0.4 %; the interval holds 10 °C and bare soil."""
    factor = shipped_factors()["feedstock.still_there"]
    assert factor.value == pytest.approx(_woody_carbon_left(15, 1), abs=0.002)
    assert _woody_carbon_left(23, 1) == pytest.approx(0.004, abs=0.0005)
    for celsius in (10, 15, 20, 25):
        for covered in (0, 1):
            assert factor.lower <= _woody_carbon_left(celsius, covered) <= factor.upper


def test_wood_burnt_in_the_open_avoids_smoke_that_is_told_and_not_stored():
    """4 t dry: 80 % burn, 2.7 g CH4 and 0.07 g N2O per kg (IPCC 2019 V4 Ch2, Tables 2.5 and 2.6)."""
    numbers = Numbers(shipped_factors())
    found = otherwise(BURNT, numbers)
    burns = numbers.factor("burning.combustion_factor.prunings")
    assert {gas.substance: gas.kg for gas in found.avoided} == pytest.approx({
        "ch4_biogenic": 4000 * burns * 0.0027, "n2o": 4000 * burns * 0.00007,
    })  # fmt: skip
    assert (found.stored_carbon_kg, found.caused) == (0.0, ())


def test_who_used_the_wood_now_burns_coal_and_it_is_charged():
    """5 t at 20 % water hold 5000 × (18.6 × 0.8 − 2.443 × 0.2) = 71 957 MJ; coal has 25.8 MJ/kg."""
    numbers = Numbers(shipped_factors())
    (coal,) = otherwise(FUEL, numbers).caused
    assert (coal.product, coal.amount) == ("fuel.coal.industrial", pytest.approx(71_957 / 25.8, rel=1e-4))
    assert "megajoule for megajoule" in next(iter(numbers.reading.notes))
    (less,) = otherwise(FUEL | {"ratio": said("40 %")}).caused
    assert less.amount == pytest.approx(0.4 * coal.amount)
    (power,) = otherwise(FUEL | {"replaced_by": "electricity"}).caused
    assert (power.product, power.amount) == ("electricity.CN-GD", pytest.approx(71_957 / 3.6, rel=1e-4))


def test_the_orchards_own_kiln_is_asked_the_same():
    own = Kiln.model_validate(CHARRING | {"otherwise": LEFT}).process(
        Numbers(shipped_factors()),
        prunings=Answer(amount=Quantity("8", "t"), source="meter"),
        prunings_name="orchard.prunings.kiln",
        soil_temperature=Answer(amount=Quantity("23", "degC"), source="meter"),
        orchard="orchard",
        region="CN-GD",
    )
    assert own.storages[0].otherwise.stored_carbon_kg == pytest.approx(8000 * 0.5 * 0.47 * 0.02)


def test_a_plant_that_captures_is_asked_the_same():
    (plant,) = Bioenergy.model_validate(PLANT | {"otherwise": LEFT}).processes(
        Numbers(shipped_factors()), "CN-GD"
    )
    assert plant.storages[0].otherwise.stored_carbon_kg == pytest.approx(800 * 0.48 * 0.02)


def test_a_field_that_took_half_the_char_answers_for_half_the_wood():
    spread = {
        "takes": "biochar", "gives": "in the soil", "biochar_dry": said("500 kg"), "area": said("1 ha"),
        "spread": "2025-03-10", "soil_temperature": said("23 degC"),
    }  # fmt: skip
    record = {name: answer for name, answer in YARD.items() if name != "soil_temperature"}
    kiln = Carbonisation.model_validate(record | {"otherwise": LEFT, "applications": [spread]})
    _, field = kiln.processes(Numbers(shipped_factors()), "CN-GD")
    assert field.storages[0].otherwise.stored_carbon_kg == pytest.approx(940 * 0.02)


def test_what_would_have_been_changes_neither_the_footprint_nor_the_carbon_stored():
    record = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    kiln = next(one for one in record["activities"] if one["name"] == "kiln")
    found = []
    for fate in (LEFT, BURNT, FUEL, None):
        kiln.pop("otherwise", None)
        kiln |= {} if fate is None else {"otherwise": fate}
        result = assess(ProductSystem.of(record), gwp="AR6-100", draws=16)
        found.append((result.gross_kg_co2e, result.removals[0].gross_kg_co2))
    assert len(set(found)) == 1


REFUSED = {
    "a fate nobody knows": ({"fate": "composted"}, "does not match any of the expected tags"),
    "a fuel nobody named": ({"fate": "fuel"}, "replaced_by"),
    "more than all still there": (LEFT | {"still_there": said("120 %")}, "a share of '120 %'"),
    "replaced by nothing": (FUEL | {"ratio": said("0 %")}, "is zero"),
    "burnt, and still there": (BURNT | {"still_there": said("5 %")}, "Extra inputs"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_answer_is_refused_by_name(name):
    fate, message = REFUSED[name]
    with pytest.raises(ValidationError, match=message):
        otherwise(fate)
