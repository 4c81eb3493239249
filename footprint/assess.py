"""From records to a footprint: the whole chain in one function. The file to read first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from footprint.assessment import Assessment
from footprint.causes import gross
from footprint.characterisation import Characterisation
from footprint.passport import VerifiedPassport
from footprint.removals import Terms
from footprint.result import Footprint
from footprint.run import Run
from footprint.setting import Setting
from footprint.uncertainty import DEFAULT_DRAWS, DEFAULT_SEED, shared
from lca_models.factors import FactorSet, shipped_factors
from lca_models.product_system import ProductSystem

if TYPE_CHECKING:
    from footprint.background import Background


def assess(  # noqa: PLR0913 - every choice is said by name
    system: ProductSystem,
    *,
    gwp: str | None,
    route: str | None = None,
    factors: FactorSet | None = None,
    removals: str | Terms = "on_product",
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    upstream: Sequence[VerifiedPassport] = (),
    background: "Background | None" = None,
) -> Footprint:
    """The footprint of one kilogram, or one megajoule, sold at the end of a route.

    Args:
        system: the records.
        gwp: warming potentials, e.g. `AR6-100`; there is no default.
        route: which place of sale; the first of the records when not named.
        factors: published numbers; the shipped ones when not given.
        removals: whether stored carbon is claimed on this product, `sold`, `retired` or only `disclosed`, and by
            which method: `Terms`, or `"sold=0.4,on_product=0.6; card=puro-2025"`.
        draws: Monte Carlo draws.
        seed: of the draws; the same seed gives the same bytes.
        upstream: passports of the lots that the records buy.
        background: a database behind the other purchases; it is sampled on the same draws.

    Raises:
        FootprintError: something is missing, impossible or contradictory; all of it is named.
    """
    setting = Setting(
        gwp=gwp,
        route=route,
        factors=factors or shipped_factors(),
        removals=removals,
        draws=draws,
        seed=seed,
        upstream=upstream,
        background=background,
    )
    return solved(system, setting).footprint()


def solved(system: ProductSystem, setting: Setting) -> Assessment:
    """The product solved at central values and over the draws, for all that is told of it.

    Args:
        system: the records.
        setting: every choice beside them.

    Raises:
        FootprintError: something is missing, impossible or contradictory; all of it is named.
    """
    setting = setting.sampled()
    draws = setting.drawn(shared(seed=setting.seed, draws=setting.draws))
    characterisation, route = setting.characterisation(), system.route(setting.route)
    central = Run.central(system, route, characterisation.factors)
    sampled = Run.sampled(system, route, characterisation.factors, draws)
    return Assessment(system, route, characterisation, central, sampled, setting)


def unrounded_gross_kg_co2e(
    system: ProductSystem, *, gwp: str | None, route: str | None = None, factors: FactorSet | None = None
) -> float:
    """The headline number before rounding, for comparing with another engine.

    Args:
        system: as for `assess`, like all that follow.
        gwp: warming potentials.
        route: which place of sale.
        factors: published numbers.

    Raises:
        FootprintError: something is missing, impossible or contradictory; all of it is named.
    """
    factors = factors or shipped_factors()
    run = Run.central(system, system.route(route), factors)
    return gross(run.solution, Characterisation.named(gwp, factors))
