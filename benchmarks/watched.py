"""A command in processes of its own: how long it takes, and how much memory all of them hold together.

What the system itself reports of a child includes its parent's memory from before the child became another program,
so the proportional set sizes of all processes of the command's session are added up while it runs.
"""

import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY_SECONDS = 0.2
_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Watched:
    """What a command took."""

    seconds: float
    megabytes: float | None
    """Of all its processes together, at the worst moment seen; `None` where the system does not tell."""

    @property
    def memory(self) -> str:
        """As printed."""
        return "not told" if self.megabytes is None else f"{self.megabytes:.0f} MB"


def watched(command: Sequence[str | Path]) -> Watched:
    """Run a command to its end.

    Args:
        command: program and arguments.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    started, most = time.perf_counter(), 0.0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        while True:
            try:
                said, _ = process.communicate(timeout=_EVERY_SECONDS)
                break
            except subprocess.TimeoutExpired:
                most = max(most, sum(_megabytes(process.pid)))
        seconds = time.perf_counter() - started
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [str(word) for word in command], said)
    return Watched(seconds, most or None)


def _megabytes(session: int) -> Iterator[float]:
    for process in _PROCESSES.glob("[0-9]*"):
        try:
            # The name in brackets may hold anything; the session is the fourth field behind it.
            if int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                yield _proportional((process / "smaps_rollup").read_text())
        except OSError:
            continue  # it came to its end meanwhile


def _proportional(told: str) -> float:
    lines = (line.split() for line in told.splitlines())
    return (
        next((float(words[1]) for words in lines if words[0] == "Pss:"), 0.0) / 1024
    )  # none of one that ended
