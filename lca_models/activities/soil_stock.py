"""Organic carbon that a mineral soil holds under a climate, a use and a treatment: the guideline's tier 1."""

from dataclasses import dataclass
from typing import Literal

from lca_models import lookup
from lca_models.activities.answers import Record
from lca_models.equations import soil_carbon
from lca_models.numbers import Numbers
from lca_models.real import Real

ClimateZone = Literal[
    "boreal_dry",
    "boreal_moist",
    "cool_temperate_dry",
    "cool_temperate_moist",
    "warm_temperate_dry",
    "warm_temperate_moist",
    "tropical_dry",
    "tropical_moist",
    "tropical_wet",
    "tropical_montane",
]
MineralSoil = Literal["high_activity_clay", "low_activity_clay", "sandy", "spodic", "volcanic"]
"""Wetland soils are missing: a drained one is no field whose factors these tables hold."""

Use = Literal["forest", "grassland", "annual_crops", "perennial_crops", "paddy"]

_F_LU: dict[Use, str] = {
    "forest": "native",
    "grassland": "native",
    "annual_crops": "long_term_annual",
    "perennial_crops": "perennial",
    "paddy": "paddy_rice",
}
TREATED: dict[Use, tuple[str, ...]] = {
    "forest": (),
    "grassland": ("sward",),
    "annual_crops": ("tillage", "inputs"),
    "perennial_crops": ("tillage", "inputs"),
    "paddy": (),
}
"""What a `Treatment` may say of each use: Table 5.5 has no tillage and no inputs of paddies."""


class Treatment(Record):
    """How a soil is treated: tillage and what is returned to it on cropland, the state of the sward on grassland.

    What is left out is a declared default: full tillage, medium inputs, a nominal sward.
    """

    tillage: Literal["full_tillage", "reduced_tillage", "no_tillage"] | None = None
    inputs: Literal["low", "medium", "high_without_manure", "high_with_manure"] | None = None
    sward: Literal["nominal", "severely_degraded", "improved", "high_intensity_grazing"] | None = None

    def unfit(self, use: Use) -> tuple[str, ...]:
        """What it says that the tables do not know of that use."""
        return tuple(sorted(self.model_fields_set - set(TREATED[use])))


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a soil lies and what it is: the first two columns of every table of soil carbon."""

    climate_zone: ClimateZone
    soil: MineralSoil


@dataclass(frozen=True, slots=True)
class Stock:
    """Carbon standing in a hectare, with the published numbers it was computed from."""

    t_c_per_ha: Real
    factors: tuple[str, ...] = ()


def soil_stock(numbers: Numbers, ground: Ground, use: Use, treatment: Treatment, when: str) -> Stock:
    r"""Soil organic carbon, 0–30 cm, of a use that has gone on for 20 years.

    $$ SOC = SOC_{REF} \cdot F_{LU} \cdot F_{MG} \cdot F_I $$

    Args:
        numbers: central values or draws.
        ground: climate and soil.
        use: of the land.
        treatment: of the soil.
        when: `before` or `now`, for the defaults it declares.

    Raises:
        FactorError: the tables have no such soil in such a climate.
    """
    reader = _Rows(numbers, ground.climate_zone)
    montane = ".tropical_montane" if ground.climate_zone == "tropical_montane" else ""
    reference = reader.value("soc.reference", soil=ground.soil)
    f_lu = reader.value(f"soc.f_lu{montane}", land_use=_F_LU[use])
    f_mg: Real = 1.0
    f_i: Real = 1.0
    if use == "grassland":
        sward = treatment.sward or "nominal"
        f_mg = reader.value("soc.f_mg.grassland", management=sward)
        reader.declare(f"sward {when}", given=treatment.sward is not None)
    elif TREATED[use]:
        f_mg = reader.value(f"soc.f_mg{montane}", management=treatment.tillage or "full_tillage")
        reader.declare(f"tillage {when}", given=treatment.tillage is not None)
        f_i = reader.value(f"soc.f_i{montane}", input=treatment.inputs or "medium")
        reader.declare(f"inputs to the soil {when}", given=treatment.inputs is not None)
    stock = soil_carbon.tier1_stock_t_c_per_ha(reference_t_c_per_ha=reference, f_lu=f_lu, f_mg=f_mg, f_i=f_i)
    return Stock(stock, tuple(reader.used))


class _Rows:
    """Rows of one climate, and which of them were read."""

    def __init__(self, numbers: Numbers, climate_zone: ClimateZone) -> None:
        self.numbers = numbers
        self.climate_zone = climate_zone
        self.used: list[str] = []

    def value(self, table: str, **conditions: str) -> Real:
        factor = lookup.factor(self.numbers.factors.table(table), climate=self.climate_zone, **conditions)
        self.used.append(factor.id)
        return self.numbers.take(factor)

    def declare(self, question: str, *, given: bool) -> None:
        if not given:
            self.numbers.declare(question, self.used[-1])
