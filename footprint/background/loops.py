"""A loop that needs more of a product than it makes has no footprint: found and named."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from footprint.background.hashed import AnyArray
from footprint.background.pack import Pack
from footprint.background.system import System
from footprint.errors import NetworkError, Problem
from lca_models.real import Array

_ROUNDS = 2000
_NAMED = 12


def refuse_gaining_loops(system: System, pack: Pack) -> None:
    """Refuse a system in which some loop of processes uses up all it makes.

    A loop is a strongly connected part of the network. Its gain is the spectral radius of its part of $N$; at one
    or more nothing is left for anybody outside.

    Raises:
        NetworkError: with the processes of the loop, the most involved first.
    """
    feed = system.feed.copy()
    feed.sum_duplicates()  # two exchanges of one pair are one link; the search for loops needs it so
    for members in _loops(feed):
        inner = csr_array(feed[members][:, members])
        if (inner.data < 0).any():
            continue  # credits inside: its gain says nothing, the direct solution decides
        gain, weight = _gain(inner)
        if gain >= 1.0:
            core = _core(inner, members, weight)
            gain, _ = _gain(csr_array(feed[core][:, core]), enough=np.inf)
            raise NetworkError(_problem(pack, core, len(members), gain))


def _loops(feed: csr_array) -> Iterator[AnyArray]:
    _, label = connected_components(feed, connection="strong")
    sizes = np.bincount(label)
    order = np.argsort(label, kind="stable")
    ends = np.cumsum(sizes)
    for part in np.flatnonzero(sizes > 1):
        yield np.sort(order[ends[part] - sizes[part] : ends[part]])


def _gain(inner: csr_array, enough: float = 1.0) -> tuple[float, Array]:
    r"""A lower bound of the spectral radius of an irreducible matrix, and its vector, by Collatz and Wielandt.

    $$ \min_i \frac{(N x)_i}{x_i} \le \rho(N) \le \max_i \frac{(N x)_i}{x_i} $$

    iterating $x \leftarrow x + N x$, which converges for periodic loops too.
    """
    weight = np.ones(inner.shape[0])
    low = 0.0
    for _ in range(_ROUNDS):
        passed_on = inner @ weight
        ratio = passed_on / weight
        low, high = float(ratio.min()), float(ratio.max())
        if low >= enough or high < 1.0 or high - low <= 1e-12 * high:
            break
        weight = weight + passed_on
        weight /= weight.max()
    return low, weight


def _core(inner: csr_array, members: AnyArray, weight: Array) -> AnyArray:
    """The strongest part of a loop: its weakest links are dropped for as long as some loop still gains."""
    coo = inner.tocoo()
    share = coo.data * weight[coo.col] / (inner @ weight)[coo.row]
    chosen, low, high = members, 0, len(share) - 1
    levels = np.sort(share)
    while low <= high:
        middle = (low + high) // 2
        kept = share >= levels[middle]
        thinned = csr_array((coo.data[kept], (coo.row[kept], coo.col[kept])), shape=inner.shape)
        found = [part for part in _loops(thinned) if _gain(csr_array(thinned[part][:, part]))[0] >= 1.0]
        if found:
            chosen, low = members[min(found, key=len)], middle + 1
        else:
            high = middle - 1
    return chosen


def _problem(pack: Pack, core: AnyArray, size: int, gain: float) -> Problem:
    names = [pack.entries[column].name for column in core[:_NAMED]]
    more = f" and {len(core) - _NAMED} more" if len(core) > _NAMED else ""
    what = f"is a loop that needs {gain:.4g} of its products to make one"
    why = f"the strongest part of {size} processes that feed each other" if size > len(core) else ""
    return Problem(" → ".join(names) + more, what, why, "check the amounts of these processes")
