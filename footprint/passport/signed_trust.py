"""Trust lists that travel: signed by a root the reader pins once, for a short time, and never going back.

A trust list that a reader keeps himself needs no signature. One that a head office sends to a hundred docks does,
or whoever can swap the file decides whom the docks believe. Three things could still be done with a signed
list, and each is refused: another root's list, one whose time is over, and an older one put back (which would bring
a stolen key back to life). For the last the reader remembers the newest version seen, in its `TrustPin`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from footprint.errors import (
    ExpiredError,
    InputError,
    IssueError,
    MalformedError,
    MismatchError,
    Problem,
    UntrustedError,
)
from footprint.passport.canonical import canonical, digest
from footprint.passport.data_integrity import add_proof, check_proof, read_proof
from footprint.passport.ed25519 import PublicKey
from footprint.passport.pact import Instant
from footprint.passport.reading import problems_of
from footprint.passport.signer import Signer
from footprint.passport.strict_json import LARGEST_INTEGER, parse_object
from footprint.passport.timestamps import format_instant, has_zone, parse_instant
from footprint.passport.trust import MAX_TRUST_LIST_BYTES, TrustList, method_of
from footprint.passport.wording import shown

LIST_TYPE = "CarbonTrustList"
LONGEST_VALIDITY = timedelta(days=92)
"""How long a stolen key can stay listed at a dock that never hears of it."""

_NEWER = "ask the root for the newest list"


class _File(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )


class _SignedList(_File):
    type: Literal["CarbonTrustList"]
    version: Annotated[int, Field(ge=1, le=LARGEST_INTEGER, strict=True)]
    valid_from: Instant
    valid_until: Instant
    trust: dict[str, Any]
    proof: dict[str, Any]


class _PinFile(_File):
    root: Annotated[str, Field(pattern="^did:key:z", max_length=200)]
    version: Annotated[int, Field(ge=0, le=LARGEST_INTEGER, strict=True)] = 0
    digest: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] = ""


@dataclass(frozen=True, slots=True)
class TrustPin:
    """The root a reader decided to believe, and the newest of its lists the reader has seen."""

    root: PublicKey
    version: int = 0
    digest: str = ""

    @classmethod
    def on(cls, root: str) -> "TrustPin":
        """A new pin on a root's `did:key:z6Mk…`, learnt over a channel the reader trusts.

        Raises:
            InputError: that is no key to be pinned.
        """
        try:
            return cls(PublicKey.from_did_key(root))
        except UntrustedError as error:
            raise InputError(*(problem.under("root") for problem in error.problems)) from error

    @classmethod
    def from_json(cls, text: bytes) -> "TrustPin":
        """The pin in a file made by `to_json`; raises `InputError` when it is none."""
        try:
            read = _PinFile.model_validate(parse_object(text))
        except MalformedError as error:
            raise InputError(*(problem.under("pin") for problem in error.problems)) from error
        except ValidationError as error:
            raise InputError(*problems_of(error, "pin", "make it with `footprint trust pin`")) from error
        return replace(cls.on(read.root), version=read.version, digest=read.digest)

    def to_json(self) -> bytes:
        """The pin as a file, which the reader keeps and nobody else writes."""
        return canonical({"root": self.root.did_key, "version": self.version, "digest": self.digest})

    def open(self, signed: bytes, *, at: datetime) -> "PinnedTrust":
        """The list the root signed, and the pin to keep from now on.

        Args:
            signed: the file as it came.
            at: the time to check validity for, with a time zone.

        Raises:
            InputError: the time has no zone, or an entry of the list cannot be used.
            MalformedError: not a signed trust list.
            UntrustedError: signed by another root, or older than one seen before.
            SignatureError: it does not verify.
            ExpiredError: not valid yet, or no longer.
            MismatchError: another list under a version seen before.
        """
        if not has_zone(at):
            why = "validity is an instant"
            raise InputError(Problem("at", f"{at} has no time zone", why, "use datetime.now(UTC)"))
        document = parse_object(signed, max_bytes=MAX_TRUST_LIST_BYTES)
        self._check_signature(document)
        read, found = _read(document), digest(document)
        self._check_version(read.version, found)
        _check_time(read, at)
        return PinnedTrust(
            trust=TrustList.from_json(canonical(read.trust)),
            version=read.version,
            valid_from=parse_instant(read.valid_from),
            valid_until=parse_instant(read.valid_until),
            pin=replace(self, version=read.version, digest=found),
        )

    def _check_signature(self, document: dict[str, Any]) -> None:
        proof = read_proof(document)
        if proof.verification_method != method_of(self.root):
            what = f"is signed by {shown(proof.verification_method)}"
            why = f"the pin is on {self.root.did_key}"
            raise UntrustedError(
                Problem("trust list", what, why, "ask the root, over a channel you trust, what happened")
            )
        check_proof(document, proof, self.root)

    def _check_version(self, version: int, found: str) -> None:
        if version < self.version:
            what, why = f"is version {version}", f"version {self.version} was seen before"
            raise UntrustedError(Problem("trust list", what, why, _NEWER))
        if version == self.version and self.digest not in ("", found):
            what = f"is another version {version} than the one seen before"
            why = "one of the two was made for somebody else's eyes"
            raise MismatchError(Problem("trust list", what, why, "use neither; ask the root"))


@dataclass(frozen=True, slots=True)
class PinnedTrust:
    """A signed trust list that was checked: whom to believe, from when until when, and the pin to keep."""

    trust: TrustList
    version: int
    valid_from: datetime
    valid_until: datetime
    pin: TrustPin


def sign_trust_list(
    trust: TrustList, signer: Signer, *, version: int, valid_from: datetime, valid_until: datetime
) -> bytes:
    """A trust list signed by its root, whose own name is its key whatever else the signer is called.

    Args:
        trust: whom the readers shall believe.
        signer: the root.
        version: one more than the last; readers refuse to go back.
        valid_from: when it was made.
        valid_until: when readers must have a newer one, at most 92 days later.

    Raises:
        IssueError: a version below 1, or a validity that is empty or longer than 92 days.
        InputError: the signer's key is not Ed25519.

    >>> root = Signer.from_seed(bytes(32))
    >>> made = datetime.fromisoformat("2025-07-01T08:00:00Z")
    >>> orchard = Signer.from_seed(b"1" * 32).trusted_as("Sample orchard (sample data)")
    >>> signed = sign_trust_list(
    ...     TrustList.of(orchard), root, version=7, valid_from=made, valid_until=made + timedelta(days=30)
    ... )
    >>> TrustPin.on(root.public_key.did_key).open(signed, at=made).pin.version
    7
    """
    _check_terms(version, valid_from, valid_until)
    document = {
        "type": LIST_TYPE,
        "version": version,
        "validFrom": format_instant(valid_from),
        "validUntil": format_instant(valid_until),
        "trust": parse_object(trust.to_json(), max_bytes=MAX_TRUST_LIST_BYTES),
    }
    method = method_of(signer.ed25519_key)
    return canonical(add_proof(document, method=method, created=valid_from, by=signer))


def _check_terms(version: int, valid_from: datetime, valid_until: datetime) -> None:
    if not 1 <= version <= LARGEST_INTEGER:
        why = "versions are counted from 1"
        raise IssueError(Problem("version", f"is {version}", why, "give one more than the last"))
    if not (has_zone(valid_from) and has_zone(valid_until)):
        why = "it could be any of 26 instants"
        raise IssueError(Problem("validity", "has no time zone", why, "use datetime(…, tzinfo=UTC)"))
    if not timedelta(0) < valid_until - valid_from <= LONGEST_VALIDITY:
        what, why = f"lasts {valid_until - valid_from}", "a stolen key would stay listed for so long"
        raise IssueError(Problem("validity", what, why, f"use at most {LONGEST_VALIDITY.days} days"))


def _read(document: dict[str, Any]) -> _SignedList:
    try:
        read = _SignedList.model_validate(document)
    except ValidationError as error:
        raise MalformedError(*problems_of(error, "trust list", _NEWER)) from error
    lasts = parse_instant(read.valid_until) - parse_instant(read.valid_from)
    if not timedelta(0) < lasts <= LONGEST_VALIDITY:
        why = f"a list lasts at most {LONGEST_VALIDITY.days} days"
        raise MalformedError(Problem("trust list", f"is made to last {lasts}", why, _NEWER))
    return read


def _check_time(read: _SignedList, at: datetime) -> None:
    now = f"checked for {format_instant(at)}"
    if at < parse_instant(read.valid_from):
        fix = "check the clock, or wait"
        raise ExpiredError(Problem("trust list", f"is valid from {read.valid_from}", now, fix))
    if at > parse_instant(read.valid_until):
        raise ExpiredError(Problem("trust list", f"was valid until {read.valid_until}", now, _NEWER))
