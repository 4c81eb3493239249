"""The arithmetic of examples/milk/README.md and examples/kelp_oyster/README.md, done here and held against the program."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from footprint.characterisation import Characterisation
from footprint.engine import solve
from lca_models.activities.activity import Activity
from lca_models.activities.field_crop import FieldCrop
from lca_models.activities.herd import Herd
from lca_models.activities.mariculture import Mariculture
from lca_models.factors import shipped_factors
from lca_models.flows import Process
from lca_models.numbers import Numbers
from lca_models.product_system import check_balances, check_links

EXAMPLES = Path(__file__).parents[2] / "examples"
KINDS: dict[str, type[Activity]] = {"herd": Herd, "field_crop": FieldCrop, "mariculture": Mariculture}
WITHIN = 0.01
FACTORS = shipped_factors()


def _causes(example: str, product: str) -> Counter[str]:
    """kg CO2e per kilogram of the product by label, AR6-100."""
    records = tomllib.loads((EXAMPLES / example / f"{example}.toml").read_text(encoding="utf-8"))
    numbers, gwp = Numbers(FACTORS), Characterisation.named("AR6-100", FACTORS)
    region = records["product"]["subdivision"]
    season = tuple(
        process
        for record in records["activities"]
        for process in KINDS[record["activity"]].model_validate(record).processes(numbers, region)
    )
    check_links(season)
    check_balances(season)
    found: Counter[str] = Counter()
    for entry in solve(_upstream(season, product), product, numbers).entries:
        if entry.substance != "co2_biogenic":
            found[entry.label] += float(entry.kg) * gwp.co2e_per_kg(entry.substance)
    return found


def _upstream(season: tuple[Process, ...], product: str) -> tuple[Process, ...]:
    maker = {output.product: process for process in season for output in process.outputs}
    needed, asked = [], [product]
    while asked:
        process = maker[asked.pop()]
        if process not in needed:
            needed.append(process)
            asked += [link.product for link in process.links]
    return tuple(needed)


def _bold(example: str) -> list[float]:
    text = (EXAMPLES / example / "README.md").read_text(encoding="utf-8")
    return [float(number) for number in re.findall(r"\*\*(0\.\d+) kg CO2e\*\*", text)]


MILK = "raw milk"
MILK_SHARE = (1 - 6.04 * 22.5 / (800 * (0.1226 * 3.8 + 0.0776 * 3.3 + 0.2534))) / 800_000
COWS_MJ = 132.38 / 0.52614 / 0.69
HEIFERS_MJ = (23.21 / 0.51381 + 10.55 / 0.30848) / 0.65
MILK_BY_HAND = {
    "methane from the guts, milking cows": COWS_MJ * 0.063 / 55.65 * 30_500 * 27 * MILK_SHARE,
    "CH4 from the manure, milking cows": COWS_MJ
    * (1 - 0.69 + 0.04)
    * (1 - 0.08)
    / 18.45
    * 30_500
    * (0.24 * 0.67 * (0.55 * 0.32 + 0.45 * 0.04))
    * 27
    * MILK_SHARE,
    "methane from the guts, heifers": HEIFERS_MJ * 0.063 / 55.65 * 70 * 365 * 27 * MILK_SHARE,
}
MARINE_DIESEL = 2.73782 + 2.75e-5 * 29.8 + 1.23774e-4 * 273 + 0.62665
KELP = "fresh kelp"
KELP_BY_HAND = {
    "diesel of the boats": 36_000 * MARINE_DIESEL / 5_600_000,
    "ropes, buoys and gear: polyethylene": 210_000 * 0.667 / 4 * 3.095155 / 5_600_000,
    "electricity for hatchery and shore": 95_000 * 0.641 / 5_600_000,
}


@pytest.mark.parametrize(
    ("example", "product", "by_hand"), [("milk", MILK, MILK_BY_HAND), ("kelp_oyster", KELP, KELP_BY_HAND)]
)
def test_the_three_largest_causes_agree_with_the_pocket_calculator(example, product, by_hand):
    causes = _causes(example, product)
    assert [label for label, _ in causes.most_common(3)] == list(by_hand)
    for label, amount in by_hand.items():
        assert causes[label] == pytest.approx(amount, rel=WITHIN)


@pytest.mark.parametrize(("example", "by_hand"), [("milk", MILK_BY_HAND), ("kelp_oyster", KELP_BY_HAND)])
def test_the_readme_says_these_numbers(example, by_hand):
    assert _bold(example) == pytest.approx(list(by_hand.values()), rel=WITHIN)


@pytest.mark.parametrize(
    ("example", "product", "sentence"),
    [
        ("milk", MILK, "raw milk, gross {:.2f} kg CO2e"),
        ("kelp_oyster", KELP, "fresh kelp, gross {:.3f} kg CO2e"),
        ("kelp_oyster", "oysters in their shells", "oysters {:.2f} kg"),
    ],
)
def test_the_readme_says_the_whole(example, product, sentence):
    text = (EXAMPLES / example / "README.md").read_text(encoding="utf-8")
    assert sentence.format(_causes(example, product).total()) in text


def test_milk_lies_where_milk_lies():
    """Agribalyse 3.1.1, whole milk, agriculture: 1.107 kg CO2e/kg; Australia 1.11 (139 farms), Arla UK 1.13."""
    assert 0.8 < _causes("milk", MILK).total() < 1.6


def test_kelp_lies_where_kelp_lies():
    """Li et al. 2023: 57.5 kg CO2e/t fresh kelp in Shandong; a review gives 0.02 to 0.08 kg/kg wet seaweed."""
    assert 0.02 < _causes("kelp_oyster", KELP).total() < 0.08


def test_the_silage_is_grown_with_the_cows_own_manure_and_carries_its_gases():
    causes = _causes("milk", MILK)
    assert causes["N2O from manure and residues in the soil"] > 0
