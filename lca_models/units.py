"""Strict quantities: a number by a decimal pattern, a unit by look-up. pint never sees what a user wrote.

pint reads `1,5 kg` as 15 kg, `1 mu` as a milli-amu, and hangs on `9**9**9`; so text is taken apart here, the
unit is looked up in an allow-list, and pint only ever meets the definitions of that list.

>>> parse("12 mu").to("ha")
0.8
>>> (850 * jin).to("kg")
425.0
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

import pint
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lca_models.errors import Problem, QuantityError
from lca_models.faults import fault

MAX_TEXT = 64
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?")
_QUANTITY = re.compile(rf"({_NUMBER.pattern}) ?((?:[^\W\d_]|[%°]).*)")

_LIST: Mapping[str, Any] = tomllib.loads(
    files("lca_models").joinpath("units.toml").read_text(encoding="utf-8")
)
_EXAMPLES: Mapping[str, str] = {name: entry.pop("example") for name, entry in _LIST["dimensions"].items()}
_UNITS: Mapping[str, tuple[str, str]] = {
    spelling: (dimension, expression)
    for dimension, expressions in _LIST["dimensions"].items()
    for expression, spellings in expressions.items()
    for spelling in spellings
}


@cache
def _registry() -> "pint.UnitRegistry[Any]":
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(autoconvert_offset_to_baseunit=False)
    for name, definition in _LIST["definitions"].items():
        registry.define(f"{name} = {definition}")
    return registry


@cache
def _scale(source: str, target: str) -> float:
    """Units of `target` in one unit of `source`; both are expressions of the allow-list."""
    registry = _registry()
    base = [
        registry.parse_expression(expression).to_base_units().magnitude for expression in (source, target)
    ]
    return float(base[0] / base[1])


def dimension_of(unit: str) -> str:
    """The dimension of a unit of the allow-list; an unknown or ambiguous spelling is an error.

    >>> dimension_of("mu")
    'area'
    """
    return _look_up(unit)[0]


def _look_up(unit: str) -> tuple[str, str]:
    if unit in _UNITS:
        return _UNITS[unit]
    if unit in _LIST["ambiguous"]:
        meaning, instead = _LIST["ambiguous"][unit]
        what = f"the unit {unit!r} may be {meaning}"
        raise QuantityError(Problem("", what, "a quantity must have one meaning", f"write {instead!r}"))
    near = difflib.get_close_matches(unit, filter(None, _UNITS), n=3, cutoff=0.5) or [
        "kg",
        "t",
        "mu",
        "ha",
        "kWh",
        "litre",
        "km",
        "%",
    ]
    fix = f"write {', '.join(near[:-1])} or {near[-1]}" if near[1:] else f"write {near[0]}"
    raise QuantityError(
        Problem("", f"the unit {unit[:24]!r} is not known", "units are looked up in a list", fix)
    )


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as written. Arithmetic is done on floats, after `.to(unit)`."""

    number: str
    unit: str

    def __post_init__(self) -> None:
        """Refuse what is not a plain decimal or not a unit of the list."""
        if not _NUMBER.fullmatch(self.number):
            raise _not_a_quantity(f"{self.number} {self.unit}")
        _look_up(self.unit)

    @property
    def dimension(self) -> str:
        """What it measures: `mass`, `area`, `energy` and so on."""
        return _look_up(self.unit)[0]

    def to(self, unit: str) -> float:
        """The amount in another unit of the same dimension.

        >>> Quantity("2", "rai").to("m2")
        3200.0

        Raises:
            QuantityError: the two units measure different things.
        """
        dimension, source = _look_up(self.unit)
        wanted, target = _look_up(unit)
        if dimension != wanted:
            raise _wrong_dimension(str(self), dimension, wanted)
        return float(self.number) * _scale(source, target)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}".rstrip()

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, __: GetCoreSchemaHandler) -> CoreSchema:
        """Records hold quantities; JSON and TOML hold their text."""
        return core_schema.no_info_plain_validator_function(
            _validate, serialization=core_schema.plain_serializer_function_ser_schema(str, when_used="json")
        )


def _validate(value: object) -> Quantity:
    try:
        return value if isinstance(value, Quantity) else parse(value)
    except QuantityError as error:
        raise _fault(error) from None


def _fault(error: QuantityError) -> PydanticCustomError:
    problem = error.problems[0]
    return fault(problem.what, problem.why, problem.fix)


