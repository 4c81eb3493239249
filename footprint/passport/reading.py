"""What a typed model found wrong in parsed JSON, in our words."""

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
