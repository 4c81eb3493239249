"""For owners of removals: register, claim, sell, retire, measure again. For everybody: who claims which unit."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from footprint.errors import MalformedError, Problem
from footprint.passport.canonical import digest
from footprint.passport.strict_json import parse_object
from footprint.registry import Act, Batch, BatchTerms, Claim, Measure, Register, Sold, Span, Status, Take
from footprint.registry.acts import Cause
from footprint.registry.evidence import Evidence
from footprint.registry.units import BATCH_ID, LARGEST_KG
from footprint.removals import unit_problem
from label_service.api.identity import Owner
from label_service.api.passports import IdempotencyKey, InclusionProof
from label_service.api.problems import ProblemError, documented
from label_service.service import Given, Service
from label_service.store import Entered, Idempotency, Registrar
from label_service.translation import N_

router = APIRouter(prefix="/v1/removals", tags=["removals"])

EXAMPLE = "7c0f9a52-3b1e-8d44-9c55-0a1b2c3d4e5f"
BatchPath = Annotated[
    str, Path(pattern=f"^{BATCH_ID}$", examples=[EXAMPLE], description="as the answer said")
]
From = Annotated[int, Query(alias="from", ge=0, le=LARGEST_KG, description="the first unit")]
Limit = Annotated[int, Query(ge=1, le=1000)]
WRITING = documented(400, 401, 404, 409, 413, 422, 500, 503)
READING = documented(404, 422, 500, 503)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class NewBatch(BatchTerms):
    """A removal as its owner registers it, once."""

    model_config = ConfigDict(defer_build=False)  # FastAPI builds a body of its own around it, at once


class Wanted(_Strict):
    """A claim on a range of units."""

    first: int = Field(strict=True, ge=0, le=LARGEST_KG, examples=[0])
    stop: int = Field(strict=True, gt=0, le=LARGEST_KG, examples=[500], description="exclusive")
    claim: Claim = Field(examples=[{"kind": "sold", "to": "trader"}])


class Measured(_Strict):
    """What is there now."""

    measured_kg: int = Field(strict=True, ge=0, le=LARGEST_KG, examples=[900])
    buffer_kg: int = Field(default=0, strict=True, ge=0, le=LARGEST_KG, description="of new units, set aside")
    cause: Cause
    evidence: tuple[Evidence, ...] = Field(min_length=1, max_length=100)


class BatchNow(BaseModel):
    """A batch as it stands. Units by status add up to `end_kg`; nobody can claim buffer or cancelled ones."""

    id: str = Field(examples=[EXAMPLE])
    owner: str = Field(
        examples=["co-op"], description="account that registered it; it alone says what is measured"
    )
    terms: BatchTerms
    end_kg: int = Field(examples=[1000], description="units that ever were, from 0 on")
    measured_kg: int = Field(examples=[1000], description="kg CO2 that are there, as last measured")
    shortfall_kg: int = Field(
        examples=[0], description="claimed, and not there any more: its owner owes them"
    )
    totals: dict[Status, int] = Field(examples=[{"on_product": 500, "sold": 500}])

    @classmethod
    def of(cls, batch: Batch) -> "BatchNow":
        """As everybody may see it."""
        return cls(**{name: getattr(batch, name) for name in cls.model_fields})


class SpanNow(BaseModel):
    """Neighbouring units, who holds them, what became of them, and the entry of the log that says so."""

    units: str = Field(examples=[f"{EXAMPLE}:0-500"], description="as passports name them")
    status: Status
    holder: str = Field(examples=["co-op"])
    claim: Claim | None = None
    leaf_index: int = Field(examples=[41])

    @classmethod
    def of(cls, batch_id: str, span: Span) -> "SpanNow":
        """As everybody may see it."""
        units = f"{batch_id}:{span.first}-{span.stop}"
        return cls(
            units=units, status=span.status, holder=span.holder, claim=span.claim, leaf_index=span.leaf
        )


class Done(BaseModel):
    """An act that is in the log, and the batch as it now stands."""

    batch: BatchNow
    log: InclusionProof


class ActLogged(BaseModel):
    """One act, word for word as it is in the log."""

    leaf_index: int
    act: dict[str, Any]


async def _one_meaning(request: Request) -> None:
    """Refuses JSON that two readers could understand differently: a name twice, 1e400, half a character."""
    try:
        parse_object(await request.body())
    except MalformedError as error:
        raise _not_understood(*error.problems) from error


STRICT = [Depends(_one_meaning)]


def _registrar(service: Service) -> Registrar:
    return Registrar(service.shelf)


@router.post(
    "/batches",
    status_code=201,
    response_model=Done,
    dependencies=STRICT,
    summary="Register a removal",
    responses={200: {"model": Done}, **WRITING},
)
def register(
    response: Response,
    service: Given,
    owner: Owner,
    terms: NewBatch,
    idempotency_key: IdempotencyKey = None,
) -> Done:
    """Once: its units are yours to claim. Its identifier is made of what you register."""
    problem = unit_problem(terms.method, terms.kind, terms.horizon_years, terms.permanence_class)
    if problem is not None:
        raise _not_understood(problem)
    act = Register.of(terms, owner, service.clock().isoformat())
    return _enter(response, service, act, idempotency_key)


@router.post(
    "/batches/{batch_id}/claims",
    status_code=201,
    response_model=Done,
    dependencies=STRICT,
    summary="Claim units: on a product, sold, retired, in energy, disclosed",
    responses={200: {"model": Done}, **WRITING},
)
def claim(
    response: Response,
    service: Given,
    owner: Owner,
    batch_id: BatchPath,
    wanted: Wanted,
    idempotency_key: IdempotencyKey = None,
) -> Done:
    """Each unit once. A passport that names units claims them by itself when it is handed in."""
    _check(wanted, service)
    act = Take(at=service.clock().isoformat(), by=owner, batch=batch_id, **dict(wanted))
    return _enter(response, service, act, idempotency_key)


@router.post(
    "/batches/{batch_id}/measurements",
    status_code=201,
    response_model=Done,
    dependencies=STRICT,
    summary="Measure again, or report a loss",
    responses=WRITING,
)
def measure(
    response: Response,
    service: Given,
    owner: Owner,
    batch_id: BatchPath,
    measured: Measured,
    idempotency_key: IdempotencyKey = None,
) -> Done:
    """Less cancels free units, then the buffer, then shows a shortfall; more makes it good, then adds units."""
    act = Measure(at=service.clock().isoformat(), by=owner, batch=batch_id, **dict(measured))
    return _enter(response, service, act, idempotency_key)


@router.get("/batches/{batch_id}", response_model=BatchNow, summary="A batch", responses=READING)
def get_batch(service: Given, batch_id: BatchPath) -> BatchNow:
    """Amounts, statuses and digests of evidence; the documents themselves were never here."""
    return BatchNow.of(_registrar(service).batch(batch_id))


@router.get(
    "/batches/{batch_id}/units",
    response_model=list[SpanNow],
    summary="Where its units are",
    responses=READING,
)
def get_units(service: Given, batch_id: BatchPath, first: From = 0, limit: Limit = 100) -> list[SpanNow]:
    """Spans in order; ask again from the end of the last one."""
    return [SpanNow.of(batch_id, span) for span in _registrar(service).spans(batch_id, first, limit)]


@router.get(
    "/batches/{batch_id}/units/{unit}", response_model=SpanNow, summary="Who claims a unit", responses=READING
)
def get_unit(service: Given, batch_id: BatchPath, unit: Annotated[int, Path(ge=0, le=LARGEST_KG)]) -> SpanNow:
    """With all its neighbours that went the same way, and the entry of the log that says so."""
    return SpanNow.of(batch_id, _registrar(service).holder(batch_id, unit))


@router.get(
    "/batches/{batch_id}/acts", response_model=list[ActLogged], summary="Its history", responses=READING
)
def get_acts(
    service: Given,
    batch_id: BatchPath,
    after: Annotated[int, Query(ge=-1, le=2**53, description="entry of the log")] = -1,
    limit: Limit = 100,
) -> list[ActLogged]:
    """Every act, as it is in the log; `footprint registry replay` makes the registry of them again."""
    registrar = _registrar(service)
    registrar.batch(batch_id)
    return [
        ActLogged(leaf_index=one.leaf_index, act=one.act.model_dump(mode="json", exclude_none=True))
        for one in registrar.history(batch_id, after, limit)
    ]


def _check(wanted: Wanted, service: Service) -> None:
    """What the act itself would refuse, and a buyer who could never retire what was bought."""
    if wanted.first >= wanted.stop:
        what = f"are {wanted.first}, {wanted.stop}"
        raise _not_understood(
            Problem("first, stop", what, "a range has its start and not its end", "first < stop")
        )
    claim = wanted.claim
    if isinstance(claim, Sold) and claim.to not in service.settings.api_key_hashes:
        why = "nobody could ever retire the units"
        fix = "name an account; for a buyer without one, retire them with the buyer as beneficiary"
        raise _not_understood(Problem("claim.to", f"{claim.to} has no account here", why, fix))


def _not_understood(*problems: Problem) -> ProblemError:
    return ProblemError(422, "invalid-request", N_("The request is not understood"), *problems)


def _enter(response: Response, service: Service, act: Act, key: str | None) -> Done:
    asked = act.model_dump(mode="json", exclude={"at"})  # the clock is ours, not the request's
    entered: Entered = _registrar(service).enter(act, Idempotency(act.by, key, digest(asked)))
    response.status_code = 201 if entered.is_new else 200
    response.headers["Location"] = f"/v1/removals/batches/{entered.batch.id}"
    return Done(batch=BatchNow.of(entered.batch), log=InclusionProof.of(entered.receipt))
