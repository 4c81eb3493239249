"""A head office signs the trust list its docks use; nobody between them can change, age or swap it."""

import json
from datetime import datetime, timedelta

import pytest

from footprint.errors import (
    ExpiredError,
    InputError,
    IssueError,
    MalformedError,
    MismatchError,
    SignatureError,
    UntrustedError,
)
from footprint.passport import Signer, TrustList, canonical, verify
from footprint.passport.data_integrity import add_proof
from footprint.passport.signed_trust import TrustPin, sign_trust_list
from footprint.passport.signing_key import SoftwareKey
from footprint.passport.trust import method_of
from tests.passport.conftest import ISSUED, TODAY

MONTH = timedelta(days=30)


@pytest.fixture(scope="module")
def root():
    return Signer.from_seed(b"\x09" * 32, "did:web:office.example.org")


@pytest.fixture(scope="module")
def pin(root):
    return TrustPin.on(root.public_key.did_key)


@pytest.fixture
def signed(trust, root):
    def sign(version=1, trust=trust, start=ISSUED, lasts=MONTH, signer=root):
        return sign_trust_list(trust, signer, version=version, valid_from=start, valid_until=start + lasts)

    return sign


@pytest.fixture
def resigned(signed, root):
    """The list with something changed, signed by the root itself."""

    def resign(change):
        document = json.loads(signed())
        del document["proof"]
        change(document)
        method = method_of(root.public_key)
        return canonical(add_proof(document, method=method, created=ISSUED, by=root))

    return resign


def test_a_dock_that_pinned_the_root_believes_whom_it_lists(pin, signed, passport):
    opened = pin.open(signed(version=3), at=TODAY)
    assert verify(passport, trust=opened.trust, at=TODAY).lot == "2025-06-A"
    assert (opened.version, opened.valid_from, opened.valid_until) == (3, ISSUED, ISSUED + MONTH)


def test_the_pin_survives_being_written_down(pin, signed):
    kept = pin.open(signed(version=3), at=TODAY).pin
    assert TrustPin.from_json(kept.to_json()) == kept


def test_a_newer_list_takes_over_and_the_older_one_is_refused_from_then_on(pin, signed, trust):
    after = pin.open(signed(version=4), at=TODAY).pin
    assert after.open(signed(version=5, trust=TrustList.of()), at=TODAY).trust.issuers == ()
    with pytest.raises(UntrustedError, match="version 4 was seen before"):
        after.open(signed(version=3), at=TODAY)


def test_the_same_list_may_be_opened_again_but_no_other_of_that_version(pin, signed):
    after = pin.open(signed(version=4), at=TODAY).pin
    assert after.open(signed(version=4), at=TODAY).pin == after
    with pytest.raises(MismatchError, match="use neither"):
        after.open(signed(version=4, trust=TrustList.of()), at=TODAY)


def test_a_list_of_another_root_is_refused(pin, signed, stranger):
    with pytest.raises(UntrustedError, match="the pin is on did:key"):
        pin.open(signed(signer=stranger), at=TODAY)


def test_a_stranger_cannot_sign_under_the_name_of_the_root(pin, signed, root, stranger):
    document = json.loads(signed())
    del document["proof"]
    forged = add_proof(document, method=method_of(root.public_key), created=ISSUED, by=stranger)
    with pytest.raises(SignatureError):
        pin.open(canonical(forged), at=TODAY)


def test_an_issuer_added_on_the_way_is_refused(pin, signed, stranger):
    document = json.loads(signed())
    entry = json.loads(TrustList.of(stranger.trusted_as("Stranger")).to_json())["issuers"]
    document["trust"]["issuers"] += entry
    with pytest.raises(SignatureError):
        pin.open(canonical(document), at=TODAY)


def test_too_early_and_too_late_are_refused(pin, signed):
    with pytest.raises(ExpiredError, match="is valid from"):
        pin.open(signed(), at=ISSUED - timedelta(seconds=1))
    with pytest.raises(ExpiredError, match="ask the root for the newest list"):
        pin.open(signed(), at=ISSUED + MONTH + timedelta(seconds=1))


WRONG = {
    "no version": lambda document: document.pop("version"),
    "version nought": lambda document: document.update(version=0),
    "a version that is true": lambda document: document.update(version=True),
    "a version of a fraction": lambda document: document.update(version=1.5),
    "no end": lambda document: document.pop("validUntil"),
    "a year": lambda document: document.update(validUntil="2026-06-20T08:00:00Z"),
    "an end before its start": lambda document: document.update(validUntil="2025-06-19T08:00:00Z"),
    "another type": lambda document: document.update(type="CarbonPassport"),
    "a field more": lambda document: document.update(unless="raining"),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_a_root_that_signs_nonsense_is_refused(pin, resigned, change):
    with pytest.raises(MalformedError):
        pin.open(resigned(change), at=TODAY)


def test_an_entry_that_cannot_be_used_is_named(pin, resigned):
    def without_keys(document):
        document["trust"]["issuers"][0]["keys"] = []

    with pytest.raises(InputError, match="issuers"):
        pin.open(resigned(without_keys), at=TODAY)


@pytest.mark.parametrize(
    "text", [b"", b"[]", b'{"issuers": []}', b'{"version": 1, "version": 2}', b"{" * 100]
)
def test_what_is_no_signed_list_is_refused(pin, text):
    with pytest.raises((MalformedError, SignatureError)):
        pin.open(text, at=TODAY)


def test_a_time_without_a_zone_is_refused(pin, signed):
    with pytest.raises(InputError, match="no time zone"):
        pin.open(signed(), at=datetime(2025, 7, 1))  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize(
    "text",
    [
        b"{}",
        b"no",
        b'{"root": "did:web:office.example.org"}',
        b'{"root": "did:key:z6Mk"}',
        b'{"root": "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "version": -1}',
    ],
)
def test_what_is_no_pin_is_refused(text):
    with pytest.raises(InputError):
        TrustPin.from_json(text)


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({"version": 0}, "counted from 1"),
        ({"lasts": timedelta(0)}, "at most 92 days"),
        ({"lasts": timedelta(days=93)}, "at most 92 days"),
        ({"start": datetime(2025, 7, 1)}, "no time zone"),  # noqa: DTZ001 - the fault under test
    ],
)
def test_a_list_nobody_should_use_is_not_signed(signed, terms, says):
    with pytest.raises(IssueError, match=says):
        signed(**terms)


def test_a_root_has_an_ed25519_key(signed):
    with pytest.raises(InputError, match="P-256"):
        signed(signer=Signer(SoftwareKey.generate("P-256")))
