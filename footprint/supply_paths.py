"""Which way emissions travel: from what is bought or burnt, through the processes that pass it on, to the product sold.

The same solve as the ledger's, read along the links instead of stage by stage.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from footprint.causes import causes
from footprint.characterisation import Characterisation
from footprint.engine import Running, Solution
from footprint.errors import InputError, Problem
from footprint.run import Run
from footprint.setting import Setting
from lca_models.product_system import ProductSystem
from lca_models.real import Array

_MOST_STEPS = 64


@dataclass(frozen=True, slots=True)
class Path:
    """One way to the product: the cause first, then every process on the way, the last one sells."""

    steps: tuple[str, ...]
    kg_co2e: float


@dataclass(frozen=True, slots=True)
class Band:
    """What one node hands on to the next, kg CO2e per unit sold."""

    source: str
    target: str
    kg_co2e: float


class SupplyPaths:
    r"""Emissions of one unit sold, followed along the links.

    What a process hands on is what it emits itself and what it was handed:

    $$ E_i = d_i + \sum_k \frac{t_{ki}}{p_k} E_k $$

    Args:
        solution: at central values.
        demand: the product it was solved for.
        characterisation: kg CO2e per kg of each gas.

    Raises:
        FactorError: a gas without a warming potential.
    """

    def __init__(self, solution: Solution, demand: str, characterisation: Characterisation) -> None:
        self._running = [run for run in solution.running if run.column.share]
        self._rows = {run.column.output.product: row for row, run in enumerate(self._running)}
        self._demand = self._rows[demand]
        self._causes = [
            _by_label(Solution((run,), solution.numbers), characterisation) for run in self._running
        ]

    @classmethod
    def of(cls, system: ProductSystem, setting: Setting) -> "SupplyPaths":
        """Solve a system at central values and follow its emissions.

        Args:
            system: the records.
            setting: every choice beside them; nothing is drawn.

        Raises:
            FootprintError: as `assess`.
        """
        characterisation = setting.characterisation()
        run = Run.central(system, system.route(setting.route), characterisation.factors)
        return cls(run.solution, run.demand, characterisation)

    @cached_property
    def _handed(self) -> Array:
        """Of the emissions of column `k`, the part handed to column `i`: `[i, k]`."""
        handed = np.zeros((len(self._running), len(self._running)))
        for taker, run in enumerate(self._running):
            for link in run.column.process.links:
                # Linked for nothing, or to a co-product that carries nothing of its process.
                if (giver := self._rows.get(link.product)) is not None:
                    handed[taker, giver] += float(link.amount * run.activity) / _made(self._running[giver])
        return handed

    @cached_property
    def _passing(self) -> Array:
        """What each column hands on in all, kg CO2e."""
        own = [sum(labels.values()) for labels in self._causes]
        return np.asarray(np.linalg.solve(np.eye(len(own)) - self._handed, own))

    @property
    def gross_kg_co2e(self) -> float:
        """What arrives at the product sold: the gross footprint, before rounding."""
        at_sale = self._handed[:, self._demand].sum()
        return float(self._passing[self._demand] * (1 - at_sale))

    def bands(self) -> list[Band]:
        """Every cause and every link as a band of a Sankey diagram; what comes into a process goes out of it."""
        return [*self.from_causes(), *self.links()]

    def from_causes(self) -> list[Band]:
        """What each process emits itself, by cause."""
        return [
            Band(label, self._names[row], kg)
            for row, labels in enumerate(self._causes)
            for label, kg in labels.items()
            if kg
        ]

    def links(self) -> list[Band]:
        """What each process hands on to another."""
        names = self._names
        return [
            Band(names[giver], names[taker], float(self._handed[taker, giver] * self._passing[giver]))
            for taker, giver in np.argwhere(self._handed)
        ]

    @property
    def sold_by(self) -> str:
        """The process that sells the product."""
        return self._names[self._demand]

    def paths(self, cut_off: float = 0.01) -> list[Path]:
        """The ways that carry at least a part of the footprint, the largest first.

        A loop makes ways without end, each shorter than the one before: they end at the cut-off too.

        Args:
            cut_off: part of the gross footprint, above 0.

        Raises:
            InputError: a cut-off that is none.
        """
        if not 0 < cut_off < 1:
            what, fix = f"the cut-off is {cut_off:g}", "write one per cent as 0.01"
            raise InputError(Problem("cut-off", what, "it is a part of the whole, above 0", fix))
        gross = self.gross_kg_co2e
        found = self._ways(self._demand, 1 - self._handed[:, self._demand].sum(), (), cut_off * gross)
        return sorted(found, key=lambda path: (-path.kg_co2e, path.steps))

    def _ways(self, row: int, part: float, after: tuple[str, ...], least: float) -> Iterator[Path]:
        """Ways through one column of which a part is handed on along `after`."""
        here = (self._names[row], *after)
        for label, kg in self._causes[row].items():
            if kg * part >= least:
                yield Path((label, *here), kg * part)
        for giver in np.flatnonzero(self._handed[row]) if len(here) < _MOST_STEPS else ():
            passed = part * float(self._handed[row, giver])
            if self._passing[giver] * passed >= least:
                yield from self._ways(int(giver), passed, here, least)

    @cached_property
    def _names(self) -> list[str]:
        """Of the processes; with the product where a process sells several that are taken here."""
        names = [run.column.process.name for run in self._running]
        return [
            f"{name}: {run.column.output.product}" if names.count(name) > 1 else name
            for name, run in zip(names, self._running, strict=True)
        ]

    def sankey(self) -> dict[str, Any]:
        """Nodes and links for any program that draws Sankey diagrams."""
        stages = dict(zip(self._names, (run.column.process.stage for run in self._running), strict=True))
        bands = self.bands()
        nodes = dict.fromkeys(name for band in bands for name in (band.source, band.target))
        return {
            "unit": "kg CO2e",
            "total": self.gross_kg_co2e,
            "nodes": [
                {"id": name, "kind": "process" if name in stages else "cause", "stage": stages.get(name)}
                for name in nodes
            ],
            "links": [{"source": b.source, "target": b.target, "value": b.kg_co2e} for b in bands],
        }


def _made(run: Running) -> float:
    return float(run.column.output.amount * run.activity / run.column.share)


def _by_label(solution: Solution, characterisation: Characterisation) -> dict[str, float]:
    found: dict[str, float] = {}
    for entry, kg in causes(solution, characterisation):
        found[entry.label] = found.get(entry.label, 0.0) + kg
    return found
