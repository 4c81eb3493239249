"""What is put on a piece of land and burnt on it: over a season, over the years before the first harvest."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from lca_models.activities.answers import MassAnswer, Name, Record, VolumeAnswer
from lca_models.activities.fertilisers import Fertiliser, Manure
from lca_models.activities.nitrogen import Nitrogen
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


class Husbandry(Record):
    """Fertilisers, manures, limes, sprays and fuel, wherever a record asks for them.

    The methods take the name under which the answers stand in the record: one season's are the land's own, those of
    a section stand below it.
    """

    fertilisers: Annotated[tuple[Fertiliser, ...], Field(strict=False)] = ()
    manures: Annotated[tuple[Manure, ...], Field(strict=False)] = ()
    limes: Annotated[tuple[Lime, ...], Field(strict=False)] = ()
    sprays: Annotated[tuple[Spray, ...], Field(strict=False)] = ()
    diesel: VolumeAnswer | None = None
    petrol: VolumeAnswer | None = None

    def synthetic(self, numbers: Numbers, name: Name) -> Iterator[Nitrogen]:
        """Nitrogen from bags."""
        for answer, fertiliser, mass in self._bags(numbers, name):
            if fertiliser.n_frac:
                kg = mass * fertiliser.n_frac
                yield Nitrogen(answer, kg, fertiliser.frac_volatilised, fertiliser.treatment)

    def manured(self, numbers: Numbers, name: Name) -> Iterator[Nitrogen]:
        """Nitrogen from manure and compost."""
        for answer, manure, mass in self.spread_manures(numbers, name):
            if manure.nitrogen is None:
                content = numbers.factor(f"manure.n_content.{manure.kind}")
                yield Nitrogen(answer, mass * content, "n2o.frac_gasm")
            else:
                analysed = f"{answer}.nitrogen"
                content = manure.nitrogen.read(numbers, analysed, "", f"nitrogen in {manure.kind} manure")
                yield Nitrogen(answer, mass * content, "n2o.frac_gasm", also=(analysed,))

    def manure_links(self, numbers: Numbers, name: Name) -> Iterator[Link]:
        """Manure that a herd of the same network gives."""
        for _, manure, mass in self.spread_manures(numbers, name):
            if manure.product is not None:
                yield Link(manure.product, mass)

    def spread_manures(self, numbers: Numbers, name: Name) -> Iterator[tuple[Name, Manure, Real]]:
        """Each manure with its answer and its mass, kg as spread."""
        for number, manure in enumerate(self.manures, start=1):
            answer = f"{name}.manures.{number}"
            yield answer, manure, manure.amount.read(numbers, answer, "kg", f"{manure.kind} manure spread")

    def making(self, numbers: Numbers, name: Name) -> Iterator[Emission | Purchase]:
        """Manufacture of the fertilisers, and the carbon of urea."""
        for answer, fertiliser, mass in self._bags(numbers, name):
            for nutrient, product in fertiliser.makers():
                amount = mass * fertiliser.nutrient_frac(nutrient)
                yield Purchase(product, amount, f"making {fertiliser.product} ({nutrient})", (answer,))
            if fertiliser.is_urea:
                kg = lime_urea.carbonate_co2_kg(material_kg=mass, carbon_frac=numbers.factor("co2.urea"))
                yield Emission("co2_fossil", kg, "CO2 from urea in the soil", (answer,), ("co2.urea",))

    def liming(self, numbers: Numbers, name: Name) -> Iterator[Emission | Purchase]:
        """Carbon of the limes, and their grinding."""
        for number, lime in enumerate(self.limes, start=1):
            answer = f"{name}.limes.{number}"
            mass = lime.amount.read(numbers, answer, "kg", f"{lime.product} spread")
            factor = f"co2.{lime.product}"
            kg = lime_urea.carbonate_co2_kg(material_kg=mass, carbon_frac=numbers.factor(factor))
            yield Emission("co2_fossil", kg, f"CO2 from {lime.product} in the soil", (answer,), (factor,))
            yield Purchase(f"fertiliser.lime.{lime.product}", mass, f"grinding {lime.product}", (answer,))

    def spraying(self, numbers: Numbers, name: Name) -> Iterator[Purchase]:
        """Manufacture of the pesticides."""
        for number, spray in enumerate(self.sprays, start=1):
            answer = f"{name}.sprays.{number}"
            mass = spray.active_ingredient.read(numbers, answer, "kg", f"{spray.kind}, active ingredient")
            yield Purchase(f"pesticide.{spray.kind}", mass, f"making {spray.kind}", (answer,))

    def fuels(self, numbers: Numbers, name: Name, place: str) -> Iterator[Purchase]:
        """Diesel and petrol, as labels name the place: `diesel in the orchard`."""
        for fuel, answer in (("diesel", self.diesel), ("petrol", self.petrol)):
            if answer is not None:
                label = f"{fuel} in the {place}"
                amount = answer.read(numbers, f"{name}.{fuel}", "litre", label)
                yield Purchase(f"fuel.{fuel}.agricultural", amount, label, (f"{name}.{fuel}",))

    def _bags(self, numbers: Numbers, name: Name) -> Iterator[tuple[Name, Fertiliser, Real]]:
        for number, fertiliser in enumerate(self.fertilisers, start=1):
            answer = f"{name}.fertilisers.{number}"
            mass = fertiliser.amount.read(numbers, answer, "kg", f"{fertiliser.product} spread")
            yield answer, fertiliser, mass
