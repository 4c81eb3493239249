"""The matrices: a small foreground network scaled to one unit of demand, on floats or on draws at once.

Every output of every process is a column: what it sells is positive, its share of what the process takes from
others negative. Solving A s = f for one unit of demand says how much of each is needed; each exchange then
contributes s times its amount.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from footprint.allocation_keys import carried_share
from footprint.errors import NetworkError, Problem
from footprint.scaling import scales
from lca_models.flows import Allocation, Emission, Output, Process, Purchase, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real


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
    running: "Running"
    """The process that stores it, and how much of it runs for the product."""

    @property
    def stage(self) -> str:
        """Of that process."""
        return self.running.column.process.stage


@dataclass(frozen=True, slots=True)
class Column:
    """One output of one process with the share of the process that it carries."""

    process: Process
    output: Output
    share: Real
    method: Allocation


@dataclass(frozen=True, slots=True)
class Running:
    """A column that is needed, and how much of its process runs for it, per unit of demand."""

    column: Column
    activity: Real


@dataclass(frozen=True)
class Solution:
    """What one unit of demand causes, cause by cause."""

    running: tuple[Running, ...]
    numbers: Numbers

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every gas from every cause.

        Raises:
            FactorError: something bought has no factor.
        """
        return tuple(
            entry
            for run in self.running
            for entry in _entries(run.column.process, run.activity, self.numbers)
        )

    @cached_property
    def stored(self) -> tuple[Stored, ...]:
        """Every store of carbon."""
        return tuple(
            Stored(storage, storage.carbon_kg * run.activity, run)
            for run in self.running
            for storage in run.column.process.storages
        )

    @property
    def needed(self) -> tuple[str, ...]:
        """Every product of the network that it takes, in the order of the processes."""
        return tuple(running.column.output.product for running in self.running)


def columns(
    processes: Sequence[Process], allocation: Mapping[str, Allocation] | None = None
) -> tuple[Column, ...]:
    """Every output as a column of its own, so that anything may be linked to a co-product too.

    Args:
        processes: the network.
        allocation: another allocation for some processes, to show what the choice does.

    Raises:
        NetworkError: the records do not say what a way of allocation needs.
    """
    methods = {process.name: process.allocation for process in processes} | dict(allocation or {})
    return tuple(
        Column(process, output, carried_share(process, number, method), method)
        for process in processes
        for method in (methods[process.name],)
        for number, output in enumerate(process.outputs)
    )


def solve(
    processes: Sequence[Process],
    demand: str,
    numbers: Numbers,
    allocation: Mapping[str, Allocation] | None = None,
) -> Solution:
    """Scale a network to one unit of `demand` and list what that causes.

    Args:
        processes: the network, links checked.
        demand: the product asked for.
        numbers: whence the intensities of bought products are taken; the one the inventory was made with.
        allocation: another allocation for some processes, to show what the choice does.

    Raises:
        NetworkError: the network cannot make the product, or takes what is said to displace something elsewhere.
    """
    return Solution(tuple(_running(columns(processes, allocation), demand)), numbers)


def _running(outputs: Sequence[Column], demand: str) -> Iterator[Running]:
    for column, needed in zip(outputs, _scales(outputs, demand), strict=True):
        if not (np.any(needed) if np.ndim(needed) else needed):
            continue
        if column.method == "substitution" and column.output.displaces is not None:
            what = f"{column.output.product} displaces {column.output.displaces.product}, and is taken here"
            why, fix = "what is used here displaces nothing elsewhere", "allocate in another way"
            raise NetworkError(Problem(column.process.name, what, why, fix))
        yield Running(column, needed * column.share)


def _scales(outputs: Sequence[Column], demand: str) -> list[Real]:
    rows = {column.output.product: row for row, column in enumerate(outputs)}
    if demand not in rows:
        fix = f"products: {', '.join(rows)}"
        raise NetworkError(Problem(demand, "is not made by any process", "", fix))
    taken: dict[tuple[int, int], Real] = {}
    for number, column in enumerate(outputs):
        for link in column.process.links:
            cell = (rows[link.product], number)
            taken[cell] = taken.get(cell, 0.0) + link.amount * column.share
    given = [column.output.amount for column in outputs]
    return scales(given, taken, rows[demand], [column.process.name for column in outputs])


def _entries(process: Process, activity: Real, numbers: Numbers) -> Iterator[Entry]:
    stage = process.stage
    for exchange in process.exchanges:
        if isinstance(exchange, Emission):
            kg = exchange.kg * activity
            yield Entry(stage, exchange.label, exchange.substance, kg, exchange.answers, exchange.factors)
        else:
            yield from bought(exchange, stage, activity, numbers)


def bought(purchase: Purchase, stage: str, activity: Real, numbers: Numbers) -> Iterator[Entry]:
    """The gases of something bought, by the factors of its making.

    Args:
        purchase: what, and how much for a whole process.
        stage: of that process.
        activity: how much of the process runs.
        numbers: whence the factors are taken.

    Raises:
        FactorError: no factor for it.
    """
    for factor in numbers.factors.product(purchase.product):
        kg = purchase.amount * activity * numbers.factor(factor.id)
        names = (factor.id, *purchase.factors)
        yield Entry(stage, purchase.label, str(factor.substance), kg, purchase.answers, names)
