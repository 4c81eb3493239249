"""A bakery, its mill and the power plant that burns the straw: small, and with a loop."""

import pytest

from footprint.background import build
from tests.footprint.background.networks import background, economy_of_shops

BAKERY = {
    "made": [(0, 0, 1.0), (1, 1, 1.0), (2, 2, 3.6)],
    "used": [(1, 0, 0.8), (2, 0, 2.0), (2, 1, 0.5), (1, 2, 0.1)],
    "emitted": [("co2_fossil", 2, 1.5), ("n2o", 1, 0.002), ("co2_fossil", 0, 0.1)],
    "names": ["bakery", "mill", "power plant"],
}


@pytest.fixture
def bakery(tmp_path):
    return build(background(**BAKERY, spread=0.2), tmp_path / "bakery.pack")


@pytest.fixture(scope="session")
def economy(tmp_path_factory):
    return build(economy_of_shops(), tmp_path_factory.mktemp("economy") / "economy.pack")
