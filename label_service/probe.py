"""Whether the database takes writes: tried, not guessed."""

import time
from threading import Lock

from label_service.store import Shelf, StoreError

FRESH_S = 2.0


class Probe:
    """Tries the database with a real write, at most every two seconds however often it is asked."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._writing, self._tried_at = False, float("-inf")

    def writing(self, shelf: Shelf) -> bool:
        """Whether a passport could be stored now."""
        with self._lock:
            if time.monotonic() - self._tried_at > FRESH_S:
                self._writing = _works(shelf)
                self._tried_at = time.monotonic()
            return self._writing


def _works(shelf: Shelf) -> bool:
    try:
        shelf.beat()
    except StoreError:
        return False
    return True
