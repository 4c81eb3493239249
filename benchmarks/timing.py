"""How long something takes: median and spread of several runs, on one machine, in one process."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Timing:
    """Seconds per call: median and quartiles."""

    median: float
    low: float
    high: float

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
    low, median, high = quantiles(seconds, n=4)
    return Timing(median, low, high)


def show(title: str, ours: Timing, peer: Timing, peer_name: str) -> None:
    """One row: ours, the peer's, and the ratio with the range that the quartiles allow."""
    ratio, low, high = peer.median / ours.median, peer.low / ours.high, peer.high / ours.low
    print(f"{title}\n  ours {ours}\n  {peer_name} {peer}\n  ratio {ratio:.2g} ({low:.2g} to {high:.2g})\n")


def _readable(seconds: float) -> str:
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} µs"
