"""The matrices: a small foreground network scaled to one unit of demand, on floats or on draws at once.

Every process is a column; what it sells is positive, what it takes from others negative. Solving A s = f for
one unit of demand says how much of each process is needed; each exchange then contributes s times its amount.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from footprint.errors import NetworkError, Problem
from lca_models.equations.allocation import share
from lca_models.flows import Allocation, Emission, Process, Purchase, Storage
from lca_models.numbers import Numbers
from lca_models.real import Array, Real


@dataclass(frozen=True, slots=True)
class Entry:
    """One gas from one cause, per unit of demand, kg."""

    stage: str
    label: str
    substance: str
    kg: Real
    answers: tuple[str, ...]
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """One store of carbon, per unit of demand."""

    storage: Storage
    carbon_kg: Real
    stage: str


@dataclass(frozen=True, slots=True)
class Solution:
    """What one unit of demand causes, cause by cause."""

    entries: tuple[Entry, ...]
    stored: tuple[Stored, ...]


def solve(
    processes: Sequence[Process],
    demand: str,
    numbers: Numbers,
    allocation: dict[str, Allocation] | None = None,
) -> Solution:
    """Scale a network to one kilogram of `demand` and list what that causes.

    Args:
        processes: the network, links checked.
        demand: the product asked for.
        numbers: whence the intensities of bought products are taken; the one the inventory was made with.
        allocation: another allocation for some processes, to show what the choice does.

    Raises:
        NetworkError: the network cannot make the product.
        FactorError: something bought has no factor.
    """
    methods = {process.name: process.allocation for process in processes} | (allocation or {})
    carried = {
        process.name: carried_share(process, demand_of(process, demand), methods[process.name])
        for process in processes
    }
    scale = _scales(processes, demand, carried)
    entries: list[Entry] = []
    stored: list[Stored] = []
    for process, needed in zip(processes, scale, strict=True):
        activity = needed * carried[process.name]
        entries.extend(_entries(process, activity, numbers))
        stored.extend(
            Stored(storage, storage.carbon_kg * activity, process.stage) for storage in process.storages
        )
    return Solution(tuple(entries), tuple(stored))


def demand_of(process: Process, demand: str) -> int:
    """Which output of a process the chain uses: the demanded one, or its first."""
    return next((i for i, output in enumerate(process.outputs) if output.product == demand), 0)


def carried_share(process: Process, output: int, method: Allocation) -> Real:
    """The share of a process that one of its outputs carries.

    Raises:
        NetworkError: allocation by value without prices.
    """
    if len(process.outputs) == 1:
        return 1.0
    weights: list[Real] = []
    for out in process.outputs:
        if method == "economic" and out.price_per_kg is None:
            fix = "give every grade a price, or allocate by mass"
            raise NetworkError(
                Problem(process.name, f"{out.product} has no price", "allocation by value needs one", fix)
            )
        weights.append(
            out.kg * out.price_per_kg if method == "economic" and out.price_per_kg is not None else out.kg
        )
    return share(index=output, weights=weights)


def _scales(processes: Sequence[Process], demand: str, carried: dict[str, Real]) -> list[Real]:
    rows = {process.outputs[demand_of(process, demand)].product: i for i, process in enumerate(processes)}
    if demand not in rows:
        raise NetworkError(Problem(demand, "is not made by any process", "", f"products: {', '.join(rows)}"))
    size = len(processes)
    cells: dict[tuple[int, int], Real] = {}
    for column, process in enumerate(processes):
        output = process.outputs[demand_of(process, demand)]
        cells[rows[output.product], column] = output.kg
        for link in process.links:
            if link.product not in rows:
                raise NetworkError(
                    Problem(
                        process.name,
                        f"needs {link.product!r}",
                        "it is only a co-product here",
                        "link to the main product",
                    )
                )
            cell = (rows[link.product], column)
            cells[cell] = cells.get(cell, 0.0) - link.kg * carried[process.name]
    matrix = _matrix(cells, size)
    wanted = np.zeros(size)
    wanted[rows[demand]] = 1.0
    try:
        solved = np.linalg.solve(matrix, np.broadcast_to(wanted, matrix.shape[:-1])[..., None])[..., 0]
    except np.linalg.LinAlgError:
        names = ", ".join(process.name for process in processes)
        raise NetworkError(
            Problem(
                names,
                "the network has no solution",
                "a loop uses up all it makes",
                "check the amounts of the loop",
            )
        ) from None
    if (solved < 0).any():
        column = int(np.argwhere(solved < 0)[0][-1])
        raise NetworkError(
            Problem(
                processes[column].name,
                "would have to run backwards",
                "its loop uses more than it makes",
                "check the amounts of the loop",
            )
        )
    return [float(s) if solved.ndim == 1 else s for s in np.moveaxis(solved, -1, 0)]


def _matrix(cells: dict[tuple[int, int], Real], size: int) -> Array:
    draws = np.broadcast_shapes(*(np.shape(amount) for amount in cells.values()))
    matrix = np.zeros((*draws, size, size))
    for (row, column), amount in cells.items():
        matrix[..., row, column] = amount
    return matrix


def _entries(process: Process, activity: Real, numbers: Numbers) -> Iterator[Entry]:
    stage = process.stage
    for exchange in process.exchanges:
        if isinstance(exchange, Emission):
            kg = exchange.kg * activity
            yield Entry(stage, exchange.label, exchange.substance, kg, exchange.answers, exchange.factors)
        else:
            yield from _bought(exchange, stage, activity, numbers)


def _bought(purchase: Purchase, stage: str, activity: Real, numbers: Numbers) -> Iterator[Entry]:
    for factor in numbers.factors.product(purchase.product):
        kg = purchase.amount * activity * numbers.factor(factor.id)
        names = (factor.id, *purchase.factors)
        yield Entry(stage, purchase.label, str(factor.substance), kg, purchase.answers, names)
