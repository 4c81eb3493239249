"""Numbers somebody published: value, interval, unit, year, source. A number without all of them is refused.

One TOML file per publication lives in `lca_models/data/`; a user's own file carries the same obligations.
Looking up what is not there is an error that names the nearest entries, never a zero and never a default.
"""

import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from lca_models.errors import FactorError, Problem
from lca_models.factor_files import Publication, read_all, shipped_paths
from lca_models.published import Factor, Published, Source, Table

__all__ = ["Factor", "FactorSet", "Override", "Source", "Table", "nearest", "shipped_factors"]

_SHOWN = 5
_ALIKE = 0.3
"""Least likeness of two names that share no part, from 0 to 1."""

EntryT = TypeVar("EntryT", Factor, Table)
FoundT = TypeVar("FoundT")


@dataclass(frozen=True, slots=True)
class Override:
    """A file of the user's own that replaced a number or all numbers of a product, and said so."""

    subject: str
    replaced: tuple[str, ...]
    by: str

    def __str__(self) -> str:
        return f"{self.subject}: {', '.join(self.replaced)} replaced by {self.by}"


class FactorSet:
    """All factors in force, by id and by product, with one digest over everything."""

    def __init__(
        self,
        factors: Iterable[Factor],
        tables: Iterable[Table] = (),
        *,
        at: date | None = None,
        overrides: Iterable[Override] = (),
    ) -> None:
        self.at = at
        self.overrides = tuple(overrides)
        self.factor_periods: Mapping[str, tuple[Factor, ...]] = _by_id(factors)
        self.table_periods: Mapping[str, tuple[Table, ...]] = _by_id(tables)
        for entry_id in self.factor_periods.keys() & self.table_periods.keys():
            raise FactorError(Problem(entry_id, "is a number and a table", "", "give one another id"))
        self.factors: Mapping[str, Factor] = _in_force(self.factor_periods, at)
        self.tables: Mapping[str, Table] = _in_force(self.table_periods, at)

    @classmethod
    def load(cls, *paths: Path, at: date | None = None) -> "FactorSet":
        """The shipped factors and, after them, the files given.

        A file may add ids and products. What a file before it already has, it replaces only with
        `override = true`: an emission factor replaces its whole product, a parameter or table its id with all
        its periods.

        Args:
            paths: factor files of one's own, later ones on top.
            at: take the numbers in force on this day; the newest of each when not given.

        Raises:
            FactorError: every fault of every file, at once.
        """
        shipped, own = shipped_paths(), [read_all([path]) for path in paths]
        return _stack([read_all(shipped), *own], at)

    def __getitem__(self, factor_id: str) -> Factor:
        """The factor with this id.

        Raises:
            FactorError: there is none, or none in force; the message lists the nearest ids or the periods.
        """
        return self._find(self.factors, self.factor_periods, factor_id, "factor")

    def __contains__(self, factor_id: str) -> bool:
        return factor_id in self.factors

    def table(self, table_id: str) -> Table:
        """The table with this id, or an error that lists the nearest."""
        return self._find(self.tables, self.table_periods, table_id, "table")

    def product(self, name: str) -> tuple[Factor, ...]:
        """Every emission factor of something bought or burnt: one per substance and part.

        Raises:
            FactorError: no factor for that product, or not all of them are in force; a flow without a factor
                is never counted as zero.
        """
        rows = self._find(self.products, self.product_periods, name, "product")
        missing = sorted({row.id for row in self.product_periods[name]} - {row.id for row in rows})
        if missing:
            why = f"{', '.join(missing)} is not, and it is not counted as zero"
            raise FactorError(Problem(name, f"only in part in force on {self.at}", why, "choose another day"))
        return rows

    @cached_property
    def product_periods(self) -> Mapping[str, tuple[Factor, ...]]:
        """The emission factors of everything bought or burnt, of whatever day."""
        return _by_product(row for rows in self.factor_periods.values() for row in rows)

    @cached_property
    def products(self) -> Mapping[str, tuple[Factor, ...]]:
        """Everything bought or burnt that has emission factors in force."""
        return _by_product(self.factors.values())

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The publications behind the numbers in force, by id."""
        entries = (*self.factors.values(), *self.tables.values())
        return {entry.source.id: entry.source for entry in sorted(entries, key=lambda e: e.source.id)}

    def users(self, factor_id: str) -> tuple[str, ...]:
        """The products a number enters: its own, or for a warming potential all that emit the gas.

        A parameter of an equation enters none directly.
        """
        factor = self[factor_id]
        if factor.product is not None:
            return (factor.product,)
        family, _, rest = factor_id.partition(".")
        if family != "gwp":
            return ()
        gas = rest.partition(".")[2]
        return tuple(sorted(p for p, rows in self.products.items() if any(r.substance == gas for r in rows)))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every factor and table in force, in canonical order: the version of the numbers."""
        entries: dict[str, Factor | Table] = {**self.factors, **self.tables}
        content = [entries[entry_id].model_dump(mode="json") for entry_id in sorted(entries)]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    def _find(
        self,
        entries: Mapping[str, FoundT],
        periods: Mapping[str, tuple[Published, ...]],
        key: str,
        kind: str,
    ) -> FoundT:
        if key in entries:
            return entries[key]
        if key in periods:
            known = "; ".join(dict.fromkeys(row.period for row in periods[key]))
            why = f"in force: {known}"
            raise FactorError(Problem(key, f"no {kind} in force on {self.at}", why, "choose a day it covers"))
        near = nearest(key, entries)
        fix = f"nearest: {', '.join(near)}" if near else "add it to a factor file of your own"
        raise FactorError(Problem(key, f"no such {kind}", "a missing factor is an error, never a zero", fix))


