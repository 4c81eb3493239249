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
from footprint.uncertainty import DEFAULT_DRAWS, DEFAULT_SEED, shared
from footprint.upstream import with_passports
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
    return solved(
        system,
        gwp=gwp,
        route=route,
        factors=factors,
        removals=removals,
        draws=draws,
        seed=seed,
        upstream=upstream,
        background=background,
    ).footprint()


def solved(  # noqa: PLR0913 - those of assess
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
) -> Assessment:
    """The product solved at central values and over the draws, for all that is told of it.

    Args:
        system: as for `assess`, like all that follow.
        gwp: warming potentials.
        route: which place of sale.
        factors: published numbers.
        removals: what becomes of stored carbon.
        draws: Monte Carlo draws; with the same seed, the n-th of two systems share every number they use.
        seed: of the draws.
        upstream: passports of the lots that the records buy.
        background: a database behind the other purchases.

    Raises:
        FootprintError: something is missing, impossible or contradictory; all of it is named.
    """
    numbers, draw = factors or shipped_factors(), shared(seed=seed, draws=draws)
    if background is not None:
        background = background.sampled(draws=draws, seed=seed)
        numbers, draw = background.factors(numbers), background.shared(draw)
    terms = Terms.parse(removals) if isinstance(removals, str) else removals
    characterisation = Characterisation.named(gwp, numbers)
    factors = with_passports(characterisation.factors, upstream, characterisation)
    characterisation = Characterisation.named(gwp, factors)
    sold_at = system.route(route)
    central = Run.central(system, sold_at, factors)
    sampled = Run.sampled(system, sold_at, factors, draw)
    return Assessment(
        system, sold_at, characterisation, central, sampled, terms, draws, seed, (*upstream,), background
    )


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
