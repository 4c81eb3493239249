"""What an assessment returns: a `Footprint`, frozen, with three ledgers that are never netted.

Amounts are decimals, quantised once, cell by cell; every total is a sum of cells, so the arithmetic
closes exactly, in this process and in anybody else's. This module needs nothing but pydantic: a passport
is built from it on a machine without numpy.
"""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from footprint.decimal_text import PlainText

_PLAIN = PlainText(whole=12, places=18)
_WRITTEN = PlainSerializer(lambda amount: f"{amount:f}", return_type=str, when_used="json")

Amount = Annotated[Decimal, Field(max_digits=30, decimal_places=18, allow_inf_nan=False), _PLAIN, _WRITTEN]
"""A decimal that is written as a plain string: `"0.412345"`, never `4.1E-1`, never a float."""

Whole = Annotated[int, Field(strict=True)]
"""A whole number: never `true`, never `2000.0`, never `"2000"`."""

Share = Annotated[
    Decimal, Field(max_digits=30, decimal_places=18, allow_inf_nan=False, ge=0, le=1), _PLAIN, _WRITTEN
]


class Model(BaseModel):
    """Frozen, strict about unknown fields, and printed the same way every time."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class DeclaredUnit(Model):
    """What the numbers are per: kilograms of a product, megajoules of heat or electricity."""

    amount: Amount
    unit: Literal["kg", "MJ"]

    def __str__(self) -> str:
        return f"{self.amount.normalize():f} {self.unit}"


class Product(Model):
    """What the footprint is about."""

    name: str = Field(min_length=1, max_length=200)
    category: str = Field(description="benchmark category, e.g. `fresh-fruit`")
    description: str = Field(max_length=2000)
    producer: str = Field(min_length=1, max_length=200)
    country: str = Field(pattern=r"^[A-Z]{2}$")
    subdivision: str | None = Field(default=None, pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")


class Interval(Model):
    """Percentiles of the sampled footprint, kg CO2e per declared unit."""

    p5: Amount
    p50: Amount
    p95: Amount


class Cell(Model):
    """One stage's emission of one substance, per declared unit."""

    stage: str
    substance: str
    kg: Amount
    kg_co2e: Amount


class GrossLedger(Model):
    """Ledger one: everything emitted, land-use change included, nothing subtracted."""

    cells: tuple[Cell, ...]
    interval: Interval

    @property
    def total_kg_co2e(self) -> Decimal:
        """The headline number: the sum of all cells."""
        return sum((cell.kg_co2e for cell in self.cells), Decimal(0))

    def by_stage(self) -> dict[str, Decimal]:
        """kg CO2e per stage, in order of the chain."""
        return self._sum_by("stage")

    def by_substance(self) -> dict[str, Decimal]:
        """kg CO2e per substance."""
        return self._sum_by("substance")

    def _sum_by(self, key: Literal["stage", "substance"]) -> dict[str, Decimal]:
        totals: dict[str, Decimal] = {}
        for cell in self.cells:
            name = getattr(cell, key)
            totals[name] = totals.get(name, Decimal(0)) + cell.kg_co2e
        return totals


class Gate(Model):
    """The footprint of one unit as it leaves a step: at the farm gate, packed, delivered, sold."""

    product: str
    kg_co2e: Amount


class LandUseChange(Model):
    """Direct land-use change, a line of the gross ledger that is also always told apart.

    `none`: declared that the land was not converted in the last 20 years. `known`: computed, the cells of `co2_luc`.
    `unknown`: nobody knows of all of the land; nothing is counted for that part and the statement says so.
    """

    SUBSTANCE: ClassVar[str] = "co2_luc"
    state: Literal["none", "known", "unknown"]
    kg_co2e: Amount | None
    statement: str


class BiogenicLedger(Model):
    """Ledger three: carbon that plants took up and that is in the product or went back to the air."""

    carbon_content_kg_c: Amount
    uptake_kg_co2: Amount = Field(description="taken up into the product, as a positive number")
    released_kg_co2: Amount = Field(
        description="biogenic CO2 from burning and kilns, neither counted nor netted"
    )


RemovalKind = Literal["biochar", "geological", "biomass", "land", "soil", "marine"]
PermanenceClass = Literal["temporary", "100", "200", "1000"]
RemovalStatus = Literal["on_product", "sold", "retired", "disclosed"]
"""One unit, one claim: on this product, somebody else's, used up for somebody, or told and claimed by nobody."""


