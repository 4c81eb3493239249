"""The shelf: where passports are put, once, and found again."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from footprint.errors import InputError, Problem
from label_service.store import log, reading, writing
from label_service.store.engine import check_place, open_engine, write_transaction
from label_service.store.errors import unavailable
from label_service.store.migrate import migrate
from label_service.store.records import Idempotency, NewPassport, Receipt, Record, StoredLabel

PATIENCE_S = 10.0
logger = logging.getLogger(__name__)


class Shelf:
    """A database of passports. Reading is free for all; writing is one at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = Lock()

    @classmethod
    def open(cls, url: str) -> "Shelf":
        """Opens the database, makes or upgrades its tables; raises saying what is wrong with it."""
        engine = open_engine(url)
        check_place(url)
        try:
            migrate(engine)
        except SQLAlchemyError as error:
            engine.dispose()
            cause = getattr(error, "orig", None) or error
            fix = "name a database this user can write, or a file that does not exist yet"
            raise InputError(Problem("database_url", "cannot be opened", str(cause), fix)) from error
        return cls(engine)

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()

    def put(
        self, passport: NewPassport, labels: Sequence[StoredLabel], request: Idempotency
    ) -> tuple[Record, bool]:
        """Stores a passport with its leaf and labels, all or nothing; returns it and whether it is new."""
        with self._writing() as connection:
            return writing.put(connection, passport, labels, request)

    def beat(self) -> None:
        """One small committed write: proves that a passport could be stored now."""
        with self._writing() as connection:
            writing.beat(connection)

    def by_id(self, passport_id: str) -> Record | None:
        """The passport with this id."""
        with self._reading() as connection:
            return reading.by_id(connection, passport_id)

    def holds(self, digest: str) -> bool:
        """Whether exactly this passport is stored already."""
        with self._reading() as connection:
            return reading.by_digest(connection, digest) is not None

    def versions(self, gtin: str, lot: str, serial: str) -> list[Record]:
        """Every passport of one lot (or item), the current one first."""
        with self._reading() as connection:
            return reading.versions(connection, gtin, lot, serial)

    def current(self, *, gtin: str | None = None, limit: int) -> list[Record]:
        """The current passports, newest first, of one product or of all."""
        with self._reading() as connection:
            return reading.current(connection, gtin, limit)

    def label(self, passport_id: str, language: str, variant: str) -> StoredLabel | None:
        """A label as it was drawn when the passport was stored."""
        with self._reading() as connection:
            return reading.label(connection, passport_id, language, variant)

    def receipt(self, record: Record, tree_size: int | None = None) -> Receipt:
        """The inclusion proof, in the tree right after the passport was added or at another size."""
        with self._reading() as connection:
            return log.receipt(connection, record.leaf_index, tree_size or record.leaf_index + 1)

    def log_size(self) -> int:
        """How many passports the log holds."""
        with self._reading() as connection:
            return log.size(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _translated("could not be read"), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if not self._turn.acquire(timeout=PATIENCE_S):
            raise unavailable("too many writers are waiting")
        try:
            with _translated("did not take the write"), write_transaction(self._engine) as connection:
                yield connection
        finally:
            self._turn.release()


@contextmanager
def _translated(why: str) -> Iterator[None]:
    """Every database error becomes one of ours; its text, paths and SQL, goes to the log only."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        # no traceback: it would print the passport
        logger.error("database %s: %s: %s", why, type(cause).__name__, cause)  # noqa: TRY400
        raise unavailable(f"it {why}") from error
