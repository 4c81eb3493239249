"""Whom to believe: a policy apart from the passport's format.

A signature says that a key signed; only the reader can say whose key that is. `TrustList` is a file of
issuers the reader vouches for. A `did:key` describes itself, yet must be listed all the same: describing
oneself is not being trusted. Nothing is fetched: the keys of a `did:web` stand in the list, with the time
they were in use. That time is compared with the dates the signer wrote; a thief of an old key can write old
dates, so a stolen key is taken off the list.

The list also says who keeps the status of an issuer's passports when it is not the issuer itself, and which
transparency logs count.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from footprint.errors import InputError, MalformedError, Problem, UntrustedError, VerificationError
from footprint.passport.canonical import canonical
from footprint.passport.ed25519 import DID_KEY
from footprint.passport.multikey import AnyPublicKey, read_did_key, read_multikey
from footprint.passport.pact import Instant
from footprint.passport.reading import problems_of
from footprint.passport.strict_json import parse_object
from footprint.passport.timestamps import format_instant, parse_instant
from footprint.passport.wording import shown

if TYPE_CHECKING:
    from footprint.passport.checkpoint import KnownLog

MAX_TRUST_LIST_BYTES = 1024 * 1024
_FIX = "correct the trust list"


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A key, whose it is, and when it was in use (`None`: no limit)."""

    name: str
    key: AnyPublicKey
    valid_from: datetime | None = None
    valid_until: datetime | None = None

    def in_use(self, instant: datetime) -> bool:
        """Whether the key could sign at this instant."""
        started = self.valid_from is None or self.valid_from <= instant
        return started and (self.valid_until is None or instant <= self.valid_until)


class TrustPolicy(Protocol):
    """Says whose key signed, or raises `UntrustedError`."""

    def holder(self, issuer: str, verification_method: str) -> KeyHolder:
        """The holder of the key that `issuer` names `verification_method`."""
        ...

    def keeper(self, issuer: str, keeper: str, verification_method: str) -> KeyHolder:
        """The holder of a key with which `keeper` may say what became of `issuer`'s passports."""
        ...

    @property
    def known_logs(self) -> "tuple[KnownLog, ...]":
        """The transparency logs whose word counts."""
        ...


class _Entry(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        defer_build=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
    )


class TrustedKey(_Entry):
    """One key of an issuer and the time it was in use."""

    id: Annotated[str, Field(pattern="^did:[^#]+#[^#]+$", max_length=500)]
    public_key_multibase: Annotated[str, AfterValidator(lambda text: read_multikey(text).multibase)]
    valid_from: Instant | None = None
    valid_until: Instant | None = None


class TrustedIssuer(_Entry):
    """One issuer the reader vouches for, under a name the reader chose."""

    id: Annotated[str, Field(pattern="^did:[a-z0-9]+:[^#]+$", max_length=400)]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    keys: Annotated[tuple[TrustedKey, ...], Field(min_length=1, max_length=100)]


class StatusKeeper(TrustedIssuer):
    """Who keeps the status lists of some issuers, like the service that shows their passports; it issues nothing."""

    issuers: Annotated[tuple[str, ...], Field(min_length=1, max_length=1000)]


class TrustedLog(_Entry):
    """A transparency log: its verifier key, and how many of which witnesses have to have seen what it says."""

    key: Annotated[str, Field(max_length=500)]
    witnesses: Annotated[tuple[Annotated[str, Field(max_length=500)], ...], Field(max_length=20)] = ()
    needed: Annotated[int, Field(ge=0, le=20, strict=True)] = 0

    @property
    def known(self) -> "KnownLog":
        """The log as it is checked; raises `LogError` for a text that is no verifier key."""
        from footprint.passport.checkpoint import KnownLog  # noqa: PLC0415 - many lists name no log
        from footprint.passport.signed_note import NoteKey  # noqa: PLC0415

        return KnownLog(NoteKey.parse(self.key), tuple(map(NoteKey.parse, self.witnesses)), self.needed)


class _TrustFile(_Entry):
    issuers: tuple[TrustedIssuer, ...]
    status_keepers: tuple[StatusKeeper, ...] = ()
    logs: Annotated[tuple[TrustedLog, ...], Field(max_length=100)] = ()


