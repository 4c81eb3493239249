"""The arithmetic of examples/lychee/README.md, done here step by step and held against the program."""

import re
from pathlib import Path

import pytest

from footprint.result import Footprint

README = Path(__file__).parents[2] / "examples" / "lychee" / "README.md"
WITHIN = 0.01

FRUIT_SOLD_KG = (62_000 + 33_000 + 68_000) / 3
PACKED = 1 / (0.94 * 0.96)
FRUIT = PACKED * 66 * (52 / 63) / 52
ON_TRUCK = 1 + 0.22 / 5 + 0.35 / 5 + 26 / 52

BY_HAND = {
    "truck, road to beijing": PACKED * ON_TRUCK * 2150 / 1000 * (0.08908 + 0.02086),
    "N2O from fertiliser in the soil": (6400 * 0.15 + 1400 * 0.46)
    * 0.016
    * 44
    / 28
    * 273
    / FRUIT_SOLD_KG
    * FRUIT,
    "making the foam boxes": 0.22 / 5 * PACKED * 4.37680391,
}


@pytest.mark.parametrize("label", BY_HAND)
def test_a_cause_agrees_with_the_pocket_calculator(footprint: Footprint, label):
    found = next(cause for cause in footprint.contributions if cause.label == label)
    assert float(found.kg_co2e) == pytest.approx(BY_HAND[label], rel=WITHIN)


def test_they_are_the_three_largest(footprint: Footprint):
    assert [cause.label for cause in footprint.contributions[:3]] == list(BY_HAND)


def test_the_removal_agrees_with_the_pocket_calculator(footprint: Footprint):
    stored = 2600 * 0.76 * 44 / 12
    assert float(footprint.removals[0].kept_kg_co2) == pytest.approx(
        stored * 0.7609 / FRUIT_SOLD_KG * FRUIT, rel=WITHIN
    )


def test_the_readme_says_these_numbers(footprint: Footprint):
    text = README.read_text(encoding="utf-8")
    bold = [float(number) for number in re.findall(r"\*\*(0\.\d{3}) kg CO2e\*\*", text)]
    assert bold == pytest.approx([round(amount, 3) for amount in BY_HAND.values()], abs=0.0011)
    assert f"gross {footprint.gross_kg_co2e:.2f} kg CO2e" in text
    assert f"stands at {footprint.gates[0].kg_co2e:.2f} kg CO2e" in text
