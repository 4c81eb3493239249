"""Carbon of what lives on a hectare, roots included: what a conversion took away, and what grows there instead."""

from collections.abc import Callable
from typing import Literal

from lca_models import lookup
from lca_models.activities.soil_stock import ClimateZone, Stock, Use
from lca_models.equations import biomass
from lca_models.numbers import Numbers
from lca_models.real import Real

ForestZone = Literal[
    "tropical_rainforest",
    "tropical_moist_deciduous",
    "tropical_dry",
    "tropical_shrubland",
    "tropical_mountain",
    "subtropical_humid",
    "subtropical_dry",
    "subtropical_mountain",
    "temperate_oceanic",
    "temperate_continental",
    "temperate_mountain",
]
CARBON = "biomass.carbon_content"
_ANNUAL = "biomass.annual_cropland"
_FOREST, _FOREST_SPREAD = "biomass.forest.asia", "biomass.forest.spread"
_GRASS, _GRASS_SPREAD = "biomass.grassland", "biomass.grassland.spread"
_ORCHARD = ("biomass.orchard.growth", "biomass.orchard.maximum", "biomass.orchard.root_to_shoot")


def living_stock(
    numbers: Numbers, use: Use, climate_zone: ClimateZone, forest: ForestZone | None = None
) -> Stock:
    """Tier 1 carbon of living biomass under a use.

    Args:
        numbers: central values or draws.
        use: of the land.
        climate_zone: decides grassland.
        forest: decides forest; needed there.

    Raises:
        FactorError: the tables have no such grassland or forest.
    """
    if use == "forest":
        return _forest(numbers, str(forest))
    return _OF[use](numbers, climate_zone)


def _forest(numbers: Numbers, zone: str) -> Stock:
    found = lookup.row(numbers.factors.table(_FOREST), zone=zone)
    above, roots = float(found["above"]), float(found["root_to_shoot"])
    dry = above * (1 + roots) * numbers.factor(_FOREST_SPREAD)
    return Stock(dry * numbers.factor(CARBON), (_FOREST_SPREAD, CARBON))


def _grassland(numbers: Numbers, climate_zone: ClimateZone) -> Stock:
    total = lookup.number(numbers.factors.table(_GRASS), "total", climate=climate_zone)
    dry = total * numbers.factor(_GRASS_SPREAD)
    return Stock(dry * numbers.factor(CARBON), (_GRASS_SPREAD, CARBON))


def _annual(numbers: Numbers, _: ClimateZone) -> Stock:
    return Stock(numbers.factor(_ANNUAL), (_ANNUAL,))


def _perennial(numbers: Numbers, _: ClimateZone) -> Stock:
    growth, maximum, roots = map(numbers.factor, _ORCHARD)
    return Stock(_mean_of_a_life(growth, maximum, roots), _ORCHARD)


def _mean_of_a_life(growth: Real, maximum: Real, roots: Real) -> Real:
    # Cleared as soon as grown, the cycle of Table 5.3: the smallest mean. Older orchards hold more.
    return biomass.mean_stock_t_c_per_ha(
        lifetime_years=maximum / growth,
        growth_t_c_per_ha_per_year=growth,
        maximum_t_c_per_ha=maximum,
        root_to_shoot=roots,
    )


_OF: dict[Use, Callable[[Numbers, ClimateZone], Stock]] = {
    "grassland": _grassland,
    "annual_crops": _annual,
    "perennial_crops": _perennial,
    "paddy": _annual,
}
