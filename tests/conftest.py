"""What every test may need: the sample season, its footprint, and fields to change in it."""

import copy
import os
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest

from footprint.assess import assess
from footprint.result import Footprint
from lca_models.product_system import ProductSystem

# bw2data makes its folder where this points as soon as it is imported: never in the HOME of who runs the tests.
_BRIGHTWAY = tempfile.TemporaryDirectory(prefix="brightway-")
os.environ["BRIGHTWAY2_DIR"] = _BRIGHTWAY.name

ROOT = Path(__file__).parents[1]
LYCHEE = ROOT / "examples" / "lychee" / "lychee.toml"


@pytest.fixture(scope="session")
def lychee_answers() -> dict[str, Any]:
    return tomllib.loads(LYCHEE.read_text(encoding="utf-8"))


@pytest.fixture
def answers(lychee_answers: dict[str, Any]) -> dict[str, Any]:
    """The sample season's answers, free to be spoilt."""
    return copy.deepcopy(lychee_answers)


@pytest.fixture(scope="session")
def lychee(lychee_answers: dict[str, Any]) -> ProductSystem:
    return ProductSystem.of(lychee_answers)


@pytest.fixture(scope="session")
def footprint(lychee: ProductSystem) -> Footprint:
    return assess(lychee, gwp="AR6-100")
