"""Mushrooms grown on wood: logs or bags of sawdust, sterilised, spawned, cropped."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lca_models.activities.activity import Activity, Give, Take, WayToShare
from lca_models.activities.answers import MassAnswer, Record, VolumeAnswer, positive
from lca_models.activities.energy import EnergyUse, TakeEnergy
from lca_models.activities.firewood import Burnt, Firewood, smoke
from lca_models.equations import waste
from lca_models.flows import Balance, Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real, total

KG_PER_M3 = 1000.0
"""Water."""


class Bags(Record):
    """Plastic bags the substrate is filled into, empty."""

    material: Literal["pp", "hdpe", "ldpe_film"]
    amount: Annotated[MassAnswer, AfterValidator(positive)]
    thrown: Literal["landfill", "recycling"]


class Spent(Record):
    """What is left of the substrate after the last flush, as it is weighed."""

    amount: MassAnswer
    fate: Literal["given_away", "composted"]
    """Given away: to a field or a fire of somebody else's, without a burden. Composted: here."""


class Mushrooms(EnergyUse, Activity):
    """One crop of mushrooms."""

    activity: Literal["mushrooms"] = "mushrooms"
    substrate: Annotated[tuple[Take, ...], Field(min_length=1, strict=False)]
    """Wood, sawdust, bran of other activities."""
    bran: MassAnswer | None = None
    """Bought; the factor of feed grain stands in for it."""
    spawn: MassAnswer | None = None
    """Bought; the factor of feed grain stands in for the grain it is grown on."""
    water: VolumeAnswer
    """Mixed in, soaked and sprinkled."""
    gives: Annotated[tuple[Give, ...], Field(min_length=1, strict=False)]
    allocation: WayToShare
    bags: Annotated[tuple[Bags, ...], Field(strict=False)] = ()
    wood: Annotated[tuple[Firewood, ...], Field(strict=False)] = ()
    """Burnt under the steriliser."""
    steam: Annotated[tuple[TakeEnergy, ...], Field(strict=False)] = ()
    spent: Spent

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process; substrate given away leaves without a burden and is no product of it."""
        links = tuple(
            take.link(numbers, f"{self.name}.substrate.{i}") for i, take in enumerate(self.substrate, start=1)
        )
        outputs = tuple(
            give.output(numbers, f"{self.name}.gives.{i}") for i, give in enumerate(self.gives, start=1)
        )
        spent = self.spent.amount.read(numbers, f"{self.name}.spent", "kg", "spent substrate")
        yield Process(
            name=self.name,
            stage="mushroom house",
            outputs=outputs,
            links=(*links, *self._fuel_links(numbers)),
            exchanges=tuple(self._exchanges(numbers, region, spent)),
            allocation=self.allocation,
            balances=(self._mass_balance(numbers, links, outputs, spent),),
        )

    def _fuel_links(self, numbers: Numbers) -> Iterator[Link]:
        for number, wood in enumerate(self.wood, start=1):
            yield wood.link(numbers, f"{self.name}.wood.{number}")
        for number, steam in enumerate(self.steam, start=1):
            yield steam.link(numbers, f"{self.name}.steam.{number}")

    def _mass_balance(
        self, numbers: Numbers, links: tuple[Link, ...], outputs: tuple[Output, ...], spent: Real
    ) -> Balance:
        mixed_in = self._water_m3(numbers) * KG_PER_M3
        taken_in = total(link.kg for link in links) + mixed_in + total(self._bought_kg(numbers).values())
        came_out = total(output.kg for output in outputs) + spent
        fix = "enter all the water, and weigh mushrooms and spent substrate over the same crop"
        return Balance("mass", f"{self.name}.spent", taken_in, came_out, fix, tolerance=0.05)

    def _water_m3(self, numbers: Numbers) -> Real:
        return self.water.read(numbers, f"{self.name}.water", "m3", f"water, {self.name}")

    def _bought_kg(self, numbers: Numbers) -> dict[str, Real]:
        return {
            field: answer.read(numbers, f"{self.name}.{field}", "kg", f"{field}, {self.name}")
            for field, answer in (("bran", self.bran), ("spawn", self.spawn))
            if answer is not None
        }

    def _exchanges(self, numbers: Numbers, region: str, spent: Real) -> Iterator[Emission | Purchase]:
        for field, kg in self._bought_kg(numbers).items():
            yield Purchase("feed.grain", kg, f"{field} for the substrate", (f"{self.name}.{field}",))
        yield Purchase(
            "water.supply", self._water_m3(numbers), "water for mushrooms", (f"{self.name}.water",)
        )
        for number, bags in enumerate(self.bags, start=1):
            name = f"{self.name}.bags.{number}"
            kg = bags.amount.read(numbers, name, "kg", f"bags of {bags.material}")
            yield Purchase(f"packaging.{bags.material}", kg, "making the bags", (name,))
            yield Purchase(f"disposal.{bags.material}.{bags.thrown}", kg, "throwing away the bags", (name,))
        yield from self.bought(numbers, self.name, region, "growing mushrooms")
        if self.wood:
            lots = [wood.burnt(numbers, f"{self.name}.wood.{i}") for i, wood in enumerate(self.wood, start=1)]
            yield from smoke(numbers, Burnt.together(lots), "stove", "sterilising with wood")
        if self.spent.fate == "composted":
            yield from self._composted(numbers, spent)

    def _composted(self, numbers: Numbers, spent: Real) -> Iterator[Emission]:
        for substance, gas in (("ch4_biogenic", "ch4"), ("n2o", "n2o")):
            factor = f"waste.compost.{gas}.wet"
            kg = waste.biological_kg(waste_kg=spent, emission_factor=numbers.factor(factor))
            yield Emission(
                substance, kg, "composting the spent substrate", (f"{self.name}.spent",), (factor,)
            )
