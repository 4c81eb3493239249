"""Elementary flows of other databases under our names: by CAS number, by refrigerant code, by name.

An emission to air that is no greenhouse gas is dropped and counted; one that looks like a greenhouse gas and has no
name here is refused. What is taken from the air, and what goes to water or soil, is no emission of this kind.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

_CODE = re.compile(r"\b((?:hcfo|hfo|hcfc|hcc|hfc|cfc|pfc|fc|halon|r)[- ]?[0-9][0-9a-z-]*(?:\([ez]\))?)")
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")

Place = Literal["air", "elsewhere"]


class Flow(NamedTuple):
    """An elementary flow as its database describes it."""

    id: str
    name: str
    compartment: tuple[str, ...]
    cas: str = ""


class UnknownGasError(LookupError):
    """A flow that is a greenhouse gas, but which one?"""


def gas(flow: Flow) -> str | None:
    """Our name of a flow, or nothing when it has no effect on the climate.

    >>> gas(Flow("1", "Methane, non-fossil", ("air", "urban air close to ground"), "000074-82-8"))
    'ch4_biogenic'
    >>> gas(Flow("2", "Ethane, 1,1,1,2-tetrafluoro-, HFC-134a", ("air",)))
    'hfc-134a'
    >>> gas(Flow("3", "Sulfur dioxide", ("air",), "7446-09-5")) is None
    True

    Raises:
        UnknownGasError: a greenhouse gas without a name here.
    """
    if place(flow.compartment) != "air":
        return None
    name = " ".join(flow.name.lower().split())
    cas = flow.cas.strip().lstrip("0")
    table = _table()
    for origin in table["origins"].values():
        if cas == origin["cas"] or (not cas and _is(name, origin)):
            return _by_origin(name, origin)
    if cas in _by_cas():
        return _by_cas()[cas]
    codes = [match.replace(" ", "-") for match in _CODE.findall(name)]
    found = next((_by_code()[code] for code in codes if code in _by_code()), _by_name().get(name))
    if found is None and set(_WORD.findall(name)) & set(table["suspect"]["words"]) | {
        code for code in codes if not code.startswith("r")
    }:
        raise UnknownGasError(flow.name)
    return found


def place(compartment: Iterable[str]) -> Place:
    """Whether a flow goes to the air, from the words of its compartment.

    >>> place(("Elementary flows", "Emission to air", "high population density")), place(("resource", "in air"))
    ('air', 'elsewhere')
    """
    words = [" ".join(part.lower().replace("emissions", "emission").split()) for part in compartment]
    if any(word.startswith(("resource", "natural resource")) for word in words):
        return "elsewhere"
    return "air" if {"air", "emission to air"} & set(words) else "elsewhere"


def _is(name: str, origin: Mapping[str, Any]) -> bool:
    """Whether a name is that of the gas itself: "methane, biogenic", but not "methane, chlorodifluoro-"."""
    said = {*origin["stated"], *(words for words, _ in origin["words"])}
    return any(
        name == known
        or name.startswith((f"{known} (", f"{known} ["))
        or (name.startswith(f"{known}, ") and any(words in name for words in said))
        for known in origin["names"]
    )


def _by_origin(name: str, origin: Mapping[str, Any]) -> str | None:
    found: str = next((gas for words, gas in origin["words"] if words in name), origin["other"])
    return found or None


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("footprint.background").joinpath("gases.toml").read_text(encoding="utf-8"))


@cache
def names() -> frozenset[str]:
    """Every gas a flow can be mapped to."""
    origins = _table()["origins"].values()
    told_apart = {gas for origin in origins for _, gas in (*origin["words"], ("", origin["other"])) if gas}
    return frozenset(told_apart | _table()["gases"].keys())


@cache
def _by_cas() -> Mapping[str, str]:
    return {entry["cas"]: gas for gas, entry in _table()["gases"].items()}


@cache
def _by_code() -> Mapping[str, str]:
    return {code: gas for gas, entry in _table()["gases"].items() for code in (gas, *entry.get("codes", ()))}


@cache
def _by_name() -> Mapping[str, str]:
    return {name: gas for gas, entry in _table()["gases"].items() for name in entry.get("names", ())}
