"""A registry in memory, made from its log: what everybody who reads the log arrives at."""

from collections.abc import Iterable, Iterator, Sequence

from footprint.errors import LogError, Problem, RegistryError
from footprint.registry.acts import Act, parse
from footprint.registry.batch import Batch, Span, Status
from footprint.registry.books import Books, Changes
from footprint.registry.decide import decide
from footprint.registry.evidence import Use
from footprint.registry.spans import Spans


class Ledger(Books):
    """Batches, their spans and the records they rest on."""

    def __init__(self) -> None:
        self._batches: dict[str, Batch] = {}
        self._spans: dict[str, Spans] = {}
        self._uses: dict[str, Use] = {}

    def apply(self, act: Act, leaf: int) -> bool:
        """Does an act, as entry `leaf` of the log; whether anything changed. A refused one changes nothing.

        Raises:
            RegistryError: it breaks a rule.
        """
        changes = decide(self, act, leaf)
        if changes is not None:
            self._post(changes)
        return changes is not None

    def batches(self) -> tuple[Batch, ...]:
        """All batches, in the order they were registered."""
        return tuple(self._batches.values())

    def spans(self, batch_id: str) -> tuple[Span, ...]:
        """All spans of a batch, in order."""
        return tuple(self._spans[batch_id])

    def uses(self) -> tuple[Use, ...]:
        """All records that were used."""
        return tuple(self._uses.values())

    def batch(self, batch_id: str) -> Batch | None:
        """A batch."""
        return self._batches.get(batch_id)

    def window(self, batch_id: str, first: int, stop: int, most: int) -> Sequence[Span]:
        """The spans that have a unit in the range, so many at most."""
        return self._spans[batch_id].window(first, stop, most)

    def from_the_end(self, batch_id: str, status: Status) -> Iterator[Span]:
        """The spans of one status, the last one first. Looks at all of them: measuring is rare, claiming is not."""
        return (span for span in reversed(self._spans[batch_id]) if span.status == status)

    def evidence(self, sha256: str) -> Use | None:
        """A record that was used before."""
        return self._uses.get(sha256)

    def _post(self, changes: Changes) -> None:
        spans = self._spans.setdefault(changes.batch.id, Spans())
        for span in changes.gone:
            spans.remove(span)
        for span in changes.come:
            spans.add(span)
        self._batches[changes.batch.id] = changes.batch
        self._uses.update((use.sha256, use) for use in changes.uses)


def replay(entries: Iterable[bytes]) -> Ledger:
    """The registry that a log tells of, from its first entry on; entries of other kinds are passed over.

    Raises:
        LogError: the log holds an act that the rules forbid, that says nothing new, or that is none.
    """
    ledger = Ledger()
    for leaf, logged in enumerate(entries):
        act = parse(logged)
        if act is None:
            continue
        try:
            changed = ledger.apply(act, leaf)
        except RegistryError as error:
            raise LogError(*(problem.under(f"entry {leaf}") for problem in error.problems)) from error
        if not changed:
            raise LogError(Problem(f"entry {leaf}", "says what was said before", "", "ask who keeps the log"))
    return ledger
