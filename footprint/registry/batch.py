"""A batch of removal and the spans its units are in: side by side from 0 to the end, with no gap and no overlap."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple, Self, get_args

from pydantic import Field, model_validator

from footprint.passport.canonical import digest
from footprint.registry.claims import Claim
from footprint.registry.evidence import Evidence
from footprint.registry.units import LARGEST_KG
from footprint.result import Model, PermanenceClass, RemovalKind, Whole

Status = Literal["free", "buffer", "on_product", "sold", "retired", "energy", "disclosed", "cancelled"]
STATUSES: tuple[Status, ...] = get_args(Status)
CLAIMED: tuple[Status, ...] = ("on_product", "sold", "retired", "energy", "disclosed")
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class BatchTerms(Model):
    """A quantity of removal as its owner registers it, once."""

    kind: RemovalKind
    method: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description="method card")
    horizon_years: Whole = Field(gt=0, le=100_000)
    permanence_class: PermanenceClass
    period_start: str = Field(pattern=_DAY, description="the vintage")
    period_end: str = Field(pattern=_DAY, description="exclusive")
    amount_kg: Whole = Field(gt=0, le=LARGEST_KG, description="net of deductions, the buffer included")
    buffer_kg: Whole = Field(default=0, ge=0, le=LARGEST_KG, description="of the amount, set aside")
    claimable_kg: Whole | None = Field(
        default=None,
        ge=0,
        le=LARGEST_KG,
        description="what products may claim of all units that are no buffer, if more: emissions on the way lower "
        "a unit, and stand in the gross footprint of a product",
    )
    evidence: tuple[Evidence, ...] = Field(min_length=1, max_length=100)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.buffer_kg > self.amount_kg:
            raise ValueError("the buffer is a part of the amount: buffer_kg ≤ amount_kg")
        if self.claimable_kg is not None and self.claimable_kg < self.units_kg:
            raise ValueError("a unit is net of what was emitted: claimable_kg ≥ amount_kg − buffer_kg")
        if not date.fromisoformat(self.period_start) < date.fromisoformat(self.period_end):
            raise ValueError("a period starts before it ends: period_start < period_end")
        return self

    @property
    def units_kg(self) -> int:
        """Units that can be claimed."""
        return self.amount_kg - self.buffer_kg

    def covers_kg(self, units: int) -> Fraction:
        """What a product may claim of so many units."""
        claimable_kg = self.units_kg if self.claimable_kg is None else self.claimable_kg
        return Fraction(units * claimable_kg, max(1, self.units_kg))

    def id_for(self, owner: str) -> str:
        """The batch's identifier: a UUIDv8 of what is registered and by whom (RFC 9562 §5.8).

        Whoever registers the same again gets the same batch, and anybody can compute it from the log.
        """
        made_of = {"owner": owner, "terms": self.model_dump(mode="json")}
        bits = int(digest(made_of)[:32], 16)
        bits = bits & ~(0xF << 76) & ~(0x3 << 62) | 0x8 << 76 | 0x2 << 62
        text = f"{bits:032x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


class Span(NamedTuple):
    """Neighbouring units that one act put where they are; spans of a batch sort by their first unit."""

    first: int
    stop: int
    status: Status
    holder: str
    claim: Claim | None
    leaf: int  # the act's entry in the log

    @property
    def kg(self) -> int:
        """How many units."""
        return self.stop - self.first

    def cut(self, first: int, stop: int) -> "Span":
        """Those of its units that are in a range."""
        return self._replace(first=max(self.first, first), stop=min(self.stop, stop))


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it stands. Always: `totals` add up to `end_kg`, and live units to `measured_kg` and the shortfall."""

    id: str
    owner: str
    terms: BatchTerms
    end_kg: int
    measured_kg: int
    shortfall_kg: int  # claimed, and not there any more
    most_kg: int  # what its own records allow
    totals: Mapping[Status, int]

    def total(self, *statuses: Status) -> int:
        """Units of some statuses."""
        return sum(self.totals.get(status, 0) for status in statuses)


def moved(totals: Mapping[Status, int], gone: Iterable[Span], come: Iterable[Span]) -> dict[Status, int]:
    """The totals after spans were replaced."""
    after = dict(totals)
    for sign, spans in ((-1, gone), (1, come)):
        for span in spans:
            after[span.status] = after.get(span.status, 0) + sign * span.kg
    return {status: after[status] for status in STATUSES if after.get(status)}
