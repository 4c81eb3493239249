"""The status of the passports this service keeps: published as signed lists, and looked up at home."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from footprint.errors import Problem, StatusError
from footprint.passport import Signer, StatusEntry, TrustPolicy, status_entries
from footprint.passport.status import Found
from footprint.passport.status_list import PURPOSES, TIME_TO_LIVE, Purpose
from footprint.passport.wording import shown
from label_service.store import Place, Shelf


@dataclass(frozen=True, slots=True)
class _Published:
    ones: tuple[int, ...]
    signed_at: datetime
    body: bytes


class KeptStatus:
    """Reads bits from the shelf, so that a page never shows what was revoked a second ago; signs them for others."""

    def __init__(self, shelf: Shelf, signer: Signer, public_url: str) -> None:
        self._shelf, self._signer = shelf, signer
        self._prefix = f"{public_url}/v1/status/"
        self._published: dict[tuple[Purpose, int], _Published] = {}
        self._lock = Lock()

    def address(self, purpose: Purpose, number: int) -> str:
        """Where a list is published."""
        return f"{self._prefix}{purpose}/{number}"

    def entries(self, place: Place) -> tuple[StatusEntry, ...]:
        """What a passport says about its place."""
        addresses = {purpose: self.address(purpose, place.list_number) for purpose in PURPOSES}
        return status_entries(addresses, place.place)

    def place(self, entries: Iterable[StatusEntry]) -> Place | None:
        """The place that entries name, all the same one; `None` when there are none.

        Raises:
            StatusError: another service's list, or two places at once.
        """
        places = {self._place(entry) for entry in entries}
        if len(places) > 1:
            raise _unknown("names two places", "a passport has one, the same in each list")
        return places.pop() if places else None

    def find(self, entry: StatusEntry, issuer: str, trust: TrustPolicy, at: datetime) -> Found:  # noqa: ARG002
        """The bit as it is now; raises `StatusError` for a place that was never given away here."""
        is_set = self._shelf.status_bit(self._place(entry), entry.status_purpose)
        if is_set is None:
            raise _unknown(f"names place {entry.index}", "it was never reserved here, or is another client's")
        return Found(is_set, timedelta())

    def published(self, purpose: Purpose, number: int, at: datetime) -> bytes | None:
        """The signed list; made anew when a bit has changed or half of its time to live is over."""
        found = self._shelf.status_ones(purpose, number)
        if found is None:
            return None
        ones = tuple(sorted(found))
        with self._lock:
            held = self._published.get((purpose, number))
            if held is None or held.ones != ones or not timedelta() <= at - held.signed_at < TIME_TO_LIVE / 2:
                body = self._signer.sign_status_list(purpose, self.address(purpose, number), ones, at=at)
                held = self._published[purpose, number] = _Published(ones, at, body)
            return held.body

    def _place(self, entry: StatusEntry) -> Place:
        number = entry.status_list_credential.removeprefix(self.address(entry.status_purpose, 0)[:-1])
        if not number.isascii() or not number.isdecimal() or len(number) > 6:
            what = f"is in {shown(entry.status_list_credential)}"
            raise _unknown(what, f"this service keeps lists under {self._prefix} and fetches no others")
        return Place(int(number), entry.index)


def _unknown(what: str, why: str) -> StatusError:
    fix = "reserve a place first: POST /v1/status-entries, or footprint status reserve"
    return StatusError(Problem("credentialStatus", what, why, fix))
