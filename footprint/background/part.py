"""A part of a background: some processes with all they take and emit, cut off at those they take it from.

A part stands for several draws at once: as many copies of it as draws, one after the other, that have nothing to do
with each other. What would be four small systems is then one, and costs little more than one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from footprint.background.hashed import AnyArray
from footprint.background.inventory import Exchanges
from footprint.background.pack import Entry
from footprint.background.spreads import Amounts
from footprint.background.system import Network, Structure, System
from lca_models.real import Array


@dataclass(frozen=True)
class Part:
    """Some processes and their suppliers, numbered anew, copy after copy."""

    copies: int
    rows: AnyArray
    """Which of the whole one copy holds, in its order."""
    active: AnyArray
    """Those whose inputs and emissions are all there, in every copy; of the others only what they make."""
    technosphere_places: AnyArray
    """Where the exchanges of one copy stand among those of the whole,"""
    emission_places: AnyArray
    """and its emissions."""
    technosphere: Exchanges
    emissions: Exchanges
    gases: Sequence[str]
    entries: Sequence[Entry]
    reference: AnyArray

    @classmethod
    def of(cls, whole: Network, active: AnyArray, *, copies: int) -> "Part":
        """The part that some processes are.

        Args:
            whole: which they are a part of.
            active: their rows.
            copies: draws that it is for at once.
        """
        taking = np.isin(whole.technosphere.col, active)
        rows = np.union1d(active, whole.technosphere.row[taking])
        making = (whole.technosphere.row == whole.technosphere.col) & np.isin(whole.technosphere.col, rows)
        places = np.flatnonzero(taking | making)
        emissions = np.flatnonzero(np.isin(whole.emissions.col, active))
        number = np.full(len(whole.entries), -1)
        number[rows] = np.arange(len(rows))
        return cls(
            copies,
            rows,
            _copied(number[active], copies, len(rows)),
            places,
            emissions,
            _numbered(whole.technosphere.taken(places), number, copies, len(rows)),
            _numbered(whole.emissions.taken(emissions), number, copies, len(rows), len(whole.gases)),
            [*whole.gases] * copies,
            [whole.entries[row] for row in rows] * copies,
            np.tile(whole.reference[rows], copies),
        )

    @cached_property
    def structure(self) -> Structure:
        """Where its exchanges stand."""
        return Structure(self)

    def drawn(self, technosphere: Array, emissions: Array) -> System:
        """The copies, each on a draw of its own.

        Args:
            technosphere: normal scores of the exchanges, copy after copy.
            emissions: likewise.
        """
        exchanges, emitted = self._amounts
        return self.structure.filled(exchanges.at(technosphere), emitted.at(emissions))

    @cached_property
    def _amounts(self) -> tuple[Amounts, Amounts]:
        return Amounts(self.technosphere), Amounts(self.emissions)


def _numbered(
    exchanges: Exchanges, number: AnyArray, copies: int, size: int, gases: int | None = None
) -> Exchanges:
    """In the numbers of the part; those of emissions are gases, and another gas in every copy."""
    row = number[exchanges.row] if gases is None else exchanges.row
    return Exchanges(
        _copied(row, copies, size if gases is None else gases),
        _copied(number[exchanges.col], copies, size),
        np.tile(exchanges.amount, copies),
        np.tile(exchanges.flip, copies),
        np.tile(exchanges.uncertainty, copies),
    )


def _copied(numbers: AnyArray, copies: int, size: int) -> AnyArray:
    return (numbers + size * np.arange(copies)[:, None]).ravel()
