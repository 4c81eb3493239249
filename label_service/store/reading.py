"""Queries. Each takes a connection, so that several see the same state."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from label_service.store.records import Record, StoredLabel
from label_service.store.tables import labels, log_leaves, passports

_FIELDS = (*(column for column in passports.c if column.name != "accepted_by"), log_leaves.c.leaf_index)
_RECORDS: Select[Any] = select(*_FIELDS).join(log_leaves, log_leaves.c.passport_id == passports.c.id)


def by_id(connection: Connection, passport_id: str) -> Record | None:
    """The passport with this id."""
    return _first(connection.execute(_RECORDS.where(passports.c.id == passport_id)))


def owner_of(connection: Connection, passport_id: str) -> str | None:
    """The name of the API key with which the passport was handed in."""
    return connection.execute(select(passports.c.accepted_by).where(passports.c.id == passport_id)).scalar()


def by_digest(connection: Connection, digest: str) -> Record | None:
    """Exactly this passport."""
    return _first(connection.execute(_RECORDS.where(passports.c.digest == digest)))


def versions(connection: Connection, gtin: str, lot: str, serial: str) -> list[Record]:
    """Every version of one lot, the current one first."""
    same = (passports.c.gtin == gtin, passports.c.lot == lot, passports.c.serial == serial)
    return [
        _record(row) for row in connection.execute(_RECORDS.where(*same).order_by(passports.c.version.desc()))
    ]


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


def _first(rows: Iterable[Row[Any]]) -> Record | None:
    return next((_record(row) for row in rows), None)


def _record(row: Row[Any]) -> Record:
    values = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's documented name)
    return Record(**{**values, "body": bytes(row.body), "gross_kg_co2e": Decimal(row.gross_kg_co2e)})
