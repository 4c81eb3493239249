"""A key's life in a did:web document: made, replaced, retired, stolen; and the reader's list after each."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from footprint.errors import InputError, UntrustedError
from footprint.passport import Signer, TrustList, verify
from footprint.passport.did_document import DidDocument, did_url

DID = "did:web:orchard.example"
SPRING, SUMMER, AUTUMN = (datetime(2025, month, 1, tzinfo=UTC) for month in (3, 7, 10))


def key(number):
    return Signer.from_seed(bytes([number]) * 32).public_key


def first():
    return DidDocument.make(DID, key(1), SPRING)


def sign(sample, terms, number, name, at):
    signer = Signer.from_seed(bytes([number]) * 32, f"{DID}#{name}")
    return signer.issue(sample, **{**terms, "issued_at": at, "valid_until": at + timedelta(days=365)})


def trust_in(document):
    return TrustList.of(document.trusted_as("Sample Orchard (sample data)"))


def test_what_is_published_comes_back(tmp_path):
    document = first().rotated("key-2", key(2), SUMMER).compromised("key-1", AUTUMN)
    assert DidDocument.from_json(json.dumps(document.document()).encode()) == document


def test_the_published_form():
    published = first().rotated("key-2", key(2), SUMMER).document()
    old, new = published["verificationMethod"]
    assert published["assertionMethod"] == [f"{DID}#key-1", f"{DID}#key-2"]
    assert (old["type"], old["controller"], old["expires"]) == ("Multikey", DID, "2025-07-01T00:00:00Z")
    assert "expires" not in new


def test_after_a_rotation_old_passports_hold_and_the_old_key_signs_no_more(sample, terms):
    trust = trust_in(first().rotated("key-2", key(2), SUMMER))
    assert verify(sign(sample, terms, 1, "key-1", SPRING), trust=trust, at=AUTUMN)
    assert verify(sign(sample, terms, 2, "key-2", SUMMER), trust=trust, at=AUTUMN)
    with pytest.raises(UntrustedError, match="the key was in use"):
        verify(sign(sample, terms, 1, "key-1", AUTUMN), trust=trust, at=AUTUMN)
    with pytest.raises(UntrustedError, match="the key was in use"):
        verify(sign(sample, terms, 2, "key-2", SPRING), trust=trust, at=AUTUMN)


def test_after_a_theft_nothing_the_key_signed_counts_however_old_it_says_it_is(sample, terms):
    document = first().rotated("key-2", key(2), SUMMER).compromised("key-1", AUTUMN)
    trust = trust_in(document)
    assert document.document()["assertionMethod"] == [f"{DID}#key-2"]
    with pytest.raises(UntrustedError, match="not one of the issuer's keys"):
        verify(sign(sample, terms, 1, "key-1", SPRING), trust=trust, at=AUTUMN)
    with pytest.raises(InputError, match="vouches for no key"):
        document.compromised("key-2", AUTUMN).trusted_as("Sample")


def test_a_theft_is_dated_once():
    once = first().compromised("key-1", SUMMER)
    assert once.compromised("key-1", AUTUMN) == once


def test_which_key_signs_now():
    document = first().rotated("key-2", key(2), SUMMER)
    assert document.find(key(2), AUTUMN).name == "key-2"
    for other, words in ((key(1), "not in use"), (key(3), "not in the document")):
        with pytest.raises(InputError, match=words):
            document.find(other, AUTUMN)
    with pytest.raises(InputError, match="not in use"):
        document.find(key(2), SPRING)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.rotated("key-1", key(2), SUMMER), "a name or a key twice"),
        (lambda d: d.rotated("key-2", key(1), SUMMER), "a name or a key twice"),
        (lambda d: d.rotated("key 2", key(2), SUMMER), "after the #"),
        (lambda d: d.rotated("key-2", key(2), datetime(2025, 7, 1)), "time zone"),  # noqa: DTZ001
        (lambda d: d.retired("key-9", SUMMER), "no key of the document"),
        (lambda d: d.retired("key-1", SUMMER).retired("key-1", AUTUMN), "not in use"),
    ],
)
def test_what_the_history_of_keys_does_not_allow(change, words):
    with pytest.raises(InputError, match=words):
        change(first())


@pytest.mark.parametrize(
    "did",
    [
        "did:web:",
        "did:web:Orchard.example",
        "did:web:a b",
        "did:web:a/../b",
        "did:web:a:..:b",
        "did:web:user@host",
        "did:web:host%3A0",
        "did:web:host%3A99999999",
        "did:web:host%2Fpath",
        "did:web:a..b",
        "did:key:z6Mk",
        "https://a.b",
        "did:web:a#k",
        "did:web:[::1]",
    ],
)
def test_names_that_lead_nowhere_or_elsewhere(did):
    with pytest.raises(InputError, match="write it like did:web"):
        did_url(did)


def spoil(**changes):
    return {**first().document(), **changes}


def method(**changes):
    return {**first().document()["verificationMethod"][0], **changes}


WRONG = {
    "no id": ({"assertionMethod": []}, "id"),
    "asserts with nothing": (spoil(assertionMethod=[]), "1 to 100"),
    "asserts with a key it does not list": (spoil(assertionMethod=[f"{DID}#other"]), "1 to 100"),
    "only keys of another type": (spoil(verificationMethod=[method(type="JsonWebKey")]), "1 to 100"),
    "a key of another": (
        spoil(verificationMethod=[method(controller="did:web:other.example")]),
        "is another's",
    ),
    "a key named after another": (
        spoil(
            verificationMethod=[method(id="did:web:other.example#key-1")],
            assertionMethod=["did:web:other.example#key-1"],
        ),
        "is another's",
    ),
    "a weak key": (
        spoil(
            verificationMethod=[method(publicKeyMultibase="z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP")]
        ),
        "small order",
    ),
    "a time without a zone": (spoil(verificationMethod=[method(expires="2026-01-01")]), "time zone"),
    "a name that is an address": (spoil(id="https://orchard.example"), "another's"),
    "methods that are no list": (spoil(verificationMethod={}), "verificationMethod"),
}


@pytest.mark.parametrize("name", WRONG)
def test_documents_that_cannot_be_believed(name):
    content, words = WRONG[name]
    with pytest.raises(InputError, match=words):
        DidDocument.from_json(json.dumps(content).encode())


def test_strict_json_and_bounded_size():
    with pytest.raises(InputError, match="is there twice"):
        DidDocument.from_json(b'{"id": "did:web:a.example", "id": "did:web:b.example"}')
    with pytest.raises(InputError, match="the limit is"):
        DidDocument.from_json(json.dumps(spoil(note="x" * 70_000)).encode())


def test_documents_of_others_say_more_and_say_it_shorter():
    document = spoil(
        assertionMethod=["#key-1", {**method(id="#key-2"), "publicKeyMultibase": key(2).multibase}],
        authentication=["#key-1"],
        service=[{"id": "#files", "type": "LinkedDomains", "serviceEndpoint": "https://orchard.example"}],
        verificationMethod=[method(id="#key-1"), {"id": "#jwk", "type": "JsonWebKey"}],
    )
    read = DidDocument.from_json(json.dumps(document).encode())
    assert [item.name for item in read.keys] == ["key-1", "key-2"]
