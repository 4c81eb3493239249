"""What a benchmark says: shown at once, and kept for the page."""

import io
import re
import sys

from benchmarks.timing import ROWS, Row

_LOG = re.compile("\x1b\\[2m.*?\n(?:.*\x1b\\[0m\n)?")
"""What a library logs in colour while it is loaded: about this machine, not about the benchmark."""


class Kept(io.StringIO):
    """Keeps what is printed and passes it on; rows go their own way and are kept apart."""

    def __init__(self) -> None:
        super().__init__()
        self._first = len(ROWS)

    def write(self, text: str) -> int:
        assert sys.__stdout__ is not None  # noqa: S101 - benchmarks are run from a terminal
        sys.__stdout__.write(text)
        sys.__stdout__.flush()
        return super().write(text)

    @property
    def text(self) -> str:
        """All that was printed."""
        return _LOG.sub("", self.getvalue()).rstrip().lstrip("\n")

    @property
    def rows(self) -> list[Row]:
        """All rows shown since it was made."""
        return ROWS[self._first :]
