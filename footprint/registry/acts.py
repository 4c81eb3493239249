"""What can be done in a registry, and how it stands in the log: a line that says what it is, and canonical JSON.

An act says when and by which account. Whether it is allowed is decided on the registry as it stands (`decide`).
"""

from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from footprint.errors import FootprintError, LogError, Problem
from footprint.passport.canonical import canonical
from footprint.passport.strict_json import parse_object
from footprint.registry.batch import BatchTerms
from footprint.registry.claims import Account, Claim
from footprint.registry.evidence import Evidence
from footprint.registry.units import BATCH_ID, LARGEST_KG
from footprint.result import Model, Whole

HEADER = b"agrifood-footprint removal act v1\n"
BatchId = Annotated[str, Field(pattern=f"^{BATCH_ID}$")]
Cause = Literal["re-measured", "fire", "ploughed", "leaked", "cleared", "error"]


class _Act(Model):
    at: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|\+00:00)$")
    by: Account
    batch: BatchId


class Register(_Act):
    """A removal enters the registry."""

    act: Literal["register"] = "register"
    terms: BatchTerms

    @model_validator(mode="after")
    def _is_its_own(self) -> Self:
        if self.batch != self.terms.id_for(self.by):
            raise ValueError("the identifier of a batch is made of its terms and its owner")
        return self

    @classmethod
    def of(cls, terms: BatchTerms, by: str, at: str) -> "Register":
        """The act that registers these terms."""
        return cls(at=at, by=by, batch=terms.id_for(by), terms=terms)


class Take(_Act):
    """Units are claimed: put on a product, sold, retired."""

    act: Literal["claim"] = "claim"
    first: Whole = Field(ge=0, le=LARGEST_KG)
    stop: Whole = Field(gt=0, le=LARGEST_KG, description="exclusive")
    claim: Claim

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.first >= self.stop:
            raise ValueError("a range has its start and not its end: first < stop")
        return self


class Measure(_Act):
    """What is there was measured again, or lost: the amount now replaces the one before."""

    act: Literal["measure"] = "measure"
    measured_kg: Whole = Field(ge=0, le=LARGEST_KG, description="there now, all told")
    buffer_kg: Whole = Field(default=0, ge=0, le=LARGEST_KG, description="of new units, set aside")
    cause: Cause
    evidence: tuple[Evidence, ...] = Field(min_length=1, max_length=100)


Act = Register | Take | Measure
_ACT: TypeAdapter[Act] = TypeAdapter(Annotated[Act, Field(discriminator="act")])


def entry(act: Act) -> bytes:
    """The act's entry in the log."""
    return HEADER + canonical(act.model_dump(mode="json", exclude_none=True)) + b"\n"


def parse(logged: bytes) -> Act | None:
    """The act of an entry; `None` when the entry is of another kind.

    Raises:
        LogError: it calls itself an act of a registry and is none.
    """
    if not logged.startswith(HEADER):
        return None
    try:
        act = _ACT.validate_python(parse_object(logged[len(HEADER) : -1]))
    except (FootprintError, ValidationError) as error:
        raise LogError(_no_act(str(error)[:500])) from error
    if entry(act) != logged:
        raise LogError(_no_act("it is not written in the one canonical way"))
    return act


def _no_act(why: str) -> Problem:
    return Problem(
        "log", "has an entry that says it is a removal act and is none", why, "ask who keeps the log"
    )
