"""From records to a footprint: the whole chain in one function. The file to read first."""

from collections.abc import Sequence
from dataclasses import dataclass

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
from lca_models.real import Array


def assess(
    system: ProductSystem,
    *,
    gwp: str | None,
    route: str | None = None,
    factors: FactorSet | None = None,
    removals: str | Terms = "on_product",
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    upstream: Sequence[VerifiedPassport] = (),
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

    Raises:
        FootprintError: something is missing, impossible or contradictory; all of it is named.
    """
    return assess_draws(
        system,
        gwp=gwp,
        route=route,
        factors=factors,
        removals=removals,
        draws=draws,
        seed=seed,
        upstream=upstream,
    ).footprint


@dataclass(frozen=True, slots=True)
class Assessed:
    """A footprint and the draws behind its interval, so that two can be compared draw by draw."""

    footprint: Footprint
    gross_kg_co2e: Array
    """One gross footprint per draw: with the same seed, the n-th of two systems share every number they use."""


def assess_draws(
    system: ProductSystem,
    *,
    gwp: str | None,
    route: str | None = None,
    factors: FactorSet | None = None,
    removals: str | Terms = "on_product",
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    upstream: Sequence[VerifiedPassport] = (),
) -> Assessed:
    """What `assess` computes, with the sampled gross footprints beside it.

    Args:
        system: as for `assess`, like all that follow.
        gwp: warming potentials.
        route: which place of sale.
        factors: published numbers.
        removals: what becomes of stored carbon.
        draws: Monte Carlo draws.
        seed: of the draws.
        upstream: passports of the lots that the records buy.

    Raises:
        FootprintError: something is missing, impossible or contradictory; all of it is named.
    """
    terms = Terms.parse(removals) if isinstance(removals, str) else removals
    characterisation = Characterisation.named(gwp, factors or shipped_factors())
    factors = with_passports(characterisation.factors, upstream, characterisation)
    characterisation = Characterisation.named(gwp, factors)
    sold_at = system.route(route)
    central = Run.central(system, sold_at, factors)
    sampled = Run.sampled(system, sold_at, factors, shared(seed=seed, draws=draws))
    assessment = Assessment(
        system, sold_at, characterisation, central, sampled, terms, draws, seed, (*upstream,)
    )
    return Assessed(assessment.footprint(), assessment.gross_draws)


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
