r"""Tier by tier from a few products on, where a tier reaches few others: only what is there is touched.

$$ y_r = \sum_{k=0}^{\infty} e_r M^k $$

for unit rows $e_r$. A sparse product of SciPy costs more for being called than for the few hundred numbers in it,
so the rows of $M$ are gathered here, for all $r$ in one list.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from footprint.background.hashed import AnyArray
from footprint.background.tiers import EXACT, MOST_TIERS
from lca_models.real import Array


def thin_sums(handed_on: csr_array, rows: Sequence[int], *, pruned: float) -> Array:
    """The sums, a row for each unit row; where tiers do not end they are cut off, which a residual shows.

    Args:
        handed_on: $M$, nothing below zero.
        rows: $r$.
        pruned: an amount below it is not followed further.

    Example:
        >>> chain = csr_array([[0.0, 0.5, 0.0], [0.0, 0.0, 0.5], [0.0, 0.0, 0.0]])
        >>> thin_sums(chain, [0, 1], pruned=1e-18)
        array([[1.  , 0.5 , 0.25],
               [0.  , 1.  , 0.5 ]])
    """
    size = handed_on.shape[0]
    found, step = np.zeros(len(rows) * size), _Step(handed_on, len(rows))
    places, amounts = np.arange(len(rows)) * size + np.asarray(rows, dtype=np.int64), np.ones(len(rows))
    for _ in range(MOST_TIERS):
        found[places] += amounts
        places, amounts = step.taken(places, amounts, pruned)
        if amounts.max(initial=0.0) <= EXACT:
            break
    return found.reshape(len(rows), size)


class _Step:
    """From a tier to the next; a place is a product in the list of one $r$, the lists one after another."""

    def __init__(self, handed_on: csr_array, lists: int) -> None:
        self._size = handed_on.shape[0]
        self._begins = handed_on.indptr[:-1].astype(np.int64)
        self._counts = np.diff(handed_on.indptr).astype(np.int64)
        self._to, self._share = handed_on.indices, handed_on.data
        self._sum = np.zeros(lists * self._size)
        self._last = np.empty(lists * self._size, dtype=np.int32)

    def taken(self, places: AnyArray, amounts: Array, pruned: float) -> tuple[AnyArray, Array]:
        product = places % self._size
        counts = self._counts[product]
        number = np.arange(counts.sum(), dtype=np.int32)
        link = np.repeat(self._begins[product] - np.cumsum(counts) + counts, counts) + number
        reached = np.repeat(places - product, counts) + self._to[link]
        np.add.at(self._sum, reached, np.repeat(amounts, counts) * self._share[link])
        self._last[reached] = number  # of several links to one place the last one counts
        once = reached[self._last[reached] == number]
        summed = self._sum[once]
        self._sum[once] = 0.0
        kept = summed >= pruned
        return once[kept], summed[kept]
