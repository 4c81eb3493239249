"""Trust lists: a file the reader writes, refused as a whole when an entry is unclear."""

import json
from datetime import UTC, datetime

import pytest

from footprint.errors import InputError, UntrustedError
from footprint.passport import Signer, TrustList, UnsafeAnyIssuer
from footprint.passport.signed_note import NoteKey

A = Signer.from_seed(b"\x01" * 32)
B = Signer.from_seed(b"\x02" * 32)
WEB = "did:web:example.org"


def issuer(**changes):
    key = {"id": f"{WEB}#key-1", "publicKeyMultibase": A.public_key_multibase}
    return {"id": WEB, "name": "Example", "keys": [key], **changes}


def key(**changes):
    return {"id": f"{WEB}#key-1", "publicKeyMultibase": A.public_key_multibase, **changes}


def text(*issuers):
    return json.dumps({"issuers": issuers})


def test_a_list_from_a_file(tmp_path):
    path = tmp_path / "trust.json"
    path.write_text(
        text(issuer(keys=[key(validFrom="2024-01-01T00:00:00Z", validUntil="2025-01-01T08:00:00+08:00")]))
    )
    holder = TrustList.load(path).holder(WEB, f"{WEB}#key-1")
    assert (holder.name, holder.key) == ("Example", A.public_key)
    assert holder.in_use(datetime(2024, 6, 1, tzinfo=UTC))
    assert holder.in_use(datetime(2025, 1, 1, tzinfo=UTC))
    assert not holder.in_use(datetime(2025, 1, 1, 0, 0, 1, tzinfo=UTC))
    assert not holder.in_use(datetime(2023, 12, 31, tzinfo=UTC))


def test_an_issuer_may_change_keys():
    second = key(id=f"{WEB}#key-2", publicKeyMultibase=B.public_key_multibase)
    trust = TrustList.from_json(text(issuer(keys=[key(), second])))
    assert trust.holder(WEB, f"{WEB}#key-2").key == B.public_key
    with pytest.raises(UntrustedError, match="not one of the issuer's keys"):
        trust.holder(WEB, f"{WEB}#key-3")
    assert TrustList.from_json(trust.to_json()) == trust


SMALL_ORDER = "z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP"

WRONG = {
    "no JSON": ("trust", "is not JSON"),
    "no issuers": ("{}", "trust list.issuers — is missing"),
    "issuers no list": ('{"issuers": 5}', "issuers"),
    "duplicate key": ('{"issuers": [], "issuers": []}', "is there twice"),
    "unknown field": (text(issuer(trusted=True)), "trusted"),
    "no name": (text(issuer(name="")), "name"),
    "no keys": (text(issuer(keys=[])), "keys"),
    "id no DID": (text(issuer(id="example.org")), "issuers.0.id"),
    "key of another issuer": (text(issuer(keys=[key(id="did:web:other.example#key-1")])), "start with it"),
    "key id no fragment": (text(issuer(keys=[key(id=WEB)])), "keys.0.id"),
    "key no multikey": (text(issuer(keys=[key(publicKeyMultibase="MCowBQYDK2VwAyEA")])), "Multikey"),
    "key of small order": (text(issuer(keys=[key(publicKeyMultibase=SMALL_ORDER)])), "small order"),
    "time without zone": (text(issuer(keys=[key(validFrom="2025-01-01")])), "time zone"),
    "ends before it starts": (
        text(issuer(keys=[key(validFrom="2025-01-01T00:00:00Z", validUntil="2024-01-01T00:00:00Z")])),
        "not after validFrom",
    ),
    "issuer twice": (text(issuer(), issuer(name="Other")), "is there twice"),
    "key twice": (text(issuer(keys=[key(), key()])), "is there twice"),
    "did:key with another key": (
        text(
            {
                "id": A.issuer,
                "name": "A",
                "keys": [{"id": A.verification_method, "publicKeyMultibase": B.public_key_multibase}],
            }
        ),
        "has one key, itself",
    ),
    "too large": ('{"issuers": [' + " " * 1_100_000 + "]}", "the limit is"),
}


@pytest.mark.parametrize("name", WRONG)
def test_unclear_lists_are_refused(name, tmp_path):
    content, words = WRONG[name]
    (tmp_path / "trust.json").write_text(content)
    with pytest.raises(InputError) as refused:
        TrustList.load(tmp_path / "trust.json")
    assert words in str(refused.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        TrustList.load(tmp_path / "trust.json")


def test_every_problem_at_once():
    with pytest.raises(InputError) as refused:
        TrustList.from_json(text(issuer(name="", keys=[key(id="x")])))
    places = {problem.where for problem in refused.value.problems}
    assert places >= {"trust list.issuers.0.name", "trust list.issuers.0.keys.0.id"}


def test_the_unsafe_policy_has_a_name_that_warns():
    assert "Unsafe" in UnsafeAnyIssuer.__name__
    assert UnsafeAnyIssuer().holder(A.issuer, A.verification_method).key == A.public_key


def logs(*entries: dict) -> bytes:
    return json.dumps({"issuers": [], "logs": list(entries)}).encode()


def vkey(seed: int, name: str = "passports.example.org/log", kind: int = 1) -> str:
    return str(NoteKey(name, Signer.from_seed(bytes([seed]) * 32).ed25519_key, kind))


BAD_LOGS = {
    "no verifier key": ([{"key": "passports.example.org/log"}], "vkey"),
    "a witness's key for a log": ([{"key": vkey(1, kind=4)}], "wrong type"),
    "a log's key for a witness": ([{"key": vkey(1), "witnesses": [vkey(2, "w.example.org")]}], "wrong type"),
    "more witnesses needed than named": (
        [{"key": vkey(1), "witnesses": [vkey(2, "w.example.org", 4)], "needed": 2}],
        "each counts once",
    ),
    "one witness under one name twice": (
        [
            {
                "key": vkey(1),
                "witnesses": [vkey(2, "w.example.org", 4), vkey(3, "w.example.org", 4)],
                "needed": 1,
            }
        ],
        "each counts once",
    ),
    "one log twice": ([{"key": vkey(1)}, {"key": vkey(2)}], "there twice"),
    "needed as text": ([{"key": vkey(1), "needed": "1"}], "needed"),
}


@pytest.mark.parametrize("name", BAD_LOGS)
def test_logs_that_cannot_be_trusted_as_they_are_listed(name):
    entries, says = BAD_LOGS[name]
    with pytest.raises(InputError, match=says):
        TrustList.from_json(logs(*entries))


def test_one_key_as_two_witnesses_is_one_witness():
    """Two names for one key would let one of them be counted twice."""
    same = [vkey(2, "w1.example.org", 4), vkey(2, "w2.example.org", 4)]
    with pytest.raises(InputError, match="each counts once"):
        TrustList.from_json(logs({"key": vkey(1), "witnesses": same, "needed": 2}))
