"""The root of the error tree and the shape of every message: where, what, why, how to fix it.

The whole tree, with the errors of the upper rooms, is drawn in `footprint.errors`.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said so that the reader can mend it.

    >>> print(Problem("orchard.area", "'12 kWh' is an energy", "an area is needed", "write it like '12 mu'"))
    orchard.area — '12 kWh' is an energy — an area is needed — write it like '12 mu'
    """

    where: str
    what: str
    why: str
    fix: str

    def __str__(self) -> str:
        return " — ".join(part for part in (self.where, self.what, self.why, self.fix) if part)

    def under(self, prefix: str) -> "Problem":
        """The same problem seen from one level further out: `area` under `orchard` is `orchard.area`."""
        where = f"{prefix}.{self.where}" if self.where else prefix
        return Problem(where, self.what, self.why, self.fix)


class FootprintError(Exception):
    """Root of every error this SDK raises; carries one or more problems, all found at once."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))

    @classmethod
    def of(cls, where: str, what: str, why: str = "", fix: str = "") -> "FootprintError":
        """The usual case: one problem."""
        return cls(Problem(where, what, why, fix))

    @classmethod
    def from_problems(cls, problems: Iterable[Problem]) -> "FootprintError":
        """Many problems, reported together so that the reader mends them in one go."""
        return cls(*problems)


class QuantityError(FootprintError):
    """Text that is not one unambiguous quantity of the kind asked for."""


class FactorError(FootprintError):
    """A factor that is missing, out of range or badly described."""


class RecordError(FootprintError):
    """A record that cannot be used: every problem of the file at once."""


class NetworkError(FootprintError):
    """A product system that does not close: unlinked, looping without end, or without a product."""


class ValidityError(FootprintError):
    """An equation called outside the range its source gives it."""


class ValidityWarning(UserWarning):
    """An equation called where its source advises care but does not forbid."""
