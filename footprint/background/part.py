"""A part of a background: some processes with all they take and emit, cut off at those they take it from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from footprint.background.hashed import AnyArray
from footprint.background.inventory import Exchanges
from footprint.background.pack import Entry
from footprint.background.spreads import Amounts
from footprint.background.system import Network, Structure


@dataclass(frozen=True)
class Part:
    """Some processes and their suppliers, numbered anew."""

    rows: AnyArray
    """Which of the whole they are, in its order."""
    active: AnyArray
    """Whose inputs and emissions are all there, by their number in the part; of the others, only what they make."""
    technosphere_places: AnyArray
    """Where its exchanges stand among those of the whole,"""
    emission_places: AnyArray
    """and its emissions."""
    technosphere: Exchanges
    emissions: Exchanges
    gases: Sequence[str]
    entries: Sequence[Entry]
    reference: AnyArray

    @classmethod
    def of(cls, whole: Network, active: AnyArray) -> "Part":
        """The part that some processes are.

        Args:
            whole: which they are a part of.
            active: their rows.
        """
        counts = np.zeros(len(whole.entries), dtype=bool)
        counts[active] = True
        taken = counts[whole.technosphere.col]
        rows = np.union1d(active, whole.technosphere.row[taken])
        inside = np.zeros(len(counts), dtype=bool)
        inside[rows] = True
        made = (whole.technosphere.row == whole.technosphere.col) & inside[whole.technosphere.col]
        links, emissions = np.flatnonzero(taken | made), np.flatnonzero(counts[whole.emissions.col])
        number = np.cumsum(inside) - 1
        return cls(
            rows,
            number[active],
            links,
            emissions,
            _numbered(whole.technosphere.taken(links), number, number),
            _numbered(whole.emissions.taken(emissions), None, number),
            whole.gases,
            [whole.entries[row] for row in rows],
            whole.reference[rows],
        )

    @cached_property
    def structure(self) -> Structure:
        """Where its exchanges stand."""
        return Structure(self)

    @cached_property
    def amounts(self) -> tuple[Amounts, Amounts]:
        """How its exchanges and its emissions spread."""
        return Amounts(self.technosphere), Amounts(self.emissions)


def _numbered(exchanges: Exchanges, rows: AnyArray | None, cols: AnyArray) -> Exchanges:
    row = exchanges.row if rows is None else rows[exchanges.row]
    return Exchanges(row, cols[exchanges.col], exchanges.amount, exchanges.flip, exchanges.uncertainty)
