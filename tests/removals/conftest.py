"""A season of the sample orchard, and a kiln whose char is the one the methods are compared on."""

import copy
import tomllib
from pathlib import Path

import pytest

LYCHEE = Path(__file__).parents[2] / "examples" / "lychee" / "lychee.toml"


@pytest.fixture
def records():
    """The sample: H/C_org 0.35, soil of 23 °C, made at 580 °C, remembered."""
    return copy.deepcopy(tomllib.loads(LYCHEE.read_text(encoding="utf-8")))
