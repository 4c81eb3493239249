"""Numbers somebody published: value, interval, unit, year, source. A number without all of them is refused.

One TOML file per publication lives in `lca_models/data/`; a user's own file carries the same obligations.
Looking up what is not there is an error that names the nearest entries, never a zero and never a default.
"""

import difflib
import hashlib
import json
import math
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from scipy.special import ndtri

from lca_models.errors import FactorError, Problem
from lca_models.real import Array

Distribution = Literal["exact", "uniform", "triangular", "normal", "lognormal", "two_piece_normal"]
Technology = Literal["exact", "similar", "proxy"]
Z_975 = 1.959963984540054
"""Standard normal quantile at 97.5 %: half the width of a 95 % interval in standard deviations."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Source(_Model):
    """A publication."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    year: int = Field(ge=1900, le=2100)
    url: str = Field(pattern=r"^(https?://|docs/)")
    licence: str = Field(min_length=1)

    def __str__(self) -> str:
        return f"{self.publisher} ({self.year}): {self.title}"


class Factor(_Model):
    """One published number with its interval; an emission factor also names product, substance and unit.

    `lower` and `upper` are the bounds of a uniform or triangular distribution and the 2.5 % and 97.5 %
    quantiles of the others. `two_piece_normal` has its median at `value` and scales each half to its own
    bound: the plain reading of an asymmetric published interval; it is cut at zero when all three are ≥ 0.
    """

    id: str = Field(pattern=r"^[a-z][A-Za-z0-9._-]*$")
    name: str = Field(min_length=1)
    value: float
    lower: float
    upper: float
    interval: str = Field(min_length=1, description="what lower and upper are, and where they come from")
    distribution: Distribution
    unit: str = Field(min_length=1)
    region: str = Field(pattern=r"^(GLO|RER|[A-Z]{2}(-[A-Z0-9]{1,3})?)$")
    year: int = Field(ge=1900, le=2100)
    locator: str = Field(min_length=1, description="table, equation, page or sheet")
    licence: str = Field(min_length=1)
    verified: bool
    technology: Technology = "similar"
    note: str = ""
    product: str | None = None
    substance: str | None = None
    per: str | None = None
    part: str | None = None
    source: Source

    @model_validator(mode="after")
    def _hold_together(self) -> "Factor":
        if not self.lower <= self.value <= self.upper:
            raise ValueError(f"lower ≤ value ≤ upper does not hold: {self.lower}, {self.value}, {self.upper}")
        if (self.distribution == "exact") != (self.lower == self.upper):
            raise ValueError("an interval of width zero is `exact`, and only that")
        if self.distribution == "lognormal" and self.lower <= 0:
            raise ValueError("a lognormal number is positive, so is its lower bound")
        if len({self.product is None, self.substance is None, self.per is None}) > 1:
            raise ValueError(
                "an emission factor names product, substance and per; a parameter names none of them"
            )
        return self

    def quantile(self, probability: Array) -> Array:
        """Values at the given probabilities: the inverse of the distribution function.

        Args:
            probability: numbers strictly between 0 and 1, any shape.

        Returns:
            Values in `unit`, same shape.
        """
        return _QUANTILES[self.distribution](self, probability)


def _exact(factor: Factor, probability: Array) -> Array:
    return np.full_like(probability, factor.value)


def _uniform(factor: Factor, probability: Array) -> Array:
    return factor.lower + probability * (factor.upper - factor.lower)


def _triangular(factor: Factor, probability: Array) -> Array:
    left, right = factor.value - factor.lower, factor.upper - factor.value
    width = left + right
    rising = factor.lower + np.sqrt(probability * width * left)
    falling = factor.upper - np.sqrt((1 - probability) * width * right)
    return np.asarray(np.where(probability < left / width, rising, falling))


def _lognormal(factor: Factor, probability: Array) -> Array:
    z: Array = ndtri(probability)
    half = np.where(z < 0, math.log(factor.value / factor.lower), math.log(factor.upper / factor.value))
    return np.asarray(factor.value * np.exp(half * z / Z_975))


def _two_piece_normal(factor: Factor, probability: Array) -> Array:
    z = ndtri(probability)
    half = np.where(z < 0, factor.value - factor.lower, factor.upper - factor.value)
    drawn = factor.value + half * z / Z_975
    return np.maximum(drawn, 0.0) if factor.lower >= 0 else drawn


_QUANTILES = {
    "exact": _exact,
    "uniform": _uniform,
    "triangular": _triangular,
    "normal": _two_piece_normal,
    "lognormal": _lognormal,
    "two_piece_normal": _two_piece_normal,
}


class Table(_Model):
    """Coefficients that belong together, column by column."""

    id: str = Field(pattern=r"^[a-z][A-Za-z0-9._-]*$")
    name: str
    unit: str
    locator: str
    licence: str
    verified: bool
    region: str
    year: int
    interval: str
    note: str = ""
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...] = Field(min_length=1)
    source: Source

    @model_validator(mode="after")
    def _rectangular(self) -> "Table":
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row needs one entry per column")
        return self

    def column(self, name: str) -> tuple[Any, ...]:
        """All entries of one column."""
        return tuple(row[self.columns.index(name)] for row in self.rows)


