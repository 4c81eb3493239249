"""From posted bytes to a stored passport: verify, draw, store. Nothing that is refused leaves a trace."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from footprint.errors import FootprintError, MismatchError, Problem
from footprint.passport import DigitalLink, TrustPolicy, VerifiedPassport, verify
from label_service.kept_status import KeptStatus
from label_service.labels import draw_label
from label_service.store import Idempotency, NewPassport, Place, Record, Shelf, StoredLabel, StoreError
from label_service.translation import LANGUAGES

VARIANTS = ("colour", "mono")


class RefusedError(FootprintError):
    """A posted passport that is not taken, with every reason."""


def accept(  # noqa: PLR0913 - what one posted passport is judged by; all are keywords
    body: bytes,
    *,
    shelf: Shelf,
    trust: TrustPolicy,
    status: KeptStatus,
    public_url: str,
    label_font: Path | None,
    at: datetime,
    owner: str,
    idempotency_key: str | None,
) -> tuple[Record, bool]:
    """Stores a signed passport with its log leaf and labels; returns it and whether it is new.

    Raises:
        RefusedError: the passport proves nothing, is for another resolver, or cannot be printed on a label.
        ConflictError: it does not fit what is stored.
        StoreError: the database does not take it now.
    """
    request = Idempotency(owner, idempotency_key, sha256(body).hexdigest())
    try:
        passport = verify(body, trust=trust, at=at, status=status)
        place = status.place(passport.status)
        _check_resolver(passport, public_url)
        labels = [] if shelf.holds(passport.digest) else _drawn(passport, label_font)
    except StoreError:
        raise
    except FootprintError as error:
        raise RefusedError(*error.problems) from error
    return shelf.put(_new(passport, body, at, place), labels, request)


def _check_resolver(passport: VerifiedPassport, public_url: str) -> None:
    """The printed code is the passport's own subject, so that address has to be ours."""
    resolver = DigitalLink.parse(passport.subject).resolver
    if resolver != public_url:
        why = f"this service answers for {public_url}; a code for {resolver} would not be found here"
        raise MismatchError(
            Problem(
                "credentialSubject.id", f"is {passport.subject}", why, f"sign with the resolver {public_url}"
            )
        )


def _drawn(passport: VerifiedPassport, label_font: Path | None) -> list[StoredLabel]:
    return [
        StoredLabel(language, variant, label.svg, label.png)
        for language in LANGUAGES
        for variant in VARIANTS
        for label in [
            draw_label(passport, passport.subject, language, mono=variant == "mono", label_font=label_font)
        ]
    ]


def _new(passport: VerifiedPassport, body: bytes, at: datetime, place: Place | None) -> NewPassport:
    claims = passport.claims
    return NewPassport(
        id=passport.id.removeprefix("urn:uuid:"),
        digest=passport.digest,
        body=body,
        gtin=passport.gtin,
        lot=passport.lot,
        serial=passport.serial or "",
        issuer=passport.issuer,
        product_name=claims.product.name,
        producer=claims.product.producer,
        gross_kg_co2e=claims.gross_kg_co2e,
        valid_from=passport.valid_from.isoformat(),
        accepted_at=at.isoformat(),
        place=place,
    )
