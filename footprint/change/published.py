"""Where two sets of published numbers differ, and one subject of a set put into the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from footprint.provenance import used_factor
from footprint.result import UsedFactor
from footprint.telling import exact
from lca_models.factors import Factor, FactorSet, Table

Rows = tuple[Factor | Table, ...]


@dataclass(frozen=True, slots=True)
class Renewed:
    """A parameter, a table or all the numbers of one product that differ between two sets."""

    subject: str
    was: Rows
    becomes: Rows

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids whose numbers differ."""
        before, after = ({row.id: _numbers(row) for row in rows} for rows in (self.was, self.becomes))
        return tuple(i for i in dict.fromkeys((*before, *after)) if before.get(i) != after.get(i))

    @property
    def is_table(self) -> bool:
        """Whether it is a table: results name its rows, not the table."""
        return isinstance(self.was[0], Table)


def joined(old: FactorSet, new: FactorSet) -> tuple[FactorSet, FactorSet]:
    """Both sets, each with what only the other has: a new record may then be computed with old numbers.

    A number that was not there before was not *changed*: what it brings came with the record that asks for it.
    """
    if old.digest == new.digest:
        return old, new
    before, after = _by_subject(old), _by_subject(new)
    return _set_of({**after, **before}), _set_of({**before, **after})


def renewed(old: FactorSet, new: FactorSet, used: Iterable[str]) -> list[Renewed]:
    """The subjects of two joined sets whose numbers differ and that somebody used; tables always count."""
    if old.digest == new.digest:
        return []
    asked, after = set(used), _by_subject(new)
    found = (Renewed(subject, rows, after[subject]) for subject, rows in _by_subject(old).items())
    return [one for one in found if one.ids and (asked.intersection(one.ids) or one.is_table)]


def with_subject(factors: FactorSet, subject: str, rows: Rows) -> FactorSet:
    """The set with all the numbers of one subject replaced."""
    return _set_of({**_by_subject(factors), subject: rows})


def as_printed(factors: FactorSet, printed: Iterable[UsedFactor]) -> tuple[FactorSet, tuple[str, ...]]:
    """The numbers a footprint prints put in place of today's, and the printed ids that no longer exist.

    Only central values count here: a renewed number has no distribution.
    """
    known, missing = dict(factors.factors), list[str]()
    for one in printed:
        if one.id not in known:
            missing.append(one.id)
        elif one.value != used_factor(known[one.id]).value:
            value = float(one.value)
            spread = {"value": value, "lower": value, "upper": value, "distribution": "exact"}
            known[one.id] = known[one.id].model_copy(update=spread)
    gone = tuple(factor_id for factor_id in missing if not _is_row(factors, factor_id))
    return FactorSet(known.values(), factors.tables.values(), at=factors.at), gone


def told(rows: Rows, ids: Iterable[str]) -> str | None:
    """The numbers of a subject in words; `None` when there are none."""
    by_id = {row.id: row for row in rows}
    texts = [_told(by_id[i]) for i in ids if i in by_id]
    return ", ".join(texts) or None


def _told(row: Factor | Table) -> str:
    if isinstance(row, Table):
        return f"{row.source.id}, {len(row.rows)} rows"
    return f"{exact(used_factor(row).value)} {row.unit}"


def _by_subject(factors: FactorSet) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    rows: Rows = (*factors.factors.values(), *factors.tables.values())
    for row in rows:
        found[row.subject] = (*found.get(row.subject, ()), row)
    return found


def _set_of(subjects: Mapping[str, Rows]) -> FactorSet:
    rows = [row for rows in subjects.values() for row in rows]
    return FactorSet(
        [row for row in rows if isinstance(row, Factor)], [row for row in rows if isinstance(row, Table)]
    )


def _numbers(row: Factor | Table) -> tuple[object, ...]:
    """What enters a central value; a better locator or interval changes no footprint."""
    if isinstance(row, Table):
        return row.columns, row.rows
    return row.value, row.unit, row.substance, row.per


def _is_row(factors: FactorSet, factor_id: str) -> bool:
    """Whether a printed id is a row of a table: those are not overridden one by one."""
    return any(factor_id.startswith(f"{table}.") for table in factors.tables)
