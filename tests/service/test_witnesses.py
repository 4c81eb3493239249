"""Witnesses put their names under the log's head; the log gives them out, and readers ask for them."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import httpx2 as httpx
import pytest
from click.testing import CliRunner
from sqlalchemy import inspect

from footprint.cli.log import witness
from footprint.errors import InputError, LogError, SignatureError
from footprint.log import cosigned, send_head, watch
from footprint.log.watch import Seen
from footprint.passport import Signer, TrustedLog, TrustList, Witnessed, verify
from footprint.passport.checkpoint import Checkpoint, KnownLog
from footprint.passport.signed_note import LOG, WITNESS, Note, NoteKey, NoteSignature
from label_service.store.engine import open_engine
from tests.service.server import Server

NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
ORIGIN = "127.0.0.1:8765/log"
AT = 1_751_356_800
EVE = Signer.from_seed(b"\x0b" * 32)
SIGNERS = {name: Signer.from_seed(bytes([number]) * 32) for number, name in enumerate(("north", "south"), 20)}
KEYS = {name: NoteKey(f"{name}.example.org", signer.ed25519_key, WITNESS) for name, signer in SIGNERS.items()}


@pytest.fixture
def logged(house):
    """A log that knows two witnesses."""
    return house.changed(log_witnesses=tuple(map(str, KEYS.values())))


def log_key(house) -> NoteKey:
    return NoteKey(ORIGIN, Signer.open(house.settings.signing_key).ed25519_key)


class Served:
    """The service, read as a witness reads it."""

    def __init__(self, client) -> None:
        self.client = client

    def read(self, path: str) -> bytes:
        return self.client.get(f"/log/{path}").content


def witnessed(house, client, name: str, *, signer: Signer | None = None) -> Note:
    """The head as this witness cosigns it."""
    seen: Seen = watch(Served(client), KnownLog(log_key(house)), None)
    line = cosigned(seen, KEYS[name], (signer or SIGNERS[name]).sign_bytes, AT)
    return seen.note.and_signatures([line])


def send(client, note: Note | str):
    return client.post("/log/cosignatures", content=str(note).encode())


def test_a_reader_who_asks_for_two_witnesses_gets_them_with_the_proof(logged, orchard):
    passport = orchard.passport()
    with logged.open() as client:
        logged.post(client, passport)
        first, second = (witnessed(logged, client, name) for name in KEYS)
        assert send(client, first).json() == {"witnesses": ["north.example.org"]}
        assert client.get("/log/checkpoint?witnesses=2").status_code == 404
        assert send(client, second).json() == {"witnesses": ["south.example.org"]}
        head = Note.parse(client.get("/log/checkpoint?witnesses=2").content)
        proof = client.get(f"/v1/passports/{passport.document['id'][9:]}/proof").json()["proof"]
    assert all(head.signed_by(key) == AT for key in KEYS.values())
    issuers = (orchard.signer.trusted_as("Sample Lychee Co-operative (sample data)"),)
    keys = tuple(map(str, KEYS.values()))
    trust = TrustList(issuers, logs=(TrustedLog(key=str(log_key(logged)), witnesses=keys, needed=2),))
    assert verify(passport, trust=trust, at=NOW, log_proof=proof).logged.log == ORIGIN
    stranger = NoteKey("east.example.org", EVE.ed25519_key, WITNESS)
    with pytest.raises(LogError, match=r"not signed by east\.example\.org"):
        verify(passport, trust=Witnessed(trust, (stranger,)), at=NOW, log_proof=proof)


def test_a_log_that_grows_keeps_the_head_that_was_witnessed(logged, orchard):
    with logged.open() as client:
        logged.post(client, orchard.passport("LOT-1"))
        send(client, witnessed(logged, client, "north"))
        logged.post(client, orchard.passport("LOT-2"))
        newest, seen = (Note.parse(client.get(f"/log/checkpoint{q}").content) for q in ("", "?witnesses=1"))
    assert (Checkpoint.parse(newest.text).size, Checkpoint.parse(seen.text).size) == (2, 1)
    assert newest.signed_by(KEYS["north"]) is None
    assert seen.signed_by(KEYS["north"]) == AT


def test_cosignatures_outlive_the_process(logged, orchard):
    with logged.open() as client:
        logged.post(client, orchard.passport())
        send(client, witnessed(logged, client, "north"))
    with logged.open() as client:
        assert Note.parse(client.get("/log/checkpoint").content).signed_by(KEYS["north"]) == AT


def test_the_same_one_again_changes_nothing(logged, orchard):
    with logged.open() as client:
        logged.post(client, orchard.passport())
        note = witnessed(logged, client, "north")
        assert send(client, note).json() == send(client, note).json()
        assert len(Note.parse(client.get("/log/checkpoint").content).signatures) == 2


def test_what_is_not_kept(logged, orchard):
    stranger = NoteKey("east.example.org", EVE.ed25519_key, WITNESS)
    with logged.open() as client:
        logged.post(client, orchard.passport())
        note = witnessed(logged, client, "north")
        seen = Seen(note, Checkpoint.parse(note.text), 1)
        by_a_stranger = Note(note.text, (cosigned(seen, stranger, EVE.sign_bytes, AT),))
        forged = witnessed(logged, client, "south", signer=EVE)
        other = Note(Checkpoint(ORIGIN, 1, bytes(32)).text, note.signatures)
        later = Note(Checkpoint(ORIGIN, 9, bytes(32)).text, note.signatures)
        answers = {
            "unknown-witness": send(client, by_a_stranger),
            "signature": send(client, forged),
            "other-head": send(client, other),
        }
        assert {slug: answer.json()["type"].rpartition("/")[2] for slug, answer in answers.items()} == {
            slug: slug for slug in answers
        }
        assert [answer.status_code for answer in answers.values()] == [422, 422, 409]
        assert send(client, later).status_code == send(client, "no note").status_code == 409
        assert send(client, "x" * 70_000).status_code == 413
        assert len(Note.parse(client.get("/log/checkpoint").content).signatures) == 1


def test_a_line_is_written_as_it_was_read():
    line = NoteSignature("north.example.org", b"abcd", bytes(72))
    assert NoteSignature.parse(str(line)) == line
    with pytest.raises(LogError):
        NoteSignature.parse("- north.example.org AAAA")


def test_a_key_of_another_sort_is_no_witness(house):
    key = str(NoteKey("north.example.org", EVE.ed25519_key, LOG))
    with pytest.raises(InputError, match="a witness signs with type 4"):
        house.changed(log_witnesses=(key,)).settings.check()


def test_the_table_is_there_on_each_database(either):
    with either.open():
        pass
    engine = open_engine(either.settings.database_url)
    try:
        assert "cosignatures" in inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_a_monitor_asks_for_a_witness(logged, orchard):
    with logged.open() as client:
        logged.post(client, orchard.passport())
        known = KnownLog(log_key(logged), demanded=(KEYS["north"],))
        with pytest.raises(LogError, match=r"not signed by north\.example\.org"):
            watch(Served(client), known, None)
        send(client, witnessed(logged, client, "north"))
        assert watch(Served(client), known, None).checkpoint.size == 1


def test_a_cosignature_of_another_text_is_no_cosignature(logged, orchard):
    with logged.open() as client:
        logged.post(client, orchard.passport())
        note = witnessed(logged, client, "north")
    moved = Note(Checkpoint(ORIGIN, 1, bytes(32)).text, note.signatures)
    with pytest.raises(SignatureError):
        moved.signed_by(KEYS["north"])


def test_a_witness_on_another_machine_hands_its_line_in(tmp_path, orchard):
    """The whole way, over HTTP: keys, a log that knows the witness, the countersigned head, a reader who asks for it."""
    (tmp_path / "w").mkdir()
    SIGNERS["north"].save(tmp_path / "north.key", None)
    origin, known = "localhost/log", json.dumps([str(KEYS["north"])])
    with Server(tmp_path / "w", log_witnesses=known) as server:
        service, producer = (
            Signer.open(tmp_path / "w" / "sample" / f"{name}.key") for name in ("service", "producer")
        )
        now = datetime.now(UTC).replace(microsecond=0)
        passport = replace(orchard, signer=producer).passport(issued_at=now, resolver=server.url)
        answer = httpx.post(f"{server.url}/v1/passports", content=passport.json, headers=server.auth)
        assert answer.status_code == 201, answer.text
        asked = [
            f"{server.url}/log",
            "--log-key",
            str(NoteKey(origin, service.ed25519_key)),
            "--unsafe-local",
        ]
        asked += ["--state", str(tmp_path / "seen"), "--key", str(tmp_path / "north.key"), "--send"]
        asked += ["--out", str(tmp_path / "cosigned")]
        done = CliRunner().invoke(witness, [*asked, "--name", "north.example.org"])
        assert done.exit_code == 0, done.output
        head = Note.parse(httpx.get(f"{server.url}/log/checkpoint?witnesses=1").content)
        unknown = CliRunner().invoke(witness, [*asked, "--name", "east.example.org"])
    assert head.signed_by(KEYS["north"]) is not None
    assert "witnesses it knows" in str(unknown.exception)


def test_a_folder_takes_no_cosignature(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        send_head(str(tmp_path), b"", witness="north.example.org")
