"""At home: keeping, cooking, what is not eaten, and the packaging that is left."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.activity import Activity
from lca_models.activities.answers import EnergyAnswer, FractionAnswer, Name, VolumeAnswer, below_one
from lca_models.activities.disposal import FoodWaste, Thrown
from lca_models.activities.storage import Region
from lca_models.faults import fault
from lca_models.flows import Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real


class HomeUse(Activity):
    """A household, per kilogram eaten; energy is per kilogram eaten, packaging per kilogram bought."""

    activity: Literal["use"] = "use"
    takes: Name
    gives: Name
    inedible: Annotated[FractionAnswer, AfterValidator(below_one)] | None = None
    """Peel, stone, bone: share of what is bought."""
    uneaten: Annotated[FractionAnswer, AfterValidator(below_one)]
    """Share of what is bought that is thrown away whole."""
    food_waste: FoodWaste | None = None
    electricity_per_kg: EnergyAnswer | None = None
    """Refrigerator and stove."""
    natural_gas_per_kg: VolumeAnswer | None = None
    lpg_per_kg: VolumeAnswer | None = None
    packages: Annotated[tuple[Thrown, ...], Field(strict=False)] = ()
    region: Region | None = None
    """Of the household's electricity grid, where that is not the producer's."""

    @model_validator(mode="after")
    def _waste_goes_somewhere(self) -> Self:
        if self.food_waste is None and (self.inedible is not None or _is_some(self.uneaten)):
            what = "something is thrown away, but it is not said where it goes"
            raise fault(what, "in a landfill it makes methane", "fill in food_waste")
        return self

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        bought = self._bought_kg(numbers)
        yield Process(
            name=self.name,
            stage="use",
            outputs=(Output(self.gives, 1.0),),
            links=(Link(self.takes, bought),),
            exchanges=tuple(self._exchanges(numbers, self.region or region, bought)),
        )

    def _bought_kg(self, numbers: Numbers) -> Real:
        uneaten = self.uneaten.read(numbers, f"{self.name}.uneaten", "", "thrown away whole")
        inedible: Real = 0.0
        if self.inedible is not None:
            inedible = self.inedible.read(numbers, f"{self.name}.inedible", "", "peel and stone")
        return 1.0 / ((1.0 - uneaten) * (1.0 - inedible))

    def _exchanges(self, numbers: Numbers, region: str, bought: Real) -> Iterator[Emission | Purchase]:
        for field, unit, product, word in (
            ("electricity_per_kg", "kWh", f"electricity.{region}", "electricity"),
            ("natural_gas_per_kg", "m3", "fuel.natural_gas", "natural gas"),
            ("lpg_per_kg", "litre", "fuel.lpg", "liquefied gas"),
        ):
            answer, name = getattr(self, field), f"{self.name}.{field}"
            if answer is not None:
                amount = answer.read(numbers, name, unit, f"{word} at home")
                yield Purchase(product, amount, f"{word} at home", (name,))
        if self.food_waste is not None:
            name = f"{self.name}.food_waste"
            yield from self.food_waste.exchanges(numbers, name, bought - 1.0, "food waste at home")
        for number, thrown in enumerate(self.packages, start=1):
            yield from thrown.exchanges(numbers, f"{self.name}.packages.{number}", bought)


def _is_some(answer: FractionAnswer) -> bool:
    return answer.amount is None or float(answer.amount.number) > 0
