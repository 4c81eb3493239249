"""Hives over one season: sugar fed, hives moved, honey spun. Pollination is told, not counted."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lca_models.activities.activity import Activity, Give, WayToShare
from lca_models.activities.answers import DistanceAnswer, MassAnswer, Name, Record, positive
from lca_models.activities.heads import HeadsAnswer
from lca_models.activities.supplies import Supplies
from lca_models.activities.transport import Vehicle
from lca_models.equations import transport
from lca_models.flows import Emission, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real


class Move(Record):
    """All hives driven to another place once, loaded; the way back counts as another move."""

    vehicle: Vehicle
    distance: DistanceAnswer


class Beekeeping(Activity):
    """One season of bees. What flowers give is free; what people add is counted."""

    activity: Literal["beekeeping"] = "beekeeping"
    hives: HeadsAnswer
    hive_weight: Annotated[MassAnswer, AfterValidator(positive)]
    moves: Annotated[tuple[Move, ...], Field(strict=False)] = ()
    sugar: MassAnswer | None = None
    new_wood: MassAnswer | None = None
    supplies: Supplies = Supplies()
    gives: Annotated[tuple[Give, ...], Field(min_length=1, strict=False)]
    allocation: WayToShare
    pollinates: Name | None = None

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        if self.pollinates is not None:
            numbers.note(
                f"The bees of {self.name} also pollinate {self.pollinates}: "
                "a service, told here; it carries none of their footprint and takes none off."
            )
        yield Process(
            name=self.name,
            stage="hives",
            outputs=tuple(
                give.output(numbers, f"{self.name}.gives.{i}") for i, give in enumerate(self.gives, start=1)
            ),
            exchanges=tuple(self._exchanges(numbers, region)),
            allocation=self.allocation,
        )

    def _exchanges(self, numbers: Numbers, region: str) -> Iterator[Emission | Purchase]:
        for field, answer, product, label in (
            ("sugar", self.sugar, "sugar.white", "sugar fed to the bees"),
            ("new_wood", self.new_wood, "packaging.wood", "wood for new hives and frames"),
        ):
            if answer is not None:
                name = f"{self.name}.{field}"
                yield Purchase(product, answer.read(numbers, name, "kg", label), label, (name,))
        yield from self._moves(numbers)
        yield from self.supplies.exchanges(numbers, f"{self.name}.supplies", region, "bees and honey")

    def _moves(self, numbers: Numbers) -> Iterator[Purchase]:
        if not self.moves:
            return
        loaded = self._all_hives_kg(numbers)
        for number, move in enumerate(self.moves, start=1):
            name = f"{self.name}.moves.{number}.distance"
            km = move.distance.read(numbers, name, "km", f"move {number} of the hives")
            t_km = transport.activity_t_km(mass_kg=loaded, distance_km=km)
            answers = (f"{self.name}.hives", f"{self.name}.hive_weight", name)
            yield Purchase(f"transport.{move.vehicle}", t_km, "moving the hives", answers)

    def _all_hives_kg(self, numbers: Numbers) -> Real:
        hives = self.hives.read(numbers, f"{self.name}.hives", "hives", "number of hives")
        return hives * self.hive_weight.read(numbers, f"{self.name}.hive_weight", "kg", "weight of a hive")
