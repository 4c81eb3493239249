"""The small writes, inside a transaction of the caller; passports are in `putting`."""

from dataclasses import asdict

from sqlalchemy import Connection, insert, update

from label_service.store import reading
from label_service.store.records import StoredLabel
from label_service.store.tables import heartbeat, labels


def keep_label(connection: Connection, passport_id: str, drawn: StoredLabel) -> StoredLabel:
    """Keeps a label, or finds that another request was faster: the first one drawn stays."""
    kept = reading.label(connection, passport_id, drawn.language, drawn.variant)
    if kept is None:
        connection.execute(insert(labels).values(**asdict(drawn), passport_id=passport_id))
    return kept or drawn


def beat(connection: Connection) -> None:
    """Counts one heartbeat."""
    counted = connection.execute(
        update(heartbeat).where(heartbeat.c.id == 1).values(beats=heartbeat.c.beats + 1)
    )
    if counted.rowcount == 0:
        connection.execute(insert(heartbeat).values(id=1, beats=1))
