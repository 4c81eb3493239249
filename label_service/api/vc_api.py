"""For public test suites: the VC-API of the W3C Credentials Community Group, over any credential. Off by default.

It signs whatever it is given, which is why settings allow it only where this machine alone can reach it. Every
failure is 400 with a problem document; what verifies is answered with 200.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from footprint.errors import FootprintError, Problem
from footprint.passport.reading import problems_of
from footprint.passport.status_list import Purpose
from footprint.passport.strict_json import parse_object
from footprint.passport.wording import shown
from label_service.any_issuer import AnyIssuer, AnyIssuers
from label_service.any_status import AnyStatusLists
from label_service.api.negotiation import credential_type
from label_service.api.problems import ProblemError, documented, not_found
from label_service.proof_set import Expected
from label_service.service import Given

router = APIRouter(prefix="/vc-api", tags=["test suites"])

ANSWERS = documented(400, 404, 413, 422, 500, 503)
Made = TypeVar("Made")


class Issuer(BaseModel):
    """An issuer of this run, and where it signs."""

    name: str = Field(examples=["eddsa-rdfc-2022"])
    id: str = Field(examples=["did:key:z6Mk…"])
    key_kind: str = Field(examples=["Ed25519"])


class StatusWish(BaseModel):
    """That the credential can be taken back."""

    type: Literal["BitstringStatusListEntry"]


class StatusChange(BaseModel):
    """What happens to a credential; the entry is one of its own."""

    model_config = ConfigDict(extra="ignore")

    credentialId: str | None = Field(default=None, max_length=500)  # noqa: N815 - the name the standard gives it
    credentialStatus: dict[str, Any]  # noqa: N815
    status: bool = True


class Options(BaseModel):
    """What is asked for besides; other options of the VC-API change nothing here."""

    model_config = ConfigDict(extra="allow")

    credential_status: StatusWish | None = Field(default=None, alias="credentialStatus")
    challenge: str | None = None
    domain: str | None = None


class Verified(BaseModel):
    """What was checked and held."""

    verified: bool = True
    checks: list[str] = Field(examples=[["proof"]])
    warnings: list[str] = []
    errors: list[str] = []


def _issuers(request: Request) -> AnyIssuers:
    found: AnyIssuers = request.app.state.any_issuers
    return found


def _status_lists(request: Request) -> AnyStatusLists:
    found: AnyStatusLists = request.app.state.any_status
    return found


Issuers = Annotated[AnyIssuers, Depends(_issuers)]
StatusLists = Annotated[AnyStatusLists, Depends(_status_lists)]


@router.get("/issuers", response_model=list[Issuer], summary="Who signs for test suites")
def get_issuers(issuers: Issuers) -> list[Issuer]:
    """Their names are new at every start."""
    return [
        Issuer(name=name, id=one.signer.issuer, key_kind=one.signer.public_key.kind)
        for name, one in issuers.by_name.items()
    ]


@router.post("/{issuer}/credentials/issue", status_code=201, summary="Sign", responses=ANSWERS)
async def issue(
    request: Request,
    service: Given,
    issuers: Issuers,
    lists: StatusLists,
    issuer: Annotated[str, Path(max_length=40)],
) -> dict[str, Any]:
    """The credential with a proof; `options.credentialStatus` gives it a place in the status lists."""
    one = issuers.by_name.get(issuer)
    if one is None:
        raise not_found("issuer", f"no issuer {issuer}", "see /vc-api/issuers")
    document, options = _parts(await request.body(), "credential")

    def signed(one: AnyIssuer) -> dict[str, Any]:
        credential = lists.with_place(document) if options.credential_status else document
        return one.issue(credential, service.clock())

    return {"verifiableCredential": await run_in_threadpool(answered, signed, one)}


@router.post("/credentials/verify", response_model=Verified, summary="Check a credential", responses=ANSWERS)
async def verify_credential(
    request: Request, service: Given, issuers: Issuers, lists: StatusLists
) -> Verified:
    """Its form, its proofs, and its place in the status lists of this service."""
    document, _ = _parts(await request.body(), "verifiableCredential")

    def checked(document: dict[str, Any]) -> Verified:
        told = issuers.check_credential(document, service.clock())
        told += lists.check(document, service.trust, service.clock())
        return Verified(checks=["proof", "credentialStatus"], warnings=told)

    return await run_in_threadpool(answered, checked, document)


@router.post("/credentials/status", summary="Change a status", responses=ANSWERS)
async def change_status(lists: StatusLists, wanted: StatusChange) -> StatusChange:
    """Sets the bit of the entry, or clears it: `status`. What was revoked stays so."""

    def changed() -> StatusChange:
        lists.change(wanted.credentialStatus, is_set=wanted.status)
        return wanted

    return await run_in_threadpool(answered, changed)


@router.get(
    "/status/{purpose}", summary="A status list", response_class=Response, responses=documented(422, 500)
)
async def get_status_list(request: Request, service: Given, lists: StatusLists, purpose: Purpose) -> Response:
    """A signed credential, made for this answer."""
    body = await run_in_threadpool(lists.published, purpose, service.clock())
    return Response(body, media_type=credential_type(request), headers={"Vary": "Accept"})


@router.post(
    "/presentations/verify", response_model=Verified, summary="Check a presentation", responses=ANSWERS
)
async def verify_presentation(request: Request, service: Given, issuers: Issuers) -> Verified:
    """Its form, its proofs for the challenge and domain in `options`, and the credentials in it."""
    document, options = _parts(await request.body(), "verifiablePresentation")
    expected = Expected("authentication", service.clock(), options.challenge, options.domain)
    await run_in_threadpool(answered, issuers.check_presentation, document, expected)
    return Verified(checks=["proof"])


def _parts(body: bytes, name: str) -> tuple[dict[str, Any], Options]:
    """What is to be signed or checked, and the options."""
    whole = answered(parse_object, body)
    document = whole.get(name)
    if not isinstance(document, dict):
        what, why = f"is {shown(document)}", "an object is needed"
        raise _refused(Problem(name, what, why, "see /openapi.json"))
    try:
        return document, Options.model_validate(whole.get("options") or {})
    except ValidationError as error:
        raise _refused(*problems_of(error, "options", "see /openapi.json")) from error


def answered(act: Callable[..., Made], *given: object) -> Made:
    """What the act gives; a refusal as the VC-API writes it, 400."""
    try:
        return act(*given)
    except FootprintError as error:
        raise _refused(*error.problems) from error


def _refused(*problems: Problem) -> ProblemError:
    return ProblemError(400, "credential-refused", "The credential is refused", *problems)
