"""Products of a background solved on draws: each from its side, and whole where that proves too little."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from footprint.background.certificate import Majorant, majorant
from footprint.background.fours import Draw
from footprint.background.hashed import AnyArray
from footprint.background.pack import Pack
from footprint.background.part import Part
from footprint.background.solve import solved
from footprint.background.supply import MOST_TIERS_OF_A_PROOF, Centre, Supply
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
        centre = Centre(pack, self.structure.filled())
        self._base = solved(centre.system, pack)
        self._sign = centre.system.sign[self._rows, None]
        self._supplies: dict[int, Supply] = {}
        if self._base.proof is not None and len(processes) <= MOST:
            caused = self._base.proof.before_credits
            for place, row in enumerate(self._rows):
                supply = Supply.of(centre, caused, row, tolerance=tolerance, copies=together)
                if supply is not None:
                    self._supplies[place] = supply

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
        proof = self._proved(group.at_most)
        for place, supply in self._supplies.items():
            drawn = group.of(supply.part)
            found[:, place], errors[:, place] = supply.intensities(drawn, group.at_most, proof)
            if self._wide(errors[:, place]).any():
                proof_of_its_own = supply.proved(group.at_most)
                found[:, place], errors[:, place] = supply.intensities(drawn, group.at_most, proof_of_its_own)
        for member in group.asked:
            if self._wide(errors[member]).any():
                self._by_itself(group, member, found[member], errors[member])
        return found, errors

    def _proved(self, system: System) -> Majorant | None:
        """The proof of all products together; nothing where it is not found soon."""
        if self._joint is None:
            return None
        return majorant(system, self._joint.before_credits, self._joint, most_tiers=MOST_TIERS_OF_A_PROOF)

    @cached_property
    def _joint(self) -> Majorant | None:
        """The sum of the vectors of all products, each in what is typical of its own gases."""
        proofs = [(np.exp(-np.log(one.worth).mean()), one.proof) for one in self._supplies.values()]
        if not proofs:
            return None
        caused, reach, margin = (
            np.sum([typical * getattr(proof, name) for typical, proof in proofs], axis=0)
            for name in ("before_credits", "reach", "margin")
        )
        return Majorant(caused, reach, margin)

    def _by_itself(self, group: Group, member: int, found: Array, errors: Array) -> None:
        """Put right the products of a draw that were not proved well enough with the others of its group."""
        system, base = group.whole(member), self._base
        for place in set(self._supplies) & set(np.flatnonzero(self._wide(errors)).tolist()):
            supply = self._supplies[place]
            some, sure = supply.intensities(group.of(supply.part), system, supply.proved(system))
            found[place], errors[place] = some[member], sure[member]
        if (wide := self._wide(errors)).any():
            every = solved(system, self._pack, start=base.found, proof=base.proof, tolerance=self._tolerance)
            found[wide] = every.found[np.array(self._rows)[wide]]
            errors[wide] = every.certificate.relative_error

    def _wide(self, errors: Array) -> AnyArray:
        return np.asarray(errors > _ACCEPTED * self._tolerance)
