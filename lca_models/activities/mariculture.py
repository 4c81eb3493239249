"""Kelp and shellfish over one season: boats, gear, hatchery. Nobody feeds them, and no carbon is credited.

What the harvest holds of carbon (HY/T 0305-2021, HY/T 0349-2022) stands in the removals ledger, where nothing of it
is kept; what shells gave off while they grew is told in the notes. Food carbon goes back to the air, and a shell is
no carbon taken from it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator, Field

from lca_models import lookup
from lca_models.activities.activity import Activity, Give, Take, WayToShare
from lca_models.activities.answers import DurationAnswer, MassAnswer, Record, VolumeAnswer, positive
from lca_models.activities.supplies import Supplies
from lca_models.equations import marine
from lca_models.equations.lime_urea import CO2_PER_C
from lca_models.flows import Emission, Output, Process, Purchase, Storage
from lca_models.numbers import Numbers

Species = Literal[
    "kelp",
    "wakame",
    "nori",
    "gracilaria",
    "other algae",
    "oyster",
    "scallop",
    "mussel",
    "clam",
    "other shellfish",
]
_SEAWEEDS = frozenset({"kelp", "wakame", "nori", "gracilaria", "other algae"})
GearMaterial = Literal["polyethylene", "polypropylene", "foam", "wood", "steel", "concrete"]
_GEAR: Mapping[GearMaterial, str] = {
    "polyethylene": "packaging.hdpe",
    "polypropylene": "packaging.pp",
    "foam": "packaging.eps",
    "wood": "packaging.wood",
    "steel": "packaging.steel",
    "concrete": "material.concrete",
}
"""Raw material only: spinning rope and blowing buoys is in none of these factors."""


class SeaHarvest(Give):
    """One species as it comes out of the water: wet, shellfish with their shells."""

    species: Species


class Gear(Record):
    """Ropes, buoys, nets, rafts, anchors in use: what they weigh and how long they serve."""

    material: GearMaterial
    mass: MassAnswer
    lasts: Annotated[DurationAnswer, AfterValidator(positive)]


class Boats(Record):
    """Fuel of the boats over the season."""

    diesel: VolumeAnswer | None = None
    petrol: VolumeAnswer | None = None


class Mariculture(Activity):
    """One season, or one crop of several years, of a farm in the sea that feeds nothing."""

    activity: Literal["mariculture"] = "mariculture"
    grown: DurationAnswer
    """How long the harvest grew: gear wears out over that time."""
    boats: Boats = Boats()
    gear: Annotated[tuple[Gear, ...], Field(strict=False)] = ()
    takes: Annotated[tuple[Take, ...], Field(strict=False)] = ()
    supplies: Supplies = Supplies()
    gives: Annotated[tuple[SeaHarvest, ...], Field(min_length=1, strict=False)]
    allocation: WayToShare

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        for harvest in self.gives:
            disclose(numbers, harvest)
        outputs = tuple(
            give.output(numbers, f"{self.name}.gives.{i}") for i, give in enumerate(self.gives, start=1)
        )
        yield Process(
            name=self.name,
            stage="sea",
            outputs=outputs,
            links=tuple(
                take.link(numbers, f"{self.name}.takes.{i}") for i, take in enumerate(self.takes, start=1)
            ),
            exchanges=tuple(self._exchanges(numbers, region)),
            storages=tuple(self._storages(numbers, outputs)),
            allocation=self.allocation,
        )

    def _storages(self, numbers: Numbers, outputs: tuple[Output, ...]) -> Iterator[Storage]:
        for number, (harvest, output) in enumerate(zip(self.gives, outputs, strict=True), start=1):
            held = carbon_kg(numbers, harvest.species)
            yield Storage(
                "marine",
                output.kg * held.total_kg,
                f"carbon in {harvest.product}, told and not credited",
                answers=(f"{self.name}.gives.{number}.amount",),
            )

    def _exchanges(self, numbers: Numbers, region: str) -> Iterator[Emission | Purchase]:
        for field, answer, product in (
            ("diesel", self.boats.diesel, "fuel.marine_gas_oil"),
            ("petrol", self.boats.petrol, "fuel.petrol.agricultural"),
        ):
            if answer is not None:
                name = f"{self.name}.boats.{field}"
                litres = answer.read(numbers, name, "litre", f"{field} of the boats")
                yield Purchase(product, litres, f"{field} of the boats", (name,))
        yield from self._gear(numbers)
        yield from self.supplies.exchanges(numbers, f"{self.name}.supplies", region, "hatchery and shore")

    def _gear(self, numbers: Numbers) -> Iterator[Purchase]:
        if not self.gear:
            return
        grown = self.grown.read(numbers, f"{self.name}.grown", "year", "time the harvest grew")
        for number, gear in enumerate(self.gear, start=1):
            where = f"{self.name}.gear.{number}"
            mass = gear.mass.read(numbers, f"{where}.mass", "kg", f"{gear.material} gear in use")
            lasts = gear.lasts.read(numbers, f"{where}.lasts", "year", f"service of {gear.material} gear")
            answers = (f"{where}.mass", f"{where}.lasts", f"{self.name}.grown")
            label = f"ropes, buoys and gear: {gear.material}"
            yield Purchase(_GEAR[gear.material], mass * grown / lasts, label, answers)


@dataclass(frozen=True, slots=True)
class HeldCarbon:
    """In a kilogram landed: of plant or flesh, and of shell."""

    tissue_kg: float
    shell_kg: float = 0.0

    @property
    def total_kg(self) -> float:
        """What the accounting rules for the sea add up."""
        return self.tissue_kg + self.shell_kg


def carbon_kg(numbers: Numbers, species: Species) -> HeldCarbon:
    """Carbon in a kilogram of a species.

    Args:
        numbers: whence the table is taken.
        species: as the record names it.
    """
    if species in _SEAWEEDS:
        row = lookup.row(numbers.factors.table("marine.seaweed"), species=species)
        plant = marine.seaweed_carbon_kg(
            fresh_kg=1.0, dry_frac=_number(row, "dry_frac"), carbon_frac=_number(row, "carbon_frac")
        )
        return HeldCarbon(float(plant))
    table = "marine.shellfish.clam" if species == "clam" else "marine.shellfish"
    row = lookup.row(numbers.factors.table(table), species=species)
    return HeldCarbon(_part_kg(row, "tissue"), _part_kg(row, "shell"))


def disclose(numbers: Numbers, harvest: SeaHarvest) -> None:
    """Tell the carbon in a kilogram of harvest, and the CO2 its shells gave off; neither enters any total."""
    if numbers.probabilities is not None:
        return  # the notes are of central values
    held = carbon_kg(numbers, harvest.species)
    told = _told(harvest.product, held.total_kg)
    if harvest.species in _SEAWEEDS:
        numbers.note(f"{told} Eaten or rotted, it goes back to the air.")
        return
    factor = numbers.factor("marine.calcification")
    given_off = marine.calcification_co2_kg(shell_carbon_kg=held.shell_kg, released_per_carbonate=factor)
    numbers.note(
        f"{told} {held.shell_kg:.3f} kg C of it is shell; building it gave "
        f"off {float(np.median(given_off)):.2f} kg CO2, told here and in no total."
    )


def _told(product: str, held_kg: float) -> str:
    return (
        f"Disclosed, not credited: a kilogram of {product} holds {held_kg:.3f} kg C "
        f"({held_kg * CO2_PER_C:.2f} kg as CO2)."
    )


def _part_kg(row: lookup.Row, part: str) -> float:
    return float(
        marine.shellfish_carbon_kg(
            fresh_kg=1.0,
            dry_frac=_number(row, "dry_frac"),
            part_frac=_number(row, f"{part}_frac"),
            carbon_frac=_number(row, f"{part}_carbon_frac"),
        )
    )


def _number(row: lookup.Row, column: str) -> float:
    return float(row[column])
