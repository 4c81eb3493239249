"""A lender pulls scores, checks the service's signature and computes them again."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import rfc8785

from footprint.passport import PublicKey, TrustList, verify
from footprint.score import score

GTIN = "09506000134352"
NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)


def scores(house, client) -> dict:
    answer = client.get(f"/v1/products/{GTIN}/scores", headers=house.auth)
    assert answer.status_code == 200, answer.text
    return answer.json()


def signature_of(entry: dict) -> bytes:
    value = entry["signature"]["value"]
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


def test_a_score_can_be_computed_again_from_the_passport(house, client, orchard):
    house.post(client, orchard.passport())
    (entry,) = scores(house, client)["scores"]
    body = client.get(entry["passport"]).content
    own = score(verify(body, trust=TrustList.load(house.settings.trust_list), at=NOW))
    assert entry["score"] == own.model_dump(mode="json")
    assert entry["score"]["passport_id"].removeprefix("urn:uuid:") in entry["passport"]


def test_the_signature_is_by_the_key_in_the_did_document(house, client, orchard):
    house.post(client, orchard.passport())
    answer = scores(house, client)
    document = client.get("/.well-known/did.json").json()
    assert answer["service"] == document["id"] == "did:web:127.0.0.1%3A8765"
    (entry,) = answer["scores"]
    (method,) = document["verificationMethod"]
    assert entry["signature"]["verification_method"] == method["id"] == document["assertionMethod"][0]
    key = PublicKey.from_multibase(method["publicKeyMultibase"])
    key.check(signature_of(entry), rfc8785.dumps(entry["score"]))


def test_an_expired_passport_is_not_scored_and_never_zero(house, orchard):
    with house.open() as client:
        house.post(client, orchard.passport(days=30))
    with house.at(NOW + timedelta(days=31)).open() as client:
        (entry,) = scores(house, client)["scores"]
    assert entry["score"]["status"] == "NOT_SCORED"
    assert entry["score"]["total"] is None
    assert entry["score"]["refusal"]["problems"]
    assert entry["score"]["passport_id"]


def test_only_current_passports_newest_first(house, client, orchard):
    house.post(client, orchard.passport("A", issued_at=NOW - timedelta(days=2)))
    newer = house.post(client, orchard.passport("A", issued_at=NOW - timedelta(days=1))).json()
    house.post(client, orchard.passport("B"))
    entries = scores(house, client)["scores"]
    assert [entry["lot"] for entry in entries] == ["B", "A"]
    assert newer["id"].removeprefix("urn:uuid:") in entries[1]["passport"]


def test_a_page_has_a_limit(house, client, orchard):
    for lot in "ABC":
        house.post(client, orchard.passport(lot))
    limited = client.get(f"/v1/products/{GTIN}/scores?limit=2", headers=house.auth).json()
    assert [entry["lot"] for entry in limited["scores"]] == ["C", "B"]


def test_an_unknown_product(house, client):
    assert client.get("/v1/products/09506000134369/scores", headers=house.auth).status_code == 404
    assert client.get("/v1/products/09506000134353/scores", headers=house.auth).status_code == 422
