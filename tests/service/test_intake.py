"""Passports that come in together share a transaction and a signed head; what happens to one is its own business."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from time import sleep
from uuid import UUID

import pytest
from sqlalchemy import event

from footprint.passport import merkle
from footprint.passport.log_proof import passport_entry
from label_service.store import log, receipts

GTIN = "09506000134352"
SOON_S = 10


@pytest.fixture
def house(either):
    """Alike on SQLite and on PostgreSQL, but where a test says otherwise."""
    return either


@contextmanager
def writer_held(client):
    """Whatever is posted inside waits for the one writer, and is written together."""
    shelf, begun, go_on = client.app.state.service.shelf, Event(), Event()

    def hold(_connection):
        begun.set()
        go_on.wait(SOON_S)

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(shelf.write, hold)
        begun.wait(SOON_S)
        try:
            yield
        finally:
            go_on.set()
            holding.result(SOON_S)


def together(house, client, orchard, postings) -> list:
    """The answers to postings that make one handful: one before them keeps the intake busy until all are there."""
    intake = client.app.state.service.intake
    with ThreadPoolExecutor(len(postings) + 1) as pool:
        with writer_held(client):
            keeping_busy(house, client, orchard, pool)
            sent = []
            for passport, headers in postings:
                sent.append(pool.submit(house.post, client, passport, **headers))
                until(lambda: len(intake._queue) == len(sent))
        return [one.result(SOON_S) for one in sent]


def keeping_busy(house, client, orchard, pool):
    """A passport that has reached the writer, who is held; what comes after it waits in the queue."""
    intake, writers = client.app.state.service.intake, client.app.state.service.shelf._sequencer
    first = pool.submit(house.post, client, orchard.passport("FIRST"))
    until(lambda: writers._jobs.qsize() == 1 and not intake._queue)
    return first


def until(holds) -> None:
    for _ in range(1000):
        if holds():
            return
        sleep(0.01)
    pytest.fail("waited in vain")


def leaf_of(answer) -> bytes:
    return merkle.leaf_hash(passport_entry(answer.json()["digest"]))


def test_a_handful_shares_a_head_and_each_gets_its_own_proof(house, client, orchard):
    answers = together(
        house, client, orchard, [(orchard.passport(f"LOT-{number}"), {}) for number in range(6)]
    )
    assert {answer.status_code for answer in answers} == {201}
    assert {answer.json()["log"]["tree_size"] for answer in answers} == {7}
    assert [answer.json()["log"]["leaf_index"] for answer in answers] == [1, 2, 3, 4, 5, 6]
    for answer in answers:
        said = answer.json()["log"]
        path, root = [bytes.fromhex(step) for step in said["path"]], bytes.fromhex(said["root"])
        merkle.verify_inclusion(leaf_of(answer), said["leaf_index"], 7, path, root)


def test_what_is_refused_takes_no_neighbour_with_it(house, client, orchard):
    good, other = orchard.passport("GOOD"), orchard.passport("OTHER")
    same_id = orchard.passport("THIRD", id=UUID(good.unverified_id.removeprefix("urn:uuid:")))
    stranger = orchard.passport("X", resolver="https://elsewhere.example.org")
    key = {"Idempotency-Key": "season-1"}
    answers = together(
        house,
        client,
        orchard,
        [
            (good, key),
            (stranger, {}),
            (same_id, {}),
            (other, key),
            (good, {}),
            (orchard.passport("LAST"), {}),
        ],
    )
    assert [answer.status_code for answer in answers] == [201, 422, 409, 422, 200, 201]
    assert answers[4].json() == answers[0].json()
    assert answers[3].json()["problems"][0]["where"] == "Idempotency-Key"
    assert client.get("/ready").json()["passports"] == 3


def test_two_versions_of_a_lot_in_one_handful_follow_each_other(house, client, orchard):
    old = orchard.passport(issued_at=house.clock() - timedelta(days=2))
    new = orchard.passport(issued_at=house.clock() - timedelta(days=1))
    first, second, late = together(house, client, orchard, [(old, {}), (new, {}), (old, {})])
    assert (first.json()["version"], second.json()["version"]) == (1, 2)
    assert second.json()["supersedes"] == first.json()["id"]
    assert (late.status_code, late.json()) == (200, first.json())


def test_a_row_that_the_database_refuses_takes_no_neighbour_with_it(sqlite_house, orchard):
    with sqlite_house.open() as client:
        file = sqlite_house.settings.database_url.removeprefix("sqlite:///")
        with sqlite3.connect(file) as connection:
            connection.execute(
                "CREATE TRIGGER broken BEFORE INSERT ON passports WHEN new.lot = 'BAD' "
                "BEGIN SELECT RAISE(ABORT, 'broken disk'); END"
            )
        connection.close()
        lots = ["ONE", "BAD", "TWO"]
        answers = together(sqlite_house, client, orchard, [(orchard.passport(lot), {}) for lot in lots])
        assert [answer.status_code for answer in answers] == [201, 503, 201]
        assert [answers[at].json()["log"]["leaf_index"] for at in (0, 2)] == [1, 2]


def test_who_waits_too_long_is_told_so_and_nothing_of_it_is_stored(sqlite_house, orchard, monkeypatch):
    monkeypatch.setattr("label_service.intake.PATIENCE_S", 0.3)
    with sqlite_house.open() as client:
        with ThreadPoolExecutor(1) as pool, writer_held(client):
            first = keeping_busy(sqlite_house, client, orchard, pool)
            late = sqlite_house.post(client, orchard.passport("LATE"))
            assert (late.status_code, late.headers["Retry-After"]) == (503, "30")
        assert first.result(SOON_S).status_code == 201
        assert client.get(f"/01/{GTIN}/10/LATE").status_code == 404
        monkeypatch.setattr("label_service.intake.LONGEST_QUEUE", 0)
        assert sqlite_house.post(client, orchard.passport("LATE")).status_code == 503


def test_what_is_waiting_when_the_service_stops_is_still_answered(sqlite_house, orchard):
    with sqlite_house.open() as client, ThreadPoolExecutor(4) as pool:
        intake = client.app.state.service.intake
        with writer_held(client):
            sent = [keeping_busy(sqlite_house, client, orchard, pool)]
            sent += [pool.submit(sqlite_house.post, client, orchard.passport(lot)) for lot in ("ONE", "TWO")]
            until(lambda: len(intake._queue) == 2)
            closing = pool.submit(intake.close)
            until(lambda: not intake._open)
        assert [one.result(SOON_S).status_code for one in sent] == [201, 201, 201]
        closing.result(SOON_S)
        assert sqlite_house.post(client, orchard.passport("LATER")).status_code == 503


def test_a_receipt_looks_nothing_through(sqlite_house, orchard):
    """However long the log is: every query about it is a search in an index."""
    plans: list[str] = []

    def explain(connection, _cursor, statement, parameters, *_):
        if statement.startswith("SELECT"):
            asked = connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[3] for row in asked)

    with sqlite_house.open() as client:
        for lot in ("ONE", "TWO", "THREE"):
            sqlite_house.post(client, orchard.passport(lot))
        shelf = client.app.state.service.shelf
        event.listen(shelf._engine, "before_cursor_execute", explain)
        shelf.read(lambda connection: (receipts.receipts(connection, [0, 1]), log.root(connection, 3)))
        event.remove(shelf._engine, "before_cursor_execute", explain)
    assert any("log_nodes" in plan for plan in plans)
    values = re.compile("SCAN (v|[0-9]+ CONSTANT ROWS?)")
    assert [plan for plan in plans if plan.startswith("SCAN") and not values.fullmatch(plan)] == []
