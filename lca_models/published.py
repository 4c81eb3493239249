"""What a publication gives: a number with its interval, or a table of coefficients, and where it stands.

An entry without source, locator, unit, year and interval is not one: it cannot be made.
"""

import math
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lca_models.distributions import Distribution, quantile
from lca_models.real import Array

Technology = Literal["exact", "similar", "proxy"]
# What a file says reaches terminals and pages: no control characters in it, and no book.
Text = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$")]
EntryId = Annotated[str, Field(max_length=120, pattern=r"^[a-z][A-Za-z0-9._-]*$")]
Region = Annotated[str, Field(pattern=r"^(GLO|RER|[A-Z]{2}(-[A-Z0-9]{1,3})?)$")]
Year = Annotated[int, Field(ge=1900, le=2100)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Source(_Model):
    """A publication."""

    id: str = Field(max_length=120, pattern=r"^[a-z0-9][a-z0-9._-]*$")
    title: Text
    publisher: Text
    year: Year
    url: str = Field(max_length=500, pattern=r"^(https?://[^\x00-\x20]+|docs/[^\x00-\x20]*)$")
    licence: Text

    def __str__(self) -> str:
        return f"{self.publisher} ({self.year}): {self.title}"


class Published(_Model):
    """What a number and a table have in common.

    One id may stand several times with periods that do not overlap: the value of each year of a yearly
    publication. A period includes its first day and excludes `valid_until`; without dates it has no end.
    """

    id: EntryId
    name: Text
    unit: Text
    region: Region
    year: Year
    locator: Text = Field(description="table, equation, page or sheet")
    interval: Text = Field(description="what lower and upper are, and where they come from")
    licence: Text
    verified: bool
    note: str = Field(default="", max_length=2000, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")
    valid_from: date | None = None
    valid_until: date | None = None
    override: bool = Field(default=False, description="replaces what the files before it say")
    source: Source

    @model_validator(mode="after")
    def _period_has_a_length(self) -> "Published":
        if self.begins >= self.ends:
            raise ValueError(f"valid_from {self.begins} is not before valid_until {self.ends}")
        return self

    @property
    def begins(self) -> date:
        """First day of the period."""
        return self.valid_from or date.min

    @property
    def ends(self) -> date:
        """First day after the period."""
        return self.valid_until or date.max

    def in_force(self, at: date) -> bool:
        """Whether the period includes this day."""
        return self.begins <= at < self.ends

    @property
    def subject(self) -> str:
        """What one file overrides for another: the id."""
        return self.id

    @property
    def period(self) -> str:
        """The period in words."""
        if self.valid_from is None and self.valid_until is None:
            return "always"
        return f"{self.valid_from or ''} up to {self.valid_until or 'further notice'}".strip()


class Choice(_Model):
    """One of the few values a discrete number may take, such as what one method of several gives."""

    name: Text
    value: float
    weight: Annotated[float, Field(gt=0)]


class Group(_Model):
    """Numbers that share a part of their error: members of one group with ρ = 0.5 correlate by 0.5."""

    name: EntryId
    correlation: Annotated[float, Field(gt=0, le=1, description="with another member of the same ρ")]


class Factor(Published):
    """One published number with its interval; an emission factor also names product, substance and unit.

    `lower` and `upper` are the ends of a uniform, triangular, PERT or discrete number and the 2.5 % and 97.5 %
    quantiles of the others. `two_piece_normal` has its median at `value` and scales each half to its own
    bound: the plain reading of an asymmetric published interval; it is cut at zero when all three are ≥ 0.
    `truncated_normal` is the same, cut at `minimum`, `maximum` or both and scaled up to a whole.
    """

    value: float
    lower: float
    upper: float
    distribution: Distribution
    minimum: float | None = None
    maximum: float | None = None
    choices: Annotated[tuple[Choice, ...], Field(max_length=20)] = ()
    group: Group | None = None
    technology: Technology = "similar"
    product: EntryId | None = None
    substance: Annotated[str, Field(max_length=60, pattern=r"^[a-z][A-Za-z0-9:_-]*$")] | None = None
    per: Annotated[str, Field(max_length=30, pattern=r"^[A-Za-z][A-Za-z0-9_]*$")] | None = None
    part: Annotated[str, Field(max_length=60, pattern=r"^[a-z][a-z0-9_]*$")] | None = None

    @model_validator(mode="after")
    def _hold_together(self) -> "Factor":
        if not self.lower <= self.value <= self.upper:
            raise ValueError(f"lower ≤ value ≤ upper does not hold: {self.lower}, {self.value}, {self.upper}")
        if (self.distribution == "exact") != (self.lower == self.upper):
            raise ValueError("an interval of width zero is `exact`, and only that")
        if self.distribution == "lognormal" and self.lower <= 0:
            raise ValueError("a lognormal number is positive, so is its lower bound")
        if len({self.product is None, self.substance is None, self.per is None}) > 1:
            raise ValueError(
                "an emission factor names product, substance and per; a parameter names none of them"
            )
        return self

    @model_validator(mode="after")
    def _is_of_its_shape(self) -> "Factor":
        if misfits := "; ".join(_misfits(self)):
            raise ValueError(misfits)
        return self

    @property
    def subject(self) -> str:
        """What one file overrides for another: the whole product of an emission factor, else the id.

        The gases of one product come from one measurement: half of them replaced would be neither.
        """
        return self.product or self.id

    def quantile(self, probability: Array) -> Array:
        """Values at the given probabilities: the inverse of the distribution function.

        Args:
            probability: numbers strictly between 0 and 1, any shape.

        Returns:
            Values in `unit`, same shape.
        """
        return quantile(self, probability)


def _misfits(factor: Factor) -> Iterator[str]:
    """What the fields that belong to one shape only say against each other, or against another shape."""
    cut = factor.distribution == "truncated_normal"
    if cut != (factor.minimum is not None or factor.maximum is not None):
        yield "minimum and maximum belong to `truncated_normal`, and it needs at least one of them"
    minimum = -math.inf if factor.minimum is None else factor.minimum
    maximum = math.inf if factor.maximum is None else factor.maximum
    if cut and not (minimum < factor.value < maximum and factor.lower < factor.value < factor.upper):
        yield "a truncated normal has its value inside its bounds and inside minimum and maximum"
    if (factor.distribution == "discrete") != bool(factor.choices):
        yield "choices belong to `discrete`, and it needs them"
    if factor.choices:
        yield from _wrong_choices(factor)
    if factor.group and factor.distribution == "exact":
        yield "a number that is exact correlates with nothing"


def _wrong_choices(factor: Factor) -> Iterator[str]:
    values = [choice.value for choice in factor.choices]
    if (min(values), max(values)) != (factor.lower, factor.upper):
        yield "lower and upper of a discrete number are its least and its largest choice"
    if factor.value not in values:
        yield "the value of a discrete number is one of its choices"
    if len({choice.name for choice in factor.choices}) < len(values):
        yield "two choices have the same name"


class Table(Published):
    """Coefficients that belong together, column by column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rectangular(self) -> "Table":
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row needs one entry per column")
        return self

    def column(self, name: str) -> tuple[Any, ...]:
        """All entries of one column."""
        return tuple(row[self.columns.index(name)] for row in self.rows)
