"""How a stored passport stands now: verified at every reading, so that a changed database cannot speak."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from footprint.errors import ExpiredError, FootprintError
from footprint.passport import StatusSource, TrustPolicy, VerifiedPassport, verify
from label_service.store import Record

Standing = Literal["valid", "expired", "refused"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A stored passport and how it stands; without content when nothing in it may be shown."""

    record: Record
    standing: Standing
    verified: VerifiedPassport | None
    reasons: tuple[str, ...] = ()


def read(record: Record, trust: TrustPolicy, status: StatusSource, at: datetime) -> Reading:
    """Valid now; expired, but valid when accepted; or refused: revoked, key no longer trusted, bytes changed."""
    try:
        return Reading(record, "valid", verify(record.body, trust=trust, at=at, status=status))
    except ExpiredError as error:
        reasons = _reasons(error)
    except FootprintError as error:
        return Reading(record, "refused", None, _reasons(error))
    try:
        then = datetime.fromisoformat(record.accepted_at)
        return Reading(record, "expired", verify(record.body, trust=trust, at=then, status=status), reasons)
    except FootprintError as error:
        return Reading(record, "refused", None, _reasons(error))


def _reasons(error: FootprintError) -> tuple[str, ...]:
    return tuple(str(problem) for problem in error.problems)
