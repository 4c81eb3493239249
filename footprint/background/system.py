r"""The background as a fixed point: what a unit of a product causes is what its process emits and its suppliers cause.

With technosphere $A$ and emissions $B$, the intensities $\Lambda$ (a row per product, a column per gas) solve

$$ A^\mathsf{T} \Lambda = B^\mathsf{T} $$

Dividing each process by its net output $d_j = |A_{jj}|$ and counting waste treated as positive, $s_j =
\mathrm{sign}(A_{jj})$, gives

$$ X = C + N X, \quad N_{ji} = -\frac{A_{ij} s_i}{d_j} \; (i \ne j), \quad C_{jg} = \frac{B_{gj}}{d_j}, \quad
   \Lambda_{jg} = s_j X_{jg} $$

where $N \ge 0$ unless the database has credits or co-products, and $(I - N)$ is then an M-matrix.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from scipy.sparse import csr_array

from footprint.background.hashed import AnyArray
from footprint.background.inventory import Exchanges
from footprint.background.pack import Entry
from footprint.errors import NetworkError, Problem
from lca_models.real import Array


@dataclass(frozen=True)
class System:
    """$X = C + N X$."""

    feed: csr_array
    """$N$: a row per process, a column per supplier."""
    emitted: csr_array
    """$C$: a row per process, a column per gas."""
    sign: Array
    """$s$: negative where a process treats waste."""

    @cached_property
    def own(self) -> Array:
        """$C$ as a table."""
        return np.asarray(self.emitted.toarray())

    @cached_property
    def magnitude(self) -> csr_array:
        """$|N|$."""
        return self.feed if self.positive else abs(self.feed)

    @cached_property
    def magnitude_of_emitted(self) -> csr_array:
        """$|C|$, or more where several emissions of one gas cancel each other."""
        emitted = self.emitted  # of which abs() would sort the shared places
        return csr_array((np.abs(emitted.data), emitted.indices, emitted.indptr), shape=emitted.shape)

    @cached_property
    def positive(self) -> bool:
        """Whether nothing is credited: no negative input and no negative emission."""
        return bool(self.feed.data.min(initial=0.0) >= 0 and self.emitted.data.min(initial=0.0) >= 0)

    def residual(self, found: Array) -> Array:
        """$C + N X - X$."""
        return np.asarray(self.own + self.feed @ found - found)


class Network(Protocol):
    """Processes with what they take from each other and emit: a pack, or a part of one."""

    @property
    def technosphere(self) -> Exchanges:
        """Sorted by column and row."""

    @property
    def emissions(self) -> Exchanges:
        """Sorted by column and row."""

    @property
    def gases(self) -> Sequence[str]:
        """The rows of the emissions."""

    @property
    def entries(self) -> Sequence[Entry]:
        """The columns, by name."""

    @property
    def reference(self) -> AnyArray:
        """How much each column makes of its product."""


class _Scaling(NamedTuple):
    """What amounts are multiplied with, by what each process makes."""

    net: Array
    sign: Array
    per_link: Array
    per_more: Array
    per_emission: Array


class Structure:
    """Where the exchanges of a network stand in $N$ and $C$; made once, filled for every set of amounts."""

    def __init__(self, network: Network) -> None:
        technosphere, size = network.technosphere, len(network.entries)
        self._network, self._shape = network, (size, len(network.gases))
        row, col = np.array(technosphere.row), np.array(technosphere.col)
        self.own = np.flatnonzero(row == col)
        """The places of what processes make, and use of it themselves."""
        self._maker = col[self.own]
        others = np.flatnonzero(row != col)
        first = _first_of_each(row[others], col[others])
        self._links, self._more = others[first], others[~first]
        self._more_of = (np.cumsum(first) - 1)[~first]
        self._row, self._col = row, col
        self._supplier = row[self._links].astype(np.int32)
        self._starts = starts(col[self._links], size).astype(np.int32)
        self._emitter = np.asarray(network.emissions.col)
        self._gas = network.emissions.row.astype(np.int32)
        self._emission_starts = starts(self._emitter, size).astype(np.int32)
        self._scaling: _Scaling | None = None

    def filled(self, technosphere: Array | None = None, emissions: Array | None = None) -> System:
        """The system with these amounts, one per exchange of the network; its own when not given.

        Raises:
            NetworkError: a process that uses up its own product.
        """
        given = self._network.technosphere.amount if technosphere is None else technosphere
        emitted = self._network.emissions.amount if emissions is None else emissions
        scaling = self._scaled(self.net(given[self.own]))
        return self._with(given, emitted, scaling)

    def at_most(self, net: Array, technosphere: Array, emissions: Array) -> System:
        """A system of which no entry is smaller than $|N|$ and $|C|$ of some draws.

        Args:
            net: the least that each process makes on them.
            technosphere: the largest size of each exchange on them.
            emissions: likewise.
        """
        scaling = self._scaled(net)
        sizes = scaling._replace(per_link=np.abs(scaling.per_link), per_more=np.abs(scaling.per_more))
        return self._with(technosphere, emissions, sizes)

    def net(self, own: Array) -> Array:
        """What each process makes beyond what it uses of it itself; negative where it treats waste.

        Args:
            own: the amounts at the places `own`.

        Raises:
            NetworkError: a process that uses up its own product.
        """
        net: Array = np.bincount(self._maker, own, minlength=self._shape[0]).astype(np.float64)
        self._refuse_own_use(net)
        return net

    def _with(self, technosphere: Array, emissions: Array, scaling: "_Scaling") -> System:
        shares = np.take(technosphere, self._links)
        shares *= scaling.per_link
        # Several exchanges of one pair are one link.
        np.add.at(shares, self._more_of, technosphere[self._more] * scaling.per_more)
        feed = csr_array((shares, self._supplier, self._starts), shape=(self._shape[0],) * 2)
        feed.has_canonical_format = True  # or scipy would sort it in place, for every draw that follows
        own = csr_array(
            (emissions * scaling.per_emission, self._gas, self._emission_starts), shape=self._shape
        )
        return System(feed, own, scaling.sign)

    def _scaled(self, net: Array) -> "_Scaling":
        """What makes shares of amounts: that of the last draw where the processes make as much as then."""
        if self._scaling is None or not np.array_equal(net, self._scaling.net):
            sign, per_unit = np.sign(net), 1 / np.abs(net)
            per_link, per_more = (
                -per_unit[self._col[places]] * sign[self._row[places]] for places in (self._links, self._more)
            )
            self._scaling = _Scaling(net, sign, per_link, per_more, per_unit[self._emitter])
        return self._scaling

    def _refuse_own_use(self, net: Array) -> None:
        wrong = np.flatnonzero((np.sign(net) != np.sign(self._network.reference)) | (net == 0))
        problems = [
            Problem(
                self._network.entries[column].name,
                "uses up all it makes of its own product",
                f"makes {self._network.reference[column]:g}, and {net[column]:g} is left",
                "check its reference amount and its own use",
            )
            for column in wrong[:20]
        ]
        if problems:
            raise NetworkError(*problems)


def _first_of_each(row: AnyArray, col: AnyArray) -> AnyArray:
    """Where each pair is met for the first time, in a table sorted by column and row."""
    first = np.ones(len(row), dtype=bool)
    first[1:] = (np.diff(row) != 0) | (np.diff(col) != 0)
    return first


def starts(col: AnyArray, size: int) -> AnyArray:
    """Where each column begins in a table sorted by column."""
    return np.concatenate([[0], np.cumsum(np.bincount(col, minlength=size))]).astype(np.int64)
