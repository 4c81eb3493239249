"""A herd over one season: animals by class and head, what they were fed, what they gave, where their manure went."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.activity import Activity, Give, Take, WayToShare
from lca_models.activities.animals import Animals
from lca_models.activities.answers import (
    MassAnswer,
    Name,
    Record,
    positive,
)
from lca_models.activities.cattle import Cattle
from lca_models.activities.fed_cattle import FedCattle
from lca_models.activities.feeds import DryFeed, Fodder
from lca_models.activities.fertilisers import ManureKind
from lca_models.activities.livestock import LivestockRegion
from lca_models.activities.manure_systems import ClimateZone, Excreta, ManureShare, Stores
from lca_models.activities.milk_and_meat import MilkAndMeat
from lca_models.activities.shares import EstimableShare, ShareAnswer
from lca_models.activities.supplies import Supplies
from lca_models.faults import fault
from lca_models.flows import Allocation, Balance, Emission, Link, Output, Process
from lca_models.numbers import Numbers
from lca_models.real import Real, total

RecordT = TypeVar("RecordT", bound=Record)

# Energy needs are known within 20 % (section 10.2), nitrogen excreted at tier 1 within 50 % (Table 10.19), the
# nitrogen of manure by kind hardly better: a balance may be out by that much before somebody forgot something.
_FEED_TOLERANCE = 0.2
_MANURE_TOLERANCE = 0.5


class Bedding(Take):
    """Straw or litter of another activity put under the animals."""

    nitrogen: ShareAnswer


class ManureGiven(Record):
    """Manure handed to fields, as it leaves: it carries no burden there (cut-off), its gases so far stay here."""

    product: Name
    kind: ManureKind
    amount: Annotated[MassAnswer, AfterValidator(positive)]
    nitrogen: EstimableShare

    def nitrogen_kg(self, numbers: Numbers, where: str) -> Real:
        """What goes to the fields with it."""
        label, default = f"nitrogen in {self.product}", f"manure.n_content.{self.kind}"
        share = self.nitrogen.read(numbers, f"{where}.nitrogen", "", label, default=default)
        return self.kilograms(numbers, where) * share

    def kilograms(self, numbers: Numbers, where: str) -> Real:
        """As it leaves."""
        return self.amount.read(numbers, f"{where}.amount", "kg", f"{self.product} given")

    def process(self, numbers: Numbers, where: str) -> Process:
        """A product without a burden."""
        return Process(where, "herd", (Output(self.product, self.kilograms(numbers, where)),))


class Herd(Activity):
    """One season of dairy, beef, pigs, poultry, sheep or goats.

    `animals` are counted by head (tier 1), `cattle` by what they weigh, eat and give (tier 2).
    """

    activity: Literal["herd"] = "herd"
    livestock_region: LivestockRegion
    climate_zone: ClimateZone
    animals: Annotated[tuple[Animals, ...], Field(strict=False)] = ()
    cattle: Annotated[tuple[Cattle, ...], Field(strict=False)] = ()
    feeds: Annotated[tuple[DryFeed, ...], Field(strict=False)] = ()
    fodder: Annotated[tuple[Fodder, ...], Field(strict=False)] = ()
    takes: Annotated[tuple[Take, ...], Field(strict=False)] = ()
    bedding: Annotated[tuple[Bedding, ...], Field(strict=False)] = ()
    supplies: Supplies = Supplies()
    gives: Annotated[tuple[Give, ...], Field(min_length=1, strict=False)]
    allocation: WayToShare | Literal["biophysical"]
    biophysical: MilkAndMeat | None = None
    manure: Annotated[tuple[ManureGiven, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _has_animals_with_names(self) -> Self:
        names = [group.name for group in self.animals] + [group.name for group in self.cattle]
        if not names:
            raise fault("there are no animals", "they are what a herd is", "enter [[animals]] or [[cattle]]")
        if len(set(names)) < len(names):
            raise fault(f"groups are named {names}", "answers are kept by name", "give each its own name")
        return self

    @model_validator(mode="after")
    def _allocation_has_what_it_needs(self) -> Self:
        if self.allocation == "biophysical" and self.biophysical is None:
            what = "allocation is 'biophysical', [biophysical] is left out"
            raise fault(what, "it says which product is the milk", "add it, or allocate in another way")
        if self.biophysical is not None:
            self.biophysical.check(self.gives)
        return self

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """The herd; manure apart, without a burden."""
        yield self._whole(numbers, region)
        for where, given in self._manure_given():
            yield given.process(numbers, where)

    def _whole(self, numbers: Numbers, region: str) -> Process:
        fed = [FedCattle(group, numbers, where) for where, group in self._named("cattle", self.cattle)]
        stores = [
            Stores.of(numbers, excreta, shares, self.climate_zone)
            for excreta, shares in self._excreta(numbers, fed)
        ]
        outputs = tuple(give.output(numbers, where) for where, give in self._named("gives", self.gives))
        return Process(
            name=self.name,
            stage="herd",
            outputs=outputs,
            links=tuple(self._links(numbers)),
            exchanges=(
                *self._enteric(numbers, fed),
                *(emission for store in stores for emission in store.emissions(numbers)),
                *(feed.purchase(numbers, where) for where, feed in self._named("feeds", self.feeds)),
                *self.supplies.exchanges(numbers, f"{self.name}.supplies", region, "the animals"),
            ),
            allocation=self.allocation,
            keys=self._keys(numbers, outputs),
            balances=(*self._feed_balance(numbers, fed), *self._manure_balance(numbers, stores)),
        )

    def _keys(self, numbers: Numbers, outputs: tuple[Output, ...]) -> dict[Allocation, tuple[Real, ...]]:
        if self.biophysical is None:
            return {}
        return {"biophysical": self.biophysical.shares(numbers, f"{self.name}.biophysical", outputs)}

    def _enteric(self, numbers: Numbers, fed: list[FedCattle]) -> Iterator[Emission]:
        for where, group in self._named("animals", self.animals):
            yield from group.enteric(numbers, where, self.livestock_region)
        for cattle in fed:
            yield from cattle.enteric()

    def _excreta(
        self, numbers: Numbers, fed: list[FedCattle]
    ) -> Iterator[tuple[Excreta, tuple[ManureShare, ...]]]:
        for where, group in self._named("animals", self.animals):
            yield group.excreta(numbers, where, self.livestock_region), group.manure
        for cattle in fed:
            yield cattle.excreta(self.livestock_region), cattle.cattle.manure

    def _links(self, numbers: Numbers) -> Iterator[Link]:
        for where, fodder in self._named("fodder", self.fodder):
            yield fodder.link(numbers, f"{where}.amount")
        for where, bedding in self._named("bedding", self.bedding):
            yield bedding.link(numbers, f"{where}.amount")
        for where, take in self._named("takes", self.takes):
            yield take.link(numbers, where)

    def _feed_balance(self, numbers: Numbers, fed: list[FedCattle]) -> Iterator[Balance]:
        # Grazing is in no record, and the tables of tier 1 say nothing of feed.
        if self.animals or any(group.cattle.grazes for group in fed):
            return
        given = total(
            [feed.dry_kg(numbers, where) for where, feed in self._named("feeds", self.feeds)]
            + [fodder.dry_kg(numbers, where) for where, fodder in self._named("fodder", self.fodder)]
        )
        needed = total(group.dry_matter_kg for group in fed)
        fix = "record all feed, bought and grown; it is compared with what milk, growth and weight need"
        yield Balance("mass", f"{self.name}.feeds", given, needed, fix, _FEED_TOLERANCE)

    def _manure_balance(self, numbers: Numbers, stores: list[Stores]) -> Iterator[Balance]:
        if not self.manure:
            return
        straw = total(
            bedding.link(numbers, f"{where}.amount").kg
            * bedding.nitrogen.read(
                numbers, f"{where}.nitrogen", "", f"nitrogen in {bedding.product} as bedding"
            )
            for where, bedding in self._named("bedding", self.bedding)
        )
        left = straw + total(store.nitrogen_left_kg(numbers) for store in stores)
        given = total(manure.nitrogen_kg(numbers, where) for where, manure in self._manure_given())
        fix = "check the amount of manure and its nitrogen; what is dropped on pasture cannot be given"
        yield Balance("nitrogen", f"{self.name}.manure", left, given, fix, _MANURE_TOLERANCE)

    def _manure_given(self) -> Iterator[tuple[str, ManureGiven]]:
        yield from self._named("manure", self.manure)

    def _named(self, field: str, groups: tuple[RecordT, ...]) -> Iterator[tuple[str, RecordT]]:
        for number, group in enumerate(groups, start=1):
            yield f"{self.name}.{field}.{number}", group
