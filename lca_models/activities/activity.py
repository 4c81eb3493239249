"""What every kind of activity has in common: a name, and processes for the network."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator

from lca_models.activities.answers import MassAnswer, Name, PriceAnswer, Record, positive
from lca_models.flows import Link, Output, Process
from lca_models.numbers import Numbers


class Activity(Record, ABC):
    """Something somebody did over one season. `activity` says which kind; each kind is one file."""

    name: Name

    @abstractmethod
    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """The season's inventory, on floats or draws.

        Args:
            numbers: central values or draws.
            region: ISO 3166-2 code of the electricity grid, e.g. `CN-GD`.
        """


class Take(Record):
    """A product of another activity that goes in."""

    product: Name
    amount: Annotated[MassAnswer, AfterValidator(positive)]

    def link(self, numbers: Numbers, name: str) -> Link:
        """The network's side of it."""
        return Link(self.product, self.amount.read(numbers, name, "kg", f"{self.product} taken in"))


class Give(Record):
    """A product that comes out, with its price where value decides the allocation."""

    product: Name
    amount: Annotated[MassAnswer, AfterValidator(positive)]
    price: PriceAnswer | None = None

    def output(self, numbers: Numbers, name: str) -> Output:
        """The network's side of it."""
        kg = self.amount.read(numbers, f"{name}.amount", "kg", f"{self.product} made")
        if self.price is None:
            return Output(self.product, kg)
        return Output(
            self.product, kg, self.price.read(numbers, f"{name}.price", "CNY/kg", f"price of {self.product}")
        )
