"""Calls an equation with arguments written as text, the way a verifier types them.

n_synthetic_kg=200            a number
n_synthetic_kg=150,200,250    one result for each
ef5=@n2o.ef5                  the value of a published number
ym=@enteric.ym[category=dairy].value   one cell of a published table
coefficients=@biochar.fperm.woolf2021.100   a whole table, column by column
soil.clay_frac=0.23           one field of a group of arguments
"""

import difflib
import math
import re
import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

from footprint.equations import Equation
from footprint.errors import FootprintError, InputError, Problem
from lca_models import lookup
from lca_models.factors import FactorSet, Table
from lca_models.real import Array

MOST_CHARACTERS = 100_000
_NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_CELL = re.compile(r"(?P<table>[^\[\]]+)\[(?P<conditions>[^\[\]]*)\](\.(?P<column>\w+))?")
Written = dict[str, Any]


def call(equation: Equation, assignments: Sequence[str], factors: FactorSet) -> object:
    """The result of an equation for arguments written as `name=value`.

    Args:
        equation: which one.
        assignments: see the top of this module.
        factors: where `@id` is looked up.

    Returns:
        What the function returns: a float, an array, or a tuple of them.

    Raises:
        InputError: an argument is unknown, missing or unreadable; all of them are named.
        ValidityError: the source of the equation forbids such arguments.
    """
    reader = _Reader(factors)
    defaults = {n: p.default for n, p in equation.parameters.items() if p.default is not p.empty}
    kinds = {name: equation.kinds[name] for name in equation.parameters}
    arguments = reader.fields("", kinds, defaults, reader.tree(assignments))
    if reader.problems:
        raise InputError(*reader.problems)
    try:
        return equation.function(**arguments)
    except (ArithmeticError, ValueError) as error:
        why = "vectors need one length, and no argument may divide by zero"
        raise InputError(Problem(equation.id, f"cannot be computed: {error}", why, "")) from error


def written(result: object) -> object:
    """A result for JSON: floats, lists of them, and groups by field name."""
    if _is_group(type(result)):
        fields = getattr(result, "_fields", ())
        return {name: written(part) for name, part in zip(fields, result, strict=True)}  # type: ignore[call-overload] # a NamedTuple
    if isinstance(result, tuple | list):
        return [written(part) for part in result]
    if isinstance(result, np.ndarray | np.generic):
        return result.tolist()
    return result


