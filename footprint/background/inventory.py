"""What an importer hands over: processes, products and exchanges, whatever the format they came in.

The technosphere has a row per product and a column per process: what is made is positive, what is used negative,
and the treatment of a waste has a negative reference. Emissions have a row per gas.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from footprint.background.hashed import AnyArray
from lca_models.published import Source
from lca_models.real import Array

UNCERTAINTY = np.dtype(
    [
        ("uncertainty_type", np.uint8),
        ("loc", np.float64),
        ("scale", np.float64),
        ("shape", np.float64),
        ("minimum", np.float64),
        ("maximum", np.float64),
        ("negative", np.bool_),
    ]
)
"""The fields of stats_arrays, as Brightway's datapackages hold them."""

NO_UNCERTAINTY, LOGNORMAL, NORMAL, UNIFORM, TRIANGULAR = 1, 2, 3, 4, 5
"""Ids of stats_arrays (stats_arrays 0.7, module `distributions`)."""


class Product(NamedTuple):
    """A row: something made and used, or a waste and its treatment."""

    id: str
    name: str
    unit: str


class Activity(NamedTuple):
    """A column: who makes it, and where."""

    id: str
    name: str
    location: str


@dataclass(frozen=True)
class Exchanges:
    """Exchanges column by column of a table: amounts carry their sign in the matrix."""

    row: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    col: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    amount: Array
    flip: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    """Where a drawn number enters the matrix with the other sign."""
    uncertainty: AnyArray

    def __len__(self) -> int:
        return len(self.row)

    def taken(self, places: AnyArray) -> "Exchanges":
        """Some of them, in the order given."""
        return Exchanges(
            self.row[places],
            self.col[places],
            self.amount[places],
            self.flip[places],
            self.uncertainty[places],
        )


class Spread(NamedTuple):
    """How one amount spreads: the fields of stats_arrays."""

    uncertainty_type: int = NO_UNCERTAINTY
    loc: float = np.nan
    scale: float = np.nan
    shape: float = np.nan
    minimum: float = np.nan
    maximum: float = np.nan
    negative: bool = False


@dataclass
class ExchangeList:
    """Exchanges one after the other, for importers that meet them so."""

    entries: list[tuple[int, int, float, bool, Spread]] = field(default_factory=list)

    def add(
        self, row: int, col: int, amount: float, *, flip: bool = False, spread: Spread | None = None
    ) -> None:
        """One more; without a spread it is certain."""
        self.entries.append((row, col, amount, flip, spread or Spread(loc=-amount if flip else amount)))

    def done(self) -> Exchanges:
        """All of them as columns."""
        rows, cols, amounts, flips, spreads = (
            zip(*self.entries, strict=True) if self.entries else ((), (), (), (), ())
        )
        return Exchanges(
            np.array(rows, dtype=np.int64),
            np.array(cols, dtype=np.int64),
            np.array(amounts, dtype=np.float64),
            np.array(flips, dtype=np.bool_),
            np.array([tuple(spread) for spread in spreads], dtype=UNCERTAINTY),
        )


@dataclass(frozen=True)
class Inventory:
    """A database on its way into a pack."""

    source: Source
    products: tuple[Product, ...]
    processes: tuple[Activity, ...]
    gases: tuple[str, ...]
    technosphere: Exchanges
    emissions: Exchanges
    reference: tuple[int, ...] | None = None
    """The row each process is run for; found by the builder when the format does not say."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What was not taken, in words, and how often: flows without effect on the climate, declared omissions."""
