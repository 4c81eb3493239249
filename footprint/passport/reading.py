"""Parsed JSON to a typed model, with every problem named and nothing reinterpreted on the way."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from footprint.errors import Problem
from footprint.passport.wording import shown

MOST_PROBLEMS = 20

AnyModel = TypeVar("AnyModel", bound=BaseModel)


def problems_of(error: ValidationError, where: str, fix: str) -> tuple[Problem, ...]:
    """Pydantic's findings as our messages: the first twenty, each with its place."""
    found = error.errors(include_url=False, include_context=False)[:MOST_PROBLEMS]
    return tuple(_problem(item, where, fix) for item in found)


def _problem(item: Mapping[str, Any], where: str, fix: str) -> Problem:
    place = ".".join((where, *map(_step, item["loc"])))
    what = "is missing" if item["type"] == "missing" else f"is {shown(item['input'])}"
    return Problem(place, what, item["msg"].removeprefix("Value error, "), fix)


def _step(step: int | str) -> str:
    """A key of the text; quoted and cut short unless it is a plain name."""
    plain = isinstance(step, int) or (step.isascii() and step.lstrip("@").isidentifier() and len(step) <= 60)
    return str(step) if plain else shown(step)


def misread(written: object, read: object, where: str) -> str:
    """The first place where a model says it differently from the text it was read from; empty when nowhere.

    Pydantic reads `1.5`, `" 1.5"` and `1_5e-1` as decimals too. Amounts are written in one way only, so a
    model dumped again must repeat every value of the text.

    >>> misread({"kg": "1.50"}, {"kg": "1.50", "note": None}, "claims")
    ''
    >>> misread({"kg": "15e-1"}, {"kg": "1.5"}, "claims")
    'claims.kg'
    """
    if isinstance(written, dict) and isinstance(read, dict):
        pairs = ((f"{where}.{key}", value, read.get(key)) for key, value in written.items())
    elif isinstance(written, list) and isinstance(read, list) and len(written) == len(read):
        pairs = ((f"{where}.{place}", *both) for place, both in enumerate(zip(written, read, strict=True)))
    else:
        return "" if type(written) is type(read) and written == read else where
    return next((found for place, old, new in pairs if (found := misread(old, new, place))), "")
