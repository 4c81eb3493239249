"""Drained peat: it loses carbon and nitrogen every year it is kept dry, whatever grows on it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator

from lca_models.activities.answers import AreaAnswer, Record, positive
from lca_models.activities.soil_stock import Use
from lca_models.equations import n2o, soil_carbon
from lca_models.flows import Emission
from lca_models.numbers import Numbers
from lca_models.real import Real


class OrganicSoil(Record):
    """The part of the land that is drained organic soil.

    `grass` is asked of meadows of the temperate zone alone: how rich the peat is, and how deep it is drained.
    """

    area: Annotated[AreaAnswer, AfterValidator(positive)]
    zone: Literal["boreal", "temperate", "tropical"]
    grass: Literal["poor", "rich_deep", "rich_shallow"] | None = None

    def unfit(self, use: Use) -> str | None:
        """Why the tables have no row for it."""
        asked = use == "grassland" and self.zone == "temperate"
        if asked and self.grass is None:
            return "peat under temperate grass differs by nutrients and drainage, and grass is not answered"
        if not asked and self.grass is not None:
            return "grass is answered, but only temperate meadows differ by it"
        return None

    def emissions(self, numbers: Numbers, name: str, use: Use, part_of_year: Real) -> Iterator[Emission]:
        """CO2 and N2O of the season: Tables 2.1 and 2.5 of the Wetlands Supplement.

        Args:
            numbers: central values or draws.
            name: where the record asks for it.
            use: of the land.
            part_of_year: which the season holds the land.
        """
        answer, row = f"{name}.area", self._row(use)
        hectares = self.area.read(numbers, answer, "ha", "drained organic soil")
        carbon, nitrogen = f"co2.organic_soil.{row}", f"n2o.ef2.{row}"
        co2 = soil_carbon.change_kg_co2(area_ha=hectares, change_t_c_per_ha=-numbers.factor(carbon))
        yield Emission("co2_soil", co2 * part_of_year, "CO2 from drained organic soil", (answer,), (carbon,))
        kg = n2o.organic_soil_kg(area_ha=hectares, ef2_kg_per_ha=numbers.factor(nitrogen), years=part_of_year)
        yield Emission("n2o", kg, "N2O from drained organic soil", (answer,), (nitrogen,))

    def _row(self, use: Use) -> str:
        if use == "grassland":
            return ".".join(filter(None, ("grassland", self.zone, self.grass)))
        if self.zone == "tropical":
            return "rice.tropical" if use == "paddy" else "cropland.tropical"
        # Table 2.1 and 2.5 know no paddies outside the tropics.
        return "cropland.boreal_temperate"
