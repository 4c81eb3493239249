"""The true-up: what was measured replaces what was estimated, and the difference finds its units.

Less: free units are cancelled, the last ones first, then the buffer. What is claimed beyond that stays claimed, and
the batch shows the shortfall. More: the shortfall is made good first, then units are added at the end. Cancelled
units do not come back.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from footprint.errors import RegistryError
from footprint.registry.acts import Measure
from footprint.registry.batch import Batch, Span, moved
from footprint.registry.books import Books, Changes
from footprint.registry.rules import Rule


def measured(books: Books, batch: Batch, act: Measure, leaf: int) -> Changes:
    """What a measurement does to the units of its batch."""
    more = act.measured_kg - batch.measured_kg
    made_good = max(0, min(more, batch.shortfall_kg))
    added = max(0, more - made_good)
    if act.buffer_kg > added:
        what = f"{act.buffer_kg} kg are set aside of {added} kg of new units"
        raise RegistryError(Rule.BUFFER.broken("buffer_kg", what, "set aside a part of what is new"))
    if more < 0:
        return _less(books, batch, act, leaf)
    come = tuple(_added(batch, act, added, leaf))
    after = replace(
        batch,
        end_kg=batch.end_kg + added,
        measured_kg=act.measured_kg,
        shortfall_kg=batch.shortfall_kg - made_good,
        totals=moved(batch.totals, (), come),
    )
    return Changes(after, come=come)


def _added(batch: Batch, act: Measure, added: int, leaf: int) -> Iterator[Span]:
    end = batch.end_kg + added
    if added > act.buffer_kg:
        yield Span(batch.end_kg, end - act.buffer_kg, "free", batch.owner, None, leaf)
    if act.buffer_kg:
        yield Span(end - act.buffer_kg, end, "buffer", batch.owner, None, leaf)


def _less(books: Books, batch: Batch, act: Measure, leaf: int) -> Changes:
    lost = batch.measured_kg - act.measured_kg
    cancel = min(lost, batch.total("free", "buffer"))
    gone, come = _cancelled(books, batch, cancel, leaf)
    after = replace(
        batch,
        measured_kg=act.measured_kg,
        shortfall_kg=batch.shortfall_kg + lost - cancel,
        totals=moved(batch.totals, gone, come),
    )
    return Changes(after, tuple(gone), tuple(come))


def _cancelled(books: Books, batch: Batch, cancel: int, leaf: int) -> tuple[list[Span], list[Span]]:
    gone: list[Span] = []
    come: list[Span] = []
    spans = chain(books.from_the_end(batch.id, "free"), books.from_the_end(batch.id, "buffer"))
    while cancel:
        span = next(spans)
        kept = span.kg - min(span.kg, cancel)
        gone.append(span)
        if kept:
            come.append(span._replace(stop=span.first + kept))
        come.append(span._replace(first=span.first + kept, status="cancelled", leaf=leaf))
        cancel -= span.kg - kept
    return gone, come
