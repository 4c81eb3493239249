"""What can go wrong with the store, as the rest of the service sees it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from sqlalchemy.exc import SQLAlchemyError

from footprint.errors import FootprintError, Problem

logger = logging.getLogger(__name__)


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


@contextmanager
def translated(why: str) -> Iterator[None]:
    """Every database error becomes one of ours; its text, paths and SQL, goes to the log only."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        # no traceback: it would print the passport
        logger.error("database %s: %s: %s", why, type(cause).__name__, cause)  # noqa: TRY400
        raise unavailable(f"it {why}") from error
    except StoreError as error:
        logger.error("database %s: %s", why, error)  # noqa: TRY400
        raise
