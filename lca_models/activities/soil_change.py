"""Carbon a mineral soil loses or gains because it is treated in another way, on land that stays what it is."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from lca_models.activities.answers import Record
from lca_models.activities.carbon_change import CarbonChange
from lca_models.activities.land_use import METHOD, YEARS, Year
from lca_models.activities.soil_stock import ClimateZone, Ground, MineralSoil, Treatment, Use, soil_stock
from lca_models.equations import soil_carbon
from lca_models.faults import fault
from lca_models.numbers import Numbers
from lca_models.real import Real

WITHIN_CROPLAND = "n2o.som.c_to_n.management"


@dataclass(frozen=True, slots=True)
class Yearly:
    """Carbon a hectare gains in a year, negative for a loss, with what it was computed from."""

    t_c_per_ha: Real
    answers: tuple[str, ...]
    factors: tuple[str, ...]


class SoilChange(Record, ABC):
    """What every model of it is asked: since when, and against what.

    `baseline` says in words what the field would have done without the change. A gain without one is disclosed and
    cannot be claimed.
    """

    changed: Year
    baseline: str | None = Field(default=None, min_length=1, max_length=300)

    @abstractmethod
    def unfit(self, use: Use) -> str | None:
        """Why the model has nothing to say of that use."""

    @abstractmethod
    def yearly(self, numbers: Numbers, name: str, use: Use) -> Yearly:
        """The mean change over the transition, per hectare and year."""

    @property
    @abstractmethod
    def method(self) -> str:
        """The model as the removals ledger names it."""

    def change(
        self, numbers: Numbers, name: str, use: Use, hectares: Real, part_of_year: Real
    ) -> CarbonChange:
        r"""One season of it.

        $$ CO_2 = -A \cdot \Delta C \cdot \tfrac{44}{12} \cdot 1000 $$

        The record and the system have made sure that the transition is not over.

        Args:
            numbers: central values or draws.
            name: where the record asks for it.
            use: of the land.
            hectares: of the land.
            part_of_year: which the season holds the land.

        Raises:
            FactorError: the tables have no such soil in such a climate.
        """
        found = self.yearly(numbers, name, use)
        kg_co2 = part_of_year * soil_carbon.change_kg_co2(
            area_ha=hectares, change_t_c_per_ha=found.t_c_per_ha
        )
        return CarbonChange(
            substance="co2_soil",
            emitted_kg_co2=np.maximum(kg_co2, 0.0),
            taken_up_kg_co2=np.maximum(-kg_co2, 0.0),
            soil_lost_kg=kg_co2 / soil_carbon.CO2_PER_C,
            c_to_n=WITHIN_CROPLAND,
            kind="soil",
            method=self.method,
            label="soil carbon under another treatment",
            answers=(f"{name.removesuffix('.soil')}.area", *found.answers),
            factors=found.factors,
            baseline=self.baseline,
        )


class StockFactors(SoilChange):
    """Tier 1: stock-change factors of the treatment before and now. After 20 years nothing changes any more."""

    model: Literal["ipcc tier 1"]
    climate_zone: ClimateZone
    soil: MineralSoil
    before: Treatment
    now: Treatment

    @model_validator(mode="after")
    def _is_a_change(self) -> Self:
        if self.before == self.now:
            why = "a soil that is treated as before neither gains nor loses by it"
            raise fault("before and now are the same", why, "say what changed, or leave the section out")
        return self

    @property
    def method(self) -> str:
        """The guideline's."""
        return METHOD

    def unfit(self, use: Use) -> str | None:
        """Paddies have no factors of tillage and inputs; a sward is not tilled."""
        words = sorted({*self.before.unfit(use), *self.now.unfit(use)})
        return f"tier 1 has no {' and '.join(words)} of {use}" if words else None

    def yearly(self, numbers: Numbers, name: str, use: Use) -> Yearly:  # noqa: ARG002 - it asks no amount
        """The difference of the two stocks over the 20 years it takes."""
        ground = Ground(self.climate_zone, self.soil)
        before = soil_stock(numbers, ground, use, self.before, "before the change")
        now = soil_stock(numbers, ground, use, self.now, "after the change")
        change = soil_carbon.annual_change_t_c_per_ha(
            stock_before_t_c_per_ha=before.t_c_per_ha,
            stock_after_t_c_per_ha=now.t_c_per_ha,
            transition_years=numbers.factor(YEARS),
        )
        return Yearly(change, (), tuple(dict.fromkeys((*before.factors, *now.factors, YEARS))))
