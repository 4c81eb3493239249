r"""The background as a fixed point: what a unit of a product causes is what its process emits and its suppliers cause.

With technosphere $A$ and emissions $B$, the intensities $\Lambda$ (a row per product, a column per gas) solve

$$ A^\mathsf{T} \Lambda = B^\mathsf{T} $$

Dividing each process by its net output $d_j = |A_{jj}|$ and counting waste treated as positive, $s_j =
\mathrm{sign}(A_{jj})$, gives

$$ X = C + N X, \quad N_{ji} = -\frac{A_{ij} s_i}{d_j} \; (i \ne j), \quad C_{jg} = \frac{B_{gj}}{d_j}, \quad
   \Lambda_{jg} = s_j X_{jg} $$

where $N \ge 0$ unless the database has credits or co-products, and $(I - N)$ is then an M-matrix.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from footprint.background.hashed import AnyArray
from footprint.background.inventory import Exchanges
from footprint.background.pack import Pack
from footprint.errors import NetworkError, Problem
from lca_models.real import Array


@dataclass(frozen=True)
class System:
    """$X = C + N X$."""

    feed: csr_array
    """$N$: a row per process, a column per supplier."""
    own: Array
    """$C$: a row per process, a column per gas."""
    sign: Array
    """$s$: negative where a process treats waste."""

    @cached_property
    def magnitude(self) -> csr_array:
        """$|N|$."""
        return self.feed if self.positive else abs(self.feed)

    @cached_property
    def positive(self) -> bool:
        """Whether nothing is credited: no negative input and no negative emission."""
        return bool((self.feed.data >= 0).all() and (self.own >= 0).all())

    def residual(self, found: Array) -> Array:
        """$C + N X - X$."""
        return np.asarray(self.own + self.feed @ found - found)


class Structure:
    """Where the exchanges of a pack stand in $N$ and $C$; made once, filled for every set of amounts."""

    def __init__(self, pack: Pack) -> None:
        technosphere, size = pack.technosphere, len(pack)
        self.pack = pack
        self._diagonal = np.flatnonzero(technosphere.row == technosphere.col)
        self._others = np.flatnonzero(technosphere.row != technosphere.col)
        self._row = np.asarray(technosphere.row[self._others])
        self._col = np.asarray(technosphere.col[self._others])
        self._starts = _starts(self._col, size)
        self._emissions = pack.emissions
        self._emission_starts = _starts(self._emissions.col, size)

    def filled(self, technosphere: Array | None = None, emissions: Array | None = None) -> System:
        """The system with these amounts, one per exchange of the pack; its own when not given.

        Raises:
            NetworkError: a process that uses up its own product.
        """
        size = len(self.pack)
        given = self.pack.technosphere.amount if technosphere is None else technosphere
        emitted = self.pack.emissions.amount if emissions is None else emissions
        diagonal = self.pack.technosphere.col[self._diagonal]
        net: Array = np.bincount(diagonal, given[self._diagonal], minlength=size).astype(np.float64)
        self._refuse_own_use(net)
        sign, net = np.sign(net), np.abs(net)
        shares = -given[self._others] / net[self._col] * sign[self._row]
        feed = csr_array((shares, self._row, self._starts), shape=(size, size))
        own = csr_array(
            (emitted / net[self._emissions.col], self._emissions.row, self._emission_starts),
            shape=(size, len(self.pack.gases)),
        )
        return System(feed, own.toarray(), sign)

    def _refuse_own_use(self, net: Array) -> None:
        wrong = np.flatnonzero((np.sign(net) != np.sign(self.pack.reference)) | (net == 0))
        problems = [
            Problem(
                self.pack.entries[column].name,
                "uses up all it makes of its own product",
                f"makes {self.pack.reference[column]:g}, and {net[column]:g} is left",
                "check its reference amount and its own use",
            )
            for column in wrong[:20]
        ]
        if problems:
            raise NetworkError(*problems)


def _starts(col: AnyArray, size: int) -> AnyArray:
    return np.concatenate([[0], np.cumsum(np.bincount(col, minlength=size))]).astype(np.int64)


def exchanges_of(exchanges: Exchanges, column: int) -> slice:
    """The places of the exchanges of one process."""
    first, last = np.searchsorted(exchanges.col, [column, column + 1])
    return slice(int(first), int(last))
