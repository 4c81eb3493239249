"""A background pack: a whole database as memory-mapped arrays, known by the hash of its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from footprint.background import hashed
from footprint.background.hashed import AnyArray, HashedFolder
from footprint.background.inventory import UNCERTAINTY, Exchanges
from footprint.errors import InputError, Problem
from lca_models.published import Source

KIND = "agrifood-footprint background pack, version 1"


class Entry(NamedTuple):
    """A process with the product it is run for."""

    id: str
    name: str
    product: str
    unit: str
    location: str


@dataclass(frozen=True)
class Pack:
    """An opened pack. Row j of the technosphere is the reference product of column j."""

    folder: HashedFolder

    @classmethod
    def open(cls, path: Path) -> "Pack":
        """Open a pack and check every hash.

        Args:
            path: the folder `footprint background build` made.

        Raises:
            InputError: it is no pack, or a byte of it has changed; the file is named.
        """
        pack = cls(hashed.read(path, KIND))
        pack.check()
        return pack

    @property
    def id(self) -> str:
        """`sha256:` and the hash of the manifest, which holds the hashes of everything else."""
        return self.folder.identity

    @cached_property
    def source(self) -> Source:
        """Whose data it is."""
        return Source.model_validate(self.folder.about["source"])

    @property
    def gases(self) -> tuple[str, ...]:
        """The rows of the emissions."""
        return tuple(self.folder.about["gases"])

    @property
    def left_out(self) -> Mapping[str, int]:
        """What was not taken from the database, in words, and how often."""
        found: Mapping[str, int] = self.folder.about["left_out"]
        return found

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every process, in the order of the columns."""
        return tuple(Entry(*row) for row in self.folder.tables["processes"])

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """The column of each process id."""
        return {entry.id: column for column, entry in enumerate(self.entries)}

    @property
    def reference(self) -> AnyArray:
        """How much of its product each process makes before it uses any itself; negative for waste treated."""
        return self.folder.arrays["reference"]

    @cached_property
    def technosphere(self) -> Exchanges:
        """Between processes, sorted by column and row."""
        return self._exchanges("technosphere")

    @cached_property
    def emissions(self) -> Exchanges:
        """To the air, sorted by column and row."""
        return self._exchanges("emissions")

    def __len__(self) -> int:
        return len(self.reference)

    def column(self, process: str) -> int:
        """The column of a process.

        Raises:
            InputError: the pack has no such process.
        """
        if process not in self.columns:
            fix = "look it up with `footprint background list`"
            raise InputError(Problem(process, f"is no process of {self.source.id}", "", fix))
        return self.columns[process]

    def stream(self, table: Literal["t", "b"]) -> str:
        """The name of all uncertain numbers of the technosphere or of the emissions: equal names are equal draws."""
        return f"background.{self.id[7:19]}.{table}"

    def check(self) -> None:
        """Hold the arrays against each other: hashes say that nothing changed, not that it was right.

        Raises:
            InputError: sizes, places or types that no builder writes.
        """
        try:
            sound = self._fits()
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise self._unsound(str(error)) from error
        if not sound:
            raise self._unsound("its arrays do not fit")

    def _unsound(self, why: str) -> InputError:
        return InputError(Problem(str(self.folder.path), "contradicts itself", why[:200], "build it again"))

    def _fits(self) -> bool:
        size, texts = len(self), [text for entry in self.entries for text in entry]
        told = len(self.entries) == size and all(isinstance(text, str) for text in (*texts, *self.gases))
        return (
            told
            and bool(self.source.id)
            and all(isinstance(count, int) for count in self.left_out.values())
            and bool(np.isfinite(self.reference).all())
            and _inside(self.technosphere, size, size)
            and _inside(self.emissions, len(self.gases), size)
        )

    def _exchanges(self, name: str) -> Exchanges:
        arrays = self.folder.arrays
        return Exchanges(
            *(arrays[f"{name}_{part}"] for part in ("row", "col", "amount", "flip", "uncertainty"))
        )


def _inside(exchanges: Exchanges, rows: int, cols: int) -> bool:
    arrays = (exchanges.row, exchanges.col, exchanges.amount, exchanges.flip)
    if exchanges.uncertainty.dtype != UNCERTAINTY or {len(array) for array in arrays} != {
        len(exchanges.uncertainty)
    }:
        return False
    if not len(exchanges):
        return True
    inside = exchanges.row.min() >= 0 and exchanges.row.max() < rows
    inside = inside and exchanges.col[0] >= 0 and exchanges.col[-1] < cols
    further, same = np.diff(exchanges.col) > 0, np.diff(exchanges.col) == 0
    in_order = further | same & (np.diff(exchanges.row) >= 0)
    return bool(inside and in_order.all() and np.isfinite(exchanges.amount).all())
