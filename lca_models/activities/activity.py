"""What every kind of activity has in common: a name, and processes for the network."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lca_models.activities.answers import (
    FractionAnswer,
    HeatingValueAnswer,
    MassAnswer,
    Name,
    PriceAnswer,
    Record,
    positive,
)
from lca_models.errors import Problem, RecordError
from lca_models.flows import Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real

WayToShare = Literal["mass", "economic", "energy", "substitution"]
"""Of any activity with several products; some kinds know one more."""
MassOrValue = Literal["mass", "economic"]
"""Of those whose records ask for weights and prices alone."""


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


class Displaced(Record):
    """What somebody does not buy because of a co-product: its making is avoided there, and told here."""

    product: Name
    """Of the purchased inputs, counted in kilograms."""
    ratio: FractionAnswer
    """Kilograms of it per kilogram of the co-product."""
    why: str = Field(min_length=1, max_length=300)

    def purchase(self, numbers: Numbers, name: str, co_product: str, kg: Real) -> Purchase:
        """What is not bought.

        Args:
            numbers: central values or draws.
            name: where the record asks for it.
            co_product: what is used in its place.
            kg: of the co-product.

        Raises:
            FactorError: no factor for it.
            RecordError: it is not counted in kilograms.
        """
        units = {factor.unit for factor in numbers.factors.product(self.product)}
        if other := sorted(unit for unit in units if not unit.endswith("/kg")):
            why, fix = "the ratio is kilograms per kilogram", "name something that is bought by mass"
            raise RecordError(Problem(name, f"{self.product} is counted in {other[0]}", why, fix))
        ratio = self.ratio.read(numbers, f"{name}.ratio", "", f"{self.product} displaced by {co_product}")
        label = f"{self.product} displaced by {co_product}: {self.why}"
        return Purchase(self.product, kg * ratio, label, (f"{name}.ratio",))


class Give(Record):
    """A product that comes out, with what the way its activity is shared needs to know of it."""

    product: Name
    amount: Annotated[MassAnswer, AfterValidator(positive)]
    price: PriceAnswer | None = None
    heating_value: HeatingValueAnswer | None = None
    """Lower, as it leaves; for sharing by energy."""
    displaces: Displaced | None = None
    """For substitution; the product the activity is run for displaces nothing."""

    def output(self, numbers: Numbers, name: str) -> Output:
        """The network's side of it."""
        kg = self.amount.read(numbers, f"{name}.amount", "kg", f"{self.product} made")
        return Output(
            self.product,
            kg,
            self._read(numbers, name, "price", "CNY/kg", "price of"),
            heating_value_mj_per_kg=self._read(
                numbers, name, "heating_value", "MJ/kg", "lower heating value of"
            ),
            displaces=None
            if self.displaces is None
            else self.displaces.purchase(numbers, f"{name}.displaces", self.product, kg),
        )

    def _read(
        self, numbers: Numbers, name: str, field: Literal["price", "heating_value"], unit: str, words: str
    ) -> Real | None:
        answer: PriceAnswer | HeatingValueAnswer | None = getattr(self, field)
        if answer is None:
            return None
        return answer.read(numbers, f"{name}.{field}", unit, f"{words} {self.product}")