class Disagreement(Model):
    """What the published methods make of the same store: the least and the most that is still there."""

    low_kg_co2: Amount
    high_kg_co2: Amount
    cards: Whole = Field(gt=0, description="method cards that apply to it")


class Removal(Model):
    """One entry of ledger two: carbon kept away from the air, per declared unit.

    Gross, less what decays, less the deduction for uncertainty, less the buffer, is `claimable_kg_co2`. What was
    emitted on the way stands beside it: it is inside the gross ledger already.
    """

    kind: RemovalKind
    method: str = Field(description="method card, e.g. `woolf-2021`")
    horizon_years: Whole = Field(gt=0)
    permanence_class: PermanenceClass
    gross_kg_co2: Amount = Field(description="carbon stored at application, as CO2")
    permanent_fraction: Share
    kept_kg_co2: Amount = Field(
        description="still stored at the horizon; never subtracted from the gross ledger"
    )
    interval: Interval = Field(description="of what is kept")
    disagreement: Disagreement | None = Field(
        default=None, description="what is kept by every method card that applies"
    )
    deduction_kg_co2: Amount = Field(default=Decimal(0), ge=0, description="taken off for uncertainty")
    deduction_rule: str | None = None
    buffer_kg_co2: Amount = Field(default=Decimal(0), ge=0, description="set aside against reversal")
    process_kg_co2e: Amount = Field(description="emitted while making it; already inside the gross ledger")
    status: RemovalStatus
    part: Share = Field(default=Decimal(1), description="of the store: parts of it may have other owners")
    owner: str | None = Field(default=None, max_length=200)
    units: str | None = Field(
        default=None, max_length=120, description="units of a registry, kg CO2: batch:from-to, `to` left out"
    )
    checked_by: str | None = None
    baseline: str | None = Field(
        default=None,
        description="what would have been without it; a temporary store is only claimed against one",
    )

    @property
    def claimable_kg_co2(self) -> Decimal:
        """What may be claimed of it: kept, less deduction and buffer."""
        return self.kept_kg_co2 - self.deduction_kg_co2 - self.buffer_kg_co2

    @property
    def on_product_kg_co2(self) -> Decimal:
        """What counts on this product: nothing of what is somebody else's, or nobody's."""
        return self.claimable_kg_co2 if self.status == "on_product" else Decimal(0)


class ByCard(Model):
    """What one method card makes of one store."""

    store: str
    card: str
    horizon_years: Whole
    permanence_class: PermanenceClass
    permanent_fraction: Share | None = Field(description="`null`: the card does not apply")
    kept_kg_co2: Amount | None
    interval: Interval | None
    refused: str | None = Field(default=None, description="why the card does not apply")


class Contribution(Model):
    """One cause and what it adds to the gross footprint."""

    label: str
    stage: str
    kg_co2e: Amount
    factors: tuple[str, ...]


class VarianceShare(Model):
    """What one uncertain number does to the width of the interval, alone, together with others, and if measured."""

    parameter: str
    label: str
    share: Share = Field(description="of the variance, explained by this number alone (first order)")
    total_share: Share = Field(description="of the variance, with its part in effects of two numbers")
    narrows: Share = Field(
        description="part of today's width from P5 to P95 that would go if it were measured: an answer read off a "
        "meter, a published number known exactly"
    )


class UsedFactor(Model):
    """A number somebody published, with where to find it."""

    id: str
    name: str
    value: Amount
    lower: Amount
    upper: Amount
    unit: str
    region: str
    year: int
    source: str
    locator: str
    licence: str
    verified: bool


class Quality(Model):
    """How good the data are: PACT data-quality ratings 1 (best) to 5, rolled up by contribution."""

    technological: Amount = Field(ge=1, le=5)
    geographical: Amount = Field(ge=1, le=5)
    temporal: Amount = Field(ge=1, le=5)
    primary_share: Share = Field(
        description="share of gross from activity data read off a meter or a receipt"
    )
    unverified_share: Share = Field(
        description="share of gross resting on factors not compared with their original"
    )
    declared_defaults: tuple[str, ...] = ()

    @property
    def mean_rating(self) -> Decimal:
        """The plain mean of the three ratings."""
        return (self.technological + self.geographical + self.temporal) / 3


class Displacement(Model):
    """What a co-product saves somebody else from buying: told beside the gross footprint, never subtracted."""

    product: str
    displaces: str
    kg_co2e: Amount = Field(
        ge=0, description="of making what is displaced, per declared unit, as a positive number"
    )


