"""bw2calc, loaded when it is needed and without touching anybody's project."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


def calculator() -> ModuleType:
    """The module bw2calc.

    Where bw2data is installed, bw2calc imports it for one convenience, and that import makes a project folder in
    HOME. Recomputing a footprint must leave no trace, so bw2data is out of sight during the import unless the
    program has loaded it itself.
    """
    with warnings.catch_warnings(), _without_bw2data():
        warnings.simplefilter("ignore", UserWarning)  # it recommends a faster solver; ours are small
        import bw2calc  # noqa: PLC0415 - see the room's docstring
    module: ModuleType = bw2calc
    return module


@contextmanager
def _without_bw2data() -> Iterator[None]:
    if "bw2data" in sys.modules:
        yield
        return
    sys.modules["bw2data"] = None  # type: ignore[assignment]  # Python reads it as: there is none
    try:
        yield
    finally:
        del sys.modules["bw2data"]
