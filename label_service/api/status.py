"""For issuers: places in status lists, and revoking, suspending, reinstating. For everybody: the lists."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from label_service.api.identity import Owner
from label_service.api.negotiation import credential_type
from label_service.api.passport_bytes import MEDIA_TYPE, cached
from label_service.api.passports import PassportId, found_of
from label_service.api.problems import documented, not_found
from label_service.service import Given

router = APIRouter(prefix="/v1", tags=["status"])


class Reserved(BaseModel):
    """A place for one passport, as it goes into the passport before it is signed."""

    credentialStatus: list[dict[str, Any]] = Field(  # noqa: N815 - the name the standard gives it
        description="Bitstring Status List v1.0, 2.1: one place, in the lists for revocation and for suspension"
    )


class Change(BaseModel):
    """What happens to a passport."""

    model_config = ConfigDict(extra="forbid", strict=True)

    act: Literal["revoke", "suspend", "reinstate"] = Field(
        description="revoke is for ever; a suspended one can be reinstated"
    )
    reason: str = Field(min_length=1, max_length=500, description="for your own records; not published")


class Standing(BaseModel):
    """How a passport stands now."""

    id: str = Field(examples=["urn:uuid:0e4c6c8e-6f0e-5d5c-8a9b-3b0d8d8a5f11"])
    revoked: bool
    suspended: bool


@router.post(
    "/status-entries",
    status_code=201,
    response_model=Reserved,
    summary="Reserve a place in the status lists",
    responses=documented(401, 500, 503),
)
def reserve(service: Given, owner: Owner) -> Reserved:
    """Drawn at random and yours for good. Put it into the passport, sign, hand it in."""
    place = service.shelf.reserve_place(owner, service.clock().isoformat())
    return Reserved(credentialStatus=[entry.document() for entry in service.status.entries(place)])


@router.post(
    "/passports/{passport_id}/status",
    response_model=Standing,
    summary="Revoke, suspend or reinstate a passport",
    responses=documented(401, 404, 409, 422, 500, 503),
)
def change(service: Given, owner: Owner, passport_id: PassportId, wanted: Change) -> Standing:
    """Of one's own passports only; another client's are not found. Doing again what is done changes nothing."""
    record = found_of(service, passport_id, owner)
    now = service.shelf.change_status(
        record.id, wanted.act, wanted.reason, owner, service.clock().isoformat()
    )
    return Standing(id=f"urn:uuid:{record.id}", revoked=now.revoked, suspended=now.suspended)


@router.get(
    "/status/{purpose}/{number}",
    summary="A status list",
    response_class=Response,
    responses={
        200: {"content": {MEDIA_TYPE: {}}},
        304: {"description": "unchanged"},
        **documented(404, 422, 500, 503),
    },
)
def get_list(
    request: Request,
    service: Given,
    purpose: Literal["revocation", "suspension"],
    number: Annotated[int, Path(ge=0, le=999_999)],
) -> Response:
    """A signed credential, valid for a day. Nobody is asked who wants it, and it names no passport."""
    body = service.status.published(purpose, number, service.clock())
    if body is None:
        raise not_found("number", f"no list {number}", "passports name the list they are in")
    return cached(request, body, credential_type(request), {"Vary": "Accept"})
