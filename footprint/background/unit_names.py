"""Units of other databases: compared across every link, converted where they measure the same thing."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from lca_models.errors import QuantityError
from lca_models.units import Quantity


@cache
def _names() -> Mapping[str, str]:
    text = files("footprint.background").joinpath("unit_names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def factor(unit: str, wanted: str) -> float | None:
    """How many of one unit another is; nothing when they measure different things, or one of them is unknown.

    >>> factor("kilowatt hour", "MJ"), factor("Item(s)", "Item(s)"), factor("kilogram", "cubic meter")
    (3.6, 1.0, None)
    """
    if unit == wanted:
        return 1.0
    try:
        return Quantity("1", _names().get(unit, unit)).to(_names().get(wanted, wanted))
    except QuantityError:
        return None


def ours(unit: str) -> str:
    """A unit in our own spelling, where we have one.

    >>> ours("ton kilometer"), ours("person kilometer")
    ('t_km', 'person kilometer')
    """
    return _names().get(unit, unit)
