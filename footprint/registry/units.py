"""Units: the whole kilograms of CO2 of a batch, counted from 0; a range has its start and not its end."""

import re
from dataclasses import dataclass

from footprint.errors import MalformedError, Problem
from footprint.passport.wording import shown

LARGEST_KG = 10**12
"""A billion tonnes: more than anybody stores in one batch, and exact in every JSON reader."""

BATCH_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_UNITS = re.compile(rf"({BATCH_ID}):(0|[1-9][0-9]{{0,12}})-(0|[1-9][0-9]{{0,12}})")


@dataclass(frozen=True, slots=True)
class Units:
    """Units `first` to `stop - 1` of a batch."""

    batch: str
    first: int
    stop: int

    @classmethod
    def parse(cls, text: str) -> "Units":
        """`batch:from-to`, in exactly one way of writing; raises `MalformedError`.

        >>> Units.parse("7c0f9a52-3b1e-8d44-9c55-0a1b2c3d4e5f:0-500").kg
        500
        >>> Units.parse("7c0f9a52-3b1e-8d44-9c55-0a1b2c3d4e5f:5-5")
        Traceback (most recent call last):
        footprint.errors.MalformedError: units — 5-5 is no range — it has its start and not its end — write from < to
        """
        found = _UNITS.fullmatch(text)
        if found is None:
            why = "a batch of the registry, from and to in whole kilograms of CO2, nothing else"
            fix = "write batch:from-to, as the registry answered"
            raise MalformedError(Problem("units", f"{shown(text)} names no units", why, fix))
        units = cls(found[1], int(found[2]), int(found[3]))
        if not units.first < units.stop <= LARGEST_KG:
            why = "it has its start and not its end"
            raise MalformedError(
                Problem("units", f"{units.first}-{units.stop} is no range", why, "write from < to")
            )
        return units

    @property
    def kg(self) -> int:
        """How many there are: one unit is one kilogram of CO2."""
        return self.stop - self.first

    def __str__(self) -> str:
        return f"{self.batch}:{self.first}-{self.stop}"
