"""Products of a background solved on draws: each from its side, and whole where that proves too little."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol

import numpy as np

from footprint.background.fours import Draw
from footprint.background.hashed import AnyArray
from footprint.background.pack import Pack
from footprint.background.part import Part
from footprint.background.solve import solved
from footprint.background.supply import Supply
from footprint.background.system import Structure, System
from lca_models.real import Array

MOST = 100
"""Products that are solved from their side; of more, every draw is solved whole."""
_ACCEPTED = 1e2
"""Proved error of a draw that is not solved whole, in steps."""


class Group(Protocol):
    """Draws that one proof holds for."""

    def __len__(self) -> int:
        """How many."""

    @property
    def at_most(self) -> System:
        """A system of which no entry is smaller than on any of them."""

    def of(self, part: Part) -> Iterator[System]:
        """The draws of a part, one after the other."""

    def whole(self, number: int) -> System:
        """One of the draws."""


@dataclass(frozen=True)
class Given:
    """One draw that was made already."""

    structure: Structure
    amounts: Draw

    def __len__(self) -> int:
        return 1

    @cached_property
    def at_most(self) -> System:
        """Itself."""
        return self.whole(0)

    def of(self, part: Part) -> Iterator[System]:
        """The draw of a part."""
        technosphere, emissions = self.amounts
        yield part.structure.filled(technosphere[part.technosphere_places], emissions[part.emission_places])

    def whole(self, number: int) -> System:  # noqa: ARG002 - there is only one
        """The draw."""
        return self.structure.filled(*self.amounts)


class Sampler:
    """Ready to solve some products on any draws.

    Args:
        pack: the background.
        processes: whose products.
        tolerance: last relative step of each draw.

    Raises:
        InputError: the pack has no such process.
        NetworkError: the pack has no solution.
    """

    def __init__(self, pack: Pack, processes: Sequence[str], tolerance: float) -> None:
        self._pack, self._tolerance = pack, tolerance
        self._rows = [pack.column(process) for process in processes]
        self.structure = Structure(pack)
        central = self.structure.filled()
        self._base = solved(central, pack)
        self._sign = central.sign[self._rows, None]
        self._supplies: list[Supply | None] = [None] * len(processes)
        if self._base.proof is not None and len(processes) <= MOST:
            before_credits = self._base.proof.before_credits
            self._supplies = [
                Supply.of(pack, central, before_credits, row, tolerance=tolerance) for row in self._rows
            ]

    def on(self, groups: Iterable[Group]) -> tuple[Array, Array]:
        """The intensities, draws × products × gases, and the largest error of each product.

        Args:
            groups: of draws.

        Raises:
            NetworkError: on some draw a loop uses up what it makes.
        """
        found, errors = [], np.zeros(len(self._rows))
        for group in groups:
            some, error = self._group(group)
            found.append(self._sign * some)
            errors = np.maximum(errors, error)
        shape = (0, len(self._rows), len(self._pack.gases))
        return np.concatenate([np.zeros(shape), *found]), errors

    def _group(self, group: Group) -> tuple[Array, Array]:
        found = np.full((len(group), len(self._rows), len(self._pack.gases)), np.nan)
        errors = np.full((len(group), len(self._rows)), np.inf)
        for place, supply in enumerate(self._supplies):
            bound = None if supply is None else supply.bound(group.at_most)
            if supply is not None and bound is not None:
                for draw, part in enumerate(group.of(supply.part)):
                    found[draw, place], errors[draw, place] = supply.intensities(part, bound)
        for draw in np.flatnonzero(self._wide(errors).any(axis=1)).tolist():
            self._by_itself(group, draw, found[draw], errors[draw])
        return found, errors.max(axis=0, initial=0.0)

    def _by_itself(self, group: Group, draw: int, found: Array, errors: Array) -> None:
        """Put right the products of a draw that were not proved well enough with the others of its group."""
        system = group.whole(draw)
        for place in np.flatnonzero(self._wide(errors)).tolist():
            supply = self._supplies[place]
            bound = None if supply is None else supply.bound(system)
            if supply is not None and bound is not None:
                part = next(islice(group.of(supply.part), draw, None))
                found[place], errors[place] = supply.intensities(part, bound)
        if not (wide := self._wide(errors)).any():
            return
        base = self._base
        every = solved(system, self._pack, start=base.found, proof=base.proof, tolerance=self._tolerance)
        found[wide] = every.found[np.array(self._rows)[wide]]
        errors[wide] = every.certificate.relative_error

    def _wide(self, errors: Array) -> AnyArray:
        return np.asarray(errors > _ACCEPTED * self._tolerance)
