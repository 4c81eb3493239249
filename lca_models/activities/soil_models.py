"""Soil carbon by models that start from a measured stock: a soil that is nearly full gains next to nothing."""

from abc import abstractmethod
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from lca_models import lookup
from lca_models.activities.answers import DistanceAnswer, Record
from lca_models.activities.land_use import YEARS
from lca_models.activities.shares import ShareAnswer, at_most_all
from lca_models.activities.soil_change import SoilChange, Yearly
from lca_models.activities.soil_stock import Use
from lca_models.equations import rothc, soc_steady_state, soil_carbon
from lca_models.faults import fault
from lca_models.numbers import Numbers
from lca_models.real import Real

Celsius = Annotated[float, Field(ge=-60, le=60)]
Millimetres = Annotated[float, Field(ge=0, le=3000)]
CarbonInput = Annotated[float, Field(ge=0, le=50)]
"""t C/ha."""


class Sample(Record):
    """What a laboratory and a spade say of the topsoil: `coarse` are stones by volume, 0 % where there are none."""

    organic_carbon: ShareAnswer
    bulk_density_g_per_cm3: Annotated[float, Field(gt=0.1, le=2.2)]
    depth: DistanceAnswer
    coarse: ShareAnswer

    def depth_cm(self, numbers: Numbers, name: str) -> Real:
        """Of the layer sampled."""
        return self.depth.read(numbers, f"{name}.depth", "m", "depth of the soil sample") * 100

    def stock_t_c_per_ha(self, numbers: Numbers, name: str) -> Real:
        """Carbon standing in the layer."""
        return soil_carbon.measured_stock_t_c_per_ha(
            carbon_frac=at_most_all(
                self.organic_carbon.read(numbers, f"{name}.organic_carbon", "", "organic carbon of the soil")
            ),
            bulk_density_g_per_cm3=self.bulk_density_g_per_cm3,
            depth_cm=self.depth_cm(numbers, name),
            coarse_frac=at_most_all(self.coarse.read(numbers, f"{name}.coarse", "", "stones in the soil")),
        )

    def answers(self, name: str) -> tuple[str, ...]:
        """Where the record asks for the stock."""
        return tuple(f"{name}.{field}" for field in ("organic_carbon", "depth", "coarse"))


class Modelled(SoilChange):
    """A model run on from the measured stock, with the weather and the inputs of today, until the transition ends."""

    sample: Sample

    def unfit(self, use: Use) -> str | None:
        """Neither model knows soils that stand under water."""
        return "the models are made for soils that are not flooded" if use == "paddy" else None

    def yearly(self, numbers: Numbers, name: str, use: Use) -> Yearly:  # noqa: ARG002 - its inputs say what grows
        """The mean over the transition: how fast pools settle in the first year is not a gain of every year."""
        sample = f"{name}.sample"
        measured = self.sample.stock_t_c_per_ha(numbers, sample)
        # The horizon is a whole number of years and exact: the same of every draw.
        years = int(numbers.factors[YEARS].value)
        ends, answers, factors = self._ends(numbers, name, measured, years)
        gained = (ends - measured) / numbers.factor(YEARS)
        return Yearly(gained, (*self.sample.answers(sample), *answers), (*factors, YEARS))

    @abstractmethod
    def _ends(
        self, numbers: Numbers, name: str, measured: Real, years: int
    ) -> tuple[Real, tuple[str, ...], tuple[str, ...]]:
        """The stock after those years, t C/ha; other answers and the factors used."""


class SteadyStateMonth(Record):
    """Weather of a month: mean temperature, rain, potential evapotranspiration."""

    air_temperature_c: Celsius
    rain_mm: Millimetres
    evapotranspiration_mm: Millimetres
    irrigated: bool = False


