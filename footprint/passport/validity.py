"""How long a footprint may be relied on: PACT Technical Specifications 3.0.3, section *Validity Period*."""

from datetime import datetime

VALID_YEARS = 3
"""From the end of the reference period: the data behind the number grow old, whenever it was signed."""


def latest_end(reference_end: datetime) -> datetime:
    """The latest end a validity period may have.

    Args:
        reference_end: when the reference period ends.

    >>> latest_end(datetime(2024, 2, 29)).date().isoformat()
    '2027-03-01'
    """
    try:
        return reference_end.replace(year=reference_end.year + VALID_YEARS)
    except ValueError:  # the 29th of February
        return reference_end.replace(year=reference_end.year + VALID_YEARS, month=3, day=1)
