"""Was it taken back? The bit of a passport, from lists the reader has; nothing is fetched, and not knowing is a no.

A list counts when the passport's own issuer signed it, or one whom the reader's trust list names as keeper of that
issuer's status; when it is the one the passport names, for the same purpose; and when it is fresh.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from footprint.errors import InputError, MalformedError, Problem, RevokedError, StatusError
from footprint.passport.bitstring import bit_at, expand
from footprint.passport.data_integrity import check_proof, read_proof
from footprint.passport.reading import problems_of
from footprint.passport.status_list import (
    CONTEXT,
    LIST_TYPES,
    LONGEST_VALIDITY,
    Purpose,
    StatusEntry,
    StatusListCredential,
)
from footprint.passport.strict_json import parse_object
from footprint.passport.timestamps import format_instant, parse_instant
from footprint.passport.trust import KeyHolder, TrustPolicy
from footprint.passport.wording import shown

MAX_LIST_BYTES = 2 * 1024 * 1024
MOST_LISTS = 1000
_NEWER = "fetch a newer status list"
_SAID = {"revocation": "was revoked", "suspension": "is suspended"}


class StalePolicy(Protocol):
    """How old a list may be."""

    def refusal(self, age: timedelta, *, in_force: bool) -> str:
        """Why a list of this age does not count; empty when it does."""
        ...


@dataclass(frozen=True, slots=True)
class RefuseStale:
    """Only a list in force, and not older than a day."""

    def refusal(self, age: timedelta, *, in_force: bool) -> str:
        """As the issuer means it."""
        return "" if in_force and age <= LONGEST_VALIDITY else "a list counts for one day"


@dataclass(frozen=True, slots=True)
class AcceptStale:
    """A list up to so old, in force or not: for a dock without network. What changed since is not seen."""

    up_to: timedelta

    def refusal(self, age: timedelta, *, in_force: bool) -> str:
        """By age alone, once it is out of force."""
        return "" if in_force or age <= self.up_to else f"you accept lists up to {_hours(self.up_to)} old"


@dataclass(frozen=True, slots=True)
class UnsafeAnyAge:
    """A list however old: a revocation since then is not seen, not even next year."""

    def refusal(self, age: timedelta, *, in_force: bool) -> str:  # noqa: ARG002 - the protocol's arguments
        """Never."""
        return ""


class StatusSource(Protocol):
    """Tells the bit of an entry."""

    def find(self, entry: StatusEntry, issuer: str, trust: TrustPolicy, at: datetime) -> "Found":
        """The bit and how old the knowledge is; raises `StatusError` when it cannot be told."""
        ...


@dataclass(frozen=True, slots=True)
class StatusCheck:
    """That an entry was looked up and its bit was not set; `age` is that of the list, `None` if nobody looked."""

    purpose: Purpose
    age: timedelta | None

    def __str__(self) -> str:
        if self.age is None:
            return f"UNSAFE: nobody looked whether it is under {self.purpose}."
        return f"No {self.purpose}, says a status list of {_hours(self.age)} before."


@dataclass(frozen=True, slots=True)
class Found:
    """What a list says about one entry."""

    is_set: bool
    age: timedelta


class UnsafeIgnoreStatus:
    """Does not look. The passport may have been revoked long ago."""

    def find(self, entry: StatusEntry, issuer: str, trust: TrustPolicy, at: datetime) -> Found:  # noqa: ARG002
        """Not set, for all this knows."""
        return Found(is_set=False, age=timedelta.max)


@dataclass(frozen=True)
class StatusLists:
    """Status lists that the reader holds, by address. They are checked when a passport needs them."""

    lists: Mapping[str, bytes]
    stale: StalePolicy = RefuseStale()
    _opened: dict[tuple[str, bytes], "_OpenList"] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, *lists: bytes, stale: StalePolicy = RefuseStale()) -> "StatusLists":
        """These lists; raises `InputError` when two have one address: it must be clear which one counts."""
        by_address: dict[str, bytes] = {}
        for data in lists:
            address = parse_object(data, max_bytes=MAX_LIST_BYTES).get("id")
            if not isinstance(address, str) or address in by_address:
                why = "each list has its own address, in id"
                raise InputError(
                    Problem("status list", f"id is {shown(address)}", why, "keep the newest of each")
                )
            by_address[address] = data
        return cls(by_address, stale)

    @classmethod
    def load(cls, path: str | Path, stale: StalePolicy = RefuseStale()) -> "StatusLists":
        """The lists in a file, or in every `*.json` of a folder."""
        place = Path(path)
        files = sorted(place.glob("*.json")) if place.is_dir() else [place]
        if not 0 < len(files) <= MOST_LISTS:
            what = f"holds {len(files)} status lists"
            raise InputError(
                Problem(str(place), what, f"1 to {MOST_LISTS} are read", "name the right folder")
            )
        return cls.of(*map(_read, files), stale=stale)

    def find(self, entry: StatusEntry, issuer: str, trust: TrustPolicy, at: datetime) -> Found:
        """The bit of this entry in the list it names."""
        data = self.lists.get(entry.status_list_credential)
        if data is None:
            what = f"{shown(entry.status_list_credential)} is not among your status lists"
            raise _unknown(
                "statusListCredential", what, "it could say that the passport was revoked", "fetch it"
            )
        opened = self._open(entry.status_list_credential, data, issuer, trust)
        opened.check_time(at, self.stale)
        if entry.status_purpose not in opened.purposes:
            why = f"the list is for {', '.join(map(shown, opened.purposes))}"
            raise _unknown("statusPurpose", f"is {entry.status_purpose}", why, "ask the issuer")
        return Found(bit_at(opened.bits, entry.index), at - opened.valid_from)

    def _open(self, address: str, data: bytes, issuer: str, trust: TrustPolicy) -> "_OpenList":
        """The list, its signature checked; remembered per key, since one list serves many passports."""
        document = parse_object(data, max_bytes=MAX_LIST_BYTES)
        proof = read_proof(document)
        holder = trust.keeper(issuer, str(document.get("issuer")), proof.verification_method)
        opened = self._opened.get((address, holder.key.raw))
        if opened is None:
            check_proof(document, proof, holder.key)
            opened = _opened(document, holder, proof.created)
            self._opened[address, holder.key.raw] = opened
        return opened


@dataclass(frozen=True, slots=True)
class _OpenList:
    """A list whose signature was checked."""

    bits: bytes
    purposes: tuple[str, ...]
    valid_from: datetime
    valid_until: datetime | None

    def check_time(self, at: datetime, stale: StalePolicy) -> None:
        if at < self.valid_from:
            why = f"checked for {format_instant(at)}: what held then it does not say"
            raise _unknown("status list", f"is of {format_instant(self.valid_from)}", why, "check the clock")
        in_force = self.valid_until is None or at <= self.valid_until
        if why := stale.refusal(at - self.valid_from, in_force=in_force):
            raise _unknown("status list", f"is {_hours(at - self.valid_from)} old", why, _NEWER)


def check_status(
    entries: Iterable[StatusEntry],
    issuer: str,
    *,
    source: StatusSource | None,
    trust: TrustPolicy,
    at: datetime,
) -> tuple[StatusCheck, ...]:
    """What was looked up, each with the age of its list.

    Raises:
        RevokedError: revoked, or suspended.
        StatusError: nobody can tell; also when there is no source at all.
    """
    checks = []
    for entry in entries:
        if source is None:
            fix = "give the issuer's status lists, or say out loud that you do not look: UnsafeIgnoreStatus"
            raise _unknown(
                "credentialStatus", "is there", "the passport can be revoked, and you gave no lists", fix
            )
        found = source.find(entry, issuer, trust, at)
        if found.is_set:
            why = "its issuer says so in the status list"
            fix = "do not rely on it; ask the issuer"
            raise RevokedError(Problem("passport", _SAID[entry.status_purpose], why, fix))
        age = None if found.age == timedelta.max else found.age
        checks.append(StatusCheck(entry.status_purpose, age))
    return tuple(checks)


def _opened(document: dict[str, Any], holder: KeyHolder, created: datetime) -> _OpenList:
    try:
        credential = StatusListCredential.model_validate(document)
    except ValidationError as error:
        raise MalformedError(*problems_of(error, "status list", "ask the issuer for the original")) from error
    if credential.context[0] != CONTEXT or not {*LIST_TYPES} <= {*credential.type}:
        what = f"is a {', '.join(map(shown, credential.type))}"
        raise _unknown("status list", what, "a BitstringStatusListCredential is needed", "ask the issuer")
    start = parse_instant(credential.valid_from)
    if not (holder.in_use(created) and holder.in_use(start)):
        why = f"the key was in use from {holder.valid_from or 'ever'} until {holder.valid_until or 'now'}"
        raise _unknown("status list", f"was signed {format_instant(created)}", why, _NEWER)
    end = None if credential.valid_until is None else parse_instant(credential.valid_until)
    subject = credential.credential_subject
    return _OpenList(expand(subject.encoded_list), subject.status_purpose, start, end)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_LIST_BYTES + 1)
    except OSError as error:
        raise InputError(
            Problem(
                str(path), "cannot be read", error.strerror or str(error), "give the path of a status list"
            )
        ) from error


def _hours(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} minutes" if minutes < 180 else f"{minutes // 60} hours"


def _unknown(where: str, what: str, why: str, fix: str) -> StatusError:
    return StatusError(Problem(where, what, why, fix))
