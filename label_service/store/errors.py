"""What can go wrong with the store, as the rest of the service sees it."""

from typing import Literal

from footprint.errors import FootprintError, Problem


class StoreError(FootprintError):
    """The database cannot be used just now: unreachable, read-only, full or too busy. Nothing was stored."""


class ConflictError(FootprintError):
    """A passport that is genuine but does not fit what is already stored."""

    def __init__(
        self, kind: Literal["idempotency", "identity", "owner", "order", "status"], problem: Problem
    ) -> None:
        self.kind = kind
        super().__init__(problem)


def unavailable(why: str) -> StoreError:
    """The one message for every failing database; the reason goes to the log, not to the client."""
    fix = (
        "try again later with the same Idempotency-Key; the operator sees the reason in /ready and in the log"
    )
    return StoreError(Problem("database", "cannot be written just now", why, fix))
