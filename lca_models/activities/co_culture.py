"""Crayfish, crabs or fish kept in a paddy: a second product of the same water, with trenches to live in."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from lca_models.activities.answers import Estimable, Name, PriceAnswer, Record, positive
from lca_models.equations import aquaculture
from lca_models.faults import fault
from lca_models.flows import Emission, Output
from lca_models.numbers import Numbers
from lca_models.real import Real
from lca_models.units import Area, Mass

DAYS_UNDER_WATER = 365.0
"""Trenches are not drained with the field: the animals live there."""
TRENCH, POND = "rice.co_culture.trench", "aquaculture.pond_ch4.fresh"


class CoCulture(Record):
    """What is kept in the paddy and harvested from it; the area of the paddy includes the trenches.

    Feed and stock are not asked here: an `aquaculture` activity may take the animals and record its own feed, the N2O
    of its nitrogen, its pumps. Field and water are shared between rice and animals by the paddy's `allocation`.
    """

    animal: Literal["crayfish", "crab", "fish"]
    gives: Name
    harvest: Annotated[Estimable[Mass], AfterValidator(positive)]
    trench: Annotated[Estimable[Area], AfterValidator(positive)]
    price: PriceAnswer | None = None

    @model_validator(mode="after")
    def _harvest_known(self) -> Self:
        if self.harvest.amount is None and self.animal != "crayfish":
            fix = 'weigh it, or estimate it and say source = "recall"'
            raise fault(
                f"the harvest of {self.animal} is not known", "a default exists for crayfish only", fix
            )
        return self

    def output(self, numbers: Numbers, paddy: Name, area_ha: Real) -> Output:
        """The animals, as they leave the paddy."""
        name = f"{paddy}.co_culture"
        kg = self._harvest_kg(numbers, name, area_ha)
        if self.price is None:
            return Output(self.gives, kg)
        price = self.price.read(numbers, f"{name}.price", "CNY/kg", f"price of {self.gives}")
        return Output(self.gives, kg, price)

    def trench_ha(self, numbers: Numbers, paddy: Name, area_ha: Real) -> Real:
        """Water surface of the trenches."""
        label = f"trenches of {paddy}"
        if self.trench.amount is None:
            return area_ha * numbers.factor(numbers.declare(label, TRENCH))
        return self.trench.read(numbers, f"{paddy}.co_culture.trench", "ha", label)

    def methane(self, numbers: Numbers, paddy: Name, trench_ha: Real) -> Iterator[Emission]:
        """Of the trenches, which are ponds: IPCC 2019 Refinement V4 Ch7, Table 7.15."""
        kg = aquaculture.pond_ch4_kg(
            area_ha=trench_ha, ef_kg_per_ha_year=numbers.factor(POND), filled_days=DAYS_UNDER_WATER
        )
        answers = (f"{paddy}.co_culture.trench",)
        yield Emission("ch4_biogenic", kg, "methane from the trenches", answers, (POND,))

    def _harvest_kg(self, numbers: Numbers, name: Name, area_ha: Real) -> Real:
        label = f"{self.gives}, harvested"
        if self.harvest.amount is None:
            return area_ha * numbers.factor(numbers.declare(label, f"rice.co_culture.harvest.{self.animal}"))
        return self.harvest.read(numbers, f"{name}.harvest", "kg", label)