def parse(text: object) -> Quantity:
    """Read one quantity: a decimal number, at most one space, a unit of the allow-list.

    >>> str(parse("9.6 t"))
    '9.6 t'
    >>> parse("1,5 kg")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    lca_models.errors.QuantityError: '1,5 kg' is not one plain number and a unit — a comma, exponent, ...

    Raises:
        QuantityError: no number, no unit, an unknown or ambiguous unit, or anything else beside them.
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        raise QuantityError(
            Problem(
                "", f"{text} has no unit", "a bare number can mean anything", f"write it like '{text} kg'"
            )
        )
    match = _QUANTITY.fullmatch(text) if isinstance(text, str) and len(text) <= MAX_TEXT else None
    if match is None:
        raise _not_a_quantity(text)
    return Quantity(match[1], match[2])


def _not_a_quantity(text: object) -> QuantityError:
    shown = repr(text if len(str(text)) <= MAX_TEXT else str(text)[:MAX_TEXT] + "…")
    if isinstance(text, str) and _NUMBER.fullmatch(text):
        return QuantityError(
            Problem(
                "", f"{shown} has no unit", "a bare number can mean anything", f"write it like '{text} kg'"
            )
        )
    return QuantityError(
        Problem(
            "",
            f"{shown} is not one plain number and a unit",
            "a comma, exponent, range or sum can be read two ways",
            "write it like '180 kg' or '12.5 mu', with a point for decimals",
        )
    )


def _wrong_dimension(text: str, dimension: str, wanted: str) -> QuantityError:
    article = {"a": "an", "e": "an"}
    return QuantityError(
        Problem(
            "",
            f"{text!r} is {article.get(dimension[0], 'a')} {dimension}",
            f"{article.get(wanted[0], 'a')} {wanted} is needed here",
            f"write it like {_EXAMPLES[wanted]}",
        )
    )


@dataclass(frozen=True)
class _Of:
    """A quantity of one dimension, in records and in their JSON Schema."""

    dimension: str
    negative: bool = False

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, _: CoreSchema, __: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": "string",
            "title": self.dimension,
            "examples": re.findall("'([^']+)'", _EXAMPLES[self.dimension]),
        }

    def _check(self, quantity: Quantity) -> Quantity:
        if quantity.dimension != self.dimension:
            raise _fault(_wrong_dimension(str(quantity), quantity.dimension, self.dimension))
        if not self.negative and quantity.number.startswith("-"):
            fix = "leave the minus sign out, or leave the line out if there was none"
            raise fault(
                f"{str(quantity)!r} is negative", f"a {self.dimension} cannot be below zero here", fix
            )
        return quantity


Mass = Annotated[Quantity, _Of("mass")]
Area = Annotated[Quantity, _Of("area")]
Energy = Annotated[Quantity, _Of("energy")]
Volume = Annotated[Quantity, _Of("volume")]
Distance = Annotated[Quantity, _Of("distance")]
Duration = Annotated[Quantity, _Of("duration")]
Fraction = Annotated[Quantity, _Of("fraction")]
Heads = Annotated[Quantity, _Of("number of animals")]
MolarRatio = Annotated[Quantity, _Of("molar ratio")]
Price = Annotated[Quantity, _Of("price")]
Temperature = Annotated[Quantity, _Of("temperature", negative=True)]
HeatingValue = Annotated[Quantity, _Of("heating value")]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit one can multiply with in Python: `12 * mu`."""

    name: str

    def __rmul__(self, number: int | float) -> Quantity:  # noqa: PYI041 - an int keeps its digits
        """A number times a unit is a quantity.

        >>> 9.6 * tonne
        Quantity(number='9.6', unit='t')
        """
        text = f"{number:.9f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)
        return Quantity(text, self.name)


kg, g, tonne, jin, dan = map(Unit, ("kg", "g", "t", "jin", "dan"))
ha, m2, mu, rai = map(Unit, ("ha", "m2", "mu", "rai"))
kWh, MJ = map(Unit, ("kWh", "MJ"))  # noqa: N816 - the SI symbols
litre, m3 = map(Unit, ("litre", "m3"))
km = Unit("km")
day, hour = map(Unit, ("day", "h"))
percent = Unit("%")
degC = Unit("degC")  # noqa: N816 - the SI symbol
