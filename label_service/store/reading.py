"""Queries. Each takes a connection, so that several see the same state."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from label_service.store.records import Record, StoredLabel
from label_service.store.tables import labels, log_leaves, offline_codes, passports

LOT = ("gtin", "lot", "serial")
_FIELDS = (*(column for column in passports.c if column.name != "accepted_by"), log_leaves.c.leaf_index)
Lot = tuple[str, str, str]
"""GTIN, lot and serial; the serial is empty for the whole lot."""


class Current(NamedTuple):
    """What a newer version of a lot has to fit."""

    version: int
    id: str
    issuer: str
    valid_from: str


_RECORDS: Select[Any] = select(*_FIELDS).join(log_leaves, log_leaves.c.passport_id == passports.c.id)

# made once: building a query takes longer than running it
_BY_ID = _RECORDS.where(passports.c.id == bindparam("wanted"))
_BY_DIGEST = _RECORDS.where(passports.c.digest == bindparam("wanted"))
_BY_DIGESTS = _RECORDS.where(passports.c.digest.in_(bindparam("wanted", expanding=True)))
_IDS = select(passports.c.id).where(passports.c.id.in_(bindparam("wanted", expanding=True)))
_LATER = passports.alias()
_CURRENT = select(*(passports.c[name] for name in (*LOT, "version", "id", "issuer", "valid_from"))).where(
    passports.c.gtin.in_(bindparam("gtins", expanding=True)),
    passports.c.lot.in_(bindparam("lots", expanding=True)),
    passports.c.version
    == select(func.max(_LATER.c.version))
    .where(*(_LATER.c[name] == passports.c[name] for name in LOT))
    .scalar_subquery(),
)
_VERSION = select(passports.c.id).where(*(passports.c[name] == bindparam(name) for name in (*LOT, "version")))
_OF_LOT = _RECORDS.where(
    passports.c.gtin == bindparam("gtin"),
    passports.c.lot == bindparam("lot"),
    passports.c.serial == bindparam("serial"),
).order_by(passports.c.version.desc())


def by_id(connection: Connection, passport_id: str) -> Record | None:
    """The passport with this id."""
    return _first(connection.execute(_BY_ID, {"wanted": passport_id}))


def owner_of(connection: Connection, passport_id: str) -> str | None:
    """The name of the API key with which the passport was handed in."""
    return connection.execute(select(passports.c.accepted_by).where(passports.c.id == passport_id)).scalar()


def by_digest(connection: Connection, digest: str) -> Record | None:
    """Exactly this passport."""
    return _first(connection.execute(_BY_DIGEST, {"wanted": digest}))


def by_digests(connection: Connection, digests: Sequence[str]) -> dict[str, Record]:
    """Those of these passports that are stored, by digest."""
    rows = connection.execute(_BY_DIGESTS, {"wanted": digests})
    return {record.digest: record for record in map(_record, rows)}


def taken_ids(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of these ids that a passport has."""
    return set(connection.execute(_IDS, {"wanted": ids}).scalars())


def current_of(connection: Connection, lots: Collection[Lot]) -> dict[Lot, Current]:
    """The current passport of each of these lots that has one."""
    named = {"gtins": sorted({lot[0] for lot in lots}), "lots": sorted({lot[1] for lot in lots})}
    found = {row[:3]: Current(*row[3:]) for row in connection.execute(_CURRENT, named)}
    return {lot: found[lot] for lot in lots if lot in found}


def version_id(connection: Connection, lot: Lot, version: int) -> str | None:
    """The id of one version of a lot."""
    named = dict(zip(LOT, lot, strict=True))
    return connection.execute(_VERSION, {**named, "version": version}).scalar()


def versions(connection: Connection, gtin: str, lot: str, serial: str) -> list[Record]:
    """Every version of one lot, the current one first."""
    return [_record(row) for row in connection.execute(_OF_LOT, {"gtin": gtin, "lot": lot, "serial": serial})]


def current(connection: Connection, gtin: str | None, limit: int) -> list[Record]:
    """The highest version of each lot, newest first."""
    key = (passports.c.gtin, passports.c.lot, passports.c.serial)
    highest = select(*key, func.max(passports.c.version).label("version")).group_by(*key).subquery()
    same = [passports.c[name] == highest.c[name] for name in ("gtin", "lot", "serial", "version")]
    query = select(*_FIELDS).join(log_leaves, log_leaves.c.passport_id == passports.c.id).where(*same)
    if gtin is not None:
        query = query.where(passports.c.gtin == gtin)
    return [
        _record(row)
        for row in connection.execute(query.order_by(log_leaves.c.leaf_index.desc()).limit(limit))
    ]


def label(connection: Connection, passport_id: str, language: str, variant: str) -> StoredLabel | None:
    """One drawn label."""
    query = select(labels.c.svg, labels.c.png).where(
        labels.c.passport_id == passport_id, labels.c.language == language, labels.c.variant == variant
    )
    row = connection.execute(query).first()
    return StoredLabel(language, variant, bytes(row.svg), bytes(row.png)) if row else None


def offline_code(connection: Connection, passport_id: str) -> str | None:
    """What the labels of a passport say after the `#`."""
    query = select(offline_codes.c.code).where(offline_codes.c.passport_id == passport_id)
    return connection.execute(query).scalar()


def _first(rows: Iterable[Row[Any]]) -> Record | None:
    return next((_record(row) for row in rows), None)


def _record(row: Row[Any]) -> Record:
    values = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's documented name)
    return Record(**{**values, "body": bytes(row.body), "gross_kg_co2e": Decimal(row.gross_kg_co2e)})
