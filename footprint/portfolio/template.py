"""One record, many products: the columns of a table laid over a template.

A column is a place of the record as the error messages name it, `orchard.diesel.amount`, or with its unit
`orchard.diesel.amount [litre]`. What no column touches is read and judged once: pydantic takes a part that is a
model already as it is, so that a product costs only its own answers and the sections around them, all of whose
checks run again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from footprint.errors import InputError, Problem, RecordError
from footprint.portfolio.places import Places
from footprint.portfolio.shape import Shaped
from footprint.switches import find, is_answer
from lca_models.product_system import ProductSystem

Cell = str | None
"""Text of a table; `None` where the cell is empty: not answered, which is not zero."""
Key = str | int

_BARE_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_HEADER = re.compile(r"(?P<place>[^\[\]]+?) ?(?:\[(?P<unit>[^\[\]]*)\])?")


@dataclass(frozen=True, slots=True)
class Column:
    """Where the cells of a column go, and the unit they are in when its header says so."""

    way: tuple[Key, ...]
    unit: str | None
    kind: type
    """Of what stands there in the template: a bare number and a yes or no are no text in a record."""

    def value(self, cell: str) -> str | float | bool:
        """What the record is given; its own checks judge it.

        >>> Column(("orchard", "diesel", "amount"), "litre", str).value("980")
        '980 litre'
        """
        if self.kind is bool:
            return {"true": True, "false": False}.get(cell, cell)
        if self.kind in (int, float) and _BARE_NUMBER.fullmatch(cell):
            return int(cell) if "." not in cell else float(cell)
        return cell if self.unit is None else f"{cell} {self.unit}".rstrip()


class Template:
    """A record with some of its places left to the columns of a table.

    Args:
        answers: the record, complete and valid by itself.
        headers: of the columns.

    Raises:
        RecordError: the template cannot be used, or has no such place.
        InputError: two columns for one place.
    """

    def __init__(self, answers: Mapping[str, Any], headers: Sequence[str]) -> None:
        self.columns = tuple(_column(answers, header) for header in headers)
        ways = [column.way for column in self.columns]
        for header, way in zip(headers, ways, strict=True):
            if ways.count(way) > 1:
                why = "a place has one answer"
                raise InputError(Problem(header, "stands in two columns", why, "take one of them out"))
        self._system = ProductSystem.of(answers)
        self._branch = _Branch.of(dict(answers), self._system, self.columns, ())
        self._as_written = _Branch.of(dict(answers), None, self.columns, ())
        self._places = Places(self._system, ways)

    def shaped(self, cells: Sequence[Cell]) -> Shaped:
        """The record of one product, and its shape.

        Args:
            cells: one for each column.

        Raises:
            RecordError: every problem of the record at once.
        """
        form = type(self._system)
        try:
            system = form.read(self._branch.laid(self.columns, cells))
        except RecordError:  # told once more of the whole record, in the words it is written in
            system = form.read(self._as_written.laid(self.columns, cells))
        return self._places.shaped(system)

    def digest(self, system: ProductSystem) -> str:
        """The digest of the record of one product: as `ProductSystem.digest`.

        Args:
            system: as `shaped` gave it.
        """
        return self._places.digest(system)


@dataclass(frozen=True, slots=True)
class _Branch:
    """A section on the way to a column: what is kept as it is, and where columns go."""

    kept: dict[str, Any] | list[Any]
    leaves: tuple[tuple[Key, int], ...]
    branches: "tuple[tuple[Key, _Branch], ...]"

    @classmethod
    def of(
        cls, raw: dict[str, Any] | list[Any], read: object, columns: Sequence[Column], way: tuple[Key, ...]
    ) -> "_Branch":
        """The branch at the end of a way.

        Args:
            raw: the section as written.
            read: the same, read.
            columns: all of them.
            way: from the root to here.
        """
        here = [
            (n, column.way[len(way) :]) for n, column in enumerate(columns) if column.way[: len(way)] == way
        ]
        ahead = dict.fromkeys(rest[0] for _, rest in here if len(rest) > 1)
        kept: dict[str, Any] | list[Any] = (
            {key: _part(read, key, value) for key, value in raw.items()}
            if isinstance(raw, dict)
            else [_part(read, number, value) for number, value in enumerate(raw)]
        )
        return cls(
            kept,
            tuple((rest[0], n) for n, rest in here if len(rest) == 1),
            tuple(
                (key, cls.of(raw[key], _part(read, key, None), columns, (*way, key)))  # type: ignore[index] # key fits
                for key in ahead
            ),
        )

    def laid(self, columns: Sequence[Column], cells: Sequence[Cell]) -> Any:  # noqa: ANN401 - a record's part
        """The section with the cells of one product in their places."""
        section: Any = self.kept.copy()
        for key, branch in self.branches:
            section[key] = branch.laid(columns, cells)
        for key, number in self.leaves:
            cell = cells[number]
            if cell is not None:
                section[key] = columns[number].value(cell)
            else:
                section.pop(key, None)
        return section


def _part(read: object, key: Key, raw: Any) -> Any:  # noqa: ANN401 - a record's part
    """A part of a section as it was read; as it was written where reading changed its form."""
    if isinstance(read, BaseModel):
        return getattr(read, str(key), raw)
    return read[key] if isinstance(read, tuple | list | dict) else raw  # type: ignore[index] # key fits


def _column(answers: Mapping[str, Any], header: str) -> Column:
    named = _HEADER.fullmatch(header.strip())
    if named is None:
        fix = "write it like orchard.diesel.amount or orchard.diesel.amount [litre]"
        raise InputError(
            Problem(header[:60], "is not the name of a column", "it names a place of the record", fix)
        )
    place = find(dict(answers), named["place"])
    if isinstance(place.now, dict | list) and not is_answer(place.now):
        why, fix = "a cell holds one answer", "name a question inside it"
        raise InputError(Problem(header, "is a whole section", why, fix))
    way = (*_way_to(answers, place.container), place.key)
    if is_answer(place.now):
        return Column((*way, "amount"), named["unit"], str)
    return Column(way, named["unit"], type(place.now))


def _way_to(record: Mapping[str, Any], section: object) -> tuple[Key, ...]:
    return next(
        way for way, part in _sections(record, ()) if part is section or (not way and part == section)
    )


def _sections(part: Any, way: tuple[Key, ...]) -> Iterator[tuple[tuple[Key, ...], Any]]:  # noqa: ANN401 - a record's part
    if isinstance(part, Mapping | list):
        yield way, part
        for key, inner in part.items() if isinstance(part, Mapping) else enumerate(part):
            yield from _sections(inner, (*way, key))