class _Reader:
    """Reads one call; collects what is wrong with it."""

    def __init__(self, factors: FactorSet) -> None:
        self.factors = factors
        self.problems: list[Problem] = []

    def _fault(self, where: str, what: str, why: str, fix: str) -> None:
        self.problems.append(Problem(where, what, why, fix))

    def tree(self, assignments: Sequence[str]) -> Written:
        """`a.b=1` as `{"a": {"b": "1"}}`."""
        tree: Written = {}
        for assignment in assignments:
            name, equals, value = assignment.partition("=")
            if not equals or not _NAME.fullmatch(name) or not value or len(value) > MOST_CHARACTERS:
                self._fault(assignment[:60], "is not name=value", "", "write it like n_synthetic_kg=200")
                continue
            *groups, last = name.split(".")
            place: Any = tree
            for group in groups:
                place = place.setdefault(group, {}) if isinstance(place, dict) else None
            if not isinstance(place, dict) or last in place:
                self._fault(name, "is there twice", "", "give each argument once")
            else:
                place[last] = value
        return tree

    def fields(
        self, where: str, kinds: Mapping[str, Any], defaults: Mapping[str, Any], given: Written
    ) -> dict[str, Any]:
        """Values for a function's arguments or a group's fields."""
        for name in given.keys() - kinds.keys():
            near = difflib.get_close_matches(name, kinds, n=3, cutoff=0.3) or list(kinds)
            self._fault(f"{where}{name}", "is not an argument", "", f"nearest: {', '.join(near)}")
        for name in kinds.keys() - given.keys() - defaults.keys():
            self._fault(f"{where}{name}", "is missing", "it has no default", f"add {where}{name}=…")
        return {
            name: self.value(f"{where}{name}", kind, given[name])
            for name, kind in kinds.items()
            if name in given
        }

    def value(self, where: str, kind: object, written: object) -> object:
        """One argument of the kind the function asks for."""
        if isinstance(written, dict):
            return self.group(where, kind, written)
        text = str(written)
        try:
            return self.plain(where, kind, text)
        except FootprintError as error:
            self.problems.extend(problem.under(where) for problem in error.problems)
            return None

    def group(self, where: str, kind: object, written: Written) -> object:
        """A named tuple from its fields, or a sequence of them numbered from 0."""
        if _is_group(kind):
            defaults = getattr(kind, "_field_defaults", {})
            fields = self.fields(f"{where}.", get_type_hints(kind), defaults, written)
            return None if self.problems else kind(**fields)  # type: ignore[operator] # a NamedTuple class
        origin, inner = get_origin(kind), get_args(kind)
        in_order = [str(place) for place in range(len(written))]
        if (
            origin is not None
            and issubclass(origin, Iterable)
            and len(inner) == 1
            and set(written) == set(in_order)
        ):
            return tuple(self.value(f"{where}.{place}", inner[0], written[place]) for place in in_order)
        self._fault(where, "has no such fields", "", f"write {where}=…")
        return None

    def plain(self, where: str, kind: object, text: str) -> object:
        """A number, a vector, a word or a table."""
        if _is_group(kind):
            names = ", ".join(f"{where}.{name}" for name in get_type_hints(kind))
            raise _refusal("is a group of arguments", f"give its fields: {names}")
        origin = get_origin(kind)
        if kind is str:
            return text
        if kind in (bool, int):
            return _whole(text, kind is bool)
        if origin is not None and origin not in (Union, types.UnionType, np.ndarray):
            return self.columns(text) if issubclass(origin, Mapping) else self.numbers(text)
        numbers = self.numbers(text)
        as_array = len(numbers) > 1 or kind == Array
        if kind is float and as_array:
            raise _refusal("takes one number", "leave the others out")
        return np.asarray(numbers) if as_array else numbers[0]

    def numbers(self, text: str) -> list[float]:
        """Numbers and references to published ones, between commas outside of brackets."""
        return [self.number(part.strip()) for part in re.split(r",(?![^\[]*\])", text)]

    def number(self, text: str) -> float:
        if text.startswith("@"):
            return self.published(text[1:])
        if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
            why = "a number has digits and at most one point"
            raise _refusal(f"{text[:40]!r} is not a number", "write it like 0.016 or @n2o.ef5", why)
        return float(text)

    def published(self, reference: str) -> float:
        cell = _CELL.fullmatch(reference)
        if cell is None and reference in self.factors.tables:
            columns = lookup.condition_columns(self.factors.table(reference))
            raise _refusal(
                f"@{reference} is a table",
                f"name a cell: @{reference}[{', '.join(columns) or 'column'}=…].column",
            )
        if cell is None:
            return self.factors[reference].value
        table = self.factors.table(cell["table"])
        return lookup.number(table, cell["column"] or "value", **_conditions(table, cell["conditions"]))

    def columns(self, text: str) -> dict[str, tuple[float, ...]]:
        """The columns of numbers of a published table."""
        if not text.startswith("@"):
            raise _refusal(f"{text[:40]!r} is not a table", "name one, like @biochar.fperm.woolf2021.100")
        table = self.factors.table(text[1:])
        return {c: table.column(c) for c in table.columns if not isinstance(table.column(c)[0], str)}


def _is_group(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _whole(text: str, truth: bool) -> int | bool:  # noqa: FBT001 - called from one place
    if truth and text in ("true", "false"):
        return text == "true"
    if not truth and re.fullmatch(r"[+-]?\d{1,18}", text):
        return int(text)
    kind, example = ("true or false", "true") if truth else ("a whole number", "20")
    raise _refusal(f"{text[:40]!r} is not {kind}", f"write it like {example}")


def _conditions(table: Table, text: str) -> dict[str, str | float]:
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    found: dict[str, str | float] = {}
    for column, _, entry in pairs:
        name, word = column.strip(), entry.strip()
        of_text = name in table.columns and isinstance(table.column(name)[0], str)
        found[name] = word if of_text or not _NUMBER.fullmatch(word) else float(word)
    return found


def _refusal(what: str, fix: str, why: str = "") -> InputError:
    return InputError(Problem("", what, why, fix))