@dataclass(frozen=True)
class TrustList:
    """The issuers a reader believes. An empty list believes nobody."""

    issuers: tuple[TrustedIssuer, ...]
    keepers: tuple[StatusKeeper, ...] = ()
    logs: tuple[TrustedLog, ...] = ()
    known_logs: "tuple[KnownLog, ...]" = field(init=False, repr=False, compare=False)
    _holders: dict[tuple[str, str], KeyHolder] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        problems = [
            problem for issuer in (*self.issuers, *self.keepers) for problem in _issuer_problems(issuer)
        ]
        problems += [*_repeated(self.issuers), *_repeated(self.keepers), *_log_problems(self.logs)]
        if problems:
            raise InputError(*problems)
        object.__setattr__(self, "_holders", _holders(self.issuers))
        object.__setattr__(self, "known_logs", tuple(log.known for log in self.logs))

    @classmethod
    def of(cls, *issuers: TrustedIssuer) -> "TrustList":
        """A list of these issuers."""
        return cls(issuers)

    @classmethod
    def load(cls, path: str | Path) -> "TrustList":
        """The list in a file; raises `InputError` naming every entry that cannot be used."""
        try:
            with Path(path).open("rb") as file:
                data = file.read(MAX_TRUST_LIST_BYTES + 1)
        except OSError as error:
            problem = Problem(
                str(path), "cannot be read", error.strerror or str(error), "give the trust list's path"
            )
            raise InputError(problem) from error
        return cls.from_json(data)

    @classmethod
    def from_json(cls, text: bytes | str) -> "TrustList":
        """The list in `{"issuers": [{"id", "name", "keys": [{"id", "publicKeyMultibase", …}]}], …}`."""
        data = text.encode() if isinstance(text, str) else text
        try:
            read = _TrustFile.model_validate(parse_object(data, max_bytes=MAX_TRUST_LIST_BYTES))
            return cls(read.issuers, read.status_keepers, read.logs)
        except (MalformedError, UntrustedError) as error:
            raise InputError(*(problem.under("trust list") for problem in error.problems)) from error
        except ValidationError as error:
            raise InputError(*problems_of(error, "trust list", _FIX)) from error

    def with_issuer(self, issuer: TrustedIssuer) -> "TrustList":
        """The list with this issuer, in place of an entry it had before."""
        others = self.without_issuer(issuer.id).issuers
        return replace(self, issuers=(*others, issuer))

    def without_issuer(self, did: str) -> "TrustList":
        """The list without this issuer."""
        return replace(self, issuers=tuple(entry for entry in self.issuers if entry.id != did))

    def to_json(self) -> bytes:
        """The list as a file, which `from_json` reads back."""
        file = _TrustFile(issuers=self.issuers, status_keepers=self.keepers, logs=self.logs)
        return canonical(file.model_dump(mode="json", by_alias=True, exclude_defaults=True))

    def holder(self, issuer: str, verification_method: str) -> KeyHolder:
        """The listed key; raises `UntrustedError` when the issuer or the key is not in the list."""
        found = self._holders.get((issuer, verification_method))
        if found is None:
            listed = any(entry.id == issuer for entry in self.issuers)
            what = (
                f"{shown(issuer)} is not in the trust list"
                if not listed
                else _unknown_key(verification_method)
            )
            fix = "if you know the issuer, add its key to the trust list"
            raise UntrustedError(Problem("issuer", what, "anyone can sign something", fix))
        return found

    def keeper(self, issuer: str, keeper: str, verification_method: str) -> KeyHolder:
        """The issuer's own key, or that of a keeper the list names for this issuer."""
        if keeper == issuer:
            return self.holder(issuer, verification_method)
        for entry in self.keepers:
            found = _holders((entry,)).get((keeper, verification_method))
            if found is not None and issuer in entry.issuers:
                return found
        raise _no_keeper(issuer, keeper)


class UnsafeAnyIssuer:
    """Believes every `did:key`: shows that a passport is whole, and nothing about who made it."""

    name = "nobody vouched for this issuer"
    known_logs: "tuple[KnownLog, ...]" = ()

    def holder(self, issuer: str, verification_method: str) -> KeyHolder:
        """The key that the issuer's `did:key` is; other identifiers would have to be fetched."""
        if not issuer.startswith(DID_KEY):
            why = "only a did:key contains its own key, and nothing is fetched"
            raise UntrustedError(Problem("issuer", f"{shown(issuer)} holds no key", why, "use a trust list"))
        key = read_did_key(issuer)
        if verification_method != method_of(key):
            raise UntrustedError(
                Problem("proof.verificationMethod", _unknown_key(verification_method), "", "")
            )
        return KeyHolder(self.name, key)

    def keeper(self, issuer: str, keeper: str, verification_method: str) -> KeyHolder:
        """The issuer itself; nobody is named to keep its status."""
        if keeper != issuer:
            raise _no_keeper(issuer, keeper)
        return self.holder(issuer, verification_method)


