"""What a piece of land was before, and the carbon it lost when it became what it is."""

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.answers import AreaAnswer, MassAnswer, Record, positive
from lca_models.activities.carbon_change import CarbonChange
from lca_models.activities.living_stock import CARBON, ForestZone, living_stock
from lca_models.activities.soil_stock import (
    ClimateZone,
    Ground,
    MineralSoil,
    Stock,
    Treatment,
    Use,
    soil_stock,
)
from lca_models.equations import land_use_change
from lca_models.faults import fault
from lca_models.numbers import Numbers
from lca_models.real import Real

METHOD = "ipcc-2019-tier-1"
YEARS = "soc.transition_years"
Year = Annotated[int, Field(ge=1800, le=2100)]
WORDS: dict[Use, str] = {
    "forest": "forest",
    "grassland": "grassland",
    "annual_crops": "annual crops",
    "perennial_crops": "perennial crops",
    "paddy": "paddy",
}


class Conversion(Record):
    """A conversion of the last 20 years: from what, when, how much of the land, on which soil.

    `area` is the part converted, all of the land when left out; `year` is that of planting when left out.
    `biomass` is the dry matter that lived on that area, roots included, where somebody counted it.
    """

    was: Use
    year: Year | None = None
    area: Annotated[AreaAnswer, AfterValidator(positive)] | None = None
    climate_zone: ClimateZone
    soil: MineralSoil | Literal["organic"]
    forest: ForestZone | None = None
    biomass: MassAnswer | None = None
    before: Treatment = Treatment()
    now: Treatment = Treatment()

    @model_validator(mode="after")
    def _forest_is_known(self) -> Self:
        if self.was == "forest" and self.forest is None and self.biomass is None:
            why = "a rainforest holds six times what a moist deciduous forest holds"
            raise fault("the forest is not said", why, 'add forest = "…", or the biomass that stood there')
        if self.was != "forest" and self.forest is not None:
            raise fault(f"a forest is named, but the land was {WORDS[self.was]}", "", "leave forest out")
        if unfit := self.before.unfit(self.was):
            why = f"the tables have none for {WORDS[self.was]}"
            raise fault(f"before.{unfit[0]} is said of {WORDS[self.was]}", why, f"leave {unfit[0]} out")
        return self

    def change(
        self, numbers: Numbers, name: str, use: Use, hectares: Real, part_of_year: Real
    ) -> CarbonChange:
        r"""A twentieth of the carbon lost or gained: Equations 2.16 and 2.25, per season.

        $$ \Delta C = (B_{before} - B_{after}) + (SOC_{before} - SOC_{after}) $$

        The record and the system have made sure that fewer than 20 years have passed.

        Args:
            numbers: central values or draws.
            name: where the record asks for it.
            use: of the land today.
            hectares: of the whole land.
            part_of_year: which the season holds the land.

        Raises:
            FactorError: the tables have no such soil, forest or grassland in such a climate.
        """
        area, answer = self._hectares(numbers, name, hectares)
        lived, grows = self._lived(numbers, name, area), living_stock(numbers, use, self.climate_zone)
        soil_before, soil_now = self._soil(numbers, use)
        loss = land_use_change.carbon_loss_t_c_per_ha(
            biomass_before_t_c_per_ha=lived.t_c_per_ha,
            biomass_after_t_c_per_ha=grows.t_c_per_ha,
            soil_before_t_c_per_ha=soil_before.t_c_per_ha,
            soil_after_t_c_per_ha=soil_now.t_c_per_ha,
        )
        years = numbers.factor(YEARS)
        spread = {"area_ha": area, "loss_t_c_per_ha": loss, "years_since_conversion": 0.0}
        soil_lost = soil_before.t_c_per_ha - soil_now.t_c_per_ha
        within_cropland = self.was not in {"forest", "grassland"}
        factors = (*lived.factors, *grows.factors, *soil_before.factors, *soil_now.factors, YEARS)
        return CarbonChange(
            substance="co2_luc",
            emitted_kg_co2=part_of_year
            * land_use_change.annual_emission_kg_co2(**spread, amortisation_years=years),
            taken_up_kg_co2=part_of_year
            * land_use_change.annual_uptake_kg_co2(**spread, amortisation_years=years),
            soil_lost_kg=part_of_year * area * soil_lost * 1000 / years,
            c_to_n=f"n2o.som.c_to_n.{'management' if within_cropland else 'land_use_change'}",
            kind="land",
            method=METHOD,
            label=f"land-use change: {WORDS[self.was]} turned into {WORDS[use]}",
            answers=(answer, *([f"{name}.biomass"] if self.biomass else [])),
            factors=tuple(dict.fromkeys(factors)),
        )

    def _hectares(self, numbers: Numbers, name: str, hectares: Real) -> tuple[Real, str]:
        if self.area is None:
            return hectares, f"{name.removesuffix('.land_use.conversion')}.area"
        answer = f"{name}.area"
        # Draws of two areas may cross where most of the land was converted.
        return np.minimum(self.area.read(numbers, answer, "ha", "land converted"), hectares), answer

    def _lived(self, numbers: Numbers, name: str, area_ha: Real) -> Stock:
        if self.biomass is None:
            return living_stock(numbers, self.was, self.climate_zone, self.forest)
        dry_kg = self.biomass.read(numbers, f"{name}.biomass", "kg", "biomass before the conversion, dry")
        return Stock(dry_kg / 1000 / area_ha * numbers.factor(CARBON), (CARBON,))

    def _soil(self, numbers: Numbers, use: Use) -> tuple[Stock, Stock]:
        if self.soil == "organic":
            # Drained peat goes on losing carbon every year: `organic_soil` counts it, no stock ends it.
            return Stock(0.0), Stock(0.0)
        ground = Ground(self.climate_zone, self.soil)
        return (
            soil_stock(numbers, ground, self.was, self.before, "before the conversion"),
            soil_stock(numbers, ground, use, self.now, "after the conversion"),
        )


class LandUse(Record):
    """What stood here before: whether the land was converted within the last 20 years, and if so from what."""

    converted_within_20_years: Literal["no", "unknown", "yes"]
    planted: Year
    conversion: Conversion | None = None
    note: str = Field(default="", max_length=500)

    @model_validator(mode="after")
    def _conversion_fits_the_answer(self) -> Self:
        converted = self.converted_within_20_years == "yes"
        if converted and self.conversion is None:
            why = "its carbon is counted from what the land was"
            raise fault("the land was converted, but not from what", why, "add a section land_use.conversion")
        if not converted and self.conversion is not None:
            what = f"a conversion is recorded, but the answer is {self.converted_within_20_years!r}"
            raise fault(what, "one contradicts the other", 'answer "yes", or leave the conversion out')
        if self.conversion is not None and (self.conversion.year or self.planted) > self.planted:
            what = f"converted in {self.conversion.year}, planted in {self.planted}"
            raise fault(what, "it cannot be such land before it was converted", "check the two years")
        return self

    @property
    def converted_in(self) -> int | None:
        """The year of the conversion."""
        return None if self.conversion is None else self.conversion.year or self.planted

    def counted_elsewhere(self) -> "LandUse":
        """For what stands on the same land: another record carries the conversion, nothing more is counted here."""
        return LandUse(converted_within_20_years="no", planted=self.planted)
