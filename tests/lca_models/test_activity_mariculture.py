"""Kelp and oysters by hand: boats, ropes, buoys. Their carbon is told and credited nowhere."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from footprint.assess import assess
from footprint.engine import solve
from footprint.removals import share_left, usual_card
from lca_models.activities.mariculture import Mariculture
from lca_models.factors import shipped_factors
from lca_models.flows import Process, Purchase
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem

EXAMPLE = Path(__file__).parents[2] / "examples" / "kelp_oyster" / "kelp_oyster.toml"
KELP, OYSTERS = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["activities"]
FACTORS = shipped_factors()


def _receipt(amount: str) -> dict[str, str]:
    return {"amount": amount, "source": "receipt"}


@pytest.fixture
def kelp() -> dict[str, Any]:
    return copy.deepcopy(KELP)


def _season(record: dict[str, Any], numbers: Numbers | None = None) -> Process:
    (process,) = Mariculture.model_validate(record).processes(numbers or Numbers(FACTORS), "CN-SD")
    return process


def _bought(process: Process) -> dict[str, Any]:
    return {e.product: e.amount for e in process.exchanges if isinstance(e, Purchase)}


def test_ropes_wear_out_while_the_kelp_grows(kelp):
    """210 t of rope serve 4 years, the kelp grows 0.667 year: 35 t are worn by this crop."""
    bought = _bought(_season(kelp))
    assert bought["packaging.hdpe"] == pytest.approx(210_000 * 0.667 / 4)
    assert bought["packaging.eps"] == pytest.approx(30_000 * 0.667 / 3)
    assert bought["material.concrete"] == pytest.approx(900_000 * 0.667 / 15)
    assert bought["fuel.marine_gas_oil"] == 36_000
    assert bought["electricity.CN-SD"] == 95_000


def test_the_carbon_of_the_sea_stands_in_the_ledger_where_nothing_of_it_is_kept(kelp):
    """5600 t of kelp: 62.4 g C each kilogram (HY/T 0305); eaten or rotted, none is left at any horizon."""
    (store,) = _season(kelp).storages
    assert (store.kind, store.lasts) == ("marine", False)
    assert store.carbon_kg == pytest.approx(5_600_000 * 0.2 * 0.312)
    assert share_left(usual_card("marine"), store, Numbers(FACTORS)) == 0.0
    assert store.label == "carbon in fresh kelp, told and not credited"


def test_an_oyster_is_told_with_its_shell_as_the_rules_for_the_sea_add_them_up():
    """0.651 × (0.0614 × 0.4598 + 0.9386 × 0.1268) = 95.9 g C per kilogram landed (HY/T 0349)."""
    (store,) = _season(OYSTERS).storages
    landed = _season(OYSTERS).reference.kg
    assert store.carbon_kg / landed == pytest.approx(0.0959, abs=0.0001)


def test_kelp_is_disclosed_whatever_its_grower_claims():
    """A claim on the product, or a sale of the units, is not to be had: the entry says disclosed, kept 0."""
    record = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    for terms in ("on_product", "sold"):
        result = assess(ProductSystem.of(record), gwp="AR6-100", draws=16, removals=terms)
        (entry,) = result.removals
        assert (entry.kind, entry.status, float(entry.kept_kg_co2)) == ("marine", "disclosed", 0.0)
        assert float(entry.gross_kg_co2) == pytest.approx(0.0624 * 44 / 12, rel=1e-3)


def test_nothing_that_leaves_is_negative(kelp):
    for record in (kelp, OYSTERS):
        season = _season(record)
        assert all(e.amount >= 0 for e in season.exchanges)
        solution = solve((season,), season.reference.product, Numbers(FACTORS))
        assert all(entry.kg >= 0 for entry in solution.entries)


def test_the_kelps_carbon_is_told_not_credited(kelp):
    """20 % dry matter, 31.2 % of it carbon: 62.4 g C, 229 g CO2 in a kilogram (Sun et al. 2020)."""
    numbers = Numbers(FACTORS)
    _season(kelp, numbers)
    (note,) = numbers.reading.notes
    assert note.startswith(
        "Disclosed, not credited: a kilogram of fresh kelp holds 0.062 kg C (0.23 kg as CO2)."
    )
    assert "back to the air" in note


def test_the_oysters_shells_gave_off_co2_and_it_is_told():
    """0.651 × 0.9386 × 0.1268 = 77.5 g C of shell; × 0.63 × 44/12 = 179 g CO2 (Frankignoulle et al. 1994)."""
    numbers = Numbers(FACTORS)
    _season(OYSTERS, numbers)
    (note,) = numbers.reading.notes
    assert "0.077 kg C of it is shell; building it gave off 0.18 kg CO2, told here and in no total" in note


def test_kelp_and_oysters_on_the_same_lines_share_them(kelp):
    kelp |= {"allocation": "economic"}
    kelp["gives"] = [
        KELP["gives"][0] | {"price": _receipt("1.2 CNY/kg")},
        OYSTERS["gives"][0] | {"price": _receipt("8 CNY/kg")},
    ]
    season = _season(kelp)
    boats = [
        sum(e.kg for e in solve((season,), output.product, Numbers(FACTORS)).entries if "boats" in e.label)
        for output in season.outputs
    ]
    assert boats[1] / boats[0] == pytest.approx(8 / 1.2)


def test_longer_lasting_gear_is_never_heavier(kelp):
    before = _bought(_season(kelp))["packaging.hdpe"]
    kelp["gear"][0]["lasts"] = _receipt("8 years")
    assert _bought(_season(kelp))["packaging.hdpe"] == pytest.approx(before / 2)


def test_draws_at_their_middle_are_the_central_season(kelp):
    numbers = Numbers(FACTORS, lambda _: np.full(3, 0.5))
    for product, amount in _bought(_season(kelp, numbers)).items():
        assert np.asarray(amount) == pytest.approx(np.full(3, _bought(_season(kelp))[product]))
    assert not numbers.reading.notes


@pytest.mark.parametrize(
    "species", ["wakame", "nori", "gracilaria", "other algae", "scallop", "mussel", "clam"]
)
def test_every_species_a_record_may_name_has_its_row(kelp, species):
    kelp["gives"][0]["species"] = species
    numbers = Numbers(FACTORS)
    _season(kelp, numbers)
    assert any("Disclosed, not credited" in note for note in numbers.reading.notes)


def test_a_species_without_a_row_is_refused(kelp):
    kelp["gives"][0]["species"] = "abalone"
    with pytest.raises(ValidationError, match="species"):
        Mariculture.model_validate(kelp)


def test_gear_that_never_wears_out_is_refused(kelp):
    kelp["gear"][0]["lasts"] = _receipt("0 years")
    with pytest.raises(ValidationError, match="'0 years' is zero"):
        Mariculture.model_validate(kelp)
