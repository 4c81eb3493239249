"""The database misbehaves: nothing half-stored, nothing acknowledged lost, reads go on, and it heals by itself."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from footprint.errors import FootprintError
from footprint.passport import merkle
from label_service.probe import FRESH_S
from label_service.store import Shelf, log, receipts
from label_service.store.engine import open_engine, write_transaction
from label_service.store.tables import metadata

GTIN = "09506000134352"
LOT = f"/01/{GTIN}/10/2025-06-A"
TABLES = ["passports", "log_leaves", "log_nodes", "idempotency_keys"]


def file_of(house) -> Path:
    return Path(house.settings.database_url.removeprefix("sqlite:///"))


def count(house) -> dict[str, int]:
    with sqlite3.connect(file_of(house)) as connection:
        found = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}  # noqa: S608
    connection.close()
    return found


@pytest.mark.parametrize("table", TABLES)
def test_a_write_that_fails_anywhere_leaves_nothing_and_can_be_repeated(house, client, orchard, table):
    """A trigger makes one INSERT fail, at every step of the transaction in turn."""
    with sqlite3.connect(file_of(house)) as connection:
        connection.execute(
            f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'broken disk'); END"
        )
    key = {"Idempotency-Key": "season-2025"}
    refused = house.post(client, orchard.passport(), **key)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert "broken disk" not in refused.text
    assert set(count(house).values()) == {0}
    with sqlite3.connect(file_of(house)) as connection:
        connection.execute("DROP TRIGGER broken")
    connection.close()
    assert house.post(client, orchard.passport(), **key).status_code == 201
    assert count(house) == {
        "passports": 1,
        "log_leaves": 1,
        "log_nodes": 1,
        "idempotency_keys": 1,
    }


def test_a_full_disk(house, client, orchard, monkeypatch):
    """SQLite refuses to grow, as on a full disk: 503, pages go on, and writing resumes when there is room again."""
    monkeypatch.setattr("label_service.probe.FRESH_S", 0.0)
    house.post(client, orchard.passport())
    engine, limit = client.app.state.service.shelf._engine, {"pages": 0}

    def no_room(connection, _entry):
        if limit["pages"] == 0:
            limit["pages"] = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={limit['pages']}")

    event.listen(engine, "connect", no_room)
    engine.dispose()
    answer = house.post(client, orchard.passport("OTHER"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert client.get(LOT).status_code == 200
    event.remove(engine, "connect", no_room)
    engine.dispose()
    assert house.post(client, orchard.passport("OTHER")).status_code == 201
    assert client.get("/ready").json() == {"status": "ok", "reading": True, "writing": True, "passports": 2}


def test_a_read_only_database(house, orchard):
    with house.open() as client:
        house.post(client, orchard.passport())
    read_only = house.changed(database_url=f"sqlite:///file:{file_of(house)}?mode=ro&uri=true")
    with read_only.open() as client:
        ready = client.get("/ready")
        assert (ready.status_code, ready.json()["status"], ready.json()["reading"]) == (
            503,
            "reading only",
            True,
        )
        assert client.get("/live").status_code == 200
        assert client.get(LOT).status_code == 200
        answer = read_only.post(client, orchard.passport("OTHER"))
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        assert str(file_of(house)) not in answer.text
    assert count(house)["passports"] == 1


def test_a_writer_that_does_not_let_go(house, client, orchard):
    """Another process holds the write lock for longer than SQLite waits: 503, and fine again after it."""
    other = sqlite3.connect(file_of(house), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert house.post(client, orchard.passport()).status_code == 503
    other.execute("ROLLBACK")
    other.close()
    assert house.post(client, orchard.passport()).status_code == 201


def test_readiness_is_tried_not_guessed_and_not_too_often(house, client):
    for _ in range(20):
        assert client.get("/ready").status_code == 200
    with sqlite3.connect(file_of(house)) as connection:
        (beats,) = connection.execute("SELECT beats FROM heartbeat").fetchone()
    connection.close()
    assert 1 <= beats <= 1 + 20 / FRESH_S


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda path: f"sqlite:///{path / 'missing' / 'x.db'}", "mkdir -p"),
        (lambda path: f"sqlite:///{path}", "is a folder"),
        (lambda path: f"sqlite:///{(path / 'text.db')}", "not a database"),
        (lambda _: "mysql://user@host/name", "cannot be used"),
        (lambda _: "nonsense", "cannot be used"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_at_start(tmp_path, spoil, says):
    (tmp_path / "text.db").write_text("this is not a database, it is a shopping list" * 100)
    with pytest.raises(FootprintError, match=says) as error:
        Shelf.open(spoil(tmp_path))
    assert error.value.problems[0].where == "database_url"


def test_durability_is_asked_for(house, client):
    with client.app.state.service.shelf._engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_what_was_stored_is_there_after_a_restart(house, orchard):
    with house.open() as client:
        first = house.post(client, orchard.passport()).json()
    with house.open() as client:
        again = house.post(client, orchard.passport())
        assert (again.status_code, again.json()) == (200, first)


def test_migrated_tables_are_the_declared_ones(tmp_path):
    """The migration and `tables.py` describe the same database."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    Shelf.open(f"sqlite:///{tmp_path / 'm.db'}").close()
    engine = open_engine(f"sqlite:///{tmp_path / 'm.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A log of 40 leaves, without passports, and their hashes."""
    url = f"sqlite:///{tmp_path_factory.mktemp('log') / 'log.db'}"
    Shelf.open(url).close()
    engine = open_engine(url)
    entries = [sha256(bytes([number])).digest() for number in range(40)]
    with write_transaction(engine) as connection:
        assert [log.append(connection, entry) for entry in entries] == list(range(40))
    yield engine, [merkle.leaf_hash(entry) for entry in entries]
    engine.dispose()


def test_a_batch_makes_the_tree_that_its_entries_make_one_by_one(tmp_path):
    url = f"sqlite:///{tmp_path / 'log.db'}"
    Shelf.open(url).close()
    engine, entries = open_engine(url), [bytes([number]) for number in range(23)]
    with write_transaction(engine) as connection:
        assert log.append(connection, entries[0]) == 0
        assert log.append_all(connection, []) == range(1, 1)
        assert log.append_all(connection, entries[1:6]) == range(1, 6)
        assert log.append_all(connection, entries[6:]) == range(6, 23)
        leaves = [merkle.leaf_hash(entry) for entry in entries]
        for size in range(1, 24):
            assert log.root(connection, size) == merkle.root(leaves[:size])
        with pytest.raises(ValueError, match="at most"):
            log.append_all(connection, [b"", bytes(70_000)])
    engine.dispose()


@given(data=st.data())
def test_the_stored_tree_is_the_one_of_rfc_6962(tree, data):
    engine, leaves = tree
    size = data.draw(st.integers(1, 40))
    index = data.draw(st.integers(0, size - 1))
    with engine.connect() as connection:
        receipt = receipts.receipt(connection, index, size)
        path = log.consistency(connection, index + 1, size)
    assert receipt.root == merkle.root(leaves[:size])
    assert receipt.path == merkle.inclusion_proof(leaves[:size], index)
    merkle.verify_consistency(index + 1, size, path, merkle.root(leaves[: index + 1]), receipt.root)


def test_many_threads_beat_one_heart(tmp_path):
    """Writers wait for each other instead of failing."""
    shelf = Shelf.open(f"sqlite:///{tmp_path / 'beats.db'}")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: shelf.beat(), range(64)))
    shelf.close()
    connection = sqlite3.connect(tmp_path / "beats.db")
    assert connection.execute("SELECT beats FROM heartbeat").fetchone() == (64,)
    connection.close()
