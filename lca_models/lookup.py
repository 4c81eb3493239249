"""One row of a table of coefficients, found by its conditions; a miss is an error that lists the nearest rows.

A condition that fits no row never becomes another row: not the mean, not the first, not the neighbour. Who
does not know a condition says so and takes a row made for it (`productivity="mean"`), or declares a default.
"""

import difflib
import re

from pydantic import ValidationError

from lca_models.errors import FactorError, Problem
from lca_models.factors import Factor, Table

Entry = str | float
Row = dict[str, Entry]
_SHOWN = 5
_NOT_A_CONDITION = ("distribution", "note")


def row(table: Table, /, **conditions: Entry) -> Row:
    """The one row that fits all conditions, by column name.

    >>> from lca_models.factors import shipped_factors
    >>> lagoon = {"system": "lagoon", "climate": "cool_temperate_moist"}
    >>> row(shipped_factors().table("manure.mcf"), **lagoon)["value"]
    0.6

    Args:
        table: coefficients with columns of text that say when they hold.
        conditions: column = entry, exactly as the table writes it.

    Raises:
        FactorError: a condition the table has no column for, no row that fits, or more than one.
    """
    unknown = sorted(set(conditions) - set(table.columns))
    if unknown:
        what = f"has no column {', '.join(unknown)}"
        raise _error(table, what, "", f"its conditions: {', '.join(condition_columns(table))}")
    rows = [dict(zip(table.columns, entries, strict=True)) for entries in table.rows]
    found = [entry for entry in rows if _hits(entry, conditions) == len(conditions)]
    if len(found) == 1:
        return found[0]
    raise _ambiguous(table, conditions, found) if found else _missing(table, conditions, rows)


def number(table: Table, column: str, /, **conditions: Entry) -> float:
    """One number of the one row that fits.

    Raises:
        FactorError: as `row`, or the column is missing or holds text.
    """
    entry = row(table, **conditions).get(column)
    if entry is None or isinstance(entry, str):
        what = f"has no numbers in a column {column!r}"
        raise _error(table, what, "", f"its columns: {', '.join(table.columns)}")
    return entry


def factor(table: Table, /, **conditions: Entry) -> Factor:
    """The one row that fits as a factor with its interval, so that it can be drawn like any other.

    Its id is the table's and all conditions of the row, whichever of them were asked: one row is one draw.

    >>> from lca_models.factors import shipped_factors
    >>> factor(shipped_factors().table("manure.ef3"), system="dry_lot").id
    'manure.ef3.dry_lot'

    Args:
        table: with the columns value, lower, upper and distribution.
        conditions: as for `row`.

    Raises:
        FactorError: as `row`, or the table has no interval by row.
    """
    found = row(table, **conditions)
    if not {"value", "lower", "upper", "distribution"} <= set(found):
        raise _error(table, "has no interval by row", f"in words: {table.interval}", "use `number`")
    described = table.model_dump(exclude={"id", "name", "columns", "rows", "override"})
    named = [str(found[column]) for column in condition_columns(table)]
    interval = {column: found[column] for column in ("value", "lower", "upper", "distribution")}
    described |= interval | {
        "id": ".".join((table.id, *map(_slug, named))),
        "name": f"{table.name}: {', '.join(named)}",
    }
    try:
        return Factor.model_validate(described)
    except ValidationError as error:
        raise _error(
            table, "has a row that is no factor", str(error.errors()[0]["msg"]), "mend it"
        ) from error


def condition_columns(table: Table) -> tuple[str, ...]:
    """The columns that say when a row holds: those of text."""
    texts = [isinstance(entry, str) for entry in table.rows[0]]
    named = zip(table.columns, texts, strict=True)
    return tuple(column for column, text in named if text and column not in _NOT_A_CONDITION)


def _hits(entries: Row, conditions: Row) -> int:
    return sum(entries[column] == wanted for column, wanted in conditions.items())


def _missing(table: Table, conditions: Row, rows: list[Row]) -> FactorError:
    def nearness(entries: Row) -> tuple[int, float]:
        alike = sum(
            difflib.SequenceMatcher(None, str(entries[column]), str(wanted)).ratio()
            for column, wanted in conditions.items()
        )
        return _hits(entries, conditions), alike

    nearest = sorted(rows, key=nearness, reverse=True)[:_SHOWN]
    listed = "; ".join(_words({c: entry[c] for c in condition_columns(table)}) for entry in nearest)
    what = f"has no row for {_words(conditions)}"
    return _error(table, what, "a miss is an error, never another row", f"nearest: {listed}")


def _ambiguous(table: Table, conditions: Row, found: list[Row]) -> FactorError:
    asked = f"for {_words(conditions)}" if conditions else "when nothing is asked"
    open_columns = [
        f"{column} ({', '.join(dict.fromkeys(str(entry[column]) for entry in found))})"
        for column in condition_columns(table)
        if len({entry[column] for entry in found}) > 1
    ]
    what = f"has {len(found)} rows {asked}"
    return _error(table, what, "one of them has to be meant", f"say also {' and '.join(open_columns)}")


def _error(table: Table, what: str, why: str, fix: str) -> FactorError:
    return FactorError(Problem(table.id, what, why, fix))


def _words(conditions: Row) -> str:
    return ", ".join(f"{column} = {entry}" for column, entry in conditions.items())


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
