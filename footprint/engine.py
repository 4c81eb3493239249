"""The matrices: a small foreground network scaled to one unit of demand, on floats or on draws at once.

Every output of every process is a column: what it sells is positive, its share of what the process takes from
others negative. Solving A s = f for one unit of demand says how much of each is needed; each exchange then
contributes s times its amount.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from footprint.errors import NetworkError, Problem
from lca_models.equations.allocation import share
from lca_models.flows import Allocation, Emission, Output, Process, Purchase, Storage
from lca_models.numbers import Numbers
from lca_models.real import Array, Real

ROUNDING = 1e-12
"""Relative to the largest: a column that is not needed may come out a rounding error beside zero."""


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
    needed: tuple[str, ...]
    """Every product of the network that it takes, in the order of the processes."""


@dataclass(frozen=True, slots=True)
class Column:
    """One output of one process with the share of the process that it carries."""

    process: Process
    output: Output
    share: Real


def columns(
    processes: Sequence[Process], allocation: Mapping[str, Allocation] | None = None
) -> tuple[Column, ...]:
    """Every output as a column of its own, so that anything may be linked to a co-product too.

    Args:
        processes: the network.
        allocation: another allocation for some processes, to show what the choice does.

    Raises:
        NetworkError: allocation by value without prices.
    """
    methods = {process.name: process.allocation for process in processes} | dict(allocation or {})
    return tuple(
        Column(process, output, carried_share(process, number, methods[process.name]))
        for process in processes
        for number, output in enumerate(process.outputs)
    )


def solve(
    processes: Sequence[Process],
    demand: str,
    numbers: Numbers,
    allocation: Mapping[str, Allocation] | None = None,
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
    outputs = columns(processes, allocation)
    entries: list[Entry] = []
    stored: list[Stored] = []
    products: list[str] = []
    for column, needed in zip(outputs, _scales(outputs, demand), strict=True):
        if not np.any(needed):
            continue
        activity, process = needed * column.share, column.process
        products.append(column.output.product)
        entries.extend(_entries(process, activity, numbers))
        stored.extend(
            Stored(storage, storage.carbon_kg * activity, process.stage) for storage in process.storages
        )
    return Solution(tuple(entries), tuple(stored), tuple(products))


def carried_share(process: Process, output: int, method: Allocation) -> Real:
    """The share of a process that one of its outputs carries.

    Raises:
        NetworkError: allocation by value without prices.
    """
    if len(process.outputs) == 1:
        return 1.0
    if method == "mass":
        return share(index=output, weights=[out.kg for out in process.outputs])
    return share(index=output, weights=[out.kg * _price(process, out) for out in process.outputs])


def _price(process: Process, output: Output) -> Real:
    if output.price_per_kg is None:
        fix = "give every product a price, or allocate by mass"
        raise NetworkError(
            Problem(process.name, f"{output.product} has no price", "allocation by value needs one", fix)
        )
    return output.price_per_kg


def _scales(outputs: Sequence[Column], demand: str) -> list[Real]:
    rows = {column.output.product: row for row, column in enumerate(outputs)}
    if demand not in rows:
        fix = f"products: {', '.join(rows)}"
        raise NetworkError(Problem(demand, "is not made by any process", "", fix))
    cells: dict[tuple[int, int], Real] = {}
    for number, column in enumerate(outputs):
        cells[number, number] = column.output.kg
        for link in column.process.links:
            cell = (rows[link.product], number)
            cells[cell] = cells.get(cell, 0.0) - link.kg * column.share
    solved = _solved(_matrix(cells, len(outputs)), rows[demand], outputs)
    return [float(s) if solved.ndim == 1 else s for s in np.moveaxis(solved, -1, 0)]


def _solved(matrix: Array, demanded: int, outputs: Sequence[Column]) -> Array:
    wanted = np.zeros(matrix.shape[:-1])
    wanted[..., demanded] = 1.0
    try:
        solved = np.asarray(np.linalg.solve(matrix, wanted[..., None])[..., 0])
    except np.linalg.LinAlgError:
        names = ", ".join(dict.fromkeys(column.process.name for column in outputs))
        why, fix = "a loop uses up all it makes", "check the amounts of the loop"
        raise NetworkError(Problem(names, "the network has no solution", why, fix)) from None
    solved[np.abs(solved) < ROUNDING * np.abs(solved).max(axis=-1, keepdims=True)] = 0.0
    if (backwards := solved < 0).any():
        name = outputs[int(np.argwhere(backwards)[0][-1])].process.name
        why, fix = "its loop uses more than it makes", "check the amounts of the loop"
        raise NetworkError(Problem(name, "would have to run backwards", why, fix))
    return solved


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
