"""What `why` returns: every number of three ledgers, old and new, and the parts of its change, frozen.

As in `footprint.result`, amounts are decimals and every total is a sum of cells: a cell's parts add up to its
change, cells to stages and gases, reasons to parts, to the last digit. No ledger is netted with another.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from footprint.comparison import Change
from footprint.result import Amount, Digests, Footprint, Model

PartName = Literal["data", "factors", "method", "model"]
PARTS: tuple[PartName, ...] = get_args(PartName)


class Split(Model):
    """A number, old and new, and its change in four parts: kg CO2e of the gross ledger, kg CO2 of the others."""

    was: Amount
    becomes: Amount
    data: Amount
    factors: Amount
    method: Amount
    model: Amount

    @classmethod
    def total(cls, splits: Iterable["Split"]) -> "Split":
        """The sum of splits, part by part."""
        names = ("was", "becomes", *PARTS)
        listed = list(splits)
        return Split(**{name: sum((getattr(s, name) for s in listed), Decimal(0)) for name in names})

    @property
    def difference(self) -> Decimal:
        """New less old."""
        return self.becomes - self.was

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.data + self.factors + self.method + self.model != self.becomes - self.was:
            raise ValueError("the parts do not add up to the change")
        return self


class CellSplit(Split):
    """One stage's emission of one substance."""

    stage: str
    substance: str


class RemovalSplit(Split):
    """Carbon kept away from the air, beside the gross."""

    kind: str
    card: str = Field(description="method card and horizon")


class BiogenicSplit(Split):
    """Carbon dioxide that plants took up, or that fires and kilns gave back."""

    flow: Literal["uptake", "released"]


class Reason(Model):
    """What was changed, and how much of the gross footprint's change it makes when it alone is changed.

    The mean of two experiments: it alone changed in the old inputs, and it alone changed back in the new.
    """

    changes: tuple[Change, ...] = Field(min_length=1, description="several where they only fit together")
    kg_co2e: Amount


class Part(Model):
    """One of the four parts of the gross footprint's change, with its reasons, the largest first."""

    name: PartName
    kg_co2e: Amount
    reasons: tuple[Reason, ...]
    together_kg_co2e: Amount = Field(description="what the reasons do only in combination")
    not_alone: tuple[Change, ...] = Field(description="changes that cannot be computed on their own")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if sum((one.kg_co2e for one in self.reasons), self.together_kg_co2e) != self.kg_co2e:
            raise ValueError(f"{self.name}: the reasons do not add up to the part")
        return self


class Imprint(Model):
    """What one of the two editions says of itself, and the digests of what went into it."""

    engine: str
    product: str
    functional_unit: str
    period_start: str
    period_end: str
    gwp: str
    digests: Digests

    @classmethod
    def of(cls, footprint: Footprint) -> "Imprint":
        """The imprint of a footprint."""
        return cls(
            engine=footprint.engine,
            product=footprint.product.name,
            functional_unit=footprint.functional_unit,
            period_start=footprint.period_start,
            period_end=footprint.period_end,
            gwp=footprint.gwp,
            digests=footprint.digests,
        )


class Reasons(Model):
    """Why a footprint changed, per declared unit."""

    schema_version: Literal["1"] = "1"
    engine: str = Field(description="distribution and version that split the change")
    boundary: str
    old: Imprint
    new: Imprint
    gross: Split
    cells: tuple[CellSplit, ...]
    removals: tuple[RemovalSplit, ...]
    biogenic: tuple[BiogenicSplit, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]

    @property
    def difference_kg_co2e(self) -> Decimal:
        """New gross footprint less old."""
        return self.gross.difference

    def by_stage(self) -> dict[str, Split]:
        """The change of each stage, in order of the chain."""
        return self._by("stage")

    def by_substance(self) -> dict[str, Split]:
        """The change of each gas."""
        return self._by("substance")

    def part(self, name: PartName) -> Part:
        """One of the four parts."""
        return next(part for part in self.parts if part.name == name)

    def _by(self, key: Literal["stage", "substance"]) -> dict[str, Split]:
        names = dict.fromkeys(getattr(cell, key) for cell in self.cells)
        return {
            name: Split.total(cell for cell in self.cells if getattr(cell, key) == name) for name in names
        }

    @model_validator(mode="after")
    def _closes(self) -> Self:
        if Split.total(self.cells) != self.gross:
            raise ValueError("the cells do not add up to the gross footprint")
        if {part.name: part.kg_co2e for part in self.parts} != {n: getattr(self.gross, n) for n in PARTS}:
            raise ValueError("the parts are not those of the gross footprint")
        return self
