"""What changed on the plots of a project, and on what they are compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from footprint.errors import InputError, Problem
from footprint.mrv.rows import Reader, read_rows
from lca_models.real import Array

Role = Literal["project", "control", "baseline"]
ROLES: tuple[Role, ...] = ("project", "control", "baseline")
COLUMNS = ("stratum", "area_ha", "plot", "role", "change", "unit")


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the area with plots of its own; changes of the stock over the period, by role."""

    id: str
    area_ha: float
    changes_t_c_per_ha: Mapping[Role, Array]

    def mean(self, role: Role) -> float:
        """Mean change of the plots in one role, t C/ha."""
        return float(np.mean(self.changes_t_c_per_ha[role]))


@dataclass(frozen=True, slots=True)
class Project:
    """All strata, and the digest of their file."""

    strata: tuple[Stratum, ...]
    digest: str

    @property
    def areas_ha(self) -> Array:
        """Of each stratum."""
        return np.array([stratum.area_ha for stratum in self.strata])

    @property
    def area_ha(self) -> float:
        """Of all."""
        return float(self.areas_ha.sum())


def read_project(path: Path) -> Project:
    """The plots of a project from a table with the columns `COLUMNS`.

    Roles: `project` for plots under the new practice, `control` for plots measured beside them under the old one,
    `baseline` for what a model says of the project's plots under the old practice.

    Args:
        path: CSV or Parquet; one row per plot and role, the change of its stock over the period.

    Raises:
        InputError: all that is wrong: no unit, two areas for one stratum, a plot twice, fewer than two plots in a role.
    """
    rows = read_rows(path, needed=COLUMNS)
    reader = rows.reader()
    seen: set[tuple[str, str, str]] = set()
    areas: dict[str, float] = {}
    changes: dict[str, dict[str, list[float]]] = {}
    for number, cells in enumerate(rows.cells):
        stratum, area, role, change = _row(reader, number, cells, seen)
        if areas.setdefault(stratum, area) != area:
            fix = "repeat the same area in every row of a stratum"
            reader.fault(
                number, f"{stratum} has {area:g} ha here, {areas[stratum]:g} above", "it has one area", fix
            )
        changes.setdefault(stratum, {}).setdefault(role, []).append(change)
    reader.check()
    _check_plots(rows.name, changes)
    strata = (
        Stratum(name, areas[name], {role: np.array(found[role]) for role in ROLES if role in found})
        for name, found in changes.items()
    )
    return Project(tuple(strata), rows.digest)


def _row(
    reader: Reader, number: int, cells: Mapping[str, str], seen: set[tuple[str, str, str]]
) -> tuple[str, float, str, float]:
    stratum, plot = (reader.word(number, cells, column) for column in ("stratum", "plot"))
    role = reader.word(number, cells, "role", ROLES)
    if (stratum, plot, role) in seen:
        reader.fault(
            number, f"plot {plot} of {stratum} stands twice as {role}", "it would weigh twice", "pool it"
        )
    seen.add((stratum, plot, role))
    area = reader.number(number, cells, "area_ha", least=1e-6)
    return stratum, area, role, reader.carbon(number, cells, "change")


def _check_plots(name: str, changes: Mapping[str, Mapping[str, list[float]]]) -> None:
    problems = [
        Problem(
            name,
            f"{stratum} has one plot as {role}",
            "one plot shows no scatter",
            "add plots, or merge strata",
        )
        for stratum, found in changes.items()
        for role, plots in found.items()
        if len(plots) < 2
    ]
    problems += [
        Problem(name, f"{stratum} has no plots of the project", "there is nothing to credit", "add them")
        for stratum, found in changes.items()
        if "project" not in found
    ]
    if problems:
        raise InputError(*problems)
