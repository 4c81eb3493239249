"""Washing, drying, fermenting, distilling, roasting, freezing, chipping: a product goes in, others come out."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.activity import Activity, Give, Take, WayToShare
from lca_models.activities.answers import MassAnswer, Name, Record, VolumeAnswer, positive
from lca_models.activities.energy import EnergyUse, TakeEnergy
from lca_models.activities.evaporation import Evaporation
from lca_models.activities.firewood import Burnt, Firewood, smoke
from lca_models.activities.shares import ShareAnswer, at_most_all
from lca_models.equations import fermentation
from lca_models.faults import fault
from lca_models.flows import Balance, Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real, total

Step = Literal[
    "washing", "drying", "fermenting", "distilling", "roasting", "freezing", "milling", "cooking", "chipping",
    "pelletising",
]  # fmt: skip


class Water(Record):
    """Tap water used, and whether the products may hold some of it: then mass out may exceed mass in."""

    amount: VolumeAnswer
    stays_in_product: bool


class Uncounted(Record):
    """Something that goes in without its footprint: then the step is assessed from gate to gate."""

    product: Name
    amount: Annotated[MassAnswer, AfterValidator(positive)]
    why: str = Field(min_length=1, max_length=300)


class Alcohol(Record):
    """What was fermented, as it is measured: volume and strength."""

    volume: VolumeAnswer
    strength: ShareAnswer

    def co2(self, numbers: Numbers, name: str) -> Emission:
        """The CO2 that escaped while it was made."""
        litres = self.volume.read(numbers, f"{name}.volume", "litre", "volume fermented")
        strength = self.strength.read(numbers, f"{name}.strength", "", "alcohol by volume")
        ethanol = fermentation.ethanol_kg(volume_litre=litres, strength_frac=at_most_all(strength))
        kg = fermentation.co2_kg(ethanol_kg=ethanol)
        return Emission("co2_biogenic", kg, "CO2 of fermentation", (f"{name}.volume", f"{name}.strength"))


class Processing(EnergyUse, Activity):
    """One season of one processing step."""

    activity: Literal["processing"] = "processing"
    step: Step
    takes: Annotated[tuple[Take, ...], Field(strict=False)] = ()
    uncounted: Annotated[tuple[Uncounted, ...], Field(strict=False)] = ()
    gives: Annotated[tuple[Give, ...], Field(min_length=1, strict=False)]
    allocation: WayToShare
    water: Water | None = None
    wood: Annotated[tuple[Firewood, ...], Field(strict=False)] = ()
    """Burnt in the oven, wood of another activity of the network."""
    heat: Annotated[tuple[TakeEnergy, ...], Field(strict=False)] = ()
    evaporation: Evaporation | None = None
    alcohol: Alcohol | None = None

    @model_validator(mode="after")
    def _something_goes_in(self) -> Self:
        if not (self.takes or self.uncounted):
            raise fault("nothing goes in", "no step makes something of nothing", "enter takes, or uncounted")
        if self.evaporation is not None and self.step != "drying":
            what = f"evaporation is estimated for drying, and this is {self.step}"
            raise fault(what, "other steps take energy for other ends", "enter the energy from the meter")
        if self.alcohol is not None and self.step != "fermenting":
            what = f"alcohol is made by fermenting, and this is {self.step}"
            raise fault(what, "its CO2 would be counted twice", "enter it where it ferments")
        return self

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        takes = tuple(
            take.link(numbers, f"{self.name}.takes.{i}") for i, take in enumerate(self.takes, start=1)
        )
        outputs = tuple(
            give.output(numbers, f"{self.name}.gives.{i}") for i, give in enumerate(self.gives, start=1)
        )
        taken_in = total([*(link.kg for link in takes), *self._uncounted(numbers)])
        yield Process(
            name=self.name,
            stage="processing",
            outputs=outputs,
            links=(*takes, *self._fuel_links(numbers)),
            exchanges=tuple(self._exchanges(numbers, region, taken_in)),
            allocation=self.allocation,
            balances=tuple(self._balances(numbers, taken_in, outputs)),
        )

    def _uncounted(self, numbers: Numbers) -> Iterator[Real]:
        for number, came in enumerate(self.uncounted, start=1):
            name = f"{self.name}.uncounted.{number}"
            numbers.note(f"{came.product} comes to {self.name} without its footprint: {came.why}")
            yield came.amount.read(numbers, name, "kg", f"{came.product} taken in")

    def _fuel_links(self, numbers: Numbers) -> Iterator[Link]:
        for number, wood in enumerate(self.wood, start=1):
            yield wood.link(numbers, f"{self.name}.wood.{number}")
        for number, heat in enumerate(self.heat, start=1):
            yield heat.link(numbers, f"{self.name}.heat.{number}")

    def _balances(self, numbers: Numbers, taken_in: Real, outputs: tuple[Output, ...]) -> Iterator[Balance]:
        came_out = total(output.kg for output in outputs)
        if self.water is None or not self.water.stays_in_product:
            fix = "weigh both over the same days; water that stays in the product is said under [water]"
            yield Balance("mass", f"{self.name}.takes", taken_in, came_out, fix, tolerance=0.02)
        if self.evaporation is not None:
            name = f"{self.name}.evaporation"
            yield self.evaporation.balance(numbers, name, fresh_kg=taken_in, came_out_kg=came_out)

    def _exchanges(self, numbers: Numbers, region: str, taken_in: Real) -> Iterator[Emission | Purchase]:
        yield from self.bought(numbers, self.name, region, self.step)
        if self.evaporation is not None:
            name = f"{self.name}.evaporation"
            yield self.evaporation.purchase(numbers, name, fresh_kg=taken_in, region=region)
        if self.water is not None:
            name = f"{self.name}.water"
            cubic_metres = self.water.amount.read(numbers, name, "m3", f"water, {self.name}")
            yield Purchase("water.supply", cubic_metres, f"water for {self.step}", (name,))
        if self.wood:
            lots = [wood.burnt(numbers, f"{self.name}.wood.{i}") for i, wood in enumerate(self.wood, start=1)]
            yield from smoke(numbers, Burnt.together(lots), "stove", f"wood for {self.step}")
        if self.alcohol is not None:
            yield self.alcohol.co2(numbers, f"{self.name}.alcohol")
