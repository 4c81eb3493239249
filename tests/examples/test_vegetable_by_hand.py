"""The arithmetic of examples/vegetable/README.md, done here step by step and held against the program."""

import re
import tomllib
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from footprint.assess import assess
from footprint.result import Footprint
from lca_models.activities.greenhouse import Greenhouse
from lca_models.product_system import Network

FOLDER = Path(__file__).parents[2] / "examples" / "vegetable"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
WITHIN = 0.01
SOLD_KG = 26_000 + 54_000
COAL = 2.37191 + 0.0002728 * 29.8 + 0.0000638926 * 273 + 0.41815

BY_HAND = {
    "coal for the greenhouse": 1500 * COAL / SOLD_KG,
    "electricity for irrigation": 4200 * 0.641 / SOLD_KG,
    "electricity for the greenhouse": 2600 * 0.641 / SOLD_KG,
}


class House(Network):
    """The network with the kind this record uses."""

    activities: Annotated[tuple[Greenhouse, ...], Field(strict=False)]


@pytest.fixture(scope="module")
def tomato() -> Footprint:
    answers = tomllib.loads((FOLDER / "tomato.toml").read_text(encoding="utf-8"))
    return assess(House.read(answers), gwp="AR6-100", draws=256)


def test_the_three_largest_causes_agree_with_the_pocket_calculator(tomato: Footprint):
    largest = {cause.label: float(cause.kg_co2e) for cause in tomato.contributions[:3]}
    assert list(largest) == list(BY_HAND)
    assert largest == pytest.approx(BY_HAND, rel=WITHIN)


def test_the_readme_says_these_numbers(tomato: Footprint):
    bold = [float(number) for number in re.findall(r"\*\*(0\.\d{3}) kg CO2e\*\*", README)]
    assert bold == pytest.approx(list(BY_HAND.values()), abs=0.0006)
    assert f"gross {tomato.gross_kg_co2e:.2f} kg CO2e" in README


def test_it_lies_where_lightly_heated_vegetables_lie(tomato: Footprint):
    """Below lettuce from a Chinese sunlight greenhouse (0.27) and the French average tomato (0.31), above a tenth."""
    assert 0.1 <= tomato.gross_kg_co2e <= 0.31


def test_the_generic_residue_is_declared(tomato: Footprint):
    assert tomato.quality.declared_defaults == ("residues of tomato: residue.crops.generic",)
