"""Products of a background solved on draws: each from its side, and whole where that proves too little."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from footprint.background.fours import Draw
from footprint.background.hashed import AnyArray
from footprint.background.need import Centre, Need
from footprint.background.pack import Pack
from footprint.background.part import Part
from footprint.background.solve import solved
from footprint.background.supply import Supplied, Supply, batches
from footprint.background.system import Structure, System
from lca_models.real import Array

MOST = 100
"""Products that are solved from their side; of more, every draw is solved whole."""
_ACCEPTED = 1e2
"""Proved error of a draw that is not solved whole, in steps."""


class Group(Protocol):
    """Draws that one proof holds for."""

    @property
    def asked(self) -> range:
        """Which of them are wanted."""

    @property
    def at_most(self) -> System:
        """A system of which no entry is smaller than on any of them."""

    def of(self, part: Part) -> System:
        """All draws of a part."""

    def whole(self, member: int) -> System:
        """One of the draws."""


@dataclass(frozen=True)
class Given:
    """One draw that was made already."""

    structure: Structure
    amounts: Draw
    asked: range = range(1)

    @cached_property
    def at_most(self) -> System:
        """Itself."""
        return self.structure.filled(*self.amounts)

    def of(self, part: Part) -> System:
        """The draw of a part."""
        technosphere, emissions = self.amounts
        return part.structure.filled(technosphere[part.technosphere_places], emissions[part.emission_places])

    def whole(self, member: int) -> System:  # noqa: ARG002 - there is only one
        """The draw."""
        return self.at_most


class Sampler:
    """Ready to solve some products on any draws.

    Args:
        pack: the background.
        processes: whose products.
        tolerance: last relative step of each draw.
        together: how many draws a group has.

    Raises:
        InputError: the pack has no such process.
        NetworkError: the pack has no solution.
    """

    def __init__(self, pack: Pack, processes: Sequence[str], tolerance: float, *, together: int) -> None:
        self._pack, self._tolerance, self._together = pack, tolerance, together
        self._rows = [pack.column(process) for process in processes]
        self.structure = Structure(pack)
        central = self.structure.filled()
        self._base = solved(central, pack)
        self._sign = central.sign[self._rows, None]
        self._supplies: list[tuple[list[int], Supply]] = []
        if self._base.proof is not None and len(processes) <= MOST:
            centre = Centre(pack, central, self._base.proof.before_credits)
            needs = [Need.of(centre, row, tolerance=tolerance) for row in self._rows]
            for batch in batches([(place, need) for place, need in enumerate(needs) if need is not None]):
                places, some = [place for place, _ in batch], [need for _, need in batch]
                self._supplies.append((places, Supply.of(centre, some, tolerance=tolerance, copies=together)))

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
            found.append(self._sign * some[group.asked])
            errors = np.maximum(errors, error[group.asked].max(axis=0, initial=0.0))
        shape = (0, len(self._rows), len(self._pack.gases))
        return np.concatenate([np.zeros(shape), *found]), errors

    def _group(self, group: Group) -> tuple[Array, Array]:
        found = np.full((self._together, len(self._rows), len(self._pack.gases)), np.nan)
        errors = np.full((self._together, len(self._rows)), np.inf)
        for places, supply in self._supplies:
            if (supplied := supply.on(group.of(supply.part))) is not None:
                found[:, places] = supplied.intensities
                self._prove(group, places, supply, supplied, errors)
        for member in group.asked:
            if (wide := self._wide(errors[member])).any():
                self._solve_whole(group.whole(member), wide, found[member], errors[member])
        return found, errors

    def _prove(
        self, group: Group, places: Sequence[int], supply: Supply, supplied: Supplied, errors: Array
    ) -> None:
        """By a proof for all products, then each by its own, then each draw by itself: the first that is enough."""
        every = range(len(places))
        errors[:, places] = supply.errors(supplied, every, group.at_most, supply.proved(group.at_most))
        for product in np.flatnonzero(self._wide(errors[:, places]).any(axis=0)).tolist():
            place, need = places[product], supply.needs[product]
            own = need.proved(group.at_most)
            errors[:, place] = supply.errors(supplied, [product], group.at_most, own)[:, 0]
            for member in group.asked:
                if self._wide(errors[member, place]):
                    system = group.whole(member)
                    by_itself = supply.errors(supplied, [product], system, need.proved(system))
                    errors[member, place] = by_itself[member, 0]

    def _solve_whole(self, system: System, wide: AnyArray, found: Array, errors: Array) -> None:
        """Put right the products of a draw that were not proved well enough."""
        base = self._base
        every = solved(system, self._pack, start=base.found, proof=base.proof, tolerance=self._tolerance)
        found[wide] = every.found[np.array(self._rows)[wide]]
        errors[wide] = every.certificate.relative_error

    def _wide(self, errors: Array) -> AnyArray:
        return np.asarray(errors > _ACCEPTED * self._tolerance)
