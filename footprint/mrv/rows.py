"""A table of somebody's measurements, CSV or Parquet, cell by cell; what is wrong is named with its row."""

import csv
import hashlib
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from footprint.errors import InputError, Problem
from lca_models.equations.lime_urea import CO2_PER_C

MOST_BYTES = 32 * 1024 * 1024
CARBON_UNITS: Mapping[str, float] = {"t C/ha": 1.0, "t CO2/ha": 1.0 / CO2_PER_C}
"""What a stock may be written in, and what makes it t C/ha."""
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, and the digest of its file."""

    name: str
    cells: tuple[Mapping[str, str], ...]
    digest: str

    def reader(self) -> "Reader":
        """Reads cells and collects all that is wrong with them."""
        return Reader(self.name)


def read_rows(path: Path, *, needed: Sequence[str], known: Sequence[str] = ()) -> Rows:
    """A table with at least the columns needed.

    Args:
        path: `.csv` or `.parquet`.
        needed: columns that must be there.
        known: further columns that may be there; any other is refused, so that no column is silently ignored.

    Raises:
        InputError: it cannot be read, is empty, or its columns are not those.
    """
    content = content_of(path)
    try:
        rows = _parquet(content) if path.suffix == ".parquet" else _csv(content)
    except (ValueError, csv.Error, UnicodeDecodeError) as error:
        fix = "save it as CSV in UTF-8, or as Parquet"
        raise InputError(Problem(path.name, "cannot be read as a table", str(error)[:120], fix)) from error
    if not rows:
        raise InputError(Problem(path.name, "has no rows", "there is nothing to compare", "add measurements"))
    _check_columns(path.name, rows[0], needed, known)
    return Rows(path.name, tuple(rows), "sha256:" + hashlib.sha256(content).hexdigest())


class Reader:
    """Reads cells of one table; every problem names its row, and all are raised together."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def fault(self, row: int, what: str, why: str, fix: str) -> None:
        """Note what is wrong with a row, counted as a spreadsheet shows it: the header is row 1."""
        self.problems.append(Problem(f"{self.name}, row {row + 2}", what, why, fix))

    def number(self, row: int, cells: Mapping[str, str], column: str, *, least: float = -math.inf) -> float:
        """A plain decimal number; not a number stands for a fault that is noted."""
        text = cells.get(column, "").strip()
        if not _NUMBER.fullmatch(text):
            what = f"{column} is missing" if not text else f"{column} {text[:30]!r} is no number"
            self.fault(row, what, "missing is never zero", "write it like 41.5, or leave the row out")
            return math.nan
        found = float(text)
        if not math.isfinite(found) or found < least:
            self.fault(row, f"{column} is {text[:30]}", f"it is {least:g} or more", "check its sign and unit")
        return found

    def carbon(self, row: int, cells: Mapping[str, str], column: str, *, least: float = -math.inf) -> float:
        """Carbon in t C/ha, from the unit that the row names."""
        found = self.number(row, cells, column, least=least)
        unit = cells.get("unit", "").strip()
        if unit not in CARBON_UNITS:
            why = "a tonne of carbon is 3.67 tonnes of CO2: without the unit nobody knows which is meant"
            self.fault(row, f"unit {unit[:30]!r}", why, f"write {' or '.join(map(repr, CARBON_UNITS))}")
            return math.nan
        return found * CARBON_UNITS[unit]

    def whole(self, row: int, cells: Mapping[str, str], column: str, *, least: int) -> int:
        """A whole number."""
        text = cells.get(column, "").strip()
        if not re.fullmatch(r"\d{1,6}", text) or int(text) < least:
            what = f"{column} {text[:30]!r} is not a whole number of {least} or more"
            self.fault(row, what, "it is counted", f"write it like {max(least, 3)}")
            return least
        return int(text)

    def word(self, row: int, cells: Mapping[str, str], column: str, allowed: Iterable[str] = ()) -> str:
        """A name, one of those allowed when there are any."""
        text = cells.get(column, "").strip()
        choices = tuple(allowed)
        if not text or (choices and text not in choices) or len(text) > 80 or not text.isprintable():
            fix = f"write {' or '.join(choices)}" if choices else "give a name of up to 80 characters"
            self.fault(row, f"{column} {text[:30]!r} is not understood", "rows are joined by it", fix)
        return text

    def check(self) -> None:
        """Raise all that was found.

        Raises:
            InputError: anything at all was wrong.
        """
        if self.problems:
            raise InputError(*self.problems)


def content_of(path: Path) -> bytes:
    """A whole file, bounded: an endless one is not read to its end.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        why = str(error.strerror)
        raise InputError(
            Problem(str(path), "cannot be read", why, "check the name and the folder")
        ) from error
    if len(content) > MOST_BYTES:
        what = f"is larger than {MOST_BYTES // 1024**2} MiB"
        raise InputError(
            Problem(
                str(path), what, "no list of plots is, and no validation", "check that it is the right file"
            )
        )
    return content


def _csv(content: bytes) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), restkey="", restval="")
    return [{str(name).strip(): str(cell or "") for name, cell in row.items()} for row in reader]


def _parquet(content: bytes) -> list[dict[str, str]]:
    try:
        import pyarrow.parquet as pq  # noqa: PLC0415 - of the extra [portfolio]; CSV needs none
    except ImportError as error:
        fix = "pip install 'agrifood-footprint[portfolio]', or give a CSV"
        raise InputError(Problem("pyarrow", "is not installed", "it reads Parquet", fix)) from error
    table = pq.read_table(io.BytesIO(content))
    return [{name: _text(cell) for name, cell in row.items()} for row in table.to_pylist()]


def _text(cell: object) -> str:
    return "" if cell is None else repr(cell) if isinstance(cell, float) else str(cell)


def _check_columns(name: str, row: Mapping[str, str], needed: Sequence[str], known: Sequence[str]) -> None:
    missing = [column for column in needed if column not in row]
    strange = [column for column in row if column not in needed and column not in known]
    problems = [
        Problem(name, f"has no column {column!r}", "", f"columns: {', '.join(needed)}") for column in missing
    ]
    problems += [
        Problem(name, f"column {column[:40]!r} is not known", "no column is silently ignored", "take it out")
        for column in strange
    ]
    if problems:
        raise InputError(*problems)
