"""An orchard over one season: what went onto the land, what was harvested, where the prunings went."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.answers import EnergyAnswer, MassAnswer, Name, Record, TemperatureAnswer, positive
from lca_models.activities.land import Land, LandUse, Lime, Spray
from lca_models.activities.nitrogen import Nitrogen, field_n2o
from lca_models.activities.pyrolysis import CARBONISED
from lca_models.equations import burning
from lca_models.faults import fault
from lca_models.flows import Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real

__all__ = ["Harvest", "LandUse", "Lime", "Orchard", "Prunings", "Spray"]

SEASONS_FOR_ALTERNATE_BEARING = 3


class Harvest(Record):
    """One season's fruit: sold, and thrown away before it left the farm."""

    season: Annotated[str, Field(pattern=r"^\d{4}$")]
    sold: MassAnswer
    discarded: MassAnswer


class Prunings(Record):
    """Branches cut after harvest, fresh weight, by what became of them."""

    burnt: MassAnswer
    left: MassAnswer
    kiln: MassAnswer
    given: Annotated[MassAnswer, AfterValidator(positive)] | None = None
    """Taken by another activity of the network: a fire, a kiln of its own, mushrooms."""

    @property
    def go_to_kiln(self) -> bool:
        """Whether any of them are carbonised."""
        return self.kiln.amount is None or float(self.kiln.amount.number) > 0


class Orchard(Land):
    """One season of an orchard, with the harvests of the seasons it is averaged over."""

    activity: Literal["orchard"] = "orchard"
    place: ClassVar[str] = "orchard"
    name: Name = "orchard"
    soil_temperature: TemperatureAnswer
    harvests: Annotated[tuple[Harvest, ...], Field(min_length=1, strict=False)]
    irrigation: EnergyAnswer | None = None
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
        """The season, and beside it the prunings that others take."""
        yield self.process(numbers, region)
        yield from self._given(numbers)

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
        manures = tuple(self._manure_links(numbers))
        if self.prunings is None or not self.prunings.go_to_kiln:
            return manures
        kiln = self.prunings.kiln.read(numbers, self.kiln_answer, "kg", "prunings brought to the kiln")
        return (Link(CARBONISED, kiln), *manures)

    def _given(self, numbers: Numbers) -> Iterator[Process]:
        # A residue: it leaves without a share of the trees, which the fruit carries alone (cut-off).
        if self.prunings is not None and self.prunings.given is not None:
            name = f"{self.name}.prunings.given"
            kg = self.prunings.given.read(numbers, name, "kg", "prunings taken by others")
            yield Process(f"{self.name}, prunings", "orchard", (Output(f"{self.crop} prunings", kg),))

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
        synthetic = list(self._synthetic(numbers))
        organic = [*self._manured(numbers), *self._left(numbers)]
        yield from field_n2o(numbers, self.climate, synthetic=synthetic, organic=organic)

    def _left(self, numbers: Numbers) -> Iterator[Nitrogen]:
        # Branches decompose like crop residues: N2O in the soil, but no ammonia (Eq 11.9 has no F_CR).
        if self.prunings is not None:
            name = f"{self.name}.prunings.left"
            fresh = self.prunings.left.read(numbers, name, "kg", "prunings left under the trees")
            nitrogen = fresh * numbers.factor("prunings.dry_matter") * numbers.factor("prunings.n_content")
            yield Nitrogen(name, nitrogen, None)

    def _energy(self, numbers: Numbers, region: str) -> Iterator[Purchase]:
        if self.irrigation is not None:
            name = f"{self.name}.irrigation"
            amount = self.irrigation.read(numbers, name, "kWh", "irrigation electricity")
            yield Purchase(f"electricity.{region}", amount, "electricity for irrigation", (name,))
        yield from self._fuels(numbers)

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
