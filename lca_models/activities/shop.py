"""A market stall or a shop: some fruit is never sold, some electricity keeps the rest fresh."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator

from lca_models.activities.activity import Activity
from lca_models.activities.answers import EnergyAnswer, FractionAnswer, Name, Record, below_one
from lca_models.flows import Balance, Link, Output, Process, Purchase
from lca_models.numbers import Numbers


class Shop(Record):
    """The last stop. `electricity` is per kilogram of fruit sold, when anything there is cooled."""

    loss: Annotated[FractionAnswer, AfterValidator(below_one)]
    electricity_per_kg: EnergyAnswer | None = None

    def process(self, numbers: Numbers, *, name: str, takes: str, gives: str, region: str) -> Process:
        """The shop per kilogram of fruit sold.

        Args:
            numbers: central values or draws.
            name: of the process.
            takes: the product delivered.
            gives: the product sold.
            region: ISO 3166-2 code of the shop's electricity grid.
        """
        loss = self.loss.read(numbers, f"{name}.loss", "", f"fruit lost, {name}")
        delivered, exchanges = 1.0 / (1.0 - loss), tuple[Purchase, ...]()
        if self.electricity_per_kg is not None:
            answer = f"{name}.electricity_per_kg"
            kwh = self.electricity_per_kg.read(numbers, answer, "kWh", f"electricity, {name}")
            exchanges = (Purchase(f"electricity.{region}", kwh, f"electricity, {name}", (answer,)),)
        return Process(
            name=name,
            stage="shop",
            outputs=(Output(gives, 1.0),),
            links=(Link(takes, delivered),),
            exchanges=exchanges,
            balances=(Balance("mass", f"{name}.loss", delivered, 1.0, "weigh what came and what was sold"),),
        )


class Retail(Activity):
    """A shop of a network."""

    activity: Literal["shop"] = "shop"
    takes: Name
    gives: Name
    shop: Shop

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        yield self.shop.process(numbers, name=self.name, takes=self.takes, gives=self.gives, region=region)
