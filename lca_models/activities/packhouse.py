"""A packhouse: grading, pre-cooling, ice, boxes. First grade goes on, second grade is a co-product."""

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator, Field

from lca_models.activities.answers import (
    DurationAnswer,
    EnergyAnswer,
    MassAnswer,
    Name,
    PriceAnswer,
    Record,
    positive,
)
from lca_models.activities.refrigerants import RefrigerantName, leak_emissions
from lca_models.errors import Problem, RecordError
from lca_models.flows import Allocation, Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real

Material = Literal["eps", "board", "ldpe_film", "pp"]
_MATERIALS = {"eps": "foam boxes", "board": "cartons", "ldpe_film": "plastic film", "pp": "plastic crates"}


class Grade(Record):
    """Fruit of one grade that left the packhouse, with its price at the packhouse gate."""

    amount: Annotated[MassAnswer, AfterValidator(positive)]
    price: PriceAnswer


class Package(Record):
    """One kind of box or film: what an empty one weighs and how much fruit it holds."""

    material: Material
    mass_each: MassAnswer
    holds: Annotated[MassAnswer, AfterValidator(positive)]


class ColdRoom(Record):
    """A refrigerated room, charged to the product for the days it is used for it."""

    refrigerant: RefrigerantName
    charge: MassAnswer
    used: DurationAnswer


class Packhouse(Record):
    """One season of a packhouse."""

    name: Name = "packhouse"
    fruit_in: Annotated[MassAnswer, AfterValidator(positive)]
    first_grade: Grade
    second_grade: Grade | None = None
    allocation: Allocation
    electricity: EnergyAnswer
    ice: MassAnswer | None = None
    packages: Annotated[tuple[Package, ...], Field(strict=False)] = ()
    cold_room: ColdRoom | None = None

    def product(self, crop: str) -> str:
        """What the packhouse sells on."""
        return f"{crop}, first grade, packed"

    def process(self, numbers: Numbers, *, crop: str, fruit: str, region: str) -> Process:
        """The season's inventory.

        Args:
            numbers: central values or draws.
            crop: what is packed.
            fruit: the product taken in.
            region: ISO 3166-2 code of the electricity grid.

        Raises:
            RecordError: more fruit came out than went in.
        """
        taken_in = self.fruit_in.read(numbers, f"{self.name}.fruit_in", "kg", "fruit taken in")
        outputs = self._outputs(numbers, crop)
        self._check_balance(taken_in, outputs)
        return Process(
            name=self.name,
            stage="packhouse",
            outputs=outputs,
            links=(Link(fruit, taken_in),),
            exchanges=tuple(self._exchanges(numbers, outputs[0].kg, region)),
            allocation=self.allocation,
        )

    def _outputs(self, numbers: Numbers, crop: str) -> tuple[Output, ...]:
        grades = [(self.product(crop), "first_grade", self.first_grade)]
        if self.second_grade is not None:
            grades.append((f"{crop}, second grade, for drying", "second_grade", self.second_grade))
        return tuple(
            Output(
                product,
                grade.amount.read(
                    numbers, f"{self.name}.{field}.amount", "kg", f"{field.replace('_', ' ')} fruit"
                ),
                grade.price.read(
                    numbers, f"{self.name}.{field}.price", "CNY/kg", f"price of {field.replace('_', ' ')}"
                ),
            )
            for product, field, grade in grades
        )

    def _check_balance(self, taken_in: Real, outputs: tuple[Output, ...]) -> None:
        came_out = sum(float(np.median(output.kg)) for output in outputs)
        # Sorted fruit can seem to outweigh the fruit taken in by the errors of two scales, not by more.
        if came_out > float(np.median(taken_in)) * 1.02:
            what = f"{came_out:.0f} kg came out"
            why = f"only {float(np.median(taken_in)):.0f} kg went in"
            raise RecordError(Problem(f"{self.name}.fruit_in", what, why, "weigh both over the same days"))

    def _exchanges(self, numbers: Numbers, packed_kg: Real, region: str) -> Iterator[Emission | Purchase]:
        name = f"{self.name}.electricity"
        amount = self.electricity.read(numbers, name, "kWh", "packhouse electricity")
        yield Purchase(f"electricity.{region}", amount, "electricity for grading and pre-cooling", (name,))
        if self.ice is not None:
            name = f"{self.name}.ice"
            ice = self.ice.read(numbers, name, "kg", "ice")
            kwh = ice * numbers.factor("ice.electricity")
            yield Purchase(
                f"electricity.{region}", kwh, "electricity for making ice", (name,), ("ice.electricity",)
            )
        for number, package in enumerate(self.packages, start=1):
            mass, answers = self._package_per_kg(numbers, number, package)
            label = f"making the {_MATERIALS[package.material]}"
            yield Purchase(
                f"packaging.{package.material}", mass * packed_kg, label, answers, stage="packaging"
            )
        if self.cold_room is not None:
            yield from self._leaks(numbers, self.cold_room)

    def _package_per_kg(
        self, numbers: Numbers, number: int, package: Package
    ) -> tuple[Real, tuple[str, ...]]:
        mass_name, holds_name = (
            f"{self.name}.packages.{number}.mass_each",
            f"{self.name}.packages.{number}.holds",
        )
        mass = package.mass_each.read(numbers, mass_name, "kg", f"an empty {package.material} package")
        return mass / package.holds.read(
            numbers, holds_name, "kg", f"fruit in a {package.material} package"
        ), (mass_name, holds_name)

    def _leaks(self, numbers: Numbers, room: ColdRoom) -> Iterator[Emission]:
        charge_name, used_name = f"{self.name}.cold_room.charge", f"{self.name}.cold_room.used"
        yield from leak_emissions(
            numbers,
            refrigerant=room.refrigerant,
            charge_kg=room.charge.read(numbers, charge_name, "kg", "refrigerant in the cold room"),
            years=room.used.read(numbers, used_name, "year", "cold room used"),
            leak_factor="refrigeration.leak.commercial",
            label="refrigerant leaking from the cold room",
            answers=(charge_name, used_name),
        )

    def shipped_mass_ratio(self, numbers: Numbers) -> Real:
        """kg on the truck per kg of fruit: boxes and ice ride along."""
        fruit = self.first_grade.amount.read(
            numbers, f"{self.name}.first_grade.amount", "kg", "first grade fruit"
        )
        ratio: Real = 1.0
        for number, package in enumerate(self.packages, start=1):
            ratio = ratio + self._package_per_kg(numbers, number, package)[0]
        if self.ice is not None:
            ratio = ratio + self.ice.read(numbers, f"{self.name}.ice", "kg", "ice") / fruit
        return ratio
