"""The part of a passport that fits into the code on the goods: `#c1.` and digits, verified without a network.

A fragment of the GS1 Digital Link, so that no server ever receives it. The digits are one COSE_Sign1 message
(RFC 9052 §4.2) written as a decimal number, which a QR code stores at 3.33 bits a digit. Its payload is a CWT
claims set (RFC 8392): until when, since when, the SHA-256 of the whole passport, and one private claim with the
goods and the numbers of the label. Who signed is named by the first eight bytes of the SHA-256 of the verification
method, which the reader's trust list must hold.

What no code can say offline is whether the passport was revoked since; the verdict says that it did not look.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Literal, NoReturn

import cbor2

from footprint.errors import (
    ExpiredError,
    FootprintError,
    InputError,
    IssueError,
    MalformedError,
    MismatchError,
    Problem,
    UntrustedError,
)
from footprint.passport.digital_link import DigitalLink
from footprint.passport.ed25519 import SIGNATURE_BYTES, PublicKey
from footprint.passport.signer import Signer
from footprint.passport.timestamps import format_instant, has_zone
from footprint.passport.trust import KeyHolder, TrustList
from footprint.passport.verified import VerifiedPassport
from footprint.passport.wording import shown

PREFIX = "c1."
MAX_BYTES = 215
MAX_DIGITS = 518
"""215 bytes as a decimal number."""
KEY_ID_BYTES = 8

_ALG, _KID, _ED25519 = 1, 4, -19  # RFC 9052 §3.1; RFC 9864 §2.2
_EXP, _IAT, _CTI, _OURS = 4, 6, 7, -65537  # RFC 8392 §4; §9.1: integers below -65536 are for private use
_MILLIONTHS = Decimal("0.000001")
_UNITS: tuple[Literal["kg", "MJ"], ...] = ("kg", "MJ")
_LAST_SECOND = 253402300799  # of the year 9999
_AGAIN = "scan the code again; if it stays so, do not trust it"


@dataclass(frozen=True, slots=True)
class OfflineVerdict:
    """What a code says, after its signature, its time and its goods were checked."""

    issuer: str
    issuer_name: str
    link: DigitalLink
    valid_from: datetime
    valid_until: datetime
    declared_amount: Decimal
    declared_unit: Literal["kg", "MJ"]
    gross_kg_co2e: Decimal
    p5_kg_co2e: Decimal
    p95_kg_co2e: Decimal
    removals_kg_co2: Decimal
    """Claimed on this product: beside the gross footprint, never subtracted."""
    passport_sha256: str
    not_checked: tuple[str, ...] = ("whether the passport was revoked or replaced since it was printed",)


def key_id(verification_method: str) -> bytes:
    """The eight bytes that name a key in a code.

    >>> key_id("did:web:example.org#key-1").hex()
    '7efe4adbd0d7660b'
    """
    return sha256(verification_method.encode()).digest()[:KEY_ID_BYTES]


def offline_fragment(passport: VerifiedPassport, signer: Signer) -> str:
    """The fragment to print behind the Digital Link of a passport's lot.

    Args:
        passport: as verified, so that nothing unchecked is printed.
        signer: of the passport; nobody else can put its numbers on the goods.

    Raises:
        IssueError: another signer, a key that is not Ed25519, or more than fits into a code.
    """
    if signer.issuer != passport.issuer:
        what = f"{shown(signer.issuer)} is not the issuer {shown(passport.issuer)}"
        raise IssueError(Problem("signer", what, "a code speaks for its passport", "use the issuer's key"))
    if not isinstance(signer.public_key, PublicKey):
        what, why = f"has a key of sort {signer.public_key.kind}", "a code has one algorithm, Ed25519"
        raise IssueError(Problem("signer", what, why, "list an Ed25519 key of yours for codes"))
    protected = _bytes({_ALG: _ED25519, _KID: key_id(signer.verification_method)})
    payload = _bytes(_claims_set(passport))
    signature = signer.sign_bytes(_to_be_signed(protected, payload))
    message = _bytes([protected, {}, payload, signature])
    if len(message) > MAX_BYTES:
        why = f"{MAX_BYTES} keep the QR code small enough for a label"
        raise IssueError(
            Problem("offline code", f"takes {len(message)} bytes", why, "shorten the lot or serial")
        )
    return PREFIX + str(int.from_bytes(message))


def verify_offline(link: DigitalLink | str, *, trust: TrustList, at: datetime) -> OfflineVerdict:
    """What the code on the goods says, or the reason why it proves nothing.

    Args:
        link: the scanned Digital Link with its fragment.
        trust: whom to believe.
        at: the time to check validity for, with a time zone.

    Raises:
        MalformedError: no such fragment, or one that is not exactly what `offline_fragment` makes.
        SignatureError: it does not verify.
        UntrustedError: a key nobody vouched for, or outside its time.
        ExpiredError: not valid yet, or no longer.
        MismatchError: the link names other goods than the code.
    """
    if not has_zone(at):
        what, why = f"{at} has no time zone", "validity is an instant"
        raise InputError(Problem("at", what, why, "use datetime.now(UTC)"))
    read = DigitalLink.parse(link) if isinstance(link, str) else link
    protected, payload, signature = _message(read.fragment)
    holder, method = _holder(protected, trust)
    holder.key.check(signature, _to_be_signed(protected, payload))
    verdict = _verdict(_canonical(payload, "payload"), holder, method)
    _check_goods(read, verdict.link)
    _check_time(verdict, holder, at)
    return verdict


def _claims_set(passport: VerifiedPassport) -> dict[int, Any]:
    claims = passport.claims
    amounts = (claims.gross_kg_co2e, claims.interval.p5, claims.interval.p95, claims.removals_kg_co2)
    ours = [int(passport.gtin), passport.lot, passport.serial]
    ours += [_UNITS.index(claims.declared_unit.unit), _millionths(claims.declared_unit.amount)]
    return {
        _EXP: int(passport.valid_until.timestamp()),
        _IAT: int(passport.valid_from.timestamp()),
        _CTI: bytes.fromhex(passport.digest),
        _OURS: [*ours, *map(_millionths, amounts)],
    }


def _millionths(amount: Decimal) -> int:
    whole = amount / _MILLIONTHS
    if whole != whole.to_integral_value():
        raise IssueError(
            Problem("offline code", f"cannot hold {amount}", "it counts millionths", "round the amount")
        )
    return int(whole)


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """The Sig_structure (RFC 9052 §4.4)."""
    return _bytes(["Signature1", protected, b"", payload])


def _bytes(value: object) -> bytes:
    return cbor2.dumps(value, canonical=True)


def _canonical(data: bytes, where: str) -> Any:  # noqa: ANN401 - any CBOR value
    """The one value of these bytes; every second way to write it is refused (RFC 8949 §4.2)."""
    try:
        value = cbor2.loads(data)
        same = _bytes(value) == data
    except (cbor2.CBORDecodeError, cbor2.CBOREncodeError, ValueError, OverflowError, TypeError):
        same = False
    if not same:
        _malformed(where, "is not plain CBOR", "there is one way to write a code")
    return value


def _message(fragment: str) -> tuple[bytes, bytes, bytes]:
    digits = fragment.removeprefix(PREFIX)
    if not fragment.startswith(PREFIX):
        _malformed("code", "holds no offline proof", f"its fragment would begin with #{PREFIX}")
    if not (digits.isascii() and digits.isdecimal()) or digits.startswith("0") or len(digits) > MAX_DIGITS:
        _malformed("code", f"{shown(digits)} is not a number", f"at most {MAX_DIGITS} digits are needed")
    number = int(digits)
    message = _canonical(number.to_bytes((number.bit_length() + 7) // 8), "code")
    if not _is_sign1(message):
        _malformed("code", "is not a COSE_Sign1 message", "four parts and nothing unprotected are needed")
    protected, _, payload, signature = message
    return protected, payload, signature


def _is_sign1(message: object) -> bool:
    match message:
        case [bytes(), dict() as unprotected, bytes(), bytes() as signature]:
            return not unprotected and len(signature) == SIGNATURE_BYTES
        case _:
            return False


def _holder(protected: bytes, trust: TrustList) -> tuple[KeyHolder, str]:
    header = _canonical(protected, "header")
    if not isinstance(header, dict) or header.keys() != {_ALG, _KID} or header[_ALG] != _ED25519:
        _malformed("header", f"is {shown(header)}", "only Ed25519 (-19) and a key id are read")
    methods = [key.id for issuer in trust.issuers for key in issuer.keys if key_id(key.id) == header[_KID]]
    if len(methods) != 1:
        what = "was signed by a key that is not in the trust list"
        raise UntrustedError(
            Problem(
                "code", what, "anyone can sign something", "if you know the issuer, add its key to the list"
            )
        )
    issuer, _, _ = methods[0].partition("#")
    holder = trust.holder(issuer, methods[0])
    if not isinstance(holder.key, PublicKey):
        _malformed(
            "header", "says Ed25519", f"that key is {holder.key.kind}: one cannot stand in for the other"
        )
    return holder, methods[0]


def _verdict(claims: Any, holder: KeyHolder, method: str) -> OfflineVerdict:  # noqa: ANN401 - any CBOR value
    match claims:
        case {
            4: int() as until,
            6: int() as since,
            7: bytes() as digest,
            -65537: [
                int() as gtin,
                str() as lot,
                (str() | None) as serial,
                int() as unit,
                int() as amount,
                int() as gross,
                int() as low,
                int() as high,
                int() as removed,
            ],
        } if len(claims) == 4 and len(digest) == 32 and unit in (0, 1):
            times = (since, until)
            if all(0 <= second <= _LAST_SECOND for second in times) and _adds_up(
                amount, gross, low, high, removed
            ):
                return OfflineVerdict(
                    issuer=method.partition("#")[0],
                    issuer_name=holder.name,
                    link=_goods(gtin, lot, serial),
                    valid_from=datetime.fromtimestamp(since, UTC),
                    valid_until=datetime.fromtimestamp(until, UTC),
                    declared_amount=amount * _MILLIONTHS,
                    declared_unit=_UNITS[unit],
                    gross_kg_co2e=gross * _MILLIONTHS,
                    p5_kg_co2e=low * _MILLIONTHS,
                    p95_kg_co2e=high * _MILLIONTHS,
                    removals_kg_co2=removed * _MILLIONTHS,
                    passport_sha256=digest.hex(),
                )
    why = "no field may be missing or too many"
    raise MalformedError(Problem("payload", "is not what a carbon passport's code says", why, _AGAIN))


def _adds_up(amount: int, gross: int, low: int, high: int, removed: int) -> bool:
    numbers = (amount, gross, low, high, removed)
    # CBOR's true and false are integers to Python.
    plain = not any(isinstance(number, bool) for number in numbers)
    return plain and amount > 0 and gross >= 0 and low <= high and removed >= 0


def _goods(gtin: int, lot: str, serial: str | None) -> DigitalLink:
    try:
        return DigitalLink(f"{gtin:014d}", lot, serial)
    except FootprintError as error:
        raise MalformedError(*(problem.under("payload") for problem in error.problems)) from error


def _check_goods(scanned: DigitalLink, signed: DigitalLink) -> None:
    if not signed.covers(scanned):
        what = f"says GTIN {signed.gtin}, lot {shown(signed.lot)}"
        why = f"the address beside it says {scanned.gtin}, lot {shown(scanned.lot)}"
        raise MismatchError(
            Problem("code", what, why, "do not trust it: the code was copied from other goods")
        )


def _check_time(verdict: OfflineVerdict, holder: KeyHolder, at: datetime) -> None:
    if not holder.in_use(verdict.valid_from):
        why = f"the key was in use from {holder.valid_from or 'ever'} until {holder.valid_until or 'now'}"
        raise UntrustedError(
            Problem("code", f"was signed for {format_instant(verdict.valid_from)}", why, _AGAIN)
        )
    now = f"checked for {format_instant(at)}"
    if at < verdict.valid_from:
        what = f"is valid from {format_instant(verdict.valid_from)}"
        raise ExpiredError(Problem("code", what, now, "check the clock, or wait"))
    if at > verdict.valid_until:
        what = f"was valid until {format_instant(verdict.valid_until)}"
        raise ExpiredError(Problem("code", what, now, "ask for the passport of a later season"))


def _malformed(where: str, what: str, why: str) -> NoReturn:
    raise MalformedError(Problem(where, what, why, _AGAIN))
