"""What a passport claims: the public face of a `Footprint`, small enough to travel with the goods.

A footprint also lists every factor with its source; a passport carries the digest of that list instead, and
the evidence bundle holds the rest. Claims are signed only when `problems(claims)` is empty.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field

from footprint.errors import Problem
from footprint.result import (
    AllocationChoice,
    Amount,
    BiogenicLedger,
    Contribution,
    DeclaredUnit,
    Digests,
    Exclusion,
    Footprint,
    Interval,
    LandUseChange,
    Model,
    Product,
    Quality,
    Removal,
    Sampling,
    Share,
    Upstream,
)

TOP_CONTRIBUTIONS = 8
MOST_UPSTREAM = 100
CARBON_TO_CO2 = Decimal(44) / Decimal(12)
PCF = Decimal("0.000000001")
ROUNDING_KG = Decimal("0.000002")

AssuranceLevel = Literal["none", "self", "second_party", "limited", "reasonable"]


class Assurance(Model):
    """Who looked at the number before it was signed. `self` is the producer's own word."""

    level: AssuranceLevel
    by: str | None = Field(default=None, max_length=200)
    at: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")


class Line(Model):
    """One row of the gross ledger, by stage or by substance, kg CO2e per declared unit."""

    name: str
    kg_co2e: Amount


class Drawn(Upstream):
    """A lot bought with its own passport, and how much of it went into the lot of this passport."""

    used_kg: Amount = Field(gt=0, description="of the lot bought, in the whole lot of this passport")

    @property
    def at_least_kg(self) -> Decimal:
        """What was used for certain: `per_unit_kg` is rounded to micrograms, which a large lot makes visible."""
        return self.used_kg - self.used_kg / self.per_unit_kg * PCF / 2


class Claims(Model):
    """Everything a passport says about a footprint. Ledgers stand side by side and are never netted."""

    schema_version: Literal["1"] = "1"
    engine: str
    product: Product
    functional_unit: str
    declared_unit: DeclaredUnit
    lot_quantity: DeclaredUnit | None = Field(
        default=None, description="what the passport was issued for: no more of its lot can be used"
    )
    boundary: str
    boundary_coverage: Share
    period_start: str
    period_end: str
    gwp: str
    gross_kg_co2e: Amount = Field(ge=0)
    interval: Interval
    stages: tuple[Line, ...]
    substances: tuple[Line, ...]
    land_use_change: LandUseChange
    removals: tuple[Removal, ...]
    biogenic: BiogenicLedger
    contributions: tuple[Contribution, ...]
    quality: Quality
    allocations: tuple[AllocationChoice, ...]
    upstream: tuple[Drawn, ...] = Field(default=(), max_length=MOST_UPSTREAM)
    exclusions: tuple[Exclusion, ...]
    notes: tuple[str, ...]
    assurance: Assurance
    sampling: Sampling
    digests: Digests

    @classmethod
    def of(
        cls, footprint: Footprint, assurance: Assurance, lot_quantity: DeclaredUnit | None = None
    ) -> "Claims":
        """The public face of a footprint, for a lot of so much."""
        shared = set(cls.model_fields) & set(Footprint.model_fields) - {"stages", "contributions", "upstream"}
        return cls(
            **{name: getattr(footprint, name) for name in shared},
            gross_kg_co2e=footprint.gross_kg_co2e,
            interval=footprint.gross.interval,
            stages=_lines(footprint.gross.by_stage()),
            substances=_lines(footprint.gross.by_substance()),
            contributions=footprint.contributions[:TOP_CONTRIBUTIONS],
            assurance=assurance,
            lot_quantity=lot_quantity,
            upstream=_drawn(footprint, lot_quantity),
        )

    @property
    def pcf_kg_co2e(self) -> Decimal:
        """The gross footprint of one kilogram, or one megajoule, as whoever buys it counts it."""
        return (self.gross_kg_co2e / self.declared_unit.amount).quantize(PCF)

    @property
    def removals_kg_co2(self) -> Decimal:
        """kg CO2 kept away from the air and claimed on this product; zero when it is somebody else's."""
        return sum((r.claimable_kg_co2 for r in self.removals if r.status == "on_product"), Decimal(0))


def _drawn(footprint: Footprint, lot_quantity: DeclaredUnit | None) -> tuple[Drawn, ...]:
    if lot_quantity is None:
        return ()
    units = lot_quantity.amount / footprint.declared_unit.amount
    return tuple(
        Drawn(**bought.model_dump(), used_kg=bought.per_unit_kg * units) for bought in footprint.upstream
    )


def _lines(totals: dict[str, Decimal]) -> tuple[Line, ...]:
    return tuple(Line(name=name, kg_co2e=amount) for name, amount in totals.items())


def problems(claims: Claims) -> tuple[Problem, ...]:
    """Every way in which the claims contradict themselves; empty when the arithmetic closes."""
    return tuple(_problems(claims))


def _problems(claims: Claims) -> Iterator[Problem]:
    fix = "recompute the footprint; do not edit its numbers"
    for name in ("stages", "substances"):
        total = sum((line.kg_co2e for line in getattr(claims, name)), Decimal(0))
        if total != claims.gross_kg_co2e:
            yield Problem(name, f"add up to {total}", f"the gross footprint says {claims.gross_kg_co2e}", fix)
    if not claims.interval.p5 <= claims.interval.p50 <= claims.interval.p95:
        yield Problem("interval", "is not in order", "P5 ≤ P50 ≤ P95 must hold", fix)
    uptake = claims.biogenic.carbon_content_kg_c * CARBON_TO_CO2
    if abs(uptake - claims.biogenic.uptake_kg_co2) > ROUNDING_KG:
        yield Problem(
            "biogenic.uptake_kg_co2",
            f"is {claims.biogenic.uptake_kg_co2}",
            f"44/12 of the carbon content is {uptake:f}",
            fix,
        )
    for removal in claims.removals:
        yield from _removal_problems(removal, fix)
    change = claims.land_use_change
    if (change.state == "unknown") != (change.kg_co2e is None):
        yield Problem(
            "land_use_change",
            f"is {change.state} with amount {change.kg_co2e}",
            "only unknown change has no amount",
            fix,
        )
    if change.kg_co2e is not None and not 0 <= change.kg_co2e <= claims.gross_kg_co2e:
        yield Problem(
            "land_use_change.kg_co2e", f"is {change.kg_co2e}", "it is a part of the gross footprint", fix
        )
    # Causes and cells are rounded each on its own: they may differ by half a unit for each of them.
    parts = len(claims.contributions) + len(claims.stages) * len(claims.substances)
    if claims.gross_kg_co2e + parts * ROUNDING_KG < sum(
        (c.kg_co2e for c in claims.contributions), Decimal(0)
    ):
        yield Problem("contributions", "exceed the gross footprint", "they are parts of it", fix)


def _removal_problems(removal: Removal, fix: str) -> Iterator[Problem]:
    where, kept = f"removals.{removal.kind}", removal.gross_kg_co2 * removal.permanent_fraction
    if abs(kept - removal.kept_kg_co2) > ROUNDING_KG:
        why = f"gross × permanent fraction is {kept:f}"
        yield Problem(f"{where}.kept_kg_co2", f"is {removal.kept_kg_co2}", why, fix)
    if removal.claimable_kg_co2 < 0:
        taken_off = removal.deduction_kg_co2 + removal.buffer_kg_co2
        yield Problem(where, f"has {taken_off} taken off", f"only {removal.kept_kg_co2} is kept", fix)
