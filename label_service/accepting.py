"""From posted bytes to what may be stored. Nothing that is refused leaves a trace."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from footprint.errors import FootprintError, InputError, MismatchError, Problem
from footprint.passport import DigitalLink, TrustList, VerifiedPassport, verify
from footprint.passport.offline_code import verify_offline
from footprint.registry import statements
from label_service.kept_status import KeptStatus
from label_service.labels import check_drawable
from label_service.store import Idempotency, NewPassport, Place, Posting, Shelf, StoreError


class RefusedError(FootprintError):
    """A posted passport that is not taken, with every reason."""


def judge(  # noqa: PLR0913 - what one posted passport is judged by; all are keywords
    body: bytes,
    *,
    shelf: Shelf,
    trust: TrustList,
    status: KeptStatus,
    public_url: str,
    label_font: Path | None,
    at: datetime,
    owner: str,
    idempotency_key: str | None,
    offline_code: str | None = None,
) -> Posting:
    """A signed passport that may be stored, if it fits what is stored already.

    With an offline code (`footprint code`) its labels carry it; they are drawn when first asked for.

    Raises:
        RefusedError: the passport proves nothing, is for another resolver, or cannot be printed on a label.
        StoreError: the database cannot be read now.
    """
    request = Idempotency(owner, idempotency_key, sha256(body + (offline_code or "").encode()).hexdigest())
    try:
        passport = verify(body, trust=trust, at=at, status=status)
        _check_form(passport)
        place = status.place(passport.status)
        _check_resolver(passport, public_url)
        printed = _printed(passport, offline_code, trust, at)
        _check_drawable(passport, printed, shelf, label_font)
        said = statements(passport.claims, passport.gtin, passport.lot, passport.serial)
    except StoreError:
        raise
    except FootprintError as error:
        raise RefusedError(*error.problems) from error
    return Posting(replace(_new(passport, body, at, place, offline_code), statements=said), request)


def _check_form(passport: VerifiedPassport) -> None:
    """A token may be shown in part; the page, the label and the score need the whole."""
    if passport.passport.form != "vc":
        why = "this service answers with the passport itself, application/vc"
        raise MismatchError(
            Problem("passport", f"is {passport.passport.form}", why, "post it with its proof inside")
        )


def _check_resolver(passport: VerifiedPassport, public_url: str) -> None:
    """The printed code is the passport's own subject, so that address has to be ours."""
    if passport.subject.startswith(f"{public_url}/01/"):
        return
    resolver = DigitalLink.parse(passport.subject).resolver
    if resolver != public_url:
        why = f"this service answers for {public_url}; a code for {resolver} would not be found here"
        raise MismatchError(
            Problem(
                "credentialSubject.id", f"is {passport.subject}", why, f"sign with the resolver {public_url}"
            )
        )


def _printed(passport: VerifiedPassport, code: str | None, trust: TrustList, at: datetime) -> str:
    """What the QR code says: the lot's address, and the offline code when it is this passport's own."""
    if code is None:
        return passport.subject
    link = f"{passport.subject}#{code}"
    if verify_offline(link, trust=trust, at=at).passport_sha256 != passport.digest:
        why = "a reader without a network would be told other numbers"
        raise MismatchError(
            Problem("Offline-Code", "is another passport's", why, "make it with `footprint code`")
        )
    return link


def _check_drawable(passport: VerifiedPassport, printed: str, shelf: Shelf, label_font: Path | None) -> None:
    """Refused before it is stored, not when somebody wants to print; what is stored already is answered again."""
    try:
        check_drawable(passport, printed, label_font)
    except InputError:
        if not shelf.holds(passport.digest):
            raise


def _new(
    passport: VerifiedPassport, body: bytes, at: datetime, place: Place | None, offline_code: str | None
) -> NewPassport:
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
        offline_code=offline_code,
    )
