"""What a comparison returns: a base, its scenarios, and their paired differences, frozen.

As in `footprint.result`, amounts are decimals quantised once; a difference is the difference of two printed
numbers and nothing else, so stages add up to totals to the last digit, here and in anybody else's hands.
"""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from footprint.result import Amount, DeclaredUnit, Interval, Model, Removal, Sampling, Share

ONE_MILLIONTH = Decimal("0.000001")


class Change(Model):
    """One answer switched; `None` where there was no line, or where it was taken out."""

    path: str
    was: str | None
    becomes: str | None


class Side(Model):
    """One side of a comparison: gross emissions, and removals beside them."""

    gross_kg_co2e: Amount
    interval: Interval
    removals: tuple[Removal, ...]
    declared_defaults: tuple[str, ...]
    unverified_share: Share
    records: str = Field(description="digest of the record")


class Difference(Model):
    """A part of both sides and how much more the scenario has of it, kg CO2e per declared unit."""

    base_kg_co2e: Amount
    scenario_kg_co2e: Amount
    difference_kg_co2e: Amount

    @model_validator(mode="after")
    def _subtracts(self) -> Self:
        if self.difference_kg_co2e != self.scenario_kg_co2e - self.base_kg_co2e:
            raise ValueError("a difference is scenario less base")
        return self


class StageDifference(Difference):
    """One stage."""

    stage: str


class CauseDifference(Difference):
    """One cause of one stage. Each is rounded on its own, to a millionth of a kilogram."""

    stage: str
    cause: str


class ScenarioResult(Model):
    """One scenario against the base."""

    name: str
    changes: tuple[Change, ...]
    cautions: tuple[str, ...]
    scenario: Side
    difference_kg_co2e: Amount = Field(description="scenario less base, at central values")
    difference_interval: Interval = Field(
        description="of the differences draw by draw, both sides sharing them"
    )
    probability_lower: Share = Field(description="share of the draws in which the scenario emits less")
    by_stage: tuple[StageDifference, ...]
    by_cause: tuple[CauseDifference, ...] = Field(description="causes that differ, largest difference first")

    @model_validator(mode="after")
    def _closes(self) -> Self:
        if sum(part.scenario_kg_co2e for part in self.by_stage) != self.scenario.gross_kg_co2e:
            raise ValueError(f"{self.name}: the stages do not add up to the scenario")
        if sum(part.difference_kg_co2e for part in self.by_stage) != self.difference_kg_co2e:
            raise ValueError(f"{self.name}: the differences by stage do not add up to the difference")
        return self


class Comparison(Model):
    """One record and what it would be with some answers switched, per declared unit of the same product."""

    schema_version: Literal["1"] = "1"
    engine: str
    product: str
    producer: str
    functional_unit: str
    declared_unit: DeclaredUnit
    boundary: str
    gwp: str
    base: Side
    scenarios: tuple[ScenarioResult, ...]
    sampling: Sampling
    factors: str = Field(description="digest of the published numbers, the same for all")

    @model_validator(mode="after")
    def _is_against_the_base(self) -> Self:
        for result in self.scenarios:
            if result.scenario.gross_kg_co2e - self.base.gross_kg_co2e != result.difference_kg_co2e:
                raise ValueError(f"{result.name}: the difference is not the difference of the totals")
            if sum(part.base_kg_co2e for part in result.by_stage) != self.base.gross_kg_co2e:
                raise ValueError(f"{result.name}: the stages do not add up to the base")
        return self
