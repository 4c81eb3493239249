"""The IPCC tier 2 steady-state method behind the harness: three pools, from the steady state of the old practice on."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import BeforeValidator, Field

from footprint.mrv.model import SoilModel
from footprint.mrv.places import MONTHS, Fraction, Place, by_month, place, read_places
from footprint.mrv.stocks import Site
from lca_models.activities.answers import Record
from lca_models.activities.soil_models import SteadyStateMonth
from lca_models.equations import soc_steady_state as tier2
from lca_models.factors import shipped_factors
from lca_models.real import Array

_TABLE = ("k_active", "k_slow", "k_passive", "f1", "f3", "f5", "f6", "f7", "f8")


class Practice(Record):
    """What is done in a year: tillage and the carbon, lignin and nitrogen of what comes into the soil."""

    tillage: Literal["full", "reduced", "none"]
    carbon_t_c_per_ha: Annotated[float, Field(gt=0, le=50)]
    lignin: Fraction
    nitrogen: Annotated[float, Field(gt=0, le=1)]


Year = Annotated[
    tuple[SteadyStateMonth, ...],
    BeforeValidator(by_month),
    Field(min_length=MONTHS, max_length=MONTHS, strict=False),
]


class SteadyStatePlace(Place):
    """A site for the steady-state method: twelve months of weather, practice before the first measurement and since."""

    sand: Fraction
    months: Year
    before: Practice
    since: Practice


def steady_state_model(path: Path) -> SoilModel:
    """The steady-state method for the sites of a file.

    Parameters: the decay rates and shares of IPCC 2019, Table 5.5a, under the names of that table, and `plant_input`, a
    factor on the carbon since the first measurement.

    Args:
        path: TOML or JSON with a list `site`: `id`, `sand`, twelve `months`, and `before` and `since`.

    Raises:
        RecordError: the file cannot be used; all faults are named.
    """
    places, content = read_places(path, SteadyStatePlace)

    def predict(site: Site, parameters: Mapping[str, float]) -> Array:
        return _stocks(place(places, site.id), site, parameters)

    numbers = shipped_factors()
    return SoilModel(
        "IPCC tier 2 steady state",
        "2019",
        predict,
        {"plant_input": 1.0} | {name: numbers[f"soc.tier2.{name}"].value for name in _TABLE},
        inputs="sha256:" + hashlib.sha256(content).hexdigest(),
    )


def _stocks(of: SteadyStatePlace, site: Site, parameters: Mapping[str, float]) -> Array:
    table = tier2.Parameters(*(parameters[name] for name in _TABLE))
    before, since = (_conditions(of, practice) for practice in (of.before, of.since))
    rest = tier2.steady_state_t_c_per_ha(supply=_supply(of.before), conditions=before, parameters=table)
    share = site.start_t_c_per_ha / rest.total_t_c_per_ha
    passed = tier2.run(
        start=tier2.Pools(*(pool * share for pool in rest)),
        supplies=[_supply(of.since, parameters["plant_input"])] * site.duration_years,
        years=[since] * site.duration_years,
        parameters=table,
    )
    totals = np.array([site.start_t_c_per_ha, *(pools.total_t_c_per_ha for pools in passed)])
    return np.asarray(totals[[year - site.years[0] for year in site.years]])


def _supply(practice: Practice, factor: float = 1.0) -> tier2.Supply:
    numbers = shipped_factors()
    return tier2.Supply(
        practice.carbon_t_c_per_ha * factor,
        practice.lignin,
        practice.nitrogen,
        numbers[f"soc.tier2.f2.{practice.tillage}"].value,
    )


def _conditions(of: SteadyStatePlace, practice: Practice) -> tier2.Conditions:
    numbers = shipped_factors()
    temperature, rain, demand, irrigated = (
        np.array([float(getattr(month, name)) for month in of.months])
        for name in ("air_temperature_c", "rain_mm", "evapotranspiration_mm", "irrigated")
    )
    return tier2.Conditions(
        tier2.temperature_factor(
            air_temperature_c=temperature,
            maximum_c=numbers["soc.tier2.temperature_maximum"].value,
            optimum_c=numbers["soc.tier2.temperature_optimum"].value,
        ),
        tier2.water_factor(
            rain_mm=rain,
            evapotranspiration_mm=demand,
            irrigated=irrigated,
            slope=numbers["soc.tier2.water_slope"].value,
        ),
        numbers[f"soc.tier2.tillage.{practice.tillage}"].value,
        of.sand,
    )
