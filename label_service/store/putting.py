"""Passports, log leaves and idempotency keys, many with few statements, inside one transaction of the caller."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from footprint.errors import FootprintError, Problem
from footprint.passport.log_proof import passport_entry
from label_service.store import log, reading, registry, statuses
from label_service.store.errors import ConflictError, translated
from label_service.store.idempotency import same_request
from label_service.store.reading import Current, Lot
from label_service.store.records import Idempotency, NewPassport, Posting, Put, Record
from label_service.store.tables import idempotency_keys, offline_codes, passports

Outcome = Put | FootprintError
"""What became of one posting; of several, each has its own."""

_APART = ("place", "offline_code", "statements")
"""Parts of a new passport that have tables of their own."""

_SAID = tuple(field.name for field in fields(NewPassport) if field.name not in _APART)

# made once: building a statement takes longer than running it
_NEW_PASSPORT, _NEW_KEY, _NEW_CODE = insert(passports), insert(idempotency_keys), insert(offline_codes)
_KEYS = select(idempotency_keys.c.owner, idempotency_keys.c.key, idempotency_keys.c.body_sha256).where(
    idempotency_keys.c.owner.in_(bindparam("owners", expanding=True)),
    idempotency_keys.c.key.in_(bindparam("keys", expanding=True)),
)


def put_all(connection: Connection, postings: Iterable[Posting]) -> list[Outcome]:
    """Stores them as if one after the other, or says why not, each by itself."""
    return [outcome for group in _apart(postings) for outcome in _put(connection, group)]


def _apart(postings: Iterable[Posting]) -> Iterator[list[Posting]]:
    """Groups in which no posting depends on what another one does."""
    group: list[Posting] = []
    touched: set[tuple[str, ...]] = set()
    for posting in postings:
        touches = _touches(posting)
        if touched & touches:
            yield group
            group, touched = [], set()
        group.append(posting)
        touched |= touches
    if group:
        yield group


def _touches(posting: Posting) -> set[tuple[str, ...]]:
    """Names of what it reads and writes; passports that claim units touch the same registry."""
    new, request = posting.passport, posting.request
    touches: set[tuple[str, ...]] = {("id", new.id), ("digest", new.digest), ("lot", *_lot(new))}
    if request.key:
        touches.add(("key", request.owner, request.key))
    if new.place is not None:
        touches.add(("place", str(new.place.list_number), str(new.place.place)))
    if new.statements:
        touches.add(("registry",))
    return touches


def _put(connection: Connection, group: list[Posting]) -> list[Outcome]:
    """All of them in one savepoint; when one fails, each in its own, so that it takes no neighbour with it."""
    try:
        with translated("did not take the write"), connection.begin_nested():
            return _put_together(connection, group)
    except FootprintError as error:
        if len(group) == 1:
            return [error]
    return [outcome for posting in group for outcome in _put(connection, [posting])]


def _put_together(connection: Connection, group: Sequence[Posting]) -> list[Outcome]:
    """What does not fit is told before anything is written; the same passport never gets a second leaf."""
    before = _Before.of(connection, group)
    outcomes = {posting.passport.digest: before.outcome(connection, posting) for posting in group}
    fresh = [posting for posting in group if outcomes[posting.passport.digest] is None]
    put = dict(zip((one.passport.digest for one in fresh), _insert(connection, fresh, before), strict=True))
    told = [outcomes[one.passport.digest] or put[one.passport.digest] for one in group]
    _keep_keys(connection, before, zip(group, told, strict=True))
    return told


@dataclass(frozen=True, slots=True)
class _Before:
    """What the shelf holds of what a group touches."""

    keys: dict[tuple[str, str | None], str]
    stored: dict[str, Record]
    ids: set[str]
    lots: dict[Lot, Current]

    @classmethod
    def of(cls, connection: Connection, group: Sequence[Posting]) -> "_Before":
        """Asks once for all of them."""
        new = [posting.passport for posting in group]
        return cls(
            _used_keys(connection, [posting.request for posting in group if posting.request.key]),
            reading.by_digests(connection, [one.digest for one in new]),
            reading.taken_ids(connection, [one.id for one in new]),
            reading.current_of(connection, [_lot(one) for one in new]),
        )

    def outcome(self, connection: Connection, posting: Posting) -> Outcome | None:
        """What is known of it before anything is written; `None`: it is new and fits."""
        try:
            used_for = self.keys.get((posting.request.owner, posting.request.key))
            if used_for is not None:
                same_request(used_for, posting.request)
            if (record := self.stored.get(posting.passport.digest)) is not None:
                return _found(connection, record)
            self._check_fits(posting.passport)
        except ConflictError as error:
            return error
        return None

    def _check_fits(self, new: NewPassport) -> None:
        current = self.lots.get(_lot(new))
        if new.id in self.ids:
            why = "another passport with this id is stored"
            problem = Problem("id", f"{new.id} is taken", why, "issue with a new id")
            raise ConflictError("identity", problem)
        if current is not None and current.issuer != new.issuer:
            why = f"its passports come from {current.issuer}"
            what = f"{new.lot} belongs to another issuer"
            raise ConflictError("owner", Problem("lot", what, why, "use your own GTIN or lot"))
        if current is not None and new.valid_from < current.valid_from:
            why = f"the current one is valid from {current.valid_from}"
            fix = "issue a passport that is newer than the current one"
            raise ConflictError("order", Problem("validFrom", f"is {new.valid_from}", why, fix))


def _used_keys(connection: Connection, requests: Sequence[Idempotency]) -> dict[tuple[str, str | None], str]:
    """What the keys were used for that were used before."""
    if not requests:
        return {}
    owners, keys = {one.owner for one in requests}, {one.key for one in requests}
    rows = connection.execute(_KEYS, {"owners": list(owners), "keys": list(keys)})
    return {(row.owner, row.key): row.body_sha256 for row in rows}


def _found(connection: Connection, record: Record) -> Put:
    lot = (record.gtin, record.lot, record.serial)
    before = reading.version_id(connection, lot, record.version - 1) if record.version > 1 else None
    return Put(record, is_new=False, supersedes=before)


def _insert(connection: Connection, fresh: Sequence[Posting], before: _Before) -> list[Put]:
    if not fresh:
        return []
    new = [posting.passport for posting in fresh]
    current = [before.lots.get(_lot(one)) for one in new]
    versions = [1 if one is None else one.version + 1 for one in current]
    connection.execute(_NEW_PASSPORT, list(map(_row, fresh, versions)))
    entries = [passport_entry(one.digest) for one in new]
    leaves = log.append_all(connection, entries, [one.id for one in new])
    for posting in fresh:
        _add_parts(connection, posting.passport, posting.request.owner)
    return [
        Put(_record(one, version, leaf), is_new=True, supersedes=None if older is None else older.id)
        for one, version, leaf, older in zip(new, versions, leaves, current, strict=True)
    ]


def _record(new: NewPassport, version: int, leaf: int) -> Record:
    return Record(**_said(new), version=version, leaf_index=leaf)


def _said(new: NewPassport) -> dict[str, Any]:
    return {name: getattr(new, name) for name in _SAID}


def _row(posting: Posting, version: int) -> dict[str, Any]:
    new = posting.passport
    written = {"gross_kg_co2e": f"{new.gross_kg_co2e:f}", "version": version}
    return {**_said(new), **written, "accepted_by": posting.request.owner}


def _add_parts(connection: Connection, new: NewPassport, owner: str) -> None:
    if new.place is not None:
        statuses.use(connection, new.place, new.id, owner)
    registry.state(connection, new.statements, owner, new.accepted_at)
    if new.offline_code is not None:
        connection.execute(_NEW_CODE, {"passport_id": new.id, "code": new.offline_code})


def _keep_keys(connection: Connection, before: _Before, told: Iterable[tuple[Posting, Outcome]]) -> None:
    """What was refused may be sent again under the same key; what was stored stands for it."""
    rows = [
        {
            "owner": one.request.owner,
            "key": one.request.key,
            "body_sha256": one.request.body_sha256,
            "passport_id": outcome.record.id,
        }
        for one, outcome in told
        if one.request.key and (one.request.owner, one.request.key) not in before.keys
        if isinstance(outcome, Put)
    ]
    if rows:
        connection.execute(_NEW_KEY, rows)


def _lot(new: NewPassport) -> Lot:
    return new.gtin, new.lot, new.serial