def method_of(key: AnyPublicKey) -> str:
    """The verification method of a `did:key` (did:key §3.1): the key, twice."""
    return f"{key.did_key}#{key.multibase}"


def trusted_key(
    method: str, key: AnyPublicKey, valid_from: datetime | None = None, valid_until: datetime | None = None
) -> TrustedKey:
    """An entry for one key of an issuer."""
    started = None if valid_from is None else format_instant(valid_from)
    ended = None if valid_until is None else format_instant(valid_until)
    return TrustedKey(id=method, public_key_multibase=key.multibase, valid_from=started, valid_until=ended)


def _no_keeper(issuer: str, keeper: str) -> UntrustedError:
    what = f"is by {shown(keeper)}"
    why = f"the trust list does not name it as keeper of the status of {shown(issuer)}"
    return UntrustedError(Problem("status list", what, why, "name it under statusKeepers, or ask the issuer"))


def _unknown_key(method: str) -> str:
    return f"key {shown(method)} is not one of the issuer's keys"


def _holders(issuers: Sequence[TrustedIssuer]) -> dict[tuple[str, str], KeyHolder]:
    return {(issuer.id, key.id): _holder(issuer, key) for issuer in issuers for key in issuer.keys}


def _holder(issuer: TrustedIssuer, key: TrustedKey) -> KeyHolder:
    public = read_multikey(key.public_key_multibase)
    return KeyHolder(issuer.name, public, _instant(key.valid_from), _instant(key.valid_until))


def _instant(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)


def _issuer_problems(issuer: TrustedIssuer) -> list[Problem]:
    return [
        problem.under(shown(issuer.name)) for key in issuer.keys for problem in _key_problems(issuer.id, key)
    ]


def _key_problems(did: str, key: TrustedKey) -> list[Problem]:
    problems = []
    if key.id.partition("#")[0] != did:
        problems.append(
            Problem("keys.id", f"is {shown(key.id)}", f"keys of {shown(did)} start with it", _FIX)
        )
    public = read_multikey(key.public_key_multibase)
    if did.startswith(DID_KEY) and (did, key.id) != (public.did_key, method_of(public)):
        why = "a did:key has one key, itself"
        problems.append(Problem("keys.publicKeyMultibase", f"is not the key of {shown(did)}", why, _FIX))
    started, ended = _instant(key.valid_from), _instant(key.valid_until)
    if started is not None and ended is not None and ended <= started:
        problems.append(
            Problem("keys.validUntil", f"is {key.valid_until}", "it is not after validFrom", _FIX)
        )
    return problems


def _log_problems(logs: tuple[TrustedLog, ...]) -> list[Problem]:
    if not logs:
        return []
    from footprint.passport.signed_note import LOG, WITNESS  # noqa: PLC0415

    problems = []
    for log in logs:
        try:
            known = log.known
        except VerificationError as error:
            problems += [problem.under("logs") for problem in error.problems]
            continue
        if known.key.kind != LOG or any(witness.kind != WITNESS for witness in known.witnesses):
            why = "a log signs with type 1, a witness with type 4: one cannot stand in for the other"
            problems.append(
                Problem("logs", f"{shown(known.key.name)} has a key of the wrong type", why, _FIX)
            )
        names, raw = {w.name for w in known.witnesses}, {w.key.raw for w in known.witnesses}
        if min(len(names), len(raw)) < max(known.needed, len(known.witnesses)):
            what = f"{known.needed} witnesses needed, {len(known.witnesses)} named"
            problems.append(Problem("logs", what, "each counts once", _FIX))
    listed = [log.key.partition("+")[0] for log in logs]
    if len(set(listed)) < len(listed):
        problems.append(Problem("logs", "one is there twice", "it must be clear which entry counts", _FIX))
    return problems


def _repeated(issuers: Sequence[TrustedIssuer]) -> list[Problem]:
    names: list[Any] = [issuer.id for issuer in issuers]
    names += [(issuer.id, key.id) for issuer in issuers for key in issuer.keys]
    twice = {name for name in names if names.count(name) > 1}
    why = "it must be clear which entry counts"
    return [
        Problem("trust list", f"{shown(str(name))} is there twice", why, _FIX)
        for name in sorted(twice, key=str)
    ]
