"""An orchard over one season: what went onto the land, what was harvested, where the prunings went."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from lca_models.activities.answers import EnergyAnswer, MassAnswer, Name, Record, TemperatureAnswer
from lca_models.activities.establishment import Establishment
from lca_models.activities.ground_cover import GroundCover
from lca_models.activities.husbandry import Lime, Spray
from lca_models.activities.intercrop import Intercrop
from lca_models.activities.land import Land, LandUse
from lca_models.activities.nitrogen import IrrigationMethod, Nitrogen, field_n2o
from lca_models.activities.prunings import Prunings
from lca_models.activities.pyrolysis import CARBONISED
from lca_models.activities.soil_stock import Use
from lca_models.activities.standing_wood import growth
from lca_models.faults import fault
from lca_models.flows import Emission, Link, Output, Process, Purchase, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real

__all__ = ["Harvest", "LandUse", "Lime", "Orchard", "Prunings", "Spray"]

SEASONS_FOR_ALTERNATE_BEARING = 3


class Harvest(Record):
    """One season's fruit: sold, and thrown away before it left the farm."""

    season: Annotated[str, Field(pattern=r"^\d{4}$")]
    sold: MassAnswer
    discarded: MassAnswer


class Orchard(Land):
    """One season of an orchard, with the harvests of the seasons it is averaged over."""

    activity: Literal["orchard"] = "orchard"
    place: ClassVar[str] = "orchard"
    use: ClassVar[Use] = "perennial_crops"
    name: Name = "orchard"
    soil_temperature: TemperatureAnswer
    harvests: Annotated[tuple[Harvest, ...], Field(min_length=1, strict=False)]
    irrigation: EnergyAnswer | None = None
    irrigation_method: IrrigationMethod | None = None
    ground_cover: GroundCover | None = None
    prunings: Prunings | None = None
    establishment: Establishment | None = None
    intercrop: Intercrop | None = None

    @model_validator(mode="after")
    def _something_was_sold(self) -> "Orchard":
        if not any(float(h.sold.amount.number) for h in self.harvests if h.sold.amount):
            why = "the footprint is per kilogram sold"
            raise fault(
                "harvests: nothing was sold in any season", why, "enter the fruit sold, season by season"
            )
        return self

    @model_validator(mode="after")
    def _planted_before_harvest(self) -> "Orchard":
        if self.establishment is not None and self._age_years < 0:
            what = f"planted in {self.land_use.planted}, harvested in {self._last_season}"
            raise fault(what, "trees bear after they were planted", "check land_use.planted and the harvests")
        return self

    @property
    def product(self) -> str:
        """What the orchard sells to the next step."""
        return f"{self.crop}, at farm gate"

    @property
    def kiln_answer(self) -> str:
        """Where the record says how much went to the kiln."""
        return f"{self.name}.prunings.kiln"

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """The season, beside it the years before the harvest, an intercrop, and the prunings that others take.

        With an intercrop the land is a process of its own, shared by both crops; without one the fruit carries it.

        Args:
            numbers: central values or draws.
            region: ISO 3166-2 code of the electricity grid, e.g. `CN-GD`.
        """
        sold = self._mean_sold_kg(numbers)
        yield from self._established(numbers, sold, region)
        if self.intercrop is None:
            organic = [*self._fed(numbers), *self._left(numbers)]
            yield self._season(
                numbers, sold, (*self._land(numbers, organic, region), *self._burning(numbers))
            )
        else:
            yield self._shared_land(numbers, self.intercrop, sold, region)
            yield self._season(numbers, sold, (*self._rotting(numbers), *self._burning(numbers)))
            yield from self.intercrop.processes(numbers, self, region)
        if self.prunings is not None:
            yield from self.prunings.given_away(numbers, self.name, self.crop)

    def _season(self, numbers: Numbers, sold: Real, exchanges: tuple[Emission | Purchase, ...]) -> Process:
        return Process(
            name=self.name,
            stage="orchard",
            outputs=(Output(self.product, sold),),
            links=tuple(self._links(numbers, sold)),
            exchanges=exchanges,
            storages=(*self._growth(numbers), *self._stores(numbers)),
        )

    def _shared_land(self, numbers: Numbers, intercrop: Intercrop, sold: Real, region: str) -> Process:
        return Process(
            name=f"{self.name}, land",
            stage="orchard",
            outputs=intercrop.outputs(numbers, self, sold),
            links=tuple(self.manure_links(numbers, self.name)),
            exchanges=tuple(self._land(numbers, list(self._fed(numbers)), region)),
            storages=tuple(self.carbon_stores(numbers)),
            allocation=intercrop.allocation,
        )

    def _established(self, numbers: Numbers, sold: Real, region: str) -> Iterator[Process]:
        if self.establishment is None:
            numbers.note("The years before the first harvest are not recorded: nothing is counted for them.")
            return
        yield self.establishment.process(
            numbers,
            orchard=self.name,
            crop=self.crop,
            climate=self.climate,
            area_ha=self._area_ha(numbers),
            season_kg=sold,
            region=region,
        )

    def _links(self, numbers: Numbers, sold: Real) -> Iterator[Link]:
        if self.prunings is not None and self.prunings.go_to_kiln:
            kiln = self.prunings.kiln.read(numbers, self.kiln_answer, "kg", "prunings brought to the kiln")
            yield Link(CARBONISED, kiln)
        if self.establishment is not None:
            yield Link(self.establishment.product(self.crop), sold)
        if self.intercrop is None:
            yield from self.manure_links(numbers, self.name)
        else:
            yield Link(self.intercrop.land(self.crop), sold)

    def _land(self, numbers: Numbers, organic: list[Nitrogen], region: str) -> Iterator[Emission | Purchase]:
        synthetic = list(self.synthetic(numbers, self.name))
        yield from field_n2o(
            numbers,
            self.climate,
            synthetic=synthetic,
            organic=organic,
            organic_is=self._organic_is,
            irrigated=self._irrigated(numbers),
        )
        yield from self.carbon_emissions(numbers)
        yield from self.making(numbers, self.name)
        yield from self.liming(numbers, self.name)
        yield from self.spraying(numbers, self.name)
        if self.irrigation is not None:
            name = f"{self.name}.irrigation"
            amount = self.irrigation.read(numbers, name, "kWh", "irrigation electricity")
            yield Purchase(f"electricity.{region}", amount, "electricity for irrigation", (name,))
        yield from self.fuels(numbers, self.name, self.place)
        if self.ground_cover is not None and self.ground_cover.mowings:
            yield self.ground_cover.mowing(numbers, self.name, self._area_ha(numbers))

    def _irrigated(self, numbers: Numbers) -> bool:
        """Whether it gets more water than drip lines give; counted so where nobody said how water comes."""
        if self.irrigation is not None and self.irrigation_method is None and self.climate == "dry":
            numbers.declare("how the orchard is irrigated", "n2o.frac_leach")
            return True
        return self.irrigation_method not in (None, "drip")

    @property
    def _organic_is(self) -> str:
        rots = ["manure"]
        rots += ["ground cover"] if self.ground_cover is not None else []
        rots += ["soil organic matter"] if self.frees_nitrogen else []
        rots += ["prunings"] if self.intercrop is None else []
        return " and ".join([", ".join(rots[:-1]), rots[-1]] if len(rots) > 1 else rots)

    def _fed(self, numbers: Numbers) -> Iterator[Nitrogen]:
        yield from self.manured(numbers, self.name)
        if self.ground_cover is not None:
            yield self.ground_cover.nitrogen(numbers, self.name, self._area_ha(numbers))
        yield from self.freed_nitrogen(numbers)

    def _left(self, numbers: Numbers) -> Iterator[Nitrogen]:
        if self.prunings is not None:
            yield self.prunings.nitrogen(numbers, self.name)

    def _rotting(self, numbers: Numbers) -> Iterator[Emission]:
        left = list(self._left(numbers))
        if left:
            yield from field_n2o(
                numbers,
                self.climate,
                synthetic=[],
                organic=left,
                organic_is="prunings",
                irrigated=self._irrigated(numbers),
            )

    def _burning(self, numbers: Numbers) -> Iterator[Emission]:
        if self.prunings is not None:
            yield from self.prunings.burning(numbers, self.name)

    def _growth(self, numbers: Numbers) -> Iterator[Storage]:
        # Told only where the clearing that gives it back is charged: one cannot be had without the other.
        if self.establishment is not None and self.establishment.clearing is not None:
            yield from growth(numbers, area_ha=self._area_ha(numbers), age_years=self._age_years)

    def _stores(self, numbers: Numbers) -> Iterator[Storage]:
        # With an intercrop both crops stand on the land: its process holds them.
        if self.intercrop is None:
            yield from self.carbon_stores(numbers)

    @property
    def _last_season(self) -> int:
        return max(int(harvest.season) for harvest in self.harvests)

    @property
    def _age_years(self) -> int:
        return self._last_season - self.land_use.planted

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
