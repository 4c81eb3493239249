"""A packhouse: grading, pre-cooling, ice, boxes. First grade goes on, second grade is a co-product."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lca_models.activities.activity import MassOrValue
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
from lca_models.flows import Balance, Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real, total

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
    allocation: MassOrValue
    electricity: EnergyAnswer
    ice: MassAnswer | None = None
    packages: Annotated[tuple[Package, ...], Field(strict=False)] = ()
    cold_room: ColdRoom | None = None

    def product(self, crop: str) -> str:
        """What the packhouse sells on."""
        return f"{crop}, first grade, packed"

    def processes(self, numbers: Numbers, *, crop: str, fruit: str, region: str) -> Iterator[Process]:
        """The season's inventory: grading, shared by the grades, and packing, which only first grade needs.

        Dividing the packhouse comes before allocating it (ISO 14044, 4.3.4.2 step 1).

        Args:
            numbers: central values or draws.
            crop: what is packed.
            fruit: the product taken in.
            region: ISO 3166-2 code of the electricity grid.
        """
        taken_in = self.fruit_in.read(numbers, f"{self.name}.fruit_in", "kg", "fruit taken in")
        grades = self._grades(numbers, crop)
        yield Process(
            name=self.name,
            stage="packhouse",
            outputs=grades,
            links=(Link(fruit, taken_in),),
            exchanges=tuple(self._grading(numbers, region)),
            allocation=self.allocation,
            balances=(self._mass_balance(taken_in, grades),),
        )
        first_grade = grades[0]
        yield Process(
            name=f"{self.name}, packing",
            stage="packaging",
            outputs=(Output(self.product(crop), first_grade.kg),),
            links=(Link(first_grade.product, first_grade.kg),),
            exchanges=tuple(self._packing(numbers, first_grade.kg, region)),
        )

    def _grades(self, numbers: Numbers, crop: str) -> tuple[Output, ...]:
        grades = [(f"{crop}, first grade", "first_grade", self.first_grade)]
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

    def _mass_balance(self, taken_in: Real, grades: tuple[Output, ...]) -> Balance:
        came_out = total(grade.kg for grade in grades)
        # Sorted fruit can seem to outweigh the fruit taken in by the errors of two scales, not by more.
        fix = "weigh both over the same days"
        return Balance("mass", f"{self.name}.fruit_in", taken_in, came_out, fix, tolerance=0.02)

    def _grading(self, numbers: Numbers, region: str) -> Iterator[Emission | Purchase]:
        name = f"{self.name}.electricity"
        amount = self.electricity.read(numbers, name, "kWh", "packhouse electricity")
        yield Purchase(f"electricity.{region}", amount, "electricity for grading and pre-cooling", (name,))
        if self.cold_room is not None:
            yield from self._leaks(numbers, self.cold_room)

    def _packing(self, numbers: Numbers, packed_kg: Real, region: str) -> Iterator[Purchase]:
        if self.ice is not None:
            name = f"{self.name}.ice"
            kwh = self.ice.read(numbers, name, "kg", "ice") * numbers.factor("ice.electricity")
            label = "electricity for making ice"
            yield Purchase(f"electricity.{region}", kwh, label, (name,), ("ice.electricity",))
        for number, package in enumerate(self.packages, start=1):
            mass, answers = self._package_per_kg(numbers, number, package)
            label = f"making the {_MATERIALS[package.material]}"
            yield Purchase(f"packaging.{package.material}", mass * packed_kg, label, answers)

    def _package_per_kg(
        self, numbers: Numbers, number: int, package: Package
    ) -> tuple[Real, tuple[str, ...]]:
        name, kind = f"{self.name}.packages.{number}", package.material
        mass = package.mass_each.read(numbers, f"{name}.mass_each", "kg", f"an empty {kind} package")
        holds = package.holds.read(numbers, f"{name}.holds", "kg", f"fruit in a {kind} package")
        return mass / holds, (f"{name}.mass_each", f"{name}.holds")

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
