"""The general form: any activities, linked by what they give and take."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from footprint.assess import assess
from footprint.brightway import crosscheck
from lca_models.errors import NetworkError, RecordError
from lca_models.product_system import Network, ProductSystem

DRIED = Path(__file__).parents[2] / "examples" / "lychee" / "dried.toml"
FEW = 128


@pytest.fixture
def dried() -> dict[str, Any]:
    return copy.deepcopy(tomllib.loads(DRIED.read_text(encoding="utf-8")))


def test_dried_fruit_carries_the_fruit_it_was_made_of(dried):
    """11 t of fruit make 3.1 t; 1 % is lost on the way: a kilogram dried holds 3.58 kg from the orchard."""
    system = ProductSystem.of(dried)
    assert isinstance(system, Network)
    footprint = assess(system, gwp="AR6-100", draws=FEW)
    at_gate = next(gate.kg_co2e for gate in footprint.gates if gate.product == "lychee, at farm gate")
    orchard = footprint.gross.by_stage()["orchard"]
    assert float(orchard) == pytest.approx(float(at_gate) * 11 / 3.1 / 0.99, rel=1e-4)
    assert footprint.boundary == "cradle to gate"


def test_brightway_agrees_on_a_network(dried):
    assert crosscheck(ProductSystem.of(dried), gwp="AR6-100").relative_difference <= 1e-10


def test_a_step_that_feeds_itself_is_solved(dried):
    """A tenth of the dried fruit goes back into the dryer as seed for the next batch: 1 / 0.9 of everything."""
    plain = assess(ProductSystem.of(dried), gwp="AR6-100", draws=FEW).gross_kg_co2e
    dryer = dried["activities"][2]
    dryer["takes"].append({"product": "dried lychee", "amount": {"amount": "310 kg", "source": "meter"}})
    looped = assess(ProductSystem.of(dried), gwp="AR6-100", draws=FEW).gross_kg_co2e
    assert float(looped) == pytest.approx(float(plain) / 0.9, rel=1e-5)


def test_no_step_gives_more_than_it_took(dried):
    dried["activities"][2]["gives"][0]["amount"]["amount"] = "12 t"
    with pytest.raises(
        RecordError, match=r"drying house\.takes — 12000 kg of mass came out — only 11000 kg went in"
    ):
        assess(ProductSystem.of(dried), gwp="AR6-100", draws=FEW)


def test_a_product_nobody_makes_is_named(dried):
    dried["activities"][2]["takes"][0]["product"] = "lychee, from nowhere"
    with pytest.raises(NetworkError, match="drying house — needs 'lychee, from nowhere'"):
        assess(ProductSystem.of(dried), gwp="AR6-100", draws=FEW)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda r: r["activities"][2].update(activity="alchemy"), "alchemy"),
        (lambda r: r["activities"][2].update(name="orchard"), "answers are kept by name"),
        (lambda r: r["activities"][2]["takes"].clear(), r"activities\.3.*takes"),
        (lambda r: r.update(boundary="cradle to cradle"), "boundary"),
        (lambda r: r.pop("carbon_content"), "carbon_content — is missing"),
    ],
)
def test_a_faulty_network_is_refused_by_name(dried, spoil, message):
    spoil(dried)
    with pytest.raises(RecordError, match=message):
        ProductSystem.of(dried)


def test_land_whose_history_nobody_knows_decides(dried):
    dried["activities"][0]["land_use"]["converted_within_20_years"] = "unknown"
    assert assess(ProductSystem.of(dried), gwp="AR6-100", draws=FEW).land_use_change.state == "unknown"
