"""A producer hands in signed passports."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from footprint.passport import Passport, Signer, TrustList, merkle, verify
from footprint.passport.canonical import digest
from footprint.passport.log_proof import passport_entry

GTIN = "09506000134352"
NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def house(either):
    """Handing in works alike on SQLite and on PostgreSQL."""
    return either


def test_a_stored_passport_comes_back_byte_for_byte(house, client, orchard):
    passport = orchard.passport()
    answer = house.post(client, passport)
    assert answer.status_code == 201
    stored = client.get(answer.headers["Location"])
    assert stored.content == passport.json
    assert stored.headers["Content-Type"] == "application/vc"
    again = client.get(answer.headers["Location"], headers={"If-None-Match": stored.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_answer_proves_that_the_passport_is_in_the_log(house, client, orchard):
    passports = [orchard.passport(f"LOT-{number}") for number in range(5)]
    for number, passport in enumerate(passports):
        log = house.post(client, passport).json()["log"]
        assert (log["leaf_index"], log["tree_size"]) == (number, number + 1)
        check_proof(log, passport)


def test_the_log_can_be_proved_at_every_size(house, client, orchard):
    passports = [orchard.passport(f"LOT-{number}") for number in range(7)]
    leaves = [leaf_of(passport) for passport in passports]
    ids = [house.post(client, passport).json()["id"].removeprefix("urn:uuid:") for passport in passports]
    for size in range(3, 8):
        log = client.get(f"/v1/passports/{ids[2]}/proof", params={"tree_size": size}).json()
        assert log["root"] == merkle.root(leaves[:size]).hex()
        check_proof(log, passports[2])
    assert client.get(f"/v1/passports/{ids[2]}/proof").json()["tree_size"] == 7
    for size in (2, 8):
        refused = client.get(f"/v1/passports/{ids[2]}/proof", params={"tree_size": size})
        assert refused.status_code == 422


def leaf_of(passport: Passport) -> bytes:
    return merkle.leaf_hash(passport_entry(digest(passport.document)))


def check_proof(log: dict, passport: Passport) -> None:
    leaf = leaf_of(passport)
    assert log["leaf_hash"] == leaf.hex()
    path = [bytes.fromhex(step) for step in log["path"]]
    merkle.verify_inclusion(leaf, log["leaf_index"], log["tree_size"], path, bytes.fromhex(log["root"]))


def test_the_same_passport_again_gets_the_same_answer_and_no_second_leaf(house, client, orchard):
    passport = orchard.passport()
    first = house.post(client, passport)
    house.post(client, orchard.passport("OTHER"))
    second = house.post(client, passport)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert client.get("/ready").json()["passports"] == 2


def test_the_same_passport_laid_out_differently_is_the_same_passport(house, client, orchard):
    passport = orchard.passport()
    house.post(client, passport)
    spread = json.dumps(passport.document, indent=2, ensure_ascii=False).encode()
    assert house.post(client, spread).status_code == 200
    assert client.get(f"/01/{GTIN}/10/2025-06-A?format=json").content == passport.json


def test_a_newer_passport_of_the_lot_supersedes_and_history_is_kept(house, client, orchard):
    old = orchard.passport(issued_at=NOW - timedelta(days=2))
    new = orchard.passport(issued_at=NOW - timedelta(days=1))
    first, second = house.post(client, old).json(), house.post(client, new).json()
    assert (first["version"], second["version"], second["supersedes"]) == (1, 2, first["id"])
    assert client.get(f"/01/{GTIN}/10/2025-06-A?format=json").content == new.json
    assert client.get(f"/v1/passports/{first['id'].removeprefix('urn:uuid:')}").content == old.json
    page = client.get(f"/01/{GTIN}/10/2025-06-A").text
    assert "Earlier passports of this lot" in page


def test_an_older_passport_does_not_supersede(house, client, orchard):
    house.post(client, orchard.passport(issued_at=NOW - timedelta(days=1)))
    answer = house.post(client, orchard.passport(issued_at=NOW - timedelta(days=2)))
    assert (answer.status_code, answer.json()["problems"][0]["where"]) == (409, "validFrom")


def test_another_issuer_cannot_take_over_a_lot(house, orchard):
    stranger = Signer.from_seed(bytes(32))
    trust = TrustList.of(
        orchard.signer.trusted_as("Sample co-op (sample)"), stranger.trusted_as("Another (sample)")
    )
    house.settings.trust_list.write_bytes(trust.to_json())
    with house.open() as client:
        house.post(client, orchard.passport())
        taken = type(orchard)(stranger).passport()
        answer = house.post(client, taken)
        assert answer.status_code == 409
        assert answer.json()["title"] == "The passport does not fit what is stored"
        assert client.get(f"/01/{GTIN}/10/2025-06-A?format=json").content != taken.json


def test_another_passport_under_a_stored_id_is_refused(house, client, orchard):
    first = orchard.passport("ONE")
    house.post(client, first)
    same_id = orchard.passport("TWO", id=UUID(first.unverified_id.removeprefix("urn:uuid:")))
    answer = house.post(client, same_id)
    assert (answer.status_code, answer.json()["problems"][0]["where"]) == (409, "id")


def test_idempotency_key_repeats_safely_and_refuses_another_body(house, client, orchard):
    one, two = orchard.passport("ONE"), orchard.passport("TWO")
    key = {"Idempotency-Key": "season-2025-1"}
    assert [house.post(client, one, **key).status_code for _ in range(3)] == [201, 200, 200]
    other = house.post(client, two, **key)
    assert (other.status_code, other.json()["problems"][0]["where"]) == (422, "Idempotency-Key")
    assert client.get(f"/01/{GTIN}/10/TWO", headers={"Accept": "application/json"}).status_code == 404


def test_concurrent_posts_leave_no_gap_in_the_log(house, client, orchard):
    """Twelve passports by six clients, each sent twice: twelve leaves 0 … 11 and a root anybody can compute."""
    passports = [orchard.passport(f"LOT-{number}") for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda passport: house.post(client, passport), passports * 2))
    assert {answer.status_code for answer in answers} <= {200, 201}
    assert sum(answer.status_code == 201 for answer in answers) == 12
    by_index = {answer.json()["log"]["leaf_index"]: answer.json()["id"] for answer in answers}
    assert sorted(by_index) == list(range(12))
    bodies = [client.get(f"/v1/passports/{by_index[i].removeprefix('urn:uuid:')}").content for i in range(12)]
    whole = client.get(f"/v1/passports/{by_index[0].removeprefix('urn:uuid:')}/proof").json()
    assert whole["root"] == merkle.root([leaf_of(Passport(body)) for body in bodies]).hex()


def test_an_item_has_its_own_passport_and_otherwise_its_lots(house, client, orchard):
    lot, item = orchard.passport(), orchard.passport(serial="ITEM-7")
    house.post(client, lot)
    house.post(client, item)
    as_json = {"Accept": "application/vc"}
    assert client.get(f"/01/{GTIN}/10/2025-06-A/21/ITEM-7", headers=as_json).content == item.json
    assert client.get(f"/01/{GTIN}/10/2025-06-A/21/ITEM-8", headers=as_json).content == lot.json
    assert client.get(f"/01/{GTIN}/10/2025-06-A", headers=as_json).content == lot.json


def test_what_was_stored_verifies_for_the_code_that_was_scanned(house, client, orchard, lychee):
    house.post(client, orchard.passport())
    url = f"{house.settings.public_url}/01/{GTIN}/10/2025-06-A"
    trust = TrustList.load(house.settings.trust_list)
    body = client.get(url, headers={"Accept": "application/vc"}).content
    assert verify(body, trust=trust, at=NOW, scanned=url).claims.gross_kg_co2e == lychee().gross_kg_co2e


def test_digest_in_the_answer_is_the_canonical_one(house, client, orchard):
    passport = orchard.passport()
    assert house.post(client, passport).json()["digest"] == sha256(passport.json).hexdigest()