class SteadyState(Modelled):
    """Tier 2, the three-pool steady-state method. The pools start in the proportions of today's steady state."""

    model: Literal["ipcc tier 2"]
    sand: ShareAnswer
    tillage: Literal["full", "reduced", "none"]
    carbon_t_c_per_ha: Annotated[CarbonInput, Field(gt=0)]
    months: Annotated[tuple[SteadyStateMonth, ...], Field(min_length=12, max_length=12, strict=False)]

    def unfit(self, use: Use) -> str | None:
        """The method is made for cropland."""
        if use == "grassland":
            return "the steady-state method is made for cropland that stays cropland"
        return super().unfit(use)

    @property
    def method(self) -> str:
        """The guideline's."""
        return "ipcc-2019-tier-2"

    def _ends(
        self, numbers: Numbers, name: str, measured: Real, years: int
    ) -> tuple[Real, tuple[str, ...], tuple[str, ...]]:
        table = _Table(numbers)
        parameters = soc_steady_state.Parameters(
            *map(table.value, ("k_active", "k_slow", "k_passive", "f1", "f3", "f5", "f6", "f7", "f8"))
        )
        supply = soc_steady_state.Supply(
            self.carbon_t_c_per_ha,
            table.value("lignin_content"),
            table.value("nitrogen_content"),
            table.value(f"f2.{self.tillage}"),
        )
        conditions = self._conditions(numbers, name, table)
        rest = soc_steady_state.steady_state_t_c_per_ha(
            supply=supply, conditions=conditions, parameters=parameters
        )
        share = measured / rest.total_t_c_per_ha
        start = soc_steady_state.Pools(*(pool * share for pool in rest))
        passed = soc_steady_state.run(
            start=start, supplies=[supply] * years, years=[conditions] * years, parameters=parameters
        )
        return passed[-1].total_t_c_per_ha, (f"{name}.sand",), tuple(table.used)

    def _conditions(self, numbers: Numbers, name: str, table: "_Table") -> soc_steady_state.Conditions:
        # Months stand along the first axis, draws of the table's numbers along the last.
        temperature, rain, demand, irrigated = (
            np.array([[float(getattr(month, field))] for month in self.months])
            for field in ("air_temperature_c", "rain_mm", "evapotranspiration_mm", "irrigated")
        )
        sand = at_most_all(self.sand.read(numbers, f"{name}.sand", "", "sand in the soil"))
        return soc_steady_state.Conditions(
            _one(
                soc_steady_state.temperature_factor(
                    air_temperature_c=temperature,
                    maximum_c=table.value("temperature_maximum"),
                    optimum_c=table.value("temperature_optimum"),
                )
            ),
            _one(
                soc_steady_state.water_factor(
                    rain_mm=rain,
                    evapotranspiration_mm=demand,
                    irrigated=irrigated,
                    slope=table.value("water_slope"),
                )
            ),
            table.value(f"tillage.{self.tillage}"),
            sand,
        )


class RothCMonth(Record):
    """Weather and management of a month; evaporation is from an open pan, carbon in t C/ha."""

    air_temperature_c: Celsius
    rain_mm: Millimetres
    pan_evaporation_mm: Annotated[float, Field(ge=-100, le=3000)]
    covered: bool
    plant_t_c_per_ha: CarbonInput
    manure_t_c_per_ha: CarbonInput


class RothC(Modelled):
    """RothC-26.3. The pools start in the proportions of today's equilibrium, inert carbon by Falloon's equation."""

    model: Literal["rothc"]
    clay: ShareAnswer
    vegetation: Literal[
        "crops_and_improved_grassland", "unimproved_grassland_and_scrub", "deciduous_or_tropical_woodland"
    ]
    months: Annotated[tuple[RothCMonth, ...], Field(min_length=12, max_length=12, strict=False)]

    @model_validator(mode="after")
    def _something_comes_in(self) -> Self:
        if not any(month.plant_t_c_per_ha + month.manure_t_c_per_ha for month in self.months):
            why = "the pools start in the proportions that what comes in gives them"
            raise fault("no carbon comes in over the year", why, "enter what roots, litter and manure bring")
        return self

    @property
    def method(self) -> str:
        """The model's name."""
        return "rothc-26.3"

    def _ends(
        self, numbers: Numbers, name: str, measured: Real, years: int
    ) -> tuple[Real, tuple[str, ...], tuple[str, ...]]:
        clay = at_most_all(self.clay.read(numbers, f"{name}.clay", "", "clay in the soil"))
        soil = rothc.Soil(clay, self.sample.depth_cm(numbers, f"{name}.sample"))
        inert = rothc.inert_t_c_per_ha(total_t_c_per_ha=measured)
        months = self._months(numbers, 1)
        rest = rothc.equilibrium(months=months, soil=soil)
        share = (measured - inert) / rest.pools.total_t_c_per_ha
        dpm, rpm, bio, hum = (pool * share for pool in rest.pools[:4])
        start = rothc.Pools(dpm, rpm, bio, hum, inert)
        passed = rothc.run(
            start=start, months=self._months(numbers, years), soil=soil, deficit_mm=rest.deficit_mm
        )
        return _last(passed.total_t_c_per_ha), (f"{name}.clay",), ()

    def _months(self, numbers: Numbers, years: int) -> rothc.Months:
        ratio = lookup.number(numbers.factors.table("rothc.dpm_to_rpm"), "ratio", vegetation=self.vegetation)
        columns = {
            field: np.tile([float(getattr(month, field)) for month in self.months], years)
            for field in RothCMonth.model_fields
        }
        return rothc.Months(**columns, dpm_to_rpm=np.full(12 * years, ratio))


class _Table:
    """Numbers of Table 5.5a, and which of them were read."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.used: list[str] = []

    def value(self, name: str) -> Real:
        self.used.append(f"soc.tier2.{name}")
        return self.numbers.factor(self.used[-1])


def _one(value: Real) -> Real:
    found = np.asarray(value)
    return float(found[0]) if found.shape == (1,) else found


def _last(months: Real) -> Real:
    last = np.asarray(months)[-1]
    return float(last) if np.ndim(last) == 0 else last
