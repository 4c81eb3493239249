"""How long something takes: median and spread of several runs, on one machine, in one process."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Timing:
    """Seconds per call: median and quartiles."""

    median: float
    low: float
    high: float

    @classmethod
    def once(cls, seconds: float) -> "Timing":
        """Of what was done a single time."""
        return cls(seconds, seconds, seconds)

    @classmethod
    def among(cls, seconds: Sequence[float]) -> "Timing":
        """Of several runs."""
        low, median, high = quantiles(seconds, n=4)
        return cls(median, low, high)

    def of(self, many: float) -> "Timing":
        """Of one of so many that were done at once."""
        return Timing(self.median / many, self.low / many, self.high / many)

    def __str__(self) -> str:
        return f"{_readable(self.median)} ({_readable(self.low)} to {_readable(self.high)})"


def timed(call: Callable[[], object], *, runs: int = 9) -> Timing:
    """Time a call, after one run to warm up."""
    call()
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - started)
    return Timing.among(seconds)


@dataclass(frozen=True)
class Row:
    """Ours beside a peer's."""

    title: str
    ours: Timing
    peer: Timing
    peer_name: str

    @property
    def ratio(self) -> str:
        """How many times faster, with the range that the quartiles allow."""
        ratio, low, high = (
            self.peer.median / self.ours.median,
            self.peer.low / self.ours.high,
            self.peer.high / self.ours.low,
        )
        return f"{_times(ratio)} ({_times(low)} to {_times(high)})"


ROWS: list[Row] = []
"""All rows shown so far in this run, for the page."""


def show(title: str, ours: Timing, peer: Timing, peer_name: str) -> None:
    """One row: ours, the peer's, and the ratio. Straight to the terminal: the page has a table of them."""
    row = Row(title, ours, peer, peer_name)
    ROWS.append(row)
    said = f"{title}\n  ours {ours}\n  {peer_name} {peer}\n  ratio {row.ratio}\n"
    print(said, file=sys.__stdout__, flush=True)


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"  # whole from ten on: nobody reads 1e+02


def _readable(seconds: float) -> str:
    if seconds >= 100:
        return f"{seconds / 60:.3g} min" if seconds < 6000 else f"{seconds / 3600:.3g} h"
    if seconds >= 1:
        return f"{seconds:.3g} s"
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} µs"
