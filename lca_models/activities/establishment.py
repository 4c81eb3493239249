"""The years of an orchard without harvest, and its end: carried by the fruit of all the years between."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import AfterValidator, model_validator

from lca_models.activities.answers import DurationAnswer, EnergyAnswer, Name, positive
from lca_models.activities.husbandry import Husbandry
from lca_models.activities.nitrogen import Climate, field_n2o
from lca_models.activities.standing_wood import Clearing
from lca_models.faults import fault
from lca_models.flows import Emission, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real

Years = Annotated[DurationAnswer, AfterValidator(positive)]


class Establishment(Husbandry):
    """What the whole orchard used from planting to the first harvest: totals of all those years, not per year.

    `bearing` is how many years it bears before it is cleared; `clearing` is what then becomes of the trees.
    """

    place: ClassVar[str] = "young orchard"
    before_harvest: Years
    bearing: Years
    irrigation: EnergyAnswer | None = None
    clearing: Clearing | None = None

    @model_validator(mode="after")
    def _used_something(self) -> "Establishment":
        used = self.model_fields_set - {"before_harvest", "bearing"}
        if not any(getattr(self, field) for field in used):
            why = "years without harvest that used nothing would be counted as zero"
            raise fault(
                "no year before the harvest used anything", why, "enter what was used, or leave it out"
            )
        return self

    @staticmethod
    def product(crop: Name) -> str:
        """What the orchard takes of it, kilogram by kilogram of fruit."""
        return f"{crop} trees, planted and cleared"

    def process(
        self,
        numbers: Numbers,
        *,
        orchard: Name,
        crop: Name,
        climate: Climate,
        area_ha: Real,
        season_kg: Real,
        region: str,
    ) -> Process:
        r"""All that the years without harvest caused, per kilogram of the fruit of a lifetime.

        The output is the lifetime's fruit; a season takes as much of it as it sells. That is
        `equations.biomass.establishment_charge_kg`, $ E \cdot Y_{season} / Y_{life} $, solved with the network.

        Args:
            numbers: central values or draws.
            orchard: its name.
            crop: its fruit.
            climate: of the orchard.
            area_ha: of the orchard, ha.
            season_kg: fruit of a mean season, kg.
            region: ISO 3166-2 code of the electricity grid.
        """
        name = f"{orchard}.establishment"
        bearing = self.bearing.read(numbers, f"{name}.bearing", "year", "years the trees bear")
        return Process(
            name=f"{orchard}, establishment",
            stage="establishment",
            outputs=(Output(self.product(crop), season_kg * bearing),),
            links=tuple(self.manure_links(numbers, name)),
            exchanges=(
                *self._n2o(numbers, name, climate),
                *self.making(numbers, name),
                *self.liming(numbers, name),
                *self.spraying(numbers, name),
                *self._irrigation(numbers, name, region),
                *self.fuels(numbers, name, self.place),
                *self._cleared(numbers, name, area_ha, bearing),
            ),
        )

    def _n2o(self, numbers: Numbers, name: Name, climate: Climate) -> Iterator[Emission]:
        synthetic, organic = list(self.synthetic(numbers, name)), list(self.manured(numbers, name))
        if synthetic or organic:
            yield from field_n2o(numbers, climate, synthetic=synthetic, organic=organic, organic_is="manure")

    def _irrigation(self, numbers: Numbers, name: Name, region: str) -> Iterator[Purchase]:
        if self.irrigation is not None:
            answer, label = f"{name}.irrigation", "electricity for irrigation"
            kwh = self.irrigation.read(numbers, answer, "kWh", "irrigation of the young orchard")
            yield Purchase(f"electricity.{region}", kwh, label, (answer,))

    def _cleared(
        self, numbers: Numbers, name: Name, area_ha: Real, bearing_years: Real
    ) -> Iterator[Emission]:
        if self.clearing is None:
            return
        answer = f"{name}.before_harvest"
        young = self.before_harvest.read(numbers, answer, "year", "years before the first harvest")
        age = young + bearing_years
        yield from self.clearing.emissions(numbers, f"{name}.clearing", area_ha=area_ha, age_years=age)
