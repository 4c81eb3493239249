"""The carbon of a piece of land: a conversion, another treatment of its soil, drained peat."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.answers import AreaAnswer, Name, Record, positive
from lca_models.activities.carbon_change import CarbonChange
from lca_models.activities.land_use import WORDS, LandUse
from lca_models.activities.nitrogen import Climate, Nitrogen
from lca_models.activities.organic_soil import OrganicSoil
from lca_models.activities.shares import ShareAnswer, at_most_all
from lca_models.activities.soil_change import StockFactors
from lca_models.activities.soil_models import RothC, SteadyState
from lca_models.activities.soil_stock import Use
from lca_models.faults import fault
from lca_models.flows import Emission, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real

SoilRecord = Annotated[StockFactors | SteadyState | RothC, Field(discriminator="model")]


class LandCarbon(Record):
    """What the land itself gives off or takes up.

    Conversion, treatment of the soil and peat are counted by the year. `part_of_year` is the part of it that this
    season holds the land, where another crop holds it for the rest; all of it when left out.
    """

    use: ClassVar[Use]
    """As the guideline's tables name it."""
    name: Name
    area: Annotated[AreaAnswer, AfterValidator(positive)]
    climate: Climate
    land_use: LandUse
    soil: SoilRecord | None = None
    organic_soil: OrganicSoil | None = None
    part_of_year: Annotated[ShareAnswer, AfterValidator(positive)] | None = None

    @model_validator(mode="after")
    def _conversion_fits_the_land(self) -> Self:
        conversion = self.land_use.conversion
        if conversion is None:
            return self
        if conversion.was == self.use:
            why = "land that goes on in the same use is not converted"
            raise fault(f"the land was {WORDS[self.use]} and still is", why, 'answer "no"')
        if unfit := conversion.now.unfit(self.use):
            what = f"land_use.conversion.now.{unfit[0]} is said of {WORDS[self.use]}"
            raise fault(what, "the tables have none", f"leave {unfit[0]} out")
        if conversion.soil == "organic" and self.organic_soil is None:
            why = "drained peat loses carbon every year, and no stock says when it ends"
            raise fault("the converted soil is organic, but organic_soil is missing", why, "add its area")
        if self.soil is not None:
            why = "the conversion already counts the change of the soil"
            raise fault("a conversion and a change of the soil are recorded", why, "leave one of them out")
        return self

    @model_validator(mode="after")
    def _soil_fits_the_land(self) -> Self:
        for section in ("soil", "organic_soil"):
            asked = getattr(self, section)
            if asked is not None and (why := asked.unfit(self.use)):
                raise fault(f"{section} does not fit {WORDS[self.use]}", why, "mend it, or leave it out")
        return self

    @model_validator(mode="after")
    def _parts_fit_the_whole(self) -> Self:
        conversion = self.land_use.conversion
        parts = {
            "land_use.conversion.area": None if conversion is None else conversion.area,
            "organic_soil.area": None if self.organic_soil is None else self.organic_soil.area,
        }
        for where, part in parts.items():
            if part and part.amount and self.area.amount and part.amount.to("ha") > self.area.amount.to("ha"):
                what = f"{where} is {part.amount}, all of the land is {self.area.amount}"
                raise fault(what, "a part is not more than the whole", "check the two areas")
        return self

    @model_validator(mode="after")
    def _one_climate(self) -> Self:
        zones = (getattr(asked, "climate_zone", None) for asked in (self.land_use.conversion, self.soil))
        for zone in filter(None, zones):
            dry = zone.endswith("_dry")
            if self.climate != "unknown" and not zone.endswith("_montane") and dry != (self.climate == "dry"):
                what = f"the climate is {self.climate}, the climate zone is {zone}"
                raise fault(what, "both ask whether more rain falls than evaporates", "check the two")
        return self

    def carbon_emissions(self, numbers: Numbers) -> Iterator[Emission]:
        """CO2 that the land gives off, and the N2O of drained peat."""
        for change in self._changes(numbers):
            yield change.emission()
        if self.organic_soil is not None:
            part = self._part_of_year(numbers)
            yield from self.organic_soil.emissions(numbers, f"{self.name}.organic_soil", self.use, part)

    def carbon_stores(self, numbers: Numbers) -> Iterator[Storage]:
        """CO2 that the land takes up, for as long as nobody undoes it."""
        for change in self._changes(numbers):
            yield change.storage()

    def freed_nitrogen(self, numbers: Numbers) -> Iterator[Nitrogen]:
        """Nitrogen of the soil organic matter that is lost: F_SOM of Equation 11.1."""
        for change in self._changes(numbers):
            yield change.nitrogen(numbers)

    @property
    def changed_in(self) -> tuple[tuple[str, int], ...]:
        """The years from which its stocks change, and where the record says so."""
        changes = (
            ("land_use.conversion.year", self.land_use.converted_in),
            ("soil.changed", None if self.soil is None else self.soil.changed),
        )
        return tuple((where, year) for where, year in changes if year is not None)

    @property
    def frees_nitrogen(self) -> bool:
        """Whether the stock of its soil changes."""
        return self.land_use.conversion is not None or self.soil is not None

    def _changes(self, numbers: Numbers) -> Iterator[CarbonChange]:
        sections = (
            ("land_use.conversion", self.land_use.conversion),
            ("soil", self.soil),
        )
        for section, asked in sections:
            if asked is not None:
                name, hectares = f"{self.name}.{section}", self._area_ha(numbers)
                yield asked.change(numbers, name, self.use, hectares, self._part_of_year(numbers))

    def _area_ha(self, numbers: Numbers) -> Real:
        return self.area.read(numbers, f"{self.name}.area", "ha", f"area of {self.name}")

    def _part_of_year(self, numbers: Numbers) -> Real:
        if self.part_of_year is None:
            return 1.0
        name = f"{self.name}.part_of_year"
        return at_most_all(
            self.part_of_year.read(numbers, name, "", "part of the year the crop holds the land")
        )
