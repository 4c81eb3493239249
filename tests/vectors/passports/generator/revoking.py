"""Taken back, or nobody can tell: Bitstring Status List v1.0, given offline."""

import gzip
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from workshop import AT, ISSUER, NEIGHBOUR, STRANGER, Document, Vector, base, passed, put, resigned

from footprint.passport import Signer, canonical
from footprint.passport.data_integrity import add_proof
from footprint.passport.status_list import status_list_document

NOW = datetime.fromisoformat(AT)
PLACE = 4711
LISTS = {
    "revocation": "https://id.example.org/status/revocation/0",
    "suspension": "https://id.example.org/status/suspension/0",
}
STATUS, MALFORMED = "StatusError", "MalformedError"
TAKEN_BACK = "Bitstring Status List section 3.2: a set bit is a no"
UNKNOWN = "not knowing is a no: the list the passport names, from its issuer, signed, fresh, of its purpose"
BOUNDED = "Bitstring Status List section 3.4: at least 131,072 entries, and no bomb"


def signed_list(
    purpose: str = "revocation",
    ones: tuple[int, ...] = (),
    *,
    at: datetime = NOW - timedelta(hours=3),
    by: Signer = ISSUER,
    issuer: str | None = None,
    change: Callable[[Document], None] = lambda _: None,
) -> bytes:
    """A status list credential, spoiled before it is signed."""
    document: dict[str, Any] = status_list_document(
        address=LISTS[purpose], issuer=issuer or by.issuer, purpose=purpose, ones=ones, at=at
    )
    change(document)
    method = by.verification_method if issuer is None else ISSUER.verification_method
    return canonical(add_proof(document, method=method, created=at, by=by))


def _bits(data: bytes) -> Callable[[Document], None]:
    packed = "u" + urlsafe_b64encode(data).rstrip(b"=").decode()
    return put(("credentialSubject", "encodedList"), packed)


def _tampered() -> bytes:
    """Revoked, and the bit cleared again by somebody else."""
    document = json.loads(signed_list(ones=(PLACE,)))
    document["credentialSubject"]["encodedList"] = json.loads(signed_list())["credentialSubject"][
        "encodedList"
    ]
    return canonical(document)


ZEROS = bytes(16_384)
BOMB = gzip.compress(bytes(64 * 1024 * 1024), mtime=0)

REVOCATIONS: dict[str, tuple[bytes | None, str, str]] = {
    "revoked": (signed_list(ones=(PLACE,)), "RevokedError", TAKEN_BACK),
    "list_missing": (None, STATUS, UNKNOWN),
    "list_stale": (signed_list(at=NOW - timedelta(hours=25)), STATUS, UNKNOWN),
    "list_of_tomorrow": (signed_list(at=NOW + timedelta(hours=1)), STATUS, UNKNOWN),
    "list_stale_though_it_says_a_year": (
        signed_list(at=NOW - timedelta(hours=25), change=put(("validUntil",), "2026-07-01T00:00:00Z")),
        STATUS,
        UNKNOWN,
    ),
    "list_of_a_stranger": (signed_list(by=STRANGER), "UntrustedError", UNKNOWN),
    "list_of_another_issuer": (signed_list(by=NEIGHBOUR), "UntrustedError", UNKNOWN),
    "list_signed_by_a_stranger_as_the_issuer": (
        signed_list(by=STRANGER, issuer=ISSUER.issuer),
        "SignatureError",
        UNKNOWN,
    ),
    "list_with_the_bit_cleared_after_signing": (_tampered(), "SignatureError", UNKNOWN),
    "list_of_another_purpose": (
        signed_list(change=put(("credentialSubject", "statusPurpose"), "suspension")),
        STATUS,
        UNKNOWN,
    ),
    "list_that_is_no_list": (signed_list(change=put(("type",), ["VerifiableCredential"])), STATUS, UNKNOWN),
    "list_too_short": (signed_list(change=_bits(gzip.compress(ZEROS[:1000], mtime=0))), MALFORMED, BOUNDED),
    "list_a_bomb": (signed_list(change=_bits(BOMB)), MALFORMED, BOUNDED),
    "list_not_packed": (signed_list(change=_bits(ZEROS)), MALFORMED, BOUNDED),
    "list_cut": (signed_list(change=_bits(gzip.compress(ZEROS, mtime=0)[:-4])), MALFORMED, BOUNDED),
    "list_with_something_after_it": (
        signed_list(change=_bits(gzip.compress(ZEROS, mtime=0) + b"more")),
        MALFORMED,
        BOUNDED,
    ),
    "list_of_two_bits": (
        signed_list(change=put(("credentialSubject", "statusSize"), 2)),
        MALFORMED,
        "one bit per entry",
    ),
}

ENTRY = ("credentialStatus", 0)
ENTRIES: dict[str, tuple[Any, str]] = {
    "index_beyond_the_list": (put((*ENTRY, "statusListIndex"), "131072"), MALFORMED),
    "index_negative": (put((*ENTRY, "statusListIndex"), "-1"), MALFORMED),
    "index_with_leading_zero": (put((*ENTRY, "statusListIndex"), "04711"), MALFORMED),
    "index_a_number": (put((*ENTRY, "statusListIndex"), PLACE), MALFORMED),
    "type_unknown": (put((*ENTRY, "type"), "StatusList2021Entry"), MALFORMED),
    "purpose_unknown": (put((*ENTRY, "statusPurpose"), "message"), MALFORMED),
    "list_in_a_file": (put((*ENTRY, "statusListCredential"), "file:///etc/passwd"), MALFORMED),
    "no_entries": (put(("credentialStatus",), []), MALFORMED),
    "three_entries": (lambda d: d["credentialStatus"].append(d["credentialStatus"][0]), MALFORMED),
}


def files() -> dict[str, bytes]:
    """The status lists, by file name."""
    named = {f"status_{name}.json": body for name, (body, _, _) in REVOCATIONS.items() if body is not None}
    good = {f"status_{purpose}.json": signed_list(purpose) for purpose in LISTS}
    return {**named, **good, "status_suspended.json": signed_list("suspension", (PLACE,))}


def vectors() -> Iterator[Vector]:
    """A passport that can be revoked, beside one list after another; then entries that name no place."""
    passport, suspension = passed("revocable"), "status_suspension.json"
    for name, (body, error, rule) in REVOCATIONS.items():
        lists = [suspension] if body is None else [f"status_{name}.json", suspension]
        yield Vector(f"status_{name}", passport, error, rule, {"status": lists})
    suspended = ["status_revocation.json", "status_suspended.json"]
    yield Vector("status_suspended", passport, "RevokedError", TAKEN_BACK, {"status": suspended})
    yield Vector("status_nobody_looked", passport, STATUS, UNKNOWN)
    both = ["status_revocation.json", suspension]
    for name, (change, error) in ENTRIES.items():
        body = resigned(change, document=base("revocable"))
        yield Vector(f"status_entry_{name}", body, error, UNKNOWN, {"status": both})
    never = {"policy": "NotRevoked"}
    yield Vector(
        "policy_it_cannot_be_revoked", passed("lot"), "PolicyError", "the reader asked for NotRevoked", never
    )
    asked = {"policy": "VerifiedBy"}
    yield Vector(
        "policy_nobody_verified_it", passed("lot"), "PolicyError", "the reader asked for VerifiedBy", asked
    )
