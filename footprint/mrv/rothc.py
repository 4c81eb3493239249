"""RothC-26.3 behind the harness: run in under the old practice, scaled to the first stock, run on under the new one."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import BeforeValidator, Field

from footprint.mrv.model import SoilModel
from footprint.mrv.places import MONTHS, Fraction, Place, by_month, place, read_places
from footprint.mrv.stocks import Site
from lca_models.activities.soil_models import RothCMonth
from lca_models.equations import rothc
from lca_models.real import Array

Year = Annotated[
    tuple[RothCMonth, ...],
    BeforeValidator(by_month),
    Field(min_length=MONTHS, max_length=MONTHS, strict=False),
]


class RothCPlace(Place):
    """A site for RothC: months of a typical year before the first measurement, and since."""

    clay: Fraction
    dpm_to_rpm: Annotated[float, Field(gt=0)]
    before: Year
    since: Year


def rothc_model(path: Path) -> SoilModel:
    """RothC for the sites of a file.

    Parameters: `plant_input`, a factor on the carbon that plants bring since the first measurement; `inert`, a factor
    on the inert carbon of Falloon's equation.

    Args:
        path: TOML or JSON with a list `site`: `id`, `clay`, `dpm_to_rpm`, twelve months `before` and twelve `since`.

    Raises:
        RecordError: the file cannot be used; all faults are named.
    """
    places, content = read_places(path, RothCPlace)

    def predict(site: Site, parameters: Mapping[str, float]) -> Array:
        return _stocks(place(places, site.id), site, parameters)

    return SoilModel(
        "RothC",
        "26.3",
        predict,
        {"plant_input": 1.0, "inert": 1.0},
        inputs="sha256:" + hashlib.sha256(content).hexdigest(),
    )


def _stocks(of: RothCPlace, site: Site, parameters: Mapping[str, float]) -> Array:
    soil = rothc.Soil(of.clay, site.depth_cm)
    start = site.start_t_c_per_ha
    inert = parameters["inert"] * rothc.inert_t_c_per_ha(total_t_c_per_ha=start)
    rest = rothc.equilibrium(months=_months(of.before, of.dpm_to_rpm, 1), soil=soil)
    share = (start - inert) / rest.pools.total_t_c_per_ha
    dpm, rpm, bio, hum = (pool * share for pool in rest.pools[:4])
    months = _months(of.since, of.dpm_to_rpm, site.duration_years, parameters["plant_input"])
    passed = rothc.run(
        start=rothc.Pools(dpm, rpm, bio, hum, inert), months=months, soil=soil, deficit_mm=rest.deficit_mm
    )
    totals = np.concatenate([[start], np.asarray(passed.total_t_c_per_ha)])
    return np.asarray(totals[[MONTHS * (year - site.years[0]) for year in site.years]])


def _months(year: Year, dpm_to_rpm: float, years: int, plant_input: float = 1.0) -> rothc.Months:
    columns = {
        name: np.tile([float(getattr(month, name)) for month in year], years)
        for name in RothCMonth.model_fields
    }
    columns["plant_t_c_per_ha"] = plant_input * columns["plant_t_c_per_ha"]
    return rothc.Months(**columns, dpm_to_rpm=np.full(MONTHS * years, dpm_to_rpm))
