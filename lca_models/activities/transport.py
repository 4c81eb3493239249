"""A truck, train, ship or aircraft from one place to the next, and what is lost on the way."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator

from lca_models.activities.activity import Activity
from lca_models.activities.answers import (
    DistanceAnswer,
    DurationAnswer,
    FractionAnswer,
    MassAnswer,
    Name,
    Record,
    below_one,
    positive,
)
from lca_models.activities.refrigerants import RefrigerantName, leak_emissions
from lca_models.equations import transport
from lca_models.flows import Balance, Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real

Vehicle = Literal[
    "reefer.artic33", "reefer.average", "reefer.rigid17", "reefer.rigid3_7", "reefer.rigid7_17",
    "truck.artic33", "truck.average", "truck.rigid17", "truck.rigid3_7", "truck.rigid7_17", "van",
    "rail",
    "ship.bulk", "ship.container", "ship.container.feeder", "ship.container.large", "ship.general_cargo",
    "ship.reefer", "ship.roro",
    "air.domestic", "air.long_haul", "air.long_haul.with_altitude_effects",
    "air.short_haul", "air.short_haul.with_altitude_effects",
]  # fmt: skip
"""By the name of the factor store, `transport.…`. Electricity of a cooled container on a ship is not in it."""

_OFF_THE_ROAD = {"rail": "train", "ship": "ship", "air": "aircraft"}


class Reefer(Record):
    """The cooling unit of a truck or container: what leaks on this trip is charged to this trip."""

    refrigerant: RefrigerantName
    charge: MassAnswer
    trip: DurationAnswer
    fruit_on_board: Annotated[MassAnswer, AfterValidator(positive)]


class Transport(Record):
    """One leg: on the road, or by rail, sea or air."""

    vehicle: Vehicle
    distance: DistanceAnswer
    loss: Annotated[FractionAnswer, AfterValidator(below_one)]
    reefer: Reefer | None = None

    def process(self, numbers: Numbers, *, name: Name, takes: str, gives: str, mass_ratio: Real) -> Process:
        """The leg per kilogram of fruit that arrives.

        Args:
            numbers: central values or draws.
            name: of the process.
            takes: the product loaded.
            gives: the product unloaded.
            mass_ratio: kg on the truck per kg of fruit.
        """
        loss = self.loss.read(numbers, f"{name}.loss", "", f"fruit lost, {name}")
        loaded = 1.0 / (1.0 - loss)
        return Process(
            name=name,
            stage="transport",
            outputs=(Output(gives, 1.0),),
            links=(Link(takes, loaded),),
            exchanges=tuple(self._exchanges(numbers, name, loaded, mass_ratio)),
            balances=(Balance("mass", f"{name}.loss", loaded, 1.0, "weigh what was loaded and unloaded"),),
        )

    def _exchanges(
        self, numbers: Numbers, name: str, loaded: Real, mass_ratio: Real
    ) -> Iterator[Emission | Purchase]:
        distance = self.distance.read(numbers, f"{name}.distance", "km", f"distance, {name}")
        t_km = transport.activity_t_km(mass_kg=loaded * mass_ratio, distance_km=distance)
        carrier = _OFF_THE_ROAD.get(self.vehicle.partition(".")[0], "truck")
        yield Purchase(f"transport.{self.vehicle}", t_km, f"{carrier}, {name}", (f"{name}.distance",))
        if self.reefer is not None:
            yield from self._leaks(numbers, name, self.reefer, loaded)

    def _leaks(self, numbers: Numbers, name: str, reefer: Reefer, loaded: Real) -> Iterator[Emission]:
        charge = reefer.charge.read(numbers, f"{name}.reefer.charge", "kg", "refrigerant in the truck")
        on_board = reefer.fruit_on_board.read(
            numbers, f"{name}.reefer.fruit_on_board", "kg", "fruit on board"
        )
        yield from leak_emissions(
            numbers,
            refrigerant=reefer.refrigerant,
            charge_kg=charge * loaded / on_board,
            years=reefer.trip.read(numbers, f"{name}.reefer.trip", "year", "days on the road"),
            leak_factor="refrigeration.leak.transport",
            label="refrigerant leaking from the truck",
            answers=tuple(f"{name}.reefer.{field}" for field in ("charge", "fruit_on_board", "trip")),
        )


class Leg(Activity):
    """A transport of a network: one product is loaded, the same is unloaded somewhere else."""

    activity: Literal["transport"] = "transport"
    takes: Name
    gives: Name
    road: Transport
    packed_mass: Annotated[MassAnswer, AfterValidator(positive)] | None = None
    """Mass on the truck per kilogram of product, packaging and ice included; the product alone when left out."""

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:  # noqa: ARG002 - fuels, no grid
        """One process."""
        ratio: Real = 1.0
        if self.packed_mass is not None:
            ratio = self.packed_mass.read(
                numbers, f"{self.name}.packed_mass", "kg", "mass on the truck per kg"
            )
        yield self.road.process(numbers, name=self.name, takes=self.takes, gives=self.gives, mass_ratio=ratio)
