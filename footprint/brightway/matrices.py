"""A product system as the cells of Brightway's matrices: who makes what, who takes it, what leaves to the air.

Every output of every process is a column of its own that carries its allocated share of the process, just as in
`footprint.engine`; everything bought is a column that emits what its published factors say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from footprint.characterisation import BIOGENIC_CO2, Characterisation
from footprint.engine import Column, columns
from lca_models.flows import Emission, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.published import Factor
from lca_models.real import Real

Kind = Literal["product", "purchase", "gas"]
Role = Literal["production", "consumption", "emission", "characterisation"]


class Node(NamedTuple):
    """A row or column. The kind is part of the name: a farm may make what another buys under the same name."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One amount of one column, and where it comes from."""

    row: Node
    column: Node
    amount: Real
    role: Role
    label: str = ""
    factors: tuple[str, ...] = ()
    published: Factor | None = None
    """The amount is this number itself, not computed from it: its distribution is the amount's."""


@dataclass(frozen=True)
class Matrices:
    """What Brightway is given of a network: technosphere and biosphere, and the product asked for."""

    outputs: tuple[Column, ...]
    bought: Mapping[str, tuple[Factor, ...]]
    numbers: Numbers
    demand: Node

    @classmethod
    def of(cls, processes: Sequence[Process], demand: str, numbers: Numbers) -> "Matrices":
        """The cells of a network.

        Args:
            processes: the network, links checked.
            demand: the product asked for.
            numbers: those the inventory was made with, central values or draws.

        Raises:
            NetworkError: allocation by value without prices.
            FactorError: something bought has no factor.
        """
        taken = {
            exchange.product
            for process in processes
            for exchange in process.exchanges
            if isinstance(exchange, Purchase)
        }
        bought = {product: numbers.factors.product(product) for product in sorted(taken)}
        return cls(columns(processes), bought, numbers, Node("product", demand))

    @cached_property
    def technosphere(self) -> tuple[Cell, ...]:
        """What every column makes, and what it takes from the others."""
        made = [cell for column in self.outputs for cell in _technosphere(column)]
        sold = [Node("purchase", product) for product in self.bought]
        return tuple(_present([*made, *(Cell(node, node, 1.0, "production") for node in sold)]))

    @cached_property
    def biosphere(self) -> tuple[Cell, ...]:
        """The gases of every column."""
        direct = [cell for column in self.outputs for cell in _biosphere(column)]
        embodied = [
            Cell(
                Node("gas", str(factor.substance)),
                Node("purchase", product),
                self.numbers.factor(factor.id),
                "emission",
                factor.name,
                (factor.id,),
                factor,
            )
            for product, factors in self.bought.items()
            for factor in factors
        ]
        return tuple(_present([*direct, *embodied]))

    @property
    def gases(self) -> tuple[str, ...]:
        """Every substance that leaves, in alphabetical order."""
        return tuple(sorted({cell.row.name for cell in self.biosphere}))

    def characterised(self, characterisation: Characterisation) -> tuple[Cell, ...]:
        """The warming potential of every gas but biogenic CO2, which is kept in a ledger of its own.

        Raises:
            CharacterisationError: the set has no value for a gas.
        """
        return tuple(
            Cell(Node("gas", gas), Node("gas", gas), characterisation.co2e_per_kg(gas), "characterisation")
            for gas in self.gases
            if gas != BIOGENIC_CO2
        )


def _technosphere(column: Column) -> Iterator[Cell]:
    made = Node("product", column.output.product)
    yield Cell(made, made, column.output.amount, "production")
    for link in column.process.links:
        yield Cell(Node("product", link.product), made, link.amount * column.share, "consumption")
    for exchange in column.process.exchanges:
        if isinstance(exchange, Purchase):
            node, amount = Node("purchase", exchange.product), exchange.amount * column.share
            yield Cell(node, made, amount, "consumption", exchange.label, exchange.factors)


def _biosphere(column: Column) -> Iterator[Cell]:
    made = Node("product", column.output.product)
    for exchange in column.process.exchanges:
        if isinstance(exchange, Emission):
            node, amount = Node("gas", exchange.substance), exchange.kg * column.share
            yield Cell(node, made, amount, "emission", exchange.label, exchange.factors)


def _present(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Those that are not zero: a sparse matrix holds no others."""
    return (cell for cell in cells if np.any(cell.amount))
