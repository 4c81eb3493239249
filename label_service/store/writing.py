"""The write: passport, log leaf and idempotency key, inside one transaction of the caller."""

from dataclasses import asdict, fields

from sqlalchemy import Connection, bindparam, insert, select, update

from footprint.errors import Problem
from footprint.passport.log_proof import passport_entry
from label_service.store import log, reading, registry, statuses
from label_service.store.errors import ConflictError
from label_service.store.idempotency import same_request
from label_service.store.records import Idempotency, NewPassport, Record, StoredLabel
from label_service.store.tables import heartbeat, idempotency_keys, labels, offline_codes, passports

_APART = ("place", "offline_code", "statements")
"""Parts of a new passport that have tables of their own."""

# made once: building a statement takes longer than running it
_NEW_PASSPORT, _NEW_KEY = insert(passports), insert(idempotency_keys)
_KEY = select(idempotency_keys.c.body_sha256).where(
    idempotency_keys.c.owner == bindparam("owner"), idempotency_keys.c.key == bindparam("key")
)


def put(connection: Connection, new: NewPassport, request: Idempotency) -> tuple[Record, bool]:
    """Stores it, or finds that it is stored already: the same passport never gets a second leaf."""
    known_key = _check_key(connection, request)
    stored = reading.by_digest(connection, new.digest)
    record = stored or _insert(connection, new, _version_of(connection, new), request.owner)
    if request.key and not known_key:
        values = {"owner": request.owner, "key": request.key, "body_sha256": request.body_sha256}
        connection.execute(_NEW_KEY, {**values, "passport_id": record.id})
    return record, stored is None


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


def _check_key(connection: Connection, request: Idempotency) -> bool:
    """Whether this key was used before; raises when it was used for something else."""
    if request.key is None:
        return False
    used_for = connection.execute(_KEY, {"owner": request.owner, "key": request.key}).scalar()
    return used_for is not None and same_request(used_for, request)


def _version_of(connection: Connection, new: NewPassport) -> int:
    """The version it will be of its lot; raises when it does not fit what is stored."""
    if reading.by_id(connection, new.id):
        problem = Problem(
            "id", f"{new.id} is taken", "another passport with this id is stored", "issue with a new id"
        )
        raise ConflictError("identity", problem)
    earlier = reading.versions(connection, new.gtin, new.lot, new.serial)
    if not earlier:
        return 1
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
    return len(earlier) + 1


def _insert(connection: Connection, new: NewPassport, version: int, owner: str) -> Record:
    said = {field.name: getattr(new, field.name) for field in fields(new) if field.name not in _APART}
    written = {"gross_kg_co2e": f"{new.gross_kg_co2e:f}", "version": version, "accepted_by": owner}
    connection.execute(_NEW_PASSPORT, {**said, **written})
    index = log.append(connection, passport_entry(new.digest), new.id)
    if new.place is not None:
        statuses.use(connection, new.place, new.id, owner)
    registry.state(connection, new.statements, owner, new.accepted_at)
    if new.offline_code is not None:
        connection.execute(insert(offline_codes).values(passport_id=new.id, code=new.offline_code))
    return Record(**said, version=version, leaf_index=index)