class FactorSet:
    """All factors in force, by id and by product, with one digest over everything."""

    def __init__(self, factors: Iterable[Factor], tables: Iterable[Table] = ()) -> None:
        self.factors: Mapping[str, Factor] = _by_id(factors)
        self.tables: Mapping[str, Table] = _by_id(tables)

    @classmethod
    def load(cls, *paths: Path) -> "FactorSet":
        """The shipped factors and, after them, the files given; one id may stand only once.

        Raises:
            FactorError: every fault of every file, at once.
        """
        shipped = [Path(str(entry)) for entry in files("lca_models").joinpath("data").iterdir()]
        problems: list[Problem] = []
        factors: list[Factor] = []
        tables: list[Table] = []
        for path in sorted(p for p in shipped if p.suffix == ".toml") + list(paths):
            try:
                publication = _read(path)
            except FactorError as error:
                problems.extend(error.problems)
            else:
                factors.extend(publication[0])
                tables.extend(publication[1])
        if problems:
            raise FactorError(*problems)
        return cls(factors, tables)

    def __getitem__(self, factor_id: str) -> Factor:
        """The factor with this id.

        Raises:
            FactorError: there is none; the message lists the nearest ids.
        """
        return _find(self.factors, factor_id, "factor")

    def __contains__(self, factor_id: str) -> bool:
        return factor_id in self.factors

    def table(self, table_id: str) -> Table:
        """The table with this id, or an error that lists the nearest."""
        return _find(self.tables, table_id, "table")

    def product(self, name: str) -> tuple[Factor, ...]:
        """Every emission factor of something bought or burnt: one per substance and part.

        Raises:
            FactorError: no factor for that product; a flow without a factor is never counted as zero.
        """
        return _find(self._products, name, "product")

    @cached_property
    def _products(self) -> Mapping[str, tuple[Factor, ...]]:
        found: dict[str, list[Factor]] = {}
        for factor in self.factors.values():
            if factor.product is not None:
                found.setdefault(factor.product, []).append(factor)
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every factor and table in canonical order: the version of the numbers."""
        entries: dict[str, Factor | Table] = {**self.factors, **self.tables}
        content = [entries[entry_id].model_dump(mode="json") for entry_id in sorted(entries)]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@cache
def shipped_factors() -> FactorSet:
    """The factors that come with the package, read once per process."""
    return FactorSet.load()


EntryT = TypeVar("EntryT", Factor, Table)
FoundT = TypeVar("FoundT")


def _by_id(entries: Iterable[EntryT]) -> dict[str, EntryT]:
    found: dict[str, EntryT] = {}
    for entry in entries:
        if entry.id in found:
            where = f"{entry.source.id}: {entry.id}"
            raise FactorError(
                Problem(
                    where, "stands twice", f"{found[entry.id].source.id} has it too", "give one another id"
                )
            )
        found[entry.id] = entry
    return found


def _find(entries: Mapping[str, FoundT], key: str, kind: str) -> FoundT:
    if key in entries:
        return entries[key]
    near = difflib.get_close_matches(key, entries, n=5, cutoff=0.3)
    fix = f"nearest: {', '.join(near)}" if near else "add it to a factor file of your own"
    raise FactorError(Problem(key, f"no such {kind}", "a missing factor is an error, never a zero", fix))


def _read(path: Path) -> tuple[list[Factor], list[Table]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        source = Source.model_validate(content.pop("publication", {}))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise FactorError(Problem(path.name, "cannot be read", str(error), "mend the TOML")) from error
    except ValidationError as error:
        raise FactorError(*_problems(error, f"{path.name}: publication")) from error
    unknown = set(content) - {"factor", "table"}
    if unknown:
        raise FactorError(
            Problem(
                path.name,
                f"has {sorted(unknown)}",
                "only publication, factor and table belong here",
                "rename them",
            )
        )
    problems: list[Problem] = []
    factors = _validate(Factor, content.get("factor", []), source, path.name, problems)
    tables = _validate(Table, content.get("table", []), source, path.name, problems)
    if problems:
        raise FactorError(*problems)
    return factors, tables


def _validate(
    kind: type[EntryT], entries: list[dict[str, Any]], source: Source, file: str, problems: list[Problem]
) -> list[EntryT]:
    read = []
    for number, entry in enumerate(entries):
        try:
            read.append(kind.model_validate({"licence": source.licence, **entry, "source": source}))
        except ValidationError as error:
            problems.extend(_problems(error, f"{file}: {entry.get('id', f'entry {number + 1}')}"))
    return read


def _problems(error: ValidationError, where: str) -> list[Problem]:
    fix = "see docs/howto/add-factors.md for the fields a number needs"
    return [
        Problem(f"{where}.{'.'.join(map(str, e['loc']))}".rstrip("."), e["msg"], "", fix)
        for e in error.errors()
    ]
