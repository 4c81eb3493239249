"""A piece of land over one season: what everything that grows on it has in common."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from lca_models.activities.activity import Activity
from lca_models.activities.answers import AreaAnswer, MassAnswer, Name, Record, VolumeAnswer, positive
from lca_models.activities.fertilisers import Fertiliser, Manure
from lca_models.activities.nitrogen import Climate, Nitrogen
from lca_models.equations import lime_urea
from lca_models.flows import Emission, Link, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real


class Lime(Record):
    """A liming material spread on the land."""

    product: Literal["limestone", "dolomite"]
    amount: MassAnswer


class Spray(Record):
    """A pesticide, as active ingredient."""

    kind: Literal["insecticide", "fungicide", "herbicide"]
    active_ingredient: MassAnswer


class LandUse(Record):
    """What stood here before: whether the land was converted within the last 20 years."""

    converted_within_20_years: Literal["no", "unknown"]
    planted: Annotated[int, Field(ge=1800, le=2100)]
    note: str = Field(default="", max_length=500)


class Land(Activity):
    """What is asked of every piece of land: where it is, what went onto it, the fuel burnt on it."""

    place: ClassVar[str]
    """As labels name it: `diesel in the orchard`."""
    crop: Name
    area: Annotated[AreaAnswer, AfterValidator(positive)]
    climate: Climate
    land_use: LandUse
    fertilisers: Annotated[tuple[Fertiliser, ...], Field(strict=False)] = ()
    manures: Annotated[tuple[Manure, ...], Field(strict=False)] = ()
    limes: Annotated[tuple[Lime, ...], Field(strict=False)] = ()
    sprays: Annotated[tuple[Spray, ...], Field(strict=False)] = ()
    diesel: VolumeAnswer | None = None
    petrol: VolumeAnswer | None = None

    def _synthetic(self, numbers: Numbers) -> Iterator[Nitrogen]:
        for name, fertiliser, mass in self._spread(numbers):
            if fertiliser.n_frac:
                yield Nitrogen(
                    name, mass * fertiliser.n_frac, fertiliser.frac_volatilised, fertiliser.treatment
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
        for name, manure, mass in self._spread_manures(numbers):
            if manure.nitrogen is None:
                content = numbers.factor(f"manure.n_content.{manure.kind}")
                yield Nitrogen(name, mass * content, "n2o.frac_gasm")
            else:
                analysed = f"{name}.nitrogen"
                content = manure.nitrogen.read(numbers, analysed, "", f"nitrogen in {manure.kind} manure")
                yield Nitrogen(name, mass * content, "n2o.frac_gasm", also=(analysed,))

    def _manure_links(self, numbers: Numbers) -> Iterator[Link]:
        for _, manure, mass in self._spread_manures(numbers):
            if manure.product is not None:
                yield Link(manure.product, mass)

    def _spread_manures(self, numbers: Numbers) -> Iterator[tuple[str, Manure, Real]]:
        for number, manure in enumerate(self.manures, start=1):
            name = f"{self.name}.manures.{number}"
            yield name, manure, manure.amount.read(numbers, name, "kg", f"{manure.kind} manure spread")

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

    def _fuels(self, numbers: Numbers) -> Iterator[Purchase]:
        for fuel, answer in (("diesel", self.diesel), ("petrol", self.petrol)):
            if answer is not None:
                name = f"{self.name}.{fuel}"
                amount = answer.read(numbers, name, "litre", f"{fuel} in the {self.place}")
                yield Purchase(f"fuel.{fuel}.agricultural", amount, f"{fuel} in the {self.place}", (name,))
