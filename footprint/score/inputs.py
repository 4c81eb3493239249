"""The numbers the score looks at, taken from the claims: nothing else about a product counts.

They are printed with the score, so that anybody can recompute it by hand.
"""

from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from footprint.errors import Problem, ScoreError
from footprint.passport.claims import AssuranceLevel, Claims, problems
from footprint.result import Amount, Model, Removal, Share
from footprint.score.evidence import Evidence
from footprint.score.exact import clamp, nine_places
from footprint.score.table import Table

HALF_WIDTH_IN_SIGMAS = Decimal("1.644853627")
"""Standard normal quantile of 95 %: P95 − P5 of a normal variable is twice this many standard deviations."""

LIGHTEST_KG, HEAVIEST_KG = Decimal("0.001"), Decimal(100_000)
CLEANEST, DIRTIEST = Decimal("0.0001"), Decimal(10_000)


class RemovalInput(Model):
    """One removal claimed on the product."""

    kept_kg_co2: Amount = Field(
        gt=0, description="weight among several removals; never subtracted from anything"
    )
    years: int = Field(
        gt=0, description="years it is claimed to last, not more than its permanence class bears"
    )
    variation: Share = Field(description="coefficient of variation, (P95 − P5)/(2·1.645·P50), at most 1")
    also_sold: bool


class Inputs(Model):
    """Everything CFS-1 depends on."""

    category: str
    boundary: str
    p5: Amount = Field(gt=0, description="kg CO2e per kg product")
    p50: Amount = Field(gt=0)
    upper: Amount = Field(gt=0, description="P95, or the headline number should that be higher")
    reduction_per_year: Amount | None
    mean_rating: Amount = Field(ge=1, le=5)
    primary_share: Share
    exempted_share: Share
    assurance: AssuranceLevel
    removals: tuple[RemovalInput, ...]
    signed_share: Share
    unconverted: bool = Field(
        description="declared without land conversion in the last 20 years, so none since 2020"
    )
    coverage: Share
    double_claim: bool


def inputs_of(claims: Claims, evidence: Evidence, table: Table) -> Inputs:
    """The inputs of a claim, or every reason why it cannot be scored."""
    found = (*problems(claims), *_problems(claims, table))
    if found:
        raise ScoreError(*found)
    interval, quality, unit = claims.interval, claims.quality, claims.declared_unit.amount
    claimed = tuple(_removal(r, claims.removals, table) for r in _claimed(claims))
    return Inputs(
        category=claims.product.category,
        boundary=_spelled(claims.boundary),
        p5=nine_places(interval.p5 / unit),
        p50=nine_places(interval.p50 / unit),
        upper=nine_places(max(interval.p95, claims.gross_kg_co2e) / unit),
        reduction_per_year=evidence.reduction_per_year,
        mean_rating=nine_places((quality.technological + quality.geographical + quality.temporal) / 3),
        primary_share=quality.primary_share,
        exempted_share=_exempted_share(claims, evidence, table),
        assurance=claims.assurance.level,
        removals=claimed,
        signed_share=evidence.signed_share or Decimal(0),
        unconverted=claims.land_use_change.state == "none",
        coverage=claims.boundary_coverage,
        double_claim=any(evidence.double_claim or r.also_sold for r in claimed),
    )


def _claimed(claims: Claims) -> tuple[Removal, ...]:
    return tuple(r for r in claims.removals if r.status == "on_product" and r.claimable_kg_co2 > 0)


def _removal(removal: Removal, all_removals: tuple[Removal, ...], table: Table) -> RemovalInput:
    spread = removal.interval.p95 - removal.interval.p5
    return RemovalInput(
        kept_kg_co2=removal.kept_kg_co2,
        years=min(removal.horizon_years, table.removals.class_years[removal.permanence_class]),
        variation=nine_places(clamp(spread / (2 * HALF_WIDTH_IN_SIGMAS * removal.interval.p50))),
        also_sold=any(r.status in ("sold", "retired") and _same_unit(r, removal) for r in all_removals),
    )


def _same_unit(one: Removal, other: Removal) -> bool:
    # Parts of one store that have different owners are not one unit; both cannot be the whole.
    same = (one.kind, one.gross_kg_co2) == (other.kind, other.gross_kg_co2)
    return same and one.part + other.part > 1


def _exempted_share(claims: Claims, evidence: Evidence, table: Table) -> Decimal:
    """Nothing if nothing is listed; the whole allowance if something is, but nobody says how much."""
    if evidence.exempted_share is not None:
        return evidence.exempted_share
    return table.data.exempted_limit if claims.exclusions else Decimal(0)


def _spelled(boundary: str) -> str:
    return " ".join(boundary.casefold().replace("-", " ").split())


def _problems(claims: Claims, table: Table) -> Iterator[Problem]:
    category, boundary = claims.product.category, _spelled(claims.boundary)
    if category not in table.categories:
        known = ", ".join(sorted(table.categories))
        yield Problem(
            "product.category",
            f"{category!r} has no benchmark in {table.model}",
            "a score compares like with like",
            f"use one of: {known}",
        )
    if boundary not in table.boundaries:
        known = ", ".join(table.boundaries)
        yield Problem(
            "boundary",
            f"{claims.boundary!r} has no benchmark in {table.model}",
            f"its benchmarks run as far as: {known}",
            "assess the product to the same point",
        )
    yield from _out_of_range(claims)
    for removal in _claimed(claims):
        if not 0 < removal.interval.p5 <= removal.interval.p50 <= removal.interval.p95:
            yield Problem(
                f"removals.{removal.kind}.interval",
                "is not in order",
                "0 < P5 ≤ P50 ≤ P95 must hold",
                "recompute the footprint",
            )


def _out_of_range(claims: Claims) -> Iterator[Problem]:
    unit = claims.declared_unit.amount
    if claims.declared_unit.unit != "kg":
        why = "the benchmark is per kg of food"
        yield Problem("declared_unit", f"is {claims.declared_unit}", why, "score what is weighed")
        return
    if not LIGHTEST_KG <= unit <= HEAVIEST_KG:
        why = f"the benchmark is per kg, and a unit weighs {LIGHTEST_KG} to {HEAVIEST_KG} kg"
        yield Problem("declared_unit", f"is {claims.declared_unit}", why, "declare the mass of one unit")
        return
    for name, amount in (
        ("p5", claims.interval.p5),
        ("p95", claims.interval.p95),
        ("gross", claims.gross_kg_co2e),
    ):
        if not CLEANEST <= amount / unit <= DIRTIEST:
            why = f"food between {CLEANEST} and {DIRTIEST} kg CO2e/kg is believed"
            yield Problem(name, f"is {amount} for {unit} kg", why, "recompute the footprint")
