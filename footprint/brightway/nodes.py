"""What Brightway shows of a product or gas: its name, unit and location, in Brightway's own spelling."""

from collections.abc import Mapping
from typing import NamedTuple

from footprint.brightway.matrices import Matrices, Node

KILOGRAM = "kilogram"
UNIT_NAMES: Mapping[str, str] = {
    "MJ": "megajoule",
    "kWh": "kilowatt hour",
    "kg": KILOGRAM,
    "m3": "cubic meter",
    "t_km": "ton kilometer",
}
"""Units as Brightway writes them, where it writes them otherwise."""


def unit_name(unit: str) -> str:
    """A unit in Brightway's spelling.

    >>> unit_name("kWh"), unit_name("kilowatt hour")
    ('kilowatt hour', 'kilowatt hour')
    """
    return UNIT_NAMES.get(unit, unit)


class Described(NamedTuple):
    """How a node reads."""

    name: str
    unit: str
    location: str


def described(node: Node, matrices: Matrices, region: str) -> Described:
    """Name, unit and location of a node.

    Args:
        node: a product, a purchase or a gas.
        matrices: where it stands.
        region: where the producer's own processes are.
    """
    if node.kind == "gas":
        return Described(node.name, KILOGRAM, "GLO")
    if node.kind == "product":
        unit = next(out.output.unit for out in matrices.outputs if out.output.product == node.name)
        return Described(node.name, unit_name(unit), region)
    factor = matrices.bought[node.name][0]
    return Described(node.name, unit_name(str(factor.per)), factor.region)
