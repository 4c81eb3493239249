"""Packing a product: boxes, bags and bottles, of what and with how much recycled material."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.activity import Activity
from lca_models.activities.answers import (
    EnergyAnswer,
    FractionAnswer,
    MassAnswer,
    Name,
    Record,
    below_one,
    positive,
)
from lca_models.activities.disposal import PackageMaterial
from lca_models.activities.shares import ShareAnswer, at_most_all
from lca_models.equations import packaging
from lca_models.faults import fault
from lca_models.flows import Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real


class Pack(Record):
    """One kind of package: what an empty one weighs, what it holds, how often it is used."""

    material: PackageMaterial
    mass_each: Annotated[MassAnswer, AfterValidator(positive)]
    holds: Annotated[MassAnswer, AfterValidator(positive)]
    trips: Annotated[int, Field(ge=1, le=1000)] = 1
    recycled: ShareAnswer | None = None
    """Recycled content; none when left out."""

    @model_validator(mode="after")
    def _recyclable(self) -> Self:
        if self.material == "wood" and self.recycled is not None:
            fix = "leave recycled out; a crate used again has trips"
            raise fault("wood has no recycled content", "no factor for making new wood of old ships", fix)
        return self

    def purchases(self, numbers: Numbers, name: str) -> Iterator[Purchase]:
        """Its material per kilogram of product, by recycled content (cut-off)."""
        mass = packaging.per_product_kg(
            package_kg=self.mass_each.read(
                numbers, f"{name}.mass_each", "kg", f"an empty {self.material} package"
            ),
            holds_kg=self.holds.read(numbers, f"{name}.holds", "kg", f"product in a {self.material} package"),
            uses=float(self.trips),
        )
        answers, label = (f"{name}.mass_each", f"{name}.holds"), f"making {self.material} packaging"
        recycled = self._recycled(numbers, name)
        yield Purchase(f"packaging.{self.material}", mass * (1 - recycled), label, answers)
        if self.recycled is not None:
            product, label = (
                f"packaging.{self.material}.closed_loop",
                f"recycling {self.material} for packaging",
            )
            yield Purchase(product, mass * recycled, label, (*answers, f"{name}.recycled"))

    def _recycled(self, numbers: Numbers, name: str) -> Real:
        if self.recycled is None:
            return 0.0
        return at_most_all(
            self.recycled.read(numbers, f"{name}.recycled", "", f"recycled content, {self.material}")
        )


class Packaging(Activity):
    """A packing line, per kilogram packed."""

    activity: Literal["packaging"] = "packaging"
    takes: Name
    gives: Name
    packs: Annotated[tuple[Pack, ...], Field(min_length=1, strict=False)]
    loss: Annotated[FractionAnswer, AfterValidator(below_one)] | None = None
    electricity_per_kg: EnergyAnswer | None = None

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        loss: Real = 0.0
        if self.loss is not None:
            loss = self.loss.read(numbers, f"{self.name}.loss", "", f"lost, {self.name}")
        yield Process(
            name=self.name,
            stage="packaging",
            outputs=(Output(self.gives, 1.0),),
            links=(Link(self.takes, 1.0 / (1.0 - loss)),),
            exchanges=tuple(self._exchanges(numbers, region)),
        )

    def _exchanges(self, numbers: Numbers, region: str) -> Iterator[Emission | Purchase]:
        for number, pack in enumerate(self.packs, start=1):
            yield from pack.purchases(numbers, f"{self.name}.packs.{number}")
        if self.electricity_per_kg is not None:
            name = f"{self.name}.electricity_per_kg"
            kwh = self.electricity_per_kg.read(numbers, name, "kWh", f"electricity, {self.name}")
            yield Purchase(f"electricity.{region}", kwh, "electricity for packing", (name,))
