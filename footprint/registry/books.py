"""What deciding on an act needs to see, and what changes by it: in memory or in a database, the rules are the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from footprint.errors import Problem, RegistryError
from footprint.registry.batch import Batch, Span, Status
from footprint.registry.evidence import Records, Use
from footprint.registry.rules import Rule


class Books(Records, Protocol):
    """A registry as it stands."""

    def batch(self, batch_id: str) -> Batch | None:
        """A batch."""
        ...

    def window(self, batch_id: str, first: int, stop: int, most: int) -> Sequence[Span]:
        """The spans that have a unit in the range, in order, so many at most; the others are not looked at."""
        ...

    def from_the_end(self, batch_id: str, status: Status) -> Iterator[Span]:
        """The spans of one status, the last one first."""
        ...


MOST_SPANS = 1000
"""One act touches no more: others wait for the same lock meanwhile."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an act does: these spans go, those come."""

    batch: Batch
    gone: tuple[Span, ...] = ()
    come: tuple[Span, ...] = ()
    uses: tuple[Use, ...] = ()


class UnknownBatchError(RegistryError):
    """No batch of that name was ever registered here."""


def known(books: Books, batch_id: str) -> Batch:
    """A batch that has to be there."""
    found = books.batch(batch_id)
    if found is None:
        fix = "register it first; copy the identifier from the answer"
        raise UnknownBatchError(Rule.REGISTERED.broken("batch", f"{batch_id} is not registered here", fix))
    return found


def touching(
    books: Books, batch_id: str, first: int, stop: int
) -> tuple[Sequence[Span], tuple[Problem, ...]]:
    """The spans that have a unit in the range, and the problem when they are too many for one act."""
    spans = books.window(batch_id, first, stop, MOST_SPANS + 1)
    if len(spans) <= MOST_SPANS:
        return spans, ()
    what, fix = f"{first}-{stop} are in more than {MOST_SPANS} pieces", f"{first}-{spans[-1].first} first"
    return spans[:-1], (Rule.WITHIN.broken("units", what, f"name them in parts, {fix}"),)


def holder_of(books: Books, batch_id: str, unit: int) -> Span:
    """The span a unit is in: who holds it, what became of it, and where in the log that stands."""
    batch = known(books, batch_id)
    if not 0 <= unit < batch.end_kg:
        what = f"{unit} is not there; the batch has 0 to {batch.end_kg - 1}"
        raise UnknownBatchError(Rule.WITHIN.broken("unit", what, "name one of them"))
    (span,) = books.window(batch_id, unit, unit + 1, 1)
    return span
