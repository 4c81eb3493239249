"""Rice under water: a field crop that gives off methane by how it is drained and what is worked in before it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import AfterValidator, model_validator

from lca_models.activities.annual_crop import AnnualCrop
from lca_models.activities.answers import Estimable, MassAnswer, Name, Record, positive
from lca_models.activities.co_culture import CoCulture
from lca_models.activities.crop_residues import FieldResidues
from lca_models.activities.fertilisers import ManureKind
from lca_models.activities.nitrogen import Nitrogen, Treatment
from lca_models.activities.soil_stock import Use
from lca_models.equations import rice_methane
from lca_models.faults import fault
from lca_models.flows import Emission, Output, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real, total
from lca_models.units import Duration

RiceRegion = Literal[
    "east_asia", "southeast_asia", "south_asia", "europe", "north_america", "south_america", "world"
]
Water = Literal[
    "continuous",
    "single_drainage",
    "multiple_drainage",
    "rainfed_regular",
    "rainfed_drought_prone",
    "deep_water",
    "irrigated_unknown",
    "rainfed_unknown",
]
Before = Literal["dry_under_180", "dry_over_180", "dry_over_365", "flooded_over_30", "unknown"]
_EF1: dict[Water, str] = {
    "continuous": "n2o.ef1.rice.continuous",
    "deep_water": "n2o.ef1.rice.continuous",
    "single_drainage": "n2o.ef1.rice.drained",
    "multiple_drainage": "n2o.ef1.rice.drained",
    # The table knows no rainfed rice: fields that fall dry now and then are like drained ones.
    "rainfed_regular": "n2o.ef1.rice.drained",
    "rainfed_drought_prone": "n2o.ef1.rice.drained",
    "irrigated_unknown": "n2o.ef1.rice.aggregated",
    "rainfed_unknown": "n2o.ef1.rice.aggregated",
}
# Slurry has no row of its own in Table 5.14; it is fresher than compost and counts as manure.
_AMENDMENT: dict[ManureKind, str] = {
    "chicken": "rice.cfoa.farmyard_manure",
    "pig": "rice.cfoa.farmyard_manure",
    "cattle": "rice.cfoa.farmyard_manure",
    "biogas_slurry": "rice.cfoa.farmyard_manure",
    "compost": "rice.cfoa.compost",
}
_INHIBITED: Treatment = "nitrification inhibitor"
# Coats lowered methane significantly neither in single rice nor in rice after upland crops: they are not credited.
_INHIBITOR_CH4 = "rice.reduction.ch4.nitrification_inhibitor"


class StrawBefore(Record):
    """Straw of the crop before, worked in before this one, as dry weight; stubble that lies on top is not."""

    dry: MassAnswer
    days_before: Literal["under_30", "over_30"]


class GreenManure(Record):
    """A crop grown to be ploughed in: fresh weight for the methane, its nitrogen for the N2O."""

    fresh: MassAnswer
    nitrogen: MassAnswer


class Paddy(AnnualCrop):
    """One crop of flooded rice; two crops a year are two activities. Upland rice is a field crop."""

    activity: Literal["paddy"] = "paddy"
    place: ClassVar[str] = "paddy"
    use: ClassVar[Use] = "paddy"
    crop: Name = "rice"
    rice_region: RiceRegion
    water: Water
    before: Before
    days: Annotated[Estimable[Duration], AfterValidator(positive)]
    straw_before: StrawBefore | None = None
    green_manure: GreenManure | None = None
    co_culture: CoCulture | None = None

    @model_validator(mode="after")
    def _animals_have_a_share(self) -> Self:
        if self.co_culture is None:
            return self
        if self.allocation is None:
            why = "rice and animals share the field, and the result under the other choice is shown"
            raise fault("animals are harvested, but allocation is missing", why, 'add allocation = "mass"')
        if self.allocation == "economic" and (self.price is None or self.co_culture.price is None):
            fix = "add the price of rice and of the animals, or allocate by mass"
            raise fault("allocation is by value, but a price is missing", "the shares are of value", fix)
        return self

    def _outputs(self, numbers: Numbers) -> tuple[Output, ...]:
        outputs = super()._outputs(numbers)
        if self.co_culture is None:
            return outputs
        if self.straw is None and self.price is not None:
            price = self.price.read(numbers, f"{self.name}.price", "CNY/kg", f"price of {self.crop}")
            outputs = tuple(replace(output, price=price) for output in outputs)
        return (*outputs, self.co_culture.output(numbers, self.name, self._area_ha(numbers)))

    def _ef1_flooded(self, numbers: Numbers) -> str | None:
        if self.water.endswith("_unknown"):
            numbers.declare(f"drainage of {self.name}", f"rice.sfw.{self.water}")
        return _EF1[self.water]

    def _organic(self, numbers: Numbers, left: FieldResidues) -> Iterator[Nitrogen]:
        yield from super()._organic(numbers, left)
        if self.green_manure is not None:
            name = f"{self.name}.green_manure.nitrogen"
            yield Nitrogen(
                name, self.green_manure.nitrogen.read(numbers, name, "kg", "nitrogen in green manure"), None
            )

    def _of_its_kind(self, numbers: Numbers, region: str) -> Iterator[Emission | Purchase]:  # noqa: ARG002 - no power
        amendments = list(self._amendments(numbers))
        hectares = self._area_ha(numbers)
        daily, used = self._daily_factor(numbers, amendments, hectares)
        days = self._days(numbers)
        trenches = self._trench_ha(numbers, hectares)
        kg = rice_methane.season_kg(daily_factor_kg_per_ha=daily, days=days, area_ha=hectares - trenches)
        left, avoided = self._methane_left(numbers)
        answers = (f"{self.name}.area", f"{self.name}.days", *(name for name, _, _ in amendments))
        yield Emission("ch4_biogenic", kg * left, "methane from the flooded soil", answers, (*used, *avoided))
        if self.co_culture is not None:
            yield from self.co_culture.methane(numbers, self.name, trenches)

    def _trench_ha(self, numbers: Numbers, hectares: Real) -> Real:
        if self.co_culture is None:
            return 0.0
        # Draws of two areas may cross where most of the paddy is trench.
        return np.minimum(self.co_culture.trench_ha(numbers, self.name, hectares), hectares)

    def _methane_left(self, numbers: Numbers) -> tuple[Real, tuple[str, ...]]:
        """What inhibitors and animals leave of the methane: both apart from water and straw, in trials of their own."""
        left: Real = 1.0
        used: list[str] = []
        if any(fertiliser.treatment == _INHIBITED for fertiliser in self.fertilisers):
            nitrogen = list(self.synthetic(numbers, self.name))
            inhibited = total(n.kg for n in nitrogen if n.treatment == _INHIBITED)
            left = 1 - numbers.factor(_INHIBITOR_CH4) * inhibited / total(n.kg for n in nitrogen)
            used.append(_INHIBITOR_CH4)
        if self.co_culture is not None:
            region = "east_asia" if self.rice_region == "east_asia" else "world"
            used.append(f"rice.co_culture.ch4.{region}")
            left = left * (1 - numbers.factor(used[-1]))
        return left, tuple(used)

    def _days(self, numbers: Numbers) -> Real:
        label = f"days from planting to harvest, {self.name}"
        if self.days.amount is None:
            return numbers.factor(numbers.declare(label, f"rice.days.{self.rice_region}"))
        return self.days.read(numbers, f"{self.name}.days", "day", label)

    def _daily_factor(
        self, numbers: Numbers, amendments: list[tuple[str, Real, str]], hectares: Real
    ) -> tuple[Real, tuple[str, ...]]:
        efc, sfw, sfp = f"rice.efc.{self.rice_region}", f"rice.sfw.{self.water}", f"rice.sfp.{self.before}"
        if self.before == "unknown":
            numbers.declare(f"water before planting, {self.name}", sfp)
        organic = rice_methane.organic_scaling(
            rates_t_per_ha=[kg / 1000 / hectares for _, kg, _ in amendments],
            conversions=[numbers.factor(factor) for _, _, factor in amendments],
            exponent=numbers.factor("rice.sfo.exponent"),
        )
        daily = rice_methane.daily_factor_kg_per_ha(
            baseline_kg_per_ha_day=numbers.factor(efc),
            sf_water=numbers.factor(sfw),
            sf_pre_season=numbers.factor(sfp),
            sf_organic=organic,
        )
        return daily, (efc, sfw, sfp, "rice.sfo.exponent", *dict.fromkeys(f for _, _, f in amendments))

    def _amendments(self, numbers: Numbers) -> Iterator[tuple[str, Real, str]]:
        """Answer, kg as Table 5.14 counts it, and conversion."""
        for name, manure, kg in self.spread_manures(numbers, self.name):
            yield name, kg, _AMENDMENT[manure.kind]
        if self.straw_before is not None:
            name = f"{self.name}.straw_before.dry"
            dry = self.straw_before.dry.read(numbers, name, "kg", "straw worked in, dry")
            yield name, dry, f"rice.cfoa.straw_{self.straw_before.days_before}"
        if self.green_manure is not None:
            name = f"{self.name}.green_manure.fresh"
            fresh = self.green_manure.fresh.read(numbers, name, "kg", "green manure ploughed in, fresh")
            yield name, fresh, "rice.cfoa.green_manure"
