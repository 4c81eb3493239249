"""The write: passport, log leaf, labels and idempotency key, inside one transaction of the caller."""

from collections.abc import Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, insert, select, update

from footprint.errors import Problem
from footprint.passport.log_proof import passport_entry
from label_service.store import log, reading, statuses
from label_service.store.errors import ConflictError
from label_service.store.records import Idempotency, NewPassport, Record, StoredLabel
from label_service.store.tables import heartbeat, idempotency_keys, labels, passports


def put(
    connection: Connection, new: NewPassport, drawn: Sequence[StoredLabel], request: Idempotency
) -> tuple[Record, bool]:
    """Stores it, or finds that it is stored already: the same passport never gets a second leaf."""
    known_key = _check_key(connection, request)
    stored = reading.by_digest(connection, new.digest)
    if stored is None:
        _check_fits(connection, new)
        _insert(connection, new, drawn, request.owner)
    if request.key and not known_key:
        values = {"owner": request.owner, "key": request.key, "body_sha256": request.body_sha256}
        connection.execute(
            insert(idempotency_keys).values(**values, passport_id=stored.id if stored else new.id)
        )
    record = stored or reading.by_digest(connection, new.digest)
    if record is None:
        raise LookupError(new.digest)  # inserted two lines up, in this very transaction
    return record, stored is None


def beat(connection: Connection) -> None:
    """Counts one heartbeat."""
    counted = connection.execute(
        update(heartbeat).where(heartbeat.c.id == 1).values(beats=heartbeat.c.beats + 1)
    )
    if counted.rowcount == 0:
        connection.execute(insert(heartbeat).values(id=1, beats=1))


def _check_key(connection: Connection, request: Idempotency) -> bool:
    """Whether this key was used before; raises when it was used for something else."""
    query = select(idempotency_keys.c.body_sha256).where(
        idempotency_keys.c.owner == request.owner, idempotency_keys.c.key == request.key
    )
    used_for = connection.execute(query).scalar()
    if used_for is not None and used_for != request.body_sha256:
        why = "one key stands for one request, so that it can be repeated without harm"
        problem = Problem(
            "Idempotency-Key", "was used before with another body", why, "send a new key with a new passport"
        )
        raise ConflictError("idempotency", problem)
    return used_for is not None


def _check_fits(connection: Connection, new: NewPassport) -> None:
    if reading.by_id(connection, new.id):
        problem = Problem(
            "id", f"{new.id} is taken", "another passport with this id is stored", "issue with a new id"
        )
        raise ConflictError("identity", problem)
    earlier = reading.versions(connection, new.gtin, new.lot, new.serial)
    if not earlier:
        return
    current = earlier[0]
    if current.issuer != new.issuer:
        why = f"its passports come from {current.issuer}"
        raise ConflictError(
            "owner", Problem("lot", f"{new.lot} belongs to another issuer", why, "use your own GTIN or lot")
        )
    if new.valid_from < current.valid_from:
        why = f"the current one is valid from {current.valid_from}"
        problem = Problem(
            "validFrom", f"is {new.valid_from}", why, "issue a passport that is newer than the current one"
        )
        raise ConflictError("order", problem)


def _insert(connection: Connection, new: NewPassport, drawn: Sequence[StoredLabel], owner: str) -> None:
    version = len(reading.versions(connection, new.gtin, new.lot, new.serial)) + 1
    values = {
        **{field.name: getattr(new, field.name) for field in fields(new) if field.name != "place"},
        "gross_kg_co2e": f"{new.gross_kg_co2e:f}",
        "version": version,
        "accepted_by": owner,
    }
    connection.execute(insert(passports).values(**values))
    log.append(connection, passport_entry(new.digest), new.id)
    if new.place is not None:
        statuses.use(connection, new.place, new.id, owner)
    if drawn:
        connection.execute(insert(labels), [{**asdict(label), "passport_id": new.id} for label in drawn])
