"""A Brightway project of its own for every test, in a folder that goes away."""

from collections.abc import Iterator
from types import ModuleType

import pytest

from footprint.brightway.calculator import calculator
from footprint.brightway.project import opened


@pytest.fixture
def bw2data(tmp_path) -> Iterator[ModuleType]:
    """bw2data with an empty project open; no test sees what another wrote."""
    pytest.importorskip("bw2data", reason="pip install agrifood-footprint[brightway]")
    calculator()
    with opened(tmp_path.name, create=True) as module:
        yield module
