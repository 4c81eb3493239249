"""Acts of the registry inside a write transaction of the caller: decided, logged and written, or nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, insert, select

from footprint.registry import Act, Batch, Statement, Take, decide, entry, known
from label_service.store import log
from label_service.store.idempotency import same_request
from label_service.store.records import Idempotency
from label_service.store.registry_books import StoredBooks
from label_service.store.registry_tables import acts, keys

_NEW_ACT, _NEW_KEY = insert(acts), insert(keys)
_KEY = select(keys.c.body_sha256, keys.c.leaf_index).where(
    keys.c.owner == bindparam("owner"), keys.c.key == bindparam("key")
)


@dataclass(frozen=True, slots=True)
class Done:
    """The act's entry in the log, whether it is new there, and the batch as it is now."""

    leaf: int
    is_new: bool
    batch: Batch


def do(connection: Connection, act: Act, request: Idempotency) -> Done:
    """Does what a client asks for, once."""
    if request.key is None:
        return done(connection, act)
    name = {"owner": request.owner, "key": request.key}
    earlier = connection.execute(_KEY, name).first()
    if earlier is not None and same_request(earlier.body_sha256, request):
        return Done(int(earlier.leaf_index), is_new=False, batch=known(StoredBooks(connection), act.batch))
    now = done(connection, act)
    connection.execute(_NEW_KEY, {**name, "body_sha256": request.body_sha256, "leaf_index": now.leaf})
    return now


def done(connection: Connection, act: Act) -> Done:
    """The act done, or found to be done already; raises `RegistryError` when a rule forbids it."""
    books, leaf = StoredBooks(connection), log.size(connection)
    changes = decide(books, act, leaf)
    if changes is None:
        return Done(_said_by(connection, act), is_new=False, batch=known(books, act.batch))
    log.append(connection, entry(act))
    connection.execute(_NEW_ACT, {"leaf_index": leaf, "batch_id": act.batch})
    books.post(changes)
    return Done(leaf, is_new=True, batch=changes.batch)


def state(connection: Connection, statements: Sequence[Statement], owner: str, at: str) -> None:
    """Makes the claims of a passport that is being stored, for the account that hands it in."""
    for statement in statements:
        statement.check(StoredBooks(connection))
        act = statement.act(owner, at)
        if act is not None:
            done(connection, act)


def _said_by(connection: Connection, act: Act) -> int:
    """The entry that said before what this act says again."""
    if isinstance(act, Take):
        return StoredBooks(connection).window(act.batch, act.stop - 1, act.stop, 1)[0].leaf
    query = select(func.min(acts.c.leaf_index)).where(acts.c.batch_id == act.batch)
    return int(connection.execute(query).scalar_one())
