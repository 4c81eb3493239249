"""The spans of one batch in memory: sorted blocks, so that finding is O(log n) and a change touches one block."""

from bisect import bisect_right, insort
from collections.abc import Iterator
from itertools import islice, takewhile

from footprint.registry.batch import Span

WIDTH = 512
_AFTER = (float("inf"),)


class Spans:
    """Spans side by side, by their first unit. They are cut and never joined, so what began a block always does."""

    def __init__(self) -> None:
        self._blocks: list[list[Span]] = [[]]
        self._heads = [0]  # the first unit of each block

    def window(self, first: int, stop: int, most: int) -> list[Span]:
        """The spans that have a unit in the range, so many at most."""
        return list(islice(takewhile(lambda span: span.first < stop, self._from(first)), most))

    def __iter__(self) -> Iterator[Span]:
        for block in self._blocks:
            yield from block

    def __reversed__(self) -> Iterator[Span]:
        for block in reversed(self._blocks):
            yield from reversed(block)

    def remove(self, span: Span) -> None:
        """Takes a span out."""
        block = self._blocks[self._place(span.first)]
        del block[bisect_right(block, (span.first, *_AFTER)) - 1]

    def add(self, span: Span) -> None:
        """Puts a span in, where nothing is."""
        place = self._place(span.first)
        block = self._blocks[place]
        insort(block, span, key=_first)
        if len(block) > 2 * WIDTH:
            self._blocks[place : place + 1] = [block[:WIDTH], block[WIDTH:]]
            self._heads.insert(place + 1, block[WIDTH].first)

    def _from(self, unit: int) -> Iterator[Span]:
        """The span that a unit is in, and all after it."""
        place = self._place(unit)
        start = bisect_right(self._blocks[place], (unit, *_AFTER)) - 1
        yield from self._blocks[place][start:]
        for block in self._blocks[place + 1 :]:
            yield from block

    def _place(self, unit: int) -> int:
        return bisect_right(self._heads, unit) - 1


def _first(span: Span) -> int:
    return span.first
