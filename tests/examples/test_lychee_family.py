"""The lychee family: each record runs from file to footprint, and the arithmetic of its README holds."""

import re
import tomllib
from pathlib import Path

import pytest

from footprint.assess import assess
from footprint.result import Footprint
from lca_models.product_system import ProductSystem

FAMILY = Path(__file__).parents[2] / "examples" / "lychee" / "family"


@pytest.fixture(scope="module")
def family() -> dict[str, Footprint]:
    read = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FAMILY.glob("*.toml")}
    return {name: assess(ProductSystem.of(record), gwp="AR6-100", draws=256) for name, record in read.items()}


N2O_PER_FRUIT = 1604 * 0.016 * 44 / 28 * 273 / 54_333
FRUIT = 11 / 3.1 / 0.99
GOOSE_FIRE_MJ = 900 * (18.6 * 0.8 - 2.443 * 0.2)
BY_HAND = {
    "mushrooms": [2400 * 0.4403 / 6500, 300 * 2.577572 / 6500, 1200 * 0.3 / 6500],
    "roast_goose": [
        260 * 0.4403 / 700,
        GOOSE_FIRE_MJ * 300e-6 * 27.0 / 700,
        GOOSE_FIRE_MJ * 4e-6 * 273 / 700,
    ],
    "dried": [
        N2O_PER_FRUIT * FRUIT,
        960 * 7.7587 / 54_333 * FRUIT,
        644 * (7.4837 - 1.5714) / 54_333 * FRUIT,
    ],
    "biochar": [0.0018 * 27.0, 8 * 3.577 / 1100, 0.0000574 * 273],
}


@pytest.mark.parametrize("name", BY_HAND)
def test_the_three_largest_causes_agree_with_the_pocket_calculator(family, name):
    largest = [float(cause.kg_co2e) for cause in family[name].contributions[:3]]
    assert largest == pytest.approx(BY_HAND[name], rel=0.01)


def test_the_readme_says_these_numbers(family):
    text = (FAMILY / "README.md").read_text(encoding="utf-8")
    said = dict(re.findall(r"^\| \[`(\w+)\.toml`\]\(.*?\) \| .*? \| (\d+\.\d\d) \|", text, re.MULTILINE))
    assert said == {name: f"{result.gross_kg_co2e:.2f}" for name, result in family.items()}
    assert "0.096" in text
    boiler = [c.kg_co2e for c in family["dried"].contributions if c.stage == "heat and power"]
    assert float(sum(boiler)) == pytest.approx(0.096, abs=0.0005)


def test_biochar_carries_its_removal_beside_its_smoke(family):
    (removal,) = family["biochar"].removals
    assert float(removal.kept_kg_co2) == pytest.approx(0.76 * 44 / 12 * 0.7609, rel=1e-3)
    assert float(removal.process_kg_co2e) == pytest.approx(float(family["biochar"].gross_kg_co2e), rel=1e-6)


@pytest.mark.parametrize("name", ["mushrooms", "roast_goose", "biochar"])
def test_wood_brings_nothing_of_the_orchard_along(family, name):
    assert sum(c.kg_co2e for c in family[name].contributions if c.stage == "orchard") == 0


def test_the_goose_is_not_in_it_and_the_result_says_so(family):
    result = family["roast_goose"]
    assert any("without its footprint" in note for note in result.notes)
    assert [left_out.what for left_out in result.exclusions] == ["the goose up to the kitchen door"]


def test_from_orchard_to_table_each_gate_stands_higher_than_the_one_before(family):
    gates = [gate.kg_co2e for gate in family["to_the_table"].gates if gate.product != "lychee prunings"]
    assert gates == sorted(gates)
    assert family["to_the_table"].boundary == "cradle to grave"
