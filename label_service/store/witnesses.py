"""Cosignatures of witnesses under the log's heads: taken when they fit, kept for ever, given out with the head."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, func, insert, select

from footprint.errors import LogError, Problem
from footprint.passport.checkpoint import Checkpoint
from footprint.passport.signed_note import Note, NoteKey, NoteSignature
from label_service.store.tables import checkpoints, cosignatures

# made once: building a query takes longer than running it
_OF_HEAD = (
    select(cosignatures.c.line)
    .where(cosignatures.c.tree_size == bindparam("size"))
    .order_by(cosignatures.c.witness)
)


def keep(connection: Connection, sent: Note, known: Iterable[NoteKey]) -> tuple[str, ...]:
    """Keeps what known witnesses have signed under a head of this log; gives their names.

    The first cosignature of a witness counts; of the same head a later one says nothing new.

    Raises:
        LogError: the text is no checkpoint, or none that this log has signed.
        SignatureError: a line of a known witness that does not fit.
    """
    size = Checkpoint.parse(sent.text).size
    row = connection.execute(select(checkpoints.c.note).where(checkpoints.c.tree_size == size)).first()
    if row is None or Note.parse(bytes(row.note)).text != sent.text:
        why = "if this log's signature is under it all the same, you hold the proof of a split view"
        raise LogError(Problem("checkpoint", "is none of this log's heads", why, "fetch /log/checkpoint"))
    before = {line.name for line in of_head(connection, size)}
    names = []
    for key in known:
        if sent.signed_by(key) is None:
            continue
        names.append(key.name)
        if key.name not in before:
            line = next(line for line in sent.signatures if (line.name, line.key_id) == (key.name, key.id))
            row_of = {"tree_size": size, "witness": key.name, "line": str(line)}
            connection.execute(insert(cosignatures).values(row_of))
    return tuple(names)


def of_head(connection: Connection, tree_size: int) -> tuple[NoteSignature, ...]:
    """The cosignatures of one head, by the name of the witness."""
    lines = connection.execute(_OF_HEAD, {"size": tree_size}).scalars()
    return tuple(map(NoteSignature.parse, lines))


def with_cosignatures(connection: Connection, note: bytes) -> Note:
    """A signed head and what witnesses have put under it."""
    head = Note.parse(note)
    return head.and_signatures(of_head(connection, Checkpoint.parse(head.text).size))


def newest_head(connection: Connection, witnesses: int) -> bytes | None:
    """The newest head that at least so many witnesses have cosigned; `None` when there is none."""
    enough = (
        select(cosignatures.c.tree_size)
        .group_by(cosignatures.c.tree_size)
        .having(func.count() >= witnesses)
        .order_by(cosignatures.c.tree_size.desc())
        .limit(1)
    )
    size = connection.execute(enough).scalar()
    if size is None:
        return None
    note = connection.execute(select(checkpoints.c.note).where(checkpoints.c.tree_size == size)).scalar_one()
    return bytes(note)
