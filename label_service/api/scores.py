"""For lenders: scores that anybody can compute again from the passport, signed by this service."""

from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from footprint.errors import MalformedError
from footprint.passport import DigitalLink
from footprint.score import Score, score_or_refusal
from label_service.api.identity import Owner
from label_service.api.problems import ProblemError, documented, not_found
from label_service.service import Given, Service
from label_service.store import Record

router = APIRouter(prefix="/v1/products", tags=["scores"])


class DetachedSignature(BaseModel):
    """Ed25519 (RFC 8032) over the RFC 8785 canonical form of `score`."""

    verification_method: str = Field(examples=["did:web:passports.example.org#key-1"])
    algorithm: Literal["Ed25519"] = "Ed25519"
    canonicalization: Literal["RFC 8785"] = "RFC 8785"
    value: str = Field(description="base64url without padding")


class SignedScore(BaseModel):
    """One lot's score with what it was computed from."""

    lot: str = Field(examples=["2025-06-A"])
    serial: str | None = None
    passport: str = Field(
        examples=["https://passports.example.org/v1/passports/0e4c6c8e-6f0e-5d5c-8a9b-3b0d8d8a5f11"]
    )
    score: dict[str, Any] = Field(
        description="as `footprint.score.score` returns it; status NOT_SCORED with a reason is never a zero"
    )
    signature: DetachedSignature


class Scores(BaseModel):
    """Scores of the current passports of a product, newest first."""

    gtin: str
    as_of: str
    service: str = Field(
        description="did:web of the signing service", examples=["did:web:passports.example.org"]
    )
    scores: list[SignedScore]


@router.get(
    "/{gtin}/scores",
    response_model=Scores,
    summary="Scores of a product's lots",
    responses=documented(401, 404, 422, 500, 503),
)
def get_scores(
    service: Given,
    owner: Owner,  # noqa: ARG001 (asking for it is what keeps strangers out)
    gtin: Annotated[str, Path(examples=["09506000134352"], min_length=8, max_length=14)],
    limit: Annotated[int | None, Query(ge=1, le=1000)] = None,
) -> Scores:
    """Not a probability of default; never to refuse credit alone. Expired passports are NOT_SCORED."""
    product = _gtin(gtin)
    records = service.shelf.current(
        gtin=product, limit=min(limit or service.settings.page_size, service.settings.page_size)
    )
    if not records:
        raise not_found("gtin", f"no passport for GTIN {product}", "compare the GTIN with the pack")
    at = service.clock()
    scores = [_signed(service, record, _score(service, record, at)) for record in records]
    return Scores(gtin=product, as_of=at.isoformat(), service=service.settings.did, scores=scores)


def _gtin(gtin: str) -> str:
    try:
        return DigitalLink(gtin, "0").gtin
    except MalformedError as error:
        raise ProblemError(422, "gtin", "This is not a GTIN", *error.problems) from error


def _score(service: Service, record: Record, at: datetime) -> Score:
    """Also a refusal says which passport it is about, so that its signature cannot be moved to another."""
    named = {"passport_id": f"urn:uuid:{record.id}", "passport_digest": record.digest}
    return score_or_refusal(record.body, service.trust, at, status=service.status).model_copy(update=named)


def _signed(service: Service, record: Record, score: Score) -> SignedScore:
    signature = urlsafe_b64encode(service.signer.sign_bytes(score.canonical())).rstrip(b"=").decode()
    return SignedScore(
        lot=record.lot,
        serial=record.serial or None,
        passport=f"{service.settings.public_url}/v1/passports/{record.id}",
        score=score.model_dump(mode="json"),
        signature=DetachedSignature(verification_method=service.signer.verification_method, value=signature),
    )
