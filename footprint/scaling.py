r"""How much of each column of a network runs for one unit of demand.

$$ A\,s = f $$

Column $j$ gives $A_{jj}$ of its own product and takes $-A_{ij}$ of product $i$. Most networks are a chain with
perhaps one loop, so the system is solved consumer by consumer in the order of its strongly connected components
(Tarjan 1972, SIAM J. Comput. 1:146): one division where nothing loops, a small dense solve where something does.
Floats or draws alike; with draws each division is one array operation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from graphlib import TopologicalSorter

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from footprint.errors import NetworkError, Problem
from lca_models.real import Array, Real

ROUNDING = 1e-12
"""Relative to the largest of a loop: a column that is not needed may come out a rounding error below zero."""

Cells = Mapping[tuple[int, int], Real]
"""What column `j` takes of product `i`, by `(i, j)`, as positive amounts."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The network as arrows: which products each column takes; the part that many records have in common."""

    columns: int
    arrows: frozenset[tuple[int, int]]


def scales(given: Sequence[Real], taken: Cells, demanded: int, names: Sequence[str]) -> list[Real]:
    """How often each column runs for one unit of the product of column `demanded`.

    Args:
        given: what each column gives of its own product.
        taken: what columns take of each other's.
        demanded: the column whose product is asked for.
        names: of the processes, for errors.

    Returns:
        One for each column; 0.0 where nothing of it is needed.

    Raises:
        NetworkError: a loop that uses up all it makes, or more.

    Example:
        >>> scales([2.0, 4.0], {(0, 1): 1.0}, 1, ["orchard", "packhouse"])
        [0.125, 0.25]
    """
    needed: list[Real] = [0.0] * len(given)
    for loop in _order(Taken(len(given), frozenset(taken)), demanded):
        asked = [_asked(column, loop, taken, needed, demanded) for column in loop]
        if len(loop) == 1:
            found = [_divided(asked[0], given[loop[0]] - taken.get((loop[0], loop[0]), 0.0), names[loop[0]])]
        else:
            found = _solved(loop, given, taken, asked, names)
        for column, scale in zip(loop, found, strict=True):
            needed[column] = scale
    return needed


@lru_cache(maxsize=4096)
def _order(network: Taken, demanded: int) -> tuple[tuple[int, ...], ...]:
    """The columns that `demanded` needs, consumers before those they take from; a loop stands together."""
    size = network.columns
    rows, cols = zip(*network.arrows, strict=True) if network.arrows else ((), ())
    graph = csr_array((np.ones(len(rows)), (cols, rows)), shape=(size, size))
    _, label = connected_components(graph, connection="strong")
    members: dict[int, list[int]] = {}
    for column in range(size):
        members.setdefault(int(label[column]), []).append(column)
    sorter: TopologicalSorter[int] = TopologicalSorter(dict.fromkeys(members, ()))
    for row, column in network.arrows:
        if label[row] != label[column]:
            sorter.add(int(label[row]), int(label[column]))
    reached = _reached(network, demanded)
    loops = (tuple(members[name]) for name in sorter.static_order())
    return tuple(loop for loop in loops if loop[0] in reached)


def _reached(network: Taken, demanded: int) -> set[int]:
    takes: dict[int, list[int]] = {}
    for row, column in network.arrows:
        takes.setdefault(column, []).append(row)
    reached, ahead = {demanded}, [demanded]
    while ahead:
        for row in takes.get(ahead.pop(), ()):
            if row not in reached:
                reached.add(row)
                ahead.append(row)
    return reached


def _asked(column: int, loop: tuple[int, ...], taken: Cells, needed: Sequence[Real], demanded: int) -> Real:
    asked: Real = 1.0 if column == demanded else 0.0
    for (row, taker), amount in taken.items():
        if row == column and taker not in loop:
            asked = asked + amount * needed[taker]
    return asked


def _divided(asked: Real, left: Real, name: str) -> Real:
    least = left if isinstance(left, float) else np.min(left)
    if least <= 0:
        raise _used_up(name) if np.any(np.equal(left, 0.0)) else _backwards(name)
    return asked / left


def _solved(
    loop: tuple[int, ...], given: Sequence[Real], taken: Cells, asked: Sequence[Real], names: Sequence[str]
) -> list[Real]:
    matrix = _matrix(loop, given, taken)
    try:
        solved = np.linalg.solve(matrix, _stacked(asked)[..., None])[..., 0]
    except np.linalg.LinAlgError:
        raise _used_up(", ".join(dict.fromkeys(names[column] for column in loop))) from None
    solved[(solved < 0) & (solved > -ROUNDING * np.abs(solved).max(axis=-1, keepdims=True))] = 0.0
    if (wrong := solved < 0).any():
        raise _backwards(names[loop[int(np.argwhere(wrong)[0][-1])]])
    return [float(s) if solved.ndim == 1 else s for s in np.moveaxis(solved, -1, 0)]


def _matrix(loop: tuple[int, ...], given: Sequence[Real], taken: Cells) -> Array:
    size = range(len(loop))
    cells = [
        (given[loop[i]] if i == j else 0.0) - taken.get((loop[i], loop[j]), 0.0) for i in size for j in size
    ]
    stacked = _stacked(cells)
    return stacked.reshape(*stacked.shape[:-1], len(loop), len(loop))


def _stacked(amounts: Sequence[Real]) -> Array:
    return np.stack(np.broadcast_arrays(*amounts), axis=-1)


def _used_up(names: str) -> NetworkError:
    why, fix = "a loop uses up all it makes", "check the amounts of the loop"
    return NetworkError(Problem(names, "the network has no solution", why, fix))


def _backwards(name: str) -> NetworkError:
    why, fix = "its loop uses more than it makes", "check the amounts of the loop"
    return NetworkError(Problem(name, "would have to run backwards", why, fix))
