"""Status lists for test suites: of any credential, apart from those of passports, and gone when the service stops."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from secrets import randbelow
from threading import Lock
from typing import Any

from pydantic import ValidationError

from footprint.errors import MalformedError, Problem, StatusError
from footprint.passport import Signer, StatusEntry, TrustPolicy, status_entries
from footprint.passport.bitstring import SMALLEST
from footprint.passport.reading import problems_of
from footprint.passport.status import Found, check_status
from footprint.passport.status_list import PURPOSES, Purpose, StatusMessage
from footprint.passport.wording import shown

_TYPE = "BitstringStatusListEntry"
_ISSUER = "vc-api"
_FIX = "issue it with options.credentialStatus"


class AnyStatusLists:
    """One list per purpose: places given away, and bits set."""

    def __init__(self, public_url: str, signer: Signer) -> None:
        self._prefix, self._signer = f"{public_url}/vc-api/status/", signer
        self._given: set[int] = set()
        self._ones: dict[Purpose, set[int]] = {purpose: set() for purpose in PURPOSES}
        self._lock = Lock()

    def with_place(self, credential: Mapping[str, Any]) -> dict[str, Any]:
        """The credential with a place of its own, as it is before it is signed."""
        addresses: dict[Purpose, str] = {purpose: self._address(purpose) for purpose in PURPOSES}
        entries = map(_in_words, status_entries(addresses, self._free_place()))
        return {**credential, "credentialStatus": [entry.document() for entry in entries]}

    def change(self, written: object, *, is_set: bool) -> None:
        """Sets the bit of an entry, or clears it; what was revoked stays so.

        Raises:
            MalformedError: no whole entry.
            StatusError: not of a list of these, or a place nobody has.
        """
        entry = _read(written)
        self._check_ours(entry)
        with self._lock:
            ones = self._ones[entry.status_purpose]
            if is_set:
                ones.add(entry.index)
            elif entry.status_purpose == "revocation" and entry.index in ones:
                problem = Problem("status", "is revoked", "that is for ever", "issue another credential")
                raise StatusError(problem)
            else:
                ones.discard(entry.index)

    def published(self, purpose: Purpose, at: datetime) -> bytes:
        """The signed list."""
        with self._lock:
            ones = sorted(self._ones[purpose])
        return self._signer.sign_status_list(purpose, self._address(purpose), ones, at=at)

    def find(self, entry: StatusEntry, issuer: str, trust: TrustPolicy, at: datetime) -> Found:  # noqa: ARG002
        """The bit as it is now; raises `StatusError` for a place that was never given away."""
        self._check_ours(entry)
        return Found(entry.index in self._ones[entry.status_purpose], timedelta())

    def check(self, credential: Mapping[str, Any], trust: TrustPolicy, at: datetime) -> list[str]:
        """Looks up the entries in these lists; the others are told, for nothing is fetched.

        Raises:
            MalformedError: an entry is not whole.
            RevokedError: its bit is set.
            StatusError: the place was never given away.
        """
        written = credential.get("credentialStatus", [])
        ours, told = [], []
        for entry in written if isinstance(written, list) else [written]:
            if _TYPE in _types(entry) and (read := _read(entry)).status_list_credential.startswith(
                self._prefix
            ):
                ours.append(read)
            else:
                told.append(f"nobody looked up the status {entry.get('id', 'without an id')}")
        check_status(ours, _ISSUER, source=self, trust=trust, at=at)
        return told

    def _address(self, purpose: Purpose) -> str:
        return f"{self._prefix}{purpose}"

    def _free_place(self) -> int:
        with self._lock:
            place = randbelow(SMALLEST)
            while place in self._given:
                place = randbelow(SMALLEST)
            self._given.add(place)
        return place

    def _check_ours(self, entry: StatusEntry) -> None:
        if entry.status_list_credential != self._address(entry.status_purpose):
            what = f"is in {shown(entry.status_list_credential)}"
            raise StatusError(Problem("credentialStatus", what, "no list of this purpose is there", _FIX))
        if entry.index not in self._given:
            what = f"names place {entry.index}"
            raise StatusError(Problem("credentialStatus", what, "it was never reserved here", _FIX))


def _in_words(entry: StatusEntry) -> StatusEntry:
    """The optional fields of an entry: what its bit means, and where that can be read."""
    purpose = entry.status_purpose
    messages = (
        StatusMessage(status="0x0", message=f"no {purpose}"),
        StatusMessage(status="0x1", message=f"{purpose} in force"),
    )
    return entry.model_copy(
        update={"status_message": messages, "status_reference": entry.status_list_credential}
    )


def _types(entry: Mapping[str, Any]) -> list[Any]:
    written = entry["type"]
    return written if isinstance(written, list) else [written]


def _read(entry: object) -> StatusEntry:
    try:
        return StatusEntry.model_validate(entry)
    except ValidationError as error:
        raise MalformedError(*problems_of(error, "credentialStatus", "ask the issuer for another")) from error
