"""The removal statement: every store of carbon from what was put away to what is left of it, step by step.

Amounts are what the step does to the balance: stored is positive, what is taken off is negative. They are rounded
once, and what is left is their sum, in this process and in anybody else's.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from footprint.result import (
    Amount,
    ByCard,
    DeclaredUnit,
    Digests,
    Disagreement,
    Interval,
    Model,
    PermanenceClass,
    RemovalKind,
    RemovalStatus,
    Share,
    Whole,
)
from lca_models.numbers import SourceKind

StepName = Literal["gross", "baseline", "leakage", "process", "decay", "deduction", "buffer"]
SentenceName = Literal[
    "carbonised",
    "captured",
    "harvested",
    "stock_change",
    "still_there",
    "emitted",
    "nothing_emitted",
    "decay",
    "decay_in_soil",
    "rule",
    "buffer",
    "no_buffer",
    "net",
    "would_have_been",
    "compared_with",
    "unstated",
    "no_baseline",
    "marine",
    "temporary",
]
TAKEN_OFF: tuple[StepName, ...] = ("baseline", "leakage", "process", "decay", "deduction", "buffer")


class Said(Model):
    """One sentence, named, with what stands in it: the same in every language."""

    sentence: SentenceName
    values: Mapping[str, str] = {}
    causes: tuple[str, ...] = Field(default=(), description="of what is emitted")
    factors: tuple[str, ...] = Field(default=(), description="published numbers it was reckoned by")


class Step(Model):
    """One step: what it adds to the balance or takes off it, and on what ground."""

    name: StepName
    stage: str | None = Field(default=None, description="of the chain, for what is emitted on the way")
    kg_co2e: Amount = Field(description="negative where it takes off")
    interval: Interval
    ground: Said = Field(description="what it rests on")


class Owned(Model):
    """A part of a store, whose it is, and what that leaves on the product or as units."""

    status: RemovalStatus
    part: Share
    owner: str | None
    units: str | None
    on_product_kg_co2: Amount = Field(
        description="what the product may claim: kept, less deduction and buffer; what was emitted on the way is "
        "inside the gross footprint of the product"
    )
    as_units_kg_co2e: Amount = Field(
        description="what leaves the product as units: the net, never below nothing"
    )


class CardRow(ByCard):
    """The same store by one method card, for the quantity of the statement."""

    name: str
    apart: bool = Field(description="the same method further out: left out of the interval between methods")
    net_kg_co2e: Amount | None
    net_interval: Interval | None


class Evidence(Model):
    """One answer that the removal rests on, and where it was read."""

    question: str
    name: str = Field(description="where the record says it")
    amount: str | None = Field(
        description="as it was written, with its unit, or the word chosen of a list; `null`: nobody knows, a default "
        "is used"
    )
    source: SourceKind | None = Field(description="`null`: a choice of the record, which asks for no source")
    reliability: Whole | None = Field(
        ge=1, le=5, description="1 is best: the pedigree score of the source; `null`: a choice"
    )
    remark: str = Field(default="", description="what the record writes beside it: sheet, page, instrument")
    decides: bool = Field(description="whether the deduction looks at it")


class Avoided(Model):
    """What is not emitted elsewhere because of it: told, and not a removal."""

    what: tuple[str, ...] = Field(description="its causes")
    kg_co2e: Amount = Field(description="as a positive number, in no sum")
    interval: Interval


class StoreStatement(Model):
    """One store of carbon."""

    store: str
    kind: RemovalKind
    method: str
    card: str
    horizon_years: Whole
    permanence_class: PermanenceClass
    steps: tuple[Step, ...]
    net_kg_co2e: Amount = Field(
        description="the sum of the steps; below nothing, it emits more than it stores"
    )
    net_interval: Interval
    parts: tuple[Owned, ...]
    by_card: tuple[CardRow, ...]
    disagreement: Disagreement | None = Field(description="of what is kept, between the methods that apply")
    net_disagreement: Disagreement | None = Field(
        description="of the net, between the same methods, each with the deduction it leads to"
    )
    evidence: tuple[Evidence, ...]
    counterfactual: Said = Field(description="what would have become of the feedstock")
    avoided: tuple[Avoided, ...] = Field(default=(), description="not a removal")
    notes: tuple[Said, ...] = ()

    @model_validator(mode="after")
    def _closes(self) -> Self:
        if sum((step.kg_co2e for step in self.steps), Decimal(0)) != self.net_kg_co2e:
            raise ValueError("the steps do not add up to the net")
        return self

    @property
    def emits_more(self) -> bool:
        """Whether its chain emits more than it stores."""
        return self.net_kg_co2e < 0

    def running(self) -> Iterator[tuple[Step, Decimal]]:
        """Each step with what is left after it."""
        left = Decimal(0)
        for step in self.steps:
            left += step.kg_co2e
            yield step, left


class Statement(Model):
    """What an auditor is handed: all stores of a product or batch, gross to net."""

    schema_version: Literal["1"] = "1"
    engine: str
    product: str
    producer: str
    place: str = Field(description="of sale")
    quantity: DeclaredUnit = Field(description="what the amounts are for")
    period_start: str
    period_end: str
    gwp: str
    terms: str
    gross_footprint_kg_co2e: Amount = Field(
        description="of the same quantity: beside it, nothing is subtracted from it"
    )
    stores: tuple[StoreStatement, ...]
    draws: Whole
    seed: Whole
    digests: Digests
