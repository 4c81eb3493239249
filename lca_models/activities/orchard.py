"""An orchard over one season: what went onto the land, what was harvested, where the prunings went."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.activity import Activity
from lca_models.activities.answers import (
    AreaAnswer,
    EnergyAnswer,
    MassAnswer,
    Name,
    Record,
    TemperatureAnswer,
    VolumeAnswer,
    positive,
)
from lca_models.activities.fertilisers import Fertiliser, Manure
from lca_models.activities.nitrogen import Climate, Nitrogen, field_n2o
from lca_models.activities.pyrolysis import CARBONISED
from lca_models.equations import burning, lime_urea
from lca_models.faults import fault
from lca_models.flows import Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real

SEASONS_FOR_ALTERNATE_BEARING = 3


class Harvest(Record):
    """One season's fruit: sold, and thrown away before it left the farm."""

    season: Annotated[str, Field(pattern=r"^\d{4}$")]
    sold: MassAnswer
    discarded: MassAnswer


class Lime(Record):
    """A liming material spread on the orchard."""

    product: Literal["limestone", "dolomite"]
    amount: MassAnswer


class Spray(Record):
    """A pesticide, as active ingredient."""

    kind: Literal["insecticide", "fungicide", "herbicide"]
    active_ingredient: MassAnswer


class Prunings(Record):
    """Branches cut after harvest, fresh weight, by what became of them."""

    burnt: MassAnswer
    left: MassAnswer
    kiln: MassAnswer

    @property
    def go_to_kiln(self) -> bool:
        """Whether any of them are carbonised."""
        return self.kiln.amount is None or float(self.kiln.amount.number) > 0


class LandUse(Record):
    """What stood here before: whether the land was converted within the last 20 years."""

    converted_within_20_years: Literal["no", "unknown"]
    planted: Annotated[int, Field(ge=1800, le=2100)]
    note: str = Field(default="", max_length=500)


