"""The gases and the characterisation in the user's project: one database and one method per GWP set, shared."""

from collections.abc import Iterable
from types import ModuleType
from typing import Any

from footprint.brightway.nodes import KILOGRAM
from footprint.characterisation import BIOGENIC_CO2, Characterisation
from footprint.errors import InputError, Problem

GASES = "agrifood-footprint gases"
FAMILY = ("agrifood-footprint", "climate change")


def method_name(characterisation: Characterisation) -> tuple[str, ...]:
    """The key of the method in the project."""
    return (*FAMILY, f"GWP {characterisation.name}")


def write_gases(bw2data: ModuleType, gases: Iterable[str]) -> None:
    """Add the flows that are missing; those there keep their ids, on which other databases hang.

    Args:
        bw2data: with the project open.
        gases: our names of the substances.
    """
    database = bw2data.Database(GASES)
    if GASES not in bw2data.databases:
        database.write({(GASES, gas): _flow(gas) for gas in gases})
        return
    known = {node["code"] for node in database}
    missing = [gas for gas in gases if gas not in known]
    for gas in missing:
        database.new_node(code=gas, **_flow(gas)).save()
    if missing:
        database.process()


def _flow(gas: str) -> dict[str, Any]:
    return {"name": gas, "type": "emission", "unit": KILOGRAM, "categories": ("air",), "location": "GLO"}


def write_method(bw2data: ModuleType, characterisation: Characterisation, gases: Iterable[str]) -> None:
    """Write the warming potentials of these gases beside those the method has already.

    Args:
        bw2data: with the project open.
        characterisation: the GWP set.
        gases: our names of the substances, all of them in the project.

    Raises:
        CharacterisationError: the set has no value for a gas.
        InputError: the method has another value for a gas: results that rest on it would change.
    """
    name = method_name(characterisation)
    method = bw2data.Method(name)
    ids = {node["code"]: node.id for node in bw2data.Database(GASES)}
    written = dict(method.load()) if name in bw2data.methods else {}
    ours = {ids[gas]: characterisation.co2e_per_kg(gas) for gas in gases if gas != BIOGENIC_CO2}
    names = {number: gas for gas, number in ids.items()}
    problems = [
        Problem(
            names[number],
            f"has {written[number]} in the project's {name[-1]}",
            f"these records are characterised with {value}",
            "export to another project",
        )
        for number, value in ours.items()
        if written.get(number, value) != value
    ]
    if problems:
        raise InputError(*problems)
    if ours.keys() - written.keys():
        if not written:
            method.register(unit="kg CO2e", description=_DESCRIPTION)
        method.write(sorted((written | ours).items()))


def characterisable(characterisation: Characterisation) -> set[str]:
    """Every gas the GWP set has a value for, so that the method serves the next export too."""
    prefix = f"gwp.{characterisation.name}."
    return {name.removeprefix(prefix) for name in characterisation.factors.factors if name.startswith(prefix)}


_DESCRIPTION = (
    "Warming potentials of the agrifood-footprint gases. "
    "Biogenic CO2 has none: it is kept in a ledger of its own."
)
