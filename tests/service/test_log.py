"""The log as monitors and witnesses see it: signed heads, tiles, proofs; and a database that went back in time."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from alembic import command
from alembic.config import Config

from footprint.errors import InputError, LogError
from footprint.log import watch
from footprint.passport import Signer, TrustedLog, TrustList, merkle, verify
from footprint.passport.checkpoint import Checkpoint, KnownLog, open_checkpoint
from footprint.passport.log_proof import passport_entry
from footprint.passport.signed_note import NoteKey
from footprint.passport.tiles import unbundle
from label_service.store import Notary, Shelf, StoreError, log
from label_service.store.engine import open_engine, write_transaction
from label_service.store.kept_checkpoint import KeptCheckpoint
from label_service.store.migrate import MIGRATIONS

NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
ORIGIN = "127.0.0.1:8765/log"


def log_key(house) -> NoteKey:
    return NoteKey(ORIGIN, Signer.open(house.settings.signing_key).ed25519_key)


def head(house, client) -> Checkpoint:
    return open_checkpoint(client.get("/log/checkpoint").content, [KnownLog(log_key(house))])


class Served:
    """The service, read as a monitor reads it."""

    def __init__(self, client) -> None:
        self.client = client

    def read(self, path: str) -> bytes:
        answer = self.client.get(f"/log/{path}")
        if answer.status_code != 200:
            raise InputError.of(path, str(answer.status_code), "", "")
        return answer.content


def test_the_answer_holds_a_proof_that_verifies_offline(either, orchard):
    with either.open() as client:
        passports = [orchard.passport(f"LOT-{number}") for number in range(5)]
        proofs = [either.post(client, passport).json()["log"]["proof"] for passport in passports]
    issuers = (orchard.signer.trusted_as("Sample Lychee Co-operative (sample data)"),)
    trust = TrustList(issuers, logs=(TrustedLog(key=str(log_key(either))),))
    for number, (passport, proof) in enumerate(zip(passports, proofs, strict=True)):
        verified = verify(passport, trust=trust, at=NOW, log_proof=proof)
        assert (verified.logged.index, verified.logged.log) == (number, ORIGIN)


def test_a_monitor_follows_the_log_as_it_grows(either, orchard):
    with either.open() as client:
        known, state = KnownLog(log_key(either)), None
        for number in range(7):
            either.post(client, orchard.passport(f"LOT-{number}"))
            if number % 2 == 0:
                seen = watch(Served(client), known, state)
                assert seen.checkpoint == head(either, client)
                state = str(seen.note).encode()
        assert seen.checkpoint.size == 7


def test_tiles_and_entries_hold_what_was_logged(either, orchard):
    with either.open() as client:
        digests = [
            either.post(client, orchard.passport(f"LOT-{number}")).json()["digest"] for number in range(3)
        ]
        entries = list(unbundle(client.get("/log/tile/entries/000.p/3").content))
        tile = client.get("/log/tile/0/000.p/3")
    assert entries == [passport_entry(digest) for digest in digests]
    assert tile.content == b"".join(map(merkle.leaf_hash, entries))
    assert (tile.headers["Content-Type"], "immutable" in tile.headers["Cache-Control"]) == (
        "application/octet-stream",
        True,
    )


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/000",  # not full yet
        "tile/0/000.p/4",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/001.p/1",
        "tile/1/000.p/1",
        "tile/0/0",
        "tile/0/x000/000/000",
        "tile/0/%2e%2e/000.p/1",
        "tile/entries/000.p/99999",
        "tile/entries/-01",
    ],
)
def test_only_what_a_signed_head_covers_is_served(house, client, orchard, path):
    for number in range(3):
        house.post(client, orchard.passport(f"LOT-{number}"))
    assert client.get(f"/log/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["tile/7/000", "tile/-1/000", "tile/x/000", "consistency?from=2&to=1", "consistency?from=1&to=9"]
)
def test_what_is_no_tile(house, client, orchard, path):
    house.post(client, orchard.passport())
    assert client.get(f"/log/{path}").status_code == 422


def test_two_heads_are_proven_consistent(house, client, orchard):
    heads = []
    for number in range(6):
        house.post(client, orchard.passport(f"LOT-{number}"))
        heads.append(head(house, client))
    for old in heads:
        for new in heads[old.size - 1 :]:
            answer = client.get("/log/consistency", params={"from": old.size, "to": new.size}).json()
            merkle.verify_consistency(
                old.size, new.size, [bytes.fromhex(s) for s in answer["path"]], old.root, new.root
            )


def shelf_of(house) -> Shelf:
    signer = Signer.open(house.settings.signing_key)
    notary = Notary(house.settings.log_origin, signer, house.settings.kept_checkpoint)
    return Shelf.open(house.settings.database_url, notary)


def test_anything_can_be_logged_and_has_no_gap(either):
    """What a registry beside the passports needs: `append` alone, or `log.append` with its own rows."""
    shelf = shelf_of(either)
    with ThreadPoolExecutor(16) as pool:
        indices = list(pool.map(lambda number: shelf.append(f"sample {number}\n".encode()), range(300)))
    assert sorted(indices) == list(range(300))
    assert shelf.write(lambda connection: log.append(connection, b"one more")) == 300
    newest = Checkpoint.parse(shelf.checkpoint().decode().partition("\n\n")[0] + "\n")
    leaves = [merkle.leaf_hash(entry) for entry in (*shelf.entries(0, 256), *shelf.entries(1, 45))]
    assert (newest.size, newest.root) == (301, merkle.root(leaves))
    with pytest.raises(ValueError, match="at most 65535 bytes"):
        shelf.append(bytes(65_536))
    shelf.close()


def test_writers_share_a_transaction_and_one_head(tmp_path, house):
    """While one batch is written the next gathers: 200 writes, far fewer signed heads."""
    shelf, gate = shelf_of(house), Event()
    with ThreadPoolExecutor(64) as pool:
        slow = pool.submit(shelf.write, lambda _: gate.wait(10))
        rest = [pool.submit(shelf.append, f"sample {number}\n".encode()) for number in range(60)]
        gate.set()
        assert slow.result() is True
        assert sorted(future.result() for future in rest) == list(range(60))
    with sqlite3.connect(house.settings.database_url.removeprefix("sqlite:///")) as connection:
        (heads,) = connection.execute("SELECT count(*) FROM checkpoints").fetchone()
    connection.close()
    shelf.close()
    assert 1 <= heads <= 30


def test_one_bad_write_spoils_nobody_elses(either):
    shelf, gate = shelf_of(either), Event()

    def broken(connection):
        log.append(connection, b"never")
        raise KeyError("sample fault")

    with ThreadPoolExecutor(8) as pool:
        slow = pool.submit(shelf.write, lambda _: gate.wait(10))
        good = pool.submit(shelf.append, b"one")
        bad = pool.submit(shelf.write, broken)
        also = pool.submit(shelf.append, b"two")
        gate.set()
        assert slow.result()
        with pytest.raises(KeyError):
            bad.result()
        assert {good.result(), also.result()} == {0, 1}
    assert sorted(shelf.entries(0, 256)) == [b"one", b"two"]
    shelf.close()


def test_a_restored_old_backup_refuses_to_sign(house, orchard, tmp_path):
    """The database goes back in time; the kept head does not: no second history is ever signed."""
    database = Path(house.settings.database_url.removeprefix("sqlite:///"))
    with house.open() as client:
        house.post(client, orchard.passport("ONE"))
        with sqlite3.connect(database) as connection:
            connection.execute(f"VACUUM INTO '{tmp_path / 'old.db'}'")
        connection.close()
        house.post(client, orchard.passport("TWO"))
        kept = client.get("/log/checkpoint").content
    for leftover in ("-wal", "-shm"):
        Path(f"{database}{leftover}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "old.db", database)
    with house.open() as client:
        answer = house.post(client, orchard.passport("THREE"))
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        assert "an older backup was restored" in answer.json()["problems"][0]["why"]
        assert client.get("/ready").json()["status"] == "reading only"
        assert client.get("/01/09506000134352/10/ONE").status_code == 200
        assert client.get("/log/checkpoint").content == kept


def test_another_past_refuses_to_sign(house, orchard, tmp_path):
    with house.open() as client:
        house.post(client, orchard.passport("ONE"))
    other = house.changed(
        database_url=f"sqlite:///{tmp_path / 'other.db'}", checkpoint_file=tmp_path / "other.kept"
    )
    with other.open() as client:
        other.post(client, orchard.passport("FORGED"))
    swapped = other.changed(checkpoint_file=house.settings.kept_checkpoint)
    with swapped.open() as client:
        answer = swapped.post(client, orchard.passport("NEXT"))
        assert (answer.status_code, answer.json()["problems"][0]["what"]) == (503, "has another past")


def test_a_missing_kept_head_refuses_to_sign(house, orchard):
    with house.open() as client:
        house.post(client, orchard.passport("ONE"))
    house.settings.kept_checkpoint.unlink()
    with house.open() as client:
        answer = house.post(client, orchard.passport("TWO"))
        assert (answer.status_code, "file is missing" in answer.json()["problems"][0]["what"]) == (503, True)


def test_another_key_does_not_continue_the_log(house, orchard, tmp_path):
    with house.open() as client:
        house.post(client, orchard.passport("ONE"))
    Signer.generate().save(tmp_path / "new.key", None)
    changed = house.changed(signing_key=tmp_path / "new.key")
    with changed.open() as client:
        answer = changed.post(client, orchard.passport("TWO"))
        assert (answer.status_code, answer.json()["problems"][0]["fix"]) == (
            503,
            "use the log's own key and name: FOOTPRINT_LOG_NAME",
        )


def test_a_service_that_moves_takes_its_log_along(house, orchard):
    with house.open() as client:
        house.post(client, orchard.passport("ONE"))
    moved = house.changed(public_url="http://127.0.0.1:9999")
    elsewhere = orchard.passport("TWO", resolver="http://127.0.0.1:9999")
    with moved.open() as client:
        assert moved.post(client, elsewhere).status_code == 503
    with moved.changed(log_name=ORIGIN).open() as client:
        assert moved.post(client, elsewhere).json()["log"]["leaf_index"] == 1


def test_killed_between_commit_and_keeping(either, monkeypatch):
    """What was committed and not kept was not acknowledged; the next batch keeps it, and nothing is lost."""
    shelf = shelf_of(either)
    assert shelf.append(b"one") == 0
    monkeypatch.setattr(KeptCheckpoint, "swap", lambda *_: (_ for _ in ()).throw(StoreError()))
    with pytest.raises(StoreError):
        shelf.append(b"two")
    monkeypatch.undo()
    shelf.close()
    shelf = shelf_of(either)
    shelf.beat()
    assert Checkpoint.parse(shelf.checkpoint().decode().partition("\n\n")[0] + "\n").size == 2
    assert shelf.append(b"three") == 2
    shelf.close()


def test_a_second_process_with_the_same_kept_head_is_noticed(tmp_path):
    kept = KeptCheckpoint(tmp_path / "kept")
    with kept.turn():
        kept.swap(None, b"one")
        with pytest.raises(StoreError, match="another process"):
            kept.swap(None, b"two")
        kept.swap(b"one", b"two")
    assert kept.read() == b"two"


def test_postgresql_must_be_told_where_the_head_is_kept(house):
    settings = house.settings.model_copy(update={"database_url": "postgresql+psycopg://u@h/n"})
    with pytest.raises(InputError, match="FOOTPRINT_CHECKPOINT_FILE"):
        settings.check()


def test_a_database_from_before_there_were_signed_heads(tmp_path, orchard, house):
    """Its passports are entries again, in the same order, under the first signed head."""
    with house.open() as client:
        answers = [house.post(client, orchard.passport(f"LOT-{number}")).json() for number in range(5)]
    old = tmp_path / "old.db"
    engine = open_engine(f"sqlite:///{old}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with write_transaction(engine, lock_log=False) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with sqlite3.connect(old) as connection:
        names = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(passports)"))
        connection.execute("ATTACH ? AS newer", (house.settings.database_url.removeprefix("sqlite:///"),))
        connection.execute(f"INSERT INTO passports SELECT {names} FROM newer.passports")  # noqa: S608
        connection.execute(
            "INSERT INTO log_leaves SELECT leaf_index, passport_id, x'00' FROM newer.log_leaves"
        )
        connection.execute("INSERT INTO log_nodes SELECT 0, leaf_index, x'00' FROM newer.log_leaves")
    connection.close()
    before = house.changed(database_url=f"sqlite:///{old}", checkpoint_file=tmp_path / "first.checkpoint")
    with before.open() as client:
        again = [before.post(client, orchard.passport(f"LOT-{number}")).json() for number in range(5)]
        assert [answer["log"]["leaf_hash"] for answer in again] == [
            answer["log"]["leaf_hash"] for answer in answers
        ]
        assert head(before, client).size == 5
        assert head(before, client).root.hex() == answers[-1]["log"]["root"]


def test_a_monitor_notices_what_an_honest_service_would_not_do(house, orchard, tmp_path):
    """The operator deletes the kept head too: the service starts over, and the monitor has the evidence."""
    known = KnownLog(log_key(house))
    with house.open() as client:
        for number in range(3):
            house.post(client, orchard.passport(f"LOT-{number}"))
        state = str(watch(Served(client), known, None).note).encode()
    for again in (2, 3, 4):
        fresh = house.changed(
            database_url=f"sqlite:///{tmp_path / f'{again}.db'}", checkpoint_file=tmp_path / f"{again}"
        )
        with fresh.open() as client:
            for number in range(again):
                fresh.post(client, orchard.passport(f"FORGED-{number}", issued_at=NOW - timedelta(days=1)))
            with pytest.raises(LogError, match="rolled back" if again == 2 else "another past") as error:
                watch(Served(client), known, state)
            assert state.decode() in str(error.value)