class AlternativeAllocation(Model):
    """Another way of sharing a process, and the gross footprint it would have given."""

    method: str
    share: Share = Field(description="share of the process carried by the assessed product")
    gross_kg_co2e: Amount
    displaced: tuple[Displacement, ...] = Field(default=(), description="under substitution only")


class AllocationChoice(Model):
    """How a process with several products was shared, and what every other way would have given."""

    process: str
    method: str
    share: Share = Field(description="share of the process carried by the assessed product")
    displaced: tuple[Displacement, ...] = Field(default=(), description="under substitution only")
    alternatives: tuple[AlternativeAllocation, ...] = Field(description="every way the records allow")


class Balance(Model):
    """What of a conserved thing went into a process and what of it is accounted for, over its season."""

    process: str
    of: Literal["mass", "carbon", "nitrogen"]
    taken_in_kg: Amount
    came_out_kg: Amount
    closed_share: Amount | None = Field(ge=0, description="out over in; none where nothing went in")
    tolerance: Amount | None = Field(
        ge=0, description="more out than in by this share is refused; none: soil or air may give it"
    )


class Upstream(Model):
    """A lot bought with its own passport: which one, and how much of it goes into one declared unit."""

    id: str = Field(pattern=r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
    digest_multibase: str = Field(
        pattern=r"^zQm[1-9A-HJ-NP-Za-km-z]{44}$",
        description="SHA-256 of the canonical passport, proof included",
    )
    product: str = Field(min_length=1, max_length=200)
    lot_kg: Amount = Field(gt=0, description="what the passport was issued for")
    pcf_kg_co2e: Amount = Field(ge=0, description="gross footprint of a kilogram, as the passport says it")
    primary_share: Share = Field(description="of that footprint, as the passport says it")
    per_unit_kg: Amount = Field(gt=0, description="of the lot, for one declared unit of this product")
    kg_co2e: Amount = Field(ge=0, description="per declared unit; inside the gross footprint")


class Exclusion(Model):
    """Something left out, and why."""

    what: str
    why: str


class StandardError(Model):
    """How far the mean and the percentiles would move with another seed: one standard deviation."""

    mean: Amount = Field(ge=0)
    p5: Amount = Field(ge=0)
    p50: Amount = Field(ge=0)
    p95: Amount = Field(ge=0)


class Sampling(Model):
    """Enough to draw the same samples again, and how much more draws would still change."""

    draws: Whole = Field(ge=2, description="in blocks of 256, each stratified by itself")
    seed: Whole
    standard_error_kg_co2e: StandardError


class Digests(Model):
    """SHA-256 of what went in."""

    records: str = Field(pattern=r"^sha256:[0-9a-f]{64}$")
    factors: str = Field(pattern=r"^sha256:[0-9a-f]{64}$")
    method: str = Field(pattern=r"^sha256:[0-9a-f]{64}$")


class Footprint(Model):
    """The carbon footprint of one declared unit of a product: gross, removals, biogenic, side by side."""

    schema_version: Literal["1"] = "1"
    engine: str = Field(description="distribution and version that computed it")
    product: Product
    functional_unit: str
    declared_unit: DeclaredUnit
    boundary: str
    boundary_coverage: Share = Field(description="stages assessed / stages the boundary names")
    period_start: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    period_end: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="exclusive")
    gwp: str
    stages: tuple[str, ...]
    gross: GrossLedger
    gates: tuple[Gate, ...] = ()
    land_use_change: LandUseChange
    removals: tuple[Removal, ...]
    removal_terms: str = Field(
        default="on_product",
        description="on what terms they are told: owners, method card, what is taken off",
    )
    by_card: tuple[ByCard, ...] = Field(
        default=(), description="the stores of carbon by every published method, beside the one chosen"
    )
    biogenic: BiogenicLedger
    contributions: tuple[Contribution, ...]
    variance_shares: tuple[VarianceShare, ...]
    quality: Quality
    allocations: tuple[AllocationChoice, ...]
    balances: tuple[Balance, ...] = ()
    upstream: tuple[Upstream, ...] = ()
    exclusions: tuple[Exclusion, ...]
    notes: tuple[str, ...]
    factors: tuple[UsedFactor, ...]
    sampling: Sampling
    digests: Digests

    @property
    def gross_kg_co2e(self) -> Decimal:
        """The headline number, kg CO2e per declared unit."""
        return self.gross.total_kg_co2e
