"""The service's own keys: published with their history, and signed with under the name they have there."""

import json
from datetime import UTC, datetime

import pytest

from footprint.errors import InputError
from footprint.passport import Signer, to_jwt, to_sd_jwt
from footprint.passport.did_document import DidDocument
from label_service.app import create_app

OLD, NEW = Signer.from_seed(b"\x05" * 32), Signer.from_seed(bytes(range(32, 64)))
SPRING, SUMMER = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)


def with_document(house, document, tmp_path):
    path = tmp_path / "did.json"
    path.write_text(json.dumps(document.document()))
    return house.changed(did_document=path)


@pytest.fixture
def rotated(house):
    return DidDocument.make(house.settings.did, OLD.public_key, SPRING).rotated(
        "key-2", NEW.public_key, SUMMER
    )


def test_without_a_document_there_is_one_key(house):
    with house.open() as client:
        document = client.get("/.well-known/did.json").json()
    assert document["assertionMethod"] == [f"{house.settings.did}#key-1"]
    assert document["verificationMethod"][0]["publicKeyMultibase"] == NEW.public_key_multibase


def test_after_a_rotation_the_history_is_published_and_the_new_name_signed_under(
    house, rotated, tmp_path, orchard
):
    renewed = with_document(house, rotated, tmp_path)
    with renewed.open() as client:
        assert client.get("/.well-known/did.json").json() == rotated.document()
        renewed.post(client, orchard.passport())
        (entry,) = client.get("/v1/products/09506000134352/scores", headers=renewed.auth).json()["scores"]
    assert entry["signature"]["verification_method"] == f"{house.settings.did}#key-2"


def test_a_document_that_does_not_fit_stops_the_service(house, rotated, tmp_path):
    other = DidDocument.make("did:web:other.example", NEW.public_key, SPRING)
    unlisted = DidDocument.make(house.settings.did, OLD.public_key, SPRING)
    wrong = {
        "this service is": other,
        "not in the document": unlisted,
        "not in use": rotated.compromised("key-2", SUMMER),
    }
    for words, document in wrong.items():
        with pytest.raises(InputError, match=words):
            create_app(with_document(house, document, tmp_path).settings, clock=house.clock)
    with pytest.raises(InputError, match="cannot be read"):
        create_app(house.changed(did_document=tmp_path / "missing.json").settings, clock=house.clock)


def test_a_passport_in_a_token_is_refused_with_the_way_out(house, client, orchard):
    """Pages and labels need the whole, and a token may be shown in part."""
    for make in (to_jwt, to_sd_jwt):
        answer = house.post(client, make(orchard.passport(), orchard.signer))
        assert answer.status_code == 422
        assert "post it with its proof inside" in answer.text
