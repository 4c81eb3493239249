"""Measured stocks of soil carbon, site by site: some to calibrate a model on, others to validate it on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from footprint.errors import InputError, Problem
from footprint.mrv.rows import Reader, Rows, read_rows
from lca_models.real import Array

Split = Literal["calibration", "validation"]
COLUMNS = ("site", "year", "stock", "unit", "se", "depth_cm", "split")
REPLICATES = "n"
_FEWEST_SITES = 2


@dataclass(frozen=True, slots=True)
class Site:
    """One place that was measured again and again to one depth; the first year is where a model starts."""

    id: str
    split: Split
    depth_cm: float
    years: tuple[int, ...]
    stocks_t_c_per_ha: Array
    errors_t_c_per_ha: Array
    """Standard error of each stock."""
    replicates: tuple[int, ...] | None
    """Samples behind each stock; nothing when the table does not say."""

    @property
    def start_t_c_per_ha(self) -> float:
        """The first stock measured."""
        return float(self.stocks_t_c_per_ha[0])

    @property
    def duration_years(self) -> int:
        """From the first measurement to the last."""
        return self.years[-1] - self.years[0]

    @property
    def changes_t_c_per_ha(self) -> Array:
        """Since the first measurement, of every later one."""
        return np.asarray(self.stocks_t_c_per_ha[1:] - self.stocks_t_c_per_ha[0])

    @property
    def change_errors_t_c_per_ha(self) -> Array:
        """Standard error of each change, the two measurements taken as independent."""
        return np.asarray(np.hypot(self.errors_t_c_per_ha[1:], self.errors_t_c_per_ha[0]))


@dataclass(frozen=True, slots=True)
class Stocks:
    """All sites of a table, and the digest of its file."""

    sites: tuple[Site, ...]
    digest: str

    @property
    def calibration(self) -> tuple[Site, ...]:
        """Sites a model may be fitted to."""
        return tuple(site for site in self.sites if site.split == "calibration")

    @property
    def validation(self) -> tuple[Site, ...]:
        """Sites it has never seen."""
        return tuple(site for site in self.sites if site.split == "validation")

    @property
    def depth_cm(self) -> float:
        """The one depth of all sites."""
        return self.sites[0].depth_cm


def read_stocks(path: Path) -> Stocks:
    """Measured stocks from a table with the columns `COLUMNS`, and `n` where replicates are known.

    Args:
        path: CSV or Parquet; one row per site and year.

    Raises:
        InputError: all that is wrong: a missing error or unit, a negative stock, a site in both parts, two depths,
            fewer than two sites to validate on.
    """
    rows = read_rows(path, needed=COLUMNS, known=(REPLICATES,))
    reader = rows.reader()
    of_site: dict[str, list[_Row]] = {}
    for number, cells in enumerate(rows.cells):
        row = _row(reader, number, cells)
        of_site.setdefault(row.site, []).append(row)
    reader.check()
    _check_sites(rows, of_site)
    return Stocks(tuple(_site(name, found) for name, found in of_site.items()), rows.digest)


@dataclass(frozen=True, slots=True)
class _Row:
    site: str
    year: int
    stock: float
    error: float
    depth_cm: float
    split: str
    replicates: int | None


def _row(reader: Reader, number: int, cells: Mapping[str, str]) -> _Row:
    error = reader.carbon(number, cells, "se", least=0.0)
    if error == 0:
        why = "no measurement is without error, and a weight of 1/0 would swallow all others"
        reader.fault(number, "se is 0", why, "enter the standard error of the mean of its samples")
    return _Row(
        site=reader.word(number, cells, "site"),
        year=reader.whole(number, cells, "year", least=1),
        stock=reader.carbon(number, cells, "stock", least=0.0),
        error=error,
        depth_cm=reader.number(number, cells, "depth_cm", least=1.0),
        split=reader.word(number, cells, "split", ("calibration", "validation")),
        replicates=reader.whole(number, cells, REPLICATES, least=2) if REPLICATES in cells else None,
    )


def _site(name: str, rows: list[_Row]) -> Site:
    rows = sorted(rows, key=lambda row: row.year)
    counts = [row.replicates for row in rows if row.replicates is not None]
    return Site(
        id=name,
        split=rows[0].split,  # type: ignore[arg-type] # one of the two words, checked
        depth_cm=rows[0].depth_cm,
        years=tuple(row.year for row in rows),
        stocks_t_c_per_ha=np.array([row.stock for row in rows]),
        errors_t_c_per_ha=np.array([row.error for row in rows]),
        replicates=tuple(counts) if len(counts) == len(rows) else None,
    )


def _check_sites(rows: Rows, of_site: Mapping[str, list[_Row]]) -> None:
    problems = [fault for name, found in of_site.items() for fault in _site_faults(name, found)]
    depths = Counter(row.depth_cm for found in of_site.values() for row in found)
    if len(depths) > 1:
        what = f"has stocks of {', '.join(f'{depth:g} cm' for depth in sorted(depths))}"
        why = "a deeper layer holds more: stocks of different depth cannot be compared"
        problems.append(Problem(rows.name, what, why, "give one depth, or validate each by itself"))
    sites = sum(found[0].split == "validation" for found in of_site.values())
    if sites < _FEWEST_SITES:
        what = f"has {sites} site{'' if sites == 1 else 's'} to validate on"
        why = "one site shows neither bias nor scatter between sites"
        problems.append(Problem(rows.name, what, why, f"give {_FEWEST_SITES} or more, better 20"))
    if problems:
        raise InputError(*(one.under(rows.name) if one.where in of_site else one for one in problems))


def _site_faults(name: str, rows: list[_Row]) -> list[Problem]:
    faults = []
    if len({row.split for row in rows}) > 1:
        why = "a model is validated on sites it has not seen"
        faults.append(Problem(name, "is in calibration and in validation", why, "decide for one of them"))
    years = Counter(row.year for row in rows)
    faults += [
        Problem(name, f"stands twice in {year}", "one mean per site and year", "pool the samples")
        for year, times in sorted(years.items())
        if times > 1
    ]
    if len(years) < 2:
        faults.append(Problem(name, "was measured once", "a change needs two years", "leave it out"))
    return faults
