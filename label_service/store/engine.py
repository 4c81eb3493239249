"""Opening the database; the only file that knows which one it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from footprint.errors import InputError

WRITING, LOCKED, UNLOCKED = "writing", "log locked", "tables not made yet"
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")
POSTGRESQL_WRITE_LOCK = "LOCK TABLE log_leaves IN EXCLUSIVE MODE"


def open_engine(url: str) -> Engine:
    """An engine whose write transactions are taken one at a time, also between processes."""
    try:
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        fix = "write sqlite:///folder/passports.db, or postgresql+psycopg://user@host/name with its driver"
        raise InputError.of("database_url", "cannot be used", str(error), fix) from None
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    elif engine.dialect.name == "postgresql":
        _prepare_postgresql(engine)
    else:
        raise InputError.of(
            "database_url",
            f"names {engine.dialect.name}",
            "SQLite and PostgreSQL are supported",
            "use one of them",
        )
    return engine


@contextmanager
def write_transaction(engine: Engine, *, lock_log: bool = True) -> Iterator[Connection]:
    """A connection inside a write transaction that no other writer shares; committed at the end."""
    mode = LOCKED if lock_log else UNLOCKED
    with engine.connect().execution_options(**{WRITING: mode}) as connection, connection.begin():
        yield connection


def _prepare_sqlite(engine: Engine) -> None:
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_sqlite)


def _set_pragmas(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # BEGIN is ours: sqlite3's own is deferred and comes too late
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(
        "BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITING) else "BEGIN"
    )


def _prepare_postgresql(engine: Engine) -> None:
    event.listen(engine, "begin", _begin_postgresql)


def _begin_postgresql(connection: Connection) -> None:
    # the lock does not conflict with readers; while tables are being made there is none to lock
    if connection.get_execution_options().get(WRITING) == LOCKED:
        connection.exec_driver_sql(POSTGRESQL_WRITE_LOCK)


def check_place(url: str) -> None:
    """The commonest mistake, said before SQLite says "unable to open database file"."""
    parsed = make_url(url)
    if (
        parsed.get_backend_name() != "sqlite"
        or not parsed.database
        or parsed.database.startswith(("file:", ":"))
    ):
        return
    path = Path(parsed.database)
    if path.is_dir():
        raise InputError.of(
            "database_url", f"{path} is a folder", "a file is needed", f"write sqlite:///{path}/passports.db"
        )
    if not path.parent.is_dir():
        raise InputError.of(
            "database_url",
            f"{path.parent} is not a folder",
            "the database cannot be made there",
            f"mkdir -p {path.parent}",
        )