@cache
def shipped_factors() -> FactorSet:
    """The factors that come with the package, read once per process."""
    return FactorSet.load()


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known names most like one that is not: those that share its parts, then those that look alike.

    >>> nearest("electricity.FR", shipped_factors().products)[0]
    'electricity.lifecycle.FR'
    """
    asked = _parts(name)

    def likeness(other: str) -> tuple[int, float]:
        shared = sum(any(part.startswith(one) for part in _parts(other)) for one in asked)
        return shared, difflib.SequenceMatcher(None, name, other).ratio()

    ranked = sorted(((likeness(other), other) for other in known), key=lambda found: found[0], reverse=True)
    return [other for (shared, ratio), other in ranked[:_SHOWN] if shared or ratio >= _ALIKE]


def _parts(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", name.lower())


def _by_id(entries: Iterable[EntryT]) -> dict[str, tuple[EntryT, ...]]:
    found: dict[str, list[EntryT]] = {}
    for entry in entries:
        earlier = found.setdefault(entry.id, [])
        for other in earlier:
            if entry.begins < other.ends and other.begins < entry.ends:
                raise FactorError(_twice(entry, other))
        earlier.append(entry)
    return {entry_id: tuple(sorted(rows, key=_beginning)) for entry_id, rows in found.items()}


def _beginning(entry: Factor | Table) -> date:
    return entry.begins


def _twice(entry: Factor | Table, other: Factor | Table) -> Problem:
    why = f"{other.source.id} has it too, in force {other.period}"
    fix = "give one another id or another period; a file of your own may say override = true"
    return Problem(f"{entry.source.id}: {entry.id}", "stands twice", why, fix)


def _by_product(factors: Iterable[Factor]) -> dict[str, tuple[Factor, ...]]:
    found: dict[str, list[Factor]] = {}
    for factor in factors:
        if factor.product is not None:
            found.setdefault(factor.product, []).append(factor)
    return {name: tuple(rows) for name, rows in found.items()}


def _in_force(periods: Mapping[str, tuple[EntryT, ...]], at: date | None) -> dict[str, EntryT]:
    if at is None:
        return {entry_id: rows[-1] for entry_id, rows in periods.items()}
    return {entry_id: row for entry_id, rows in periods.items() for row in rows if row.in_force(at)}


def _stack(layers: Iterable[Publication], at: date | None) -> FactorSet:
    """Puts each layer on the ones before it: additions freely, replacements only where they say so."""
    below: list[Factor | Table] = []
    overrides: list[Override] = []
    problems: list[Problem] = []
    for layer in layers:
        known = {entry.subject: entry for entry in below} | {entry.id: entry for entry in below}
        problems.extend(problem for entry in layer.entries for problem in _faults(entry, known))
        replaced = {entry.subject: entry.source.id for entry in layer.entries if entry.override}
        for subject, by in replaced.items():
            ids = dict.fromkeys(entry.id for entry in below if entry.subject == subject)
            overrides.append(Override(subject, tuple(ids), by))
        below = [entry for entry in below if entry.subject not in replaced] + list(layer.entries)
    if problems:
        raise FactorError(*problems)
    factors = [entry for entry in below if isinstance(entry, Factor)]
    return FactorSet(
        factors, [entry for entry in below if isinstance(entry, Table)], at=at, overrides=overrides
    )


def _faults(entry: Factor | Table, known: Mapping[str, Factor | Table]) -> Iterable[Problem]:
    if entry.override and entry.subject not in known:
        why = f"no file before it has {entry.subject}"
        yield Problem(f"{entry.source.id}: {entry.id}", "overrides nothing", why, "leave override out")
    if not entry.override and entry.id in known:
        yield _twice(entry, known[entry.id])
    elif not entry.override and entry.subject in known:
        why = f"{known[entry.subject].source.id} has it already, and rows of one product add up"
        fix = "name a product of your own, or replace the whole product with override = true"
        yield Problem(f"{entry.source.id}: {entry.id}", f"adds to {entry.subject}", why, fix)
