"""The registry on the shelf: who claims which units of removal, and since which entry of the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from footprint.registry import Act, Batch, Span, holder_of, known, parse
from label_service.store import registry
from label_service.store.records import Idempotency, Receipt
from label_service.store.registry_books import StoredBooks
from label_service.store.registry_tables import acts
from label_service.store.shelf import Shelf
from label_service.store.tables import log_leaves


@dataclass(frozen=True, slots=True)
class Entered:
    """An act as it stands in the log, whether it is new there, and the batch it is about as it is now."""

    is_new: bool
    batch: Batch
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Logged:
    """An act of a batch's history."""

    leaf_index: int
    act: Act


class Registrar:
    """Batches of removal. Reading is free for all; writing is one at a time."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def enter(self, act: Act, request: Idempotency) -> Entered:
        """Does an act, once, however often it is asked for.

        Raises:
            RegistryError: it breaks a rule; nothing is stored.
            ConflictError: its Idempotency-Key stood for something else.
            StoreError: the database does not take it now.
        """
        done, proved = self._shelf.write_proved(
            lambda connection: registry.do(connection, act, request), lambda done: [done.leaf]
        )
        return Entered(done.is_new, done.batch, proved[done.leaf])

    def batch(self, batch_id: str) -> Batch:
        """A batch as it stands; raises `UnknownBatchError`."""
        return self._shelf.read(lambda connection: known(StoredBooks(connection), batch_id))

    def holder(self, batch_id: str, unit: int) -> Span:
        """The span a unit is in; raises `UnknownBatchError`."""
        return self._shelf.read(lambda connection: holder_of(StoredBooks(connection), batch_id, unit))

    def spans(self, batch_id: str, first: int, limit: int) -> Sequence[Span]:
        """Where the units from `first` on are, so many spans."""
        return self._shelf.read(lambda connection: _spans(connection, batch_id, first, limit))

    def history(self, batch_id: str, after: int, limit: int) -> list[Logged]:
        """The acts on a batch behind entry `after` of the log, in order."""
        query = (
            select(acts.c.leaf_index, log_leaves.c.entry)
            .join(log_leaves, log_leaves.c.leaf_index == acts.c.leaf_index)
            .where(acts.c.batch_id == batch_id, acts.c.leaf_index > after)
            .order_by(acts.c.leaf_index)
            .limit(limit)
        )
        rows = self._shelf.read(lambda connection: connection.execute(query).all())
        parsed = ((row.leaf_index, parse(bytes(row.entry))) for row in rows)
        return [Logged(leaf, act) for leaf, act in parsed if act is not None]


def _spans(connection: Connection, batch_id: str, first: int, limit: int) -> Sequence[Span]:
    books = StoredBooks(connection)
    return books.window(batch_id, first, known(books, batch_id).end_kg, limit)
