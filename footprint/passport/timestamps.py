"""Instants as the standards write them: `2025-06-20T08:00:00Z`, always with a time zone."""

import re
from datetime import UTC, datetime
from functools import lru_cache

_DATE_TIME_STAMP = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})", re.ASCII
)

LONGEST_INSTANT = 40
"""Characters; the pattern allows 35."""

_NO_INSTANT = "is not a date and time with a time zone, like 2025-06-20T08:00:00Z"


def parse_instant(text: object) -> datetime:
    """An XML Schema `dateTimeStamp` (VC 2.0 §4.9); `ValueError` for anything else.

    >>> parse_instant("2025-06-20T16:00:00+08:00").isoformat()
    '2025-06-20T08:00:00+00:00'
    """
    if not isinstance(text, str) or len(text) > LONGEST_INSTANT:
        raise ValueError(_NO_INSTANT)
    return _parsed(text)


@lru_cache(maxsize=1024)
def _parsed(text: str) -> datetime:
    """A passport says each of its few instants in several places."""
    if not _DATE_TIME_STAMP.fullmatch(text):
        raise ValueError(_NO_INSTANT)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("is not a date of the calendar") from error


def format_instant(instant: datetime) -> str:
    """The instant in UTC, in whole seconds.

    >>> format_instant(datetime(2025, 6, 20, 8, tzinfo=UTC))
    '2025-06-20T08:00:00Z'
    """
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def has_zone(instant: datetime) -> bool:
    """Whether the instant says which hour of the Earth it means."""
    return instant.utcoffset() is not None
