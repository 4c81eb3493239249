"""For producers' software: hand in a signed passport, get it and its log proof back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import BaseModel, Field

from footprint.errors import Problem
from label_service.api.identity import Owner
from label_service.api.passport_bytes import passport_response
from label_service.api.problems import ProblemError, documented, not_found
from label_service.service import Given, Service
from label_service.store import Receipt, Record, Stored

router = APIRouter(prefix="/v1/passports", tags=["passports"])

PassportId = Annotated[
    UUID,
    Path(
        description="the passport's id, without urn:uuid:", examples=["0e4c6c8e-6f0e-5d5c-8a9b-3b0d8d8a5f11"]
    ),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="your name for this request; repeat it to repeat the request safely",
    ),
]
OfflineCode = Annotated[
    str | None,
    Header(
        max_length=530,
        pattern=r"^c1\.[1-9][0-9]*$",
        description="the issuer's offline code, what `footprint code` prints behind #: new labels carry it",
    ),
]
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class InclusionProof(BaseModel):
    """RFC 6962, 2.1.1: the passport is in the log. Its leaf is SHA-256(0x00 || entry), made of its digest."""

    leaf_index: int = Field(examples=[41])
    leaf_hash: str = Field(examples=[HASH])
    tree_size: int = Field(examples=[42])
    root: str = Field(examples=[HASH])
    path: list[str] = Field(examples=[[HASH]])
    proof: str | None = Field(
        examples=["c2sp.org/tlog-proof@v1\nindex 41\n…"],
        description="the same with the log's signed head (C2SP tlog-proof): keep it beside the passport",
    )

    @classmethod
    def of(cls, receipt: Receipt) -> "InclusionProof":
        """The receipt in hex."""
        return cls(
            leaf_index=receipt.leaf_index,
            leaf_hash=receipt.leaf_hash.hex(),
            tree_size=receipt.tree_size,
            root=receipt.root.hex(),
            path=[step.hex() for step in receipt.path],
            proof=str(receipt.proof) if receipt.proof else None,
        )


class Accepted(BaseModel):
    """A stored passport. The same passport posted again gets the same answer."""

    id: str = Field(examples=["urn:uuid:0e4c6c8e-6f0e-5d5c-8a9b-3b0d8d8a5f11"])
    url: str = Field(examples=["https://passports.example.org/01/09506000134352/10/2025-06-A"])
    label: str = Field(examples=["https://passports.example.org/01/09506000134352/10/2025-06-A/label.svg"])
    digest: str = Field(examples=[HASH], description="SHA-256 of the canonical passport")
    version: int = Field(examples=[1], description="1, 2, … of this lot; the highest is current")
    supersedes: str | None = Field(examples=[None], description="id of the version before this one")
    accepted_at: str = Field(examples=["2025-07-01T08:00:00+00:00"])
    log: InclusionProof


POSTED = {
    "requestBody": {
        "required": True,
        "description": "the signed passport, byte for byte as `footprint sign` wrote it",
        "content": {kind: {"schema": {"type": "object"}} for kind in ("application/vc", "application/json")},
    }
}


@router.post(
    "",
    status_code=201,
    response_model=Accepted,
    summary="Hand in a signed passport",
    responses={
        200: {"model": Accepted, "description": "stored before; the same answer again"},
        **documented(401, 409, 413, 422, 500, 503),
    },
    openapi_extra=POSTED,
)
async def post_passport(
    request: Request,
    response: Response,
    service: Given,
    owner: Owner,
    idempotency_key: IdempotencyKey = None,
    offline_code: OfflineCode = None,
) -> Accepted:
    """Verifies it and logs it; or refuses with every reason, and then stores nothing."""
    stored = await service.take(await request.body(), owner, idempotency_key, offline_code)
    accepted = _accepted(service, stored)
    response.status_code = 201 if stored.is_new else 200
    response.headers["Location"] = f"/v1/passports/{accepted.id.removeprefix('urn:uuid:')}"
    return accepted


@router.get(
    "/{passport_id}",
    summary="The passport, byte for byte as it was signed",
    response_class=Response,
    responses={
        200: {"content": {"application/vc": {}}},
        304: {"description": "unchanged"},
        **documented(404, 422, 500, 503),
    },
)
def get_passport(request: Request, service: Given, passport_id: PassportId) -> Response:
    """What was posted, with a strong ETag; verify it yourself."""
    return passport_response(request, _found(service, passport_id))


@router.get(
    "/{passport_id}/proof",
    response_model=InclusionProof,
    summary="Proof that the passport is in the log",
    responses=documented(404, 422, 500, 503),
)
def get_proof(
    service: Given,
    passport_id: PassportId,
    tree_size: Annotated[
        int | None, Query(ge=1, le=2**53, description="tree to prove it in; default: the whole log")
    ] = None,
) -> InclusionProof:
    """Check it with `footprint.passport.merkle.verify_inclusion`."""
    record, whole = _found(service, passport_id), service.shelf.log_size()
    size = tree_size or whole
    if not record.leaf_index < size <= whole:
        what = f"is {tree_size}; leaf {record.leaf_index} is in trees of {record.leaf_index + 1} to {whole}"
        raise ProblemError(
            422,
            "tree-size",
            "There is no such tree",
            Problem("tree_size", what, "", "leave it out for the whole log"),
        )
    return InclusionProof.of(service.shelf.receipt(record, size))


def found_of(service: Service, passport_id: UUID, owner: str) -> Record:
    """A passport that this owner handed in; another's is not there for it."""
    if not service.shelf.owns(str(passport_id), owner):
        raise not_found(
            "passport_id", f"no passport {passport_id} of yours", "see what POST /v1/passports answered"
        )
    return _found(service, passport_id)


def _found(service: Service, passport_id: UUID) -> Record:
    record = service.shelf.by_id(str(passport_id))
    if record is None:
        raise not_found("passport_id", f"no passport {passport_id}", "look the lot up at /01/{gtin}/10/{lot}")
    return record


def _accepted(service: Service, stored: Stored) -> Accepted:
    record, url = stored.record, service.url_of(stored.record)
    return Accepted(
        id=f"urn:uuid:{record.id}",
        url=url,
        label=f"{url}/label.svg",
        digest=record.digest,
        version=record.version,
        supersedes=stored.supersedes and f"urn:uuid:{stored.supersedes}",
        accepted_at=record.accepted_at,
        log=InclusionProof.of(stored.receipt),
    )
