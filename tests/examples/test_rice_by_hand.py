"""The arithmetic of examples/rice/README.md, done here step by step and held against the program."""

import copy
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import Field

from footprint.assess import assess
from footprint.result import Footprint
from lca_models.activities import Processing
from lca_models.activities.paddy import Paddy
from lca_models.product_system import Network

FOLDER = Path(__file__).parents[2] / "examples" / "rice"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
ANSWERS = tomllib.loads((FOLDER / "rice.toml").read_text(encoding="utf-8"))
WITHIN = 0.01

PADDY_PER_WHITE = 172 * (117 * 4.6 / (117 * 4.6 + 17 * 2.1 + 35 * 0.3)) / 117
PER_KG = PADDY_PER_WHITE / 172_000
NITROGEN_KG = 7500 * 0.15 + 7000 * 0.46
METHANE_KG = 1.32 * 0.55 * 0.89 * (1 + 70 / 20) ** 0.59 * 125 * 20

BY_HAND = {
    "methane from the flooded soil": METHANE_KG * 27.0 * PER_KG,
    "making urea (N)": 7000 * 0.46 * (7.4837 - 1.5714) * PER_KG,
    "N2O from fertiliser in the soil": NITROGEN_KG * 0.005 * 44 / 28 * 273 * PER_KG,
}


class RiceChain(Network):
    """The network with the kinds this record uses."""

    activities: Annotated[
        tuple[Annotated[Paddy | Processing, Field(discriminator="activity")], ...], Field(strict=False)
    ]


def footprint_of(answers: dict[str, Any], draws: int = 64) -> Footprint:
    return assess(RiceChain.read(answers), gwp="AR6-100", draws=draws)


@pytest.fixture(scope="module")
def rice() -> Footprint:
    return footprint_of(ANSWERS, draws=1024)


def test_the_three_largest_causes_agree_with_the_pocket_calculator(rice: Footprint):
    largest = {cause.label: float(cause.kg_co2e) for cause in rice.contributions[:3]}
    assert list(largest) == list(BY_HAND)
    assert largest == pytest.approx(BY_HAND, rel=WITHIN)


def test_the_readme_says_these_numbers(rice: Footprint):
    bold = [float(number) for number in re.findall(r"\*\*(0\.\d{3}) kg CO2e\*\*", README)]
    assert bold == pytest.approx(list(BY_HAND.values()), abs=0.0006)
    assert f"gross {rice.gross_kg_co2e:.2f} kg CO2e" in README
    assert f"stands at {rice.gates[0].kg_co2e:.2f} kg CO2e" in README
    ((by_mass,),) = ([other.gross_kg_co2e for other in choice.alternatives] for choice in rice.allocations)
    assert f"would put the same rice at {by_mass:.2f}" in README


def test_the_farm_gate_lies_where_chinese_rice_lies(rice: Footprint):
    """0.87 on surveyed farms (Xu et al. 2022) to 2.50 in Guangdong (Xu et al. 2013); Jiangsu 1.34."""
    assert 0.87 <= rice.gates[0].kg_co2e <= 2.50


def _water(regime: str, paddy: dict[str, Any]) -> None:
    paddy["water"] = regime


def _early_straw(paddy: dict[str, Any]) -> None:
    paddy["straw_before"]["days_before"] = "over_30"


def _no_straw(paddy: dict[str, Any]) -> None:
    del paddy["straw_before"]


def _less_urea(paddy: dict[str, Any]) -> None:
    paddy["fertilisers"][1]["amount"]["amount"] = "5000 kg"


PRACTICES = {
    "as recorded": dict.copy,
    "never drained": lambda paddy: _water("continuous", paddy),
    '"single_drainage"': lambda paddy: _water("single_drainage", paddy),
    "straw worked in early": _early_straw,
    "straw baled": _no_straw,
    "urea 7000 → 5000 kg": _less_urea,
}


@pytest.mark.parametrize("practice", PRACTICES)
def test_the_readme_says_what_a_practice_changes(practice):
    answers = copy.deepcopy(ANSWERS)
    PRACTICES[practice](answers["activities"][0])
    (line,) = (line for line in README.splitlines() if line.startswith("|") and practice in line)
    assert float(line.split("|")[-2]) == pytest.approx(float(footprint_of(answers).gross_kg_co2e), abs=0.0051)


def test_nothing_in_the_record_is_a_default(rice: Footprint):
    assert rice.quality.declared_defaults == ()
    assert rice.gross.interval.p5 < rice.gross_kg_co2e < rice.gross.interval.p95
