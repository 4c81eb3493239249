"""What a picture shows of the ways of emissions: processes in the order of the chain, small flows joined."""

from collections.abc import Iterator
from dataclasses import dataclass

from footprint.supply_paths import Band, SupplyPaths


@dataclass(frozen=True, slots=True)
class Flow:
    """Into a process from a cause, or out of it where something is saved; several small ones as one."""

    name: str
    kg_co2e: float
    joined: int = 0
    """How many small ones it is; none where it is one of its own."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A process on the way."""

    name: str
    comes: tuple[Flow, ...]
    saved: tuple[Flow, ...]
    """Below nothing: what binds carbon, or emits less somewhere else."""
    onward: tuple[Band, ...]
    """To stops that come later."""
    kg_co2e: float
    """All that it hands on."""


def stops(followed: SupplyPaths, cut_off: float) -> tuple[Stop, ...]:
    """The processes that carry at least a part of the footprint, suppliers first, the one that sells last.

    What is left out on its own account is inside the flow of small ones of whoever takes it, with their number.

    Args:
        followed: the ways.
        cut_off: part of the gross footprint.
    """
    return tuple(_Chain(followed, cut_off * abs(followed.gross_kg_co2e)).stops())


class _Chain:
    def __init__(self, followed: SupplyPaths, least: float) -> None:
        self._causes, self._links, self._least = followed.from_causes(), followed.links(), least
        self._gross, self._sold_by = followed.gross_kg_co2e, followed.sold_by
        found: dict[str, None] = {}
        self._walk(self._sold_by, self._large(), found, frozenset())
        self._order = {name: place for place, name in enumerate(found)}

    def _large(self) -> set[str]:
        """Those that carry enough, and everybody they hand it on to."""
        passing: dict[str, float] = {}
        for band in (*self._causes, *self._links):
            passing[band.target] = passing.get(band.target, 0.0) + band.kg_co2e
        kept = {name for name, kg in passing.items() if abs(kg) >= self._least} | {self._sold_by}
        while takers := {band.target for band in self._links if band.source in kept} - kept:
            kept |= takers
        return kept

    def _walk(self, name: str, kept: set[str], found: dict[str, None], below: frozenset[str]) -> None:
        """Givers before takers, the largest next to its taker; a link that closes a loop is not followed."""
        givers = [band for band in self._links if band.target == name and band.source in kept]
        for band in sorted(givers, key=lambda band: (band.kg_co2e, band.source)):
            if band.source not in found and band.source not in below | {name}:
                self._walk(band.source, kept, found, below | {name})
        found[name] = None

    def stops(self) -> Iterator[Stop]:
        for name in self._order:
            flows = [*self._flows(name)]
            onward = tuple(band for band in self._links if band.source == name and self._is_onward(band))
            handed = self._gross if name == self._sold_by else sum(band.kg_co2e for band in onward)
            comes = tuple(flow for flow in flows if flow.kg_co2e > 0)
            saved = tuple(flow for flow in flows if flow.kg_co2e < 0)
            yield Stop(name, comes, saved, onward, handed)

    def _is_onward(self, band: Band) -> bool:
        order = self._order
        return band.source in order and order[band.source] < order.get(band.target, -1)

    def _flows(self, name: str) -> Iterator[Flow]:
        """Into a process but from the stops before it, and out of it but to those after; small ones joined, last."""
        found = [Flow(band.source, band.kg_co2e) for band in self._causes if band.target == name]
        for band in self._links:
            if band.target == name and not self._is_onward(band):
                mark = "↺ " if band.source in self._order else ""
                found.append(Flow(mark + band.source, band.kg_co2e))
            if band.source == name and not self._is_onward(band):
                found.append(Flow(f"↺ {band.target}", -band.kg_co2e))
        found.sort(key=lambda flow: -abs(flow.kg_co2e))
        small = [flow for flow in found if abs(flow.kg_co2e) < self._least]
        if len(small) < 2:
            yield from found
            return
        yield from found[: -len(small)]
        yield Flow("", sum(flow.kg_co2e for flow in small), len(small))