class Orchard(Activity):
    """One season of an orchard, with the harvests of the seasons it is averaged over."""

    activity: Literal["orchard"] = "orchard"
    name: Name = "orchard"
    crop: Name
    area: Annotated[AreaAnswer, AfterValidator(positive)]
    climate: Climate
    soil_temperature: TemperatureAnswer
    land_use: LandUse
    harvests: Annotated[tuple[Harvest, ...], Field(min_length=1, strict=False)]
    fertilisers: Annotated[tuple[Fertiliser, ...], Field(strict=False)] = ()
    manures: Annotated[tuple[Manure, ...], Field(strict=False)] = ()
    limes: Annotated[tuple[Lime, ...], Field(strict=False)] = ()
    sprays: Annotated[tuple[Spray, ...], Field(strict=False)] = ()
    irrigation: EnergyAnswer | None = None
    diesel: VolumeAnswer | None = None
    petrol: VolumeAnswer | None = None
    prunings: Prunings | None = None

    @model_validator(mode="after")
    def _something_was_sold(self) -> "Orchard":
        if not any(float(h.sold.amount.number) for h in self.harvests if h.sold.amount):
            why = "the footprint is per kilogram sold"
            raise fault(
                "harvests: nothing was sold in any season", why, "enter the fruit sold, season by season"
            )
        return self

    @property
    def product(self) -> str:
        """What the orchard sells to the next step."""
        return f"{self.crop}, at farm gate"

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        yield self.process(numbers, region)

    def process(self, numbers: Numbers, region: str) -> Process:
        """The season's inventory.

        Args:
            numbers: central values or draws.
            region: ISO 3166-2 code of the electricity grid, e.g. `CN-GD`.
        """
        return Process(
            name=self.name,
            stage="orchard",
            outputs=(Output(self.product, self._mean_sold_kg(numbers)),),
            links=self._links(numbers),
            exchanges=(
                *self._nitrogen(numbers),
                *self._fertiliser_making(numbers),
                *self._limes(numbers),
                *self._sprays(numbers),
                *self._energy(numbers, region),
                *self._burning(numbers),
            ),
        )

    def _links(self, numbers: Numbers) -> tuple[Link, ...]:
        if self.prunings is None or not self.prunings.go_to_kiln:
            return ()
        return (
            Link(
                CARBONISED,
                self.prunings.kiln.read(numbers, self.kiln_answer, "kg", "prunings brought to the kiln"),
            ),
        )

    @property
    def kiln_answer(self) -> str:
        """Where the record says how much went to the kiln."""
        return f"{self.name}.prunings.kiln"

    def _mean_sold_kg(self, numbers: Numbers) -> Real:
        # Lychee bears in alternate years: one season's inputs are carried by the mean harvest of several.
        sold = [
            h.sold.read(numbers, f"{self.name}.harvest.{h.season}.sold", "kg", f"fruit sold in {h.season}")
            for h in self.harvests
        ]
        if len(sold) < SEASONS_FOR_ALTERNATE_BEARING:
            numbers.note(
                f"Harvest averaged over {len(sold)} season(s) only; "
                f"trees that bear in alternate years need at least {SEASONS_FOR_ALTERNATE_BEARING}."
            )
        return sum(sold[1:], start=sold[0]) / len(sold)

    def _nitrogen(self, numbers: Numbers) -> Iterator[Emission]:
        synthetic = [
            Nitrogen(name, mass * fertiliser.n_frac, fertiliser.frac_volatilised)
            for name, fertiliser, mass in self._spread(numbers)
            if fertiliser.n_frac
        ]
        yield from field_n2o(
            numbers,
            self.climate,
            synthetic=synthetic,
            organic=[*self._manured(numbers), *self._left(numbers)],
        )

    def _spread(self, numbers: Numbers) -> Iterator[tuple[str, Fertiliser, Real]]:
        for number, fertiliser in enumerate(self.fertilisers, start=1):
            name = f"{self.name}.fertilisers.{number}"
            yield (
                name,
                fertiliser,
                fertiliser.amount.read(numbers, name, "kg", f"{fertiliser.product} spread"),
            )

    def _manured(self, numbers: Numbers) -> Iterator[Nitrogen]:
        for number, manure in enumerate(self.manures, start=1):
            name = f"{self.name}.manures.{number}"
            mass = manure.amount.read(numbers, name, "kg", f"{manure.kind} manure spread")
            yield Nitrogen(name, mass * numbers.factor(f"manure.n_content.{manure.kind}"), "n2o.frac_gasm")

    def _left(self, numbers: Numbers) -> Iterator[Nitrogen]:
        # Branches decompose like crop residues: N2O in the soil, but no ammonia (Eq 11.9 has no F_CR).
        if self.prunings is not None:
            name = f"{self.name}.prunings.left"
            fresh = self.prunings.left.read(numbers, name, "kg", "prunings left under the trees")
            nitrogen = fresh * numbers.factor("prunings.dry_matter") * numbers.factor("prunings.n_content")
            yield Nitrogen(name, nitrogen, None)

    def _fertiliser_making(self, numbers: Numbers) -> Iterator[Emission | Purchase]:
        for name, fertiliser, mass in self._spread(numbers):
            for nutrient, product in fertiliser.makers():
                amount = mass * fertiliser.nutrient_frac(nutrient)
                yield Purchase(product, amount, f"making {fertiliser.product} ({nutrient})", (name,))
            if fertiliser.is_urea:
                kg = lime_urea.carbonate_co2_kg(material_kg=mass, carbon_frac=numbers.factor("co2.urea"))
                yield Emission("co2_fossil", kg, "CO2 from urea in the soil", (name,), ("co2.urea",))

    def _limes(self, numbers: Numbers) -> Iterator[Emission | Purchase]:
        for number, lime in enumerate(self.limes, start=1):
            name = f"{self.name}.limes.{number}"
            mass = lime.amount.read(numbers, name, "kg", f"{lime.product} spread")
            factor = f"co2.{lime.product}"
            kg = lime_urea.carbonate_co2_kg(material_kg=mass, carbon_frac=numbers.factor(factor))
            yield Emission("co2_fossil", kg, f"CO2 from {lime.product} in the soil", (name,), (factor,))
            yield Purchase(f"fertiliser.lime.{lime.product}", mass, f"grinding {lime.product}", (name,))

    def _sprays(self, numbers: Numbers) -> Iterator[Purchase]:
        for number, spray in enumerate(self.sprays, start=1):
            name = f"{self.name}.sprays.{number}"
            mass = spray.active_ingredient.read(numbers, name, "kg", f"{spray.kind}, active ingredient")
            yield Purchase(f"pesticide.{spray.kind}", mass, f"making {spray.kind}", (name,))

    def _energy(self, numbers: Numbers, region: str) -> Iterator[Purchase]:
        if self.irrigation is not None:
            name = f"{self.name}.irrigation"
            amount = self.irrigation.read(numbers, name, "kWh", "irrigation electricity")
            yield Purchase(f"electricity.{region}", amount, "electricity for irrigation", (name,))
        for fuel, answer in (("diesel", self.diesel), ("petrol", self.petrol)):
            if answer is not None:
                name = f"{self.name}.{fuel}"
                amount = answer.read(numbers, name, "litre", f"{fuel} in the orchard")
                yield Purchase(f"fuel.{fuel}.agricultural", amount, f"{fuel} in the orchard", (name,))

    def _burning(self, numbers: Numbers) -> Iterator[Emission]:
        if self.prunings is None:
            return
        name = f"{self.name}.prunings.burnt"
        burnt = self.prunings.burnt.read(numbers, name, "kg", "prunings burnt")
        dry = burnt * numbers.factor("prunings.dry_matter")
        for substance, gas in (("ch4_biogenic", "ch4"), ("n2o", "n2o"), ("co2_biogenic", "co2")):
            factor = f"burning.{gas}.agricultural_residues"
            kg = burning.open_burning_kg(
                dry_matter_kg=dry,
                combustion_factor=numbers.factor("burning.combustion_factor.prunings"),
                emission_factor=numbers.factor(factor),
            )
            yield Emission(
                substance,
                kg,
                "burning prunings in the open",
                (name,),
                (factor, "burning.combustion_factor.prunings", "prunings.dry_matter"),
            )
