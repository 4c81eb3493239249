"""A passport as `vc+jwt`: the same credential, read by another's JOSE library, and every trick with its header."""

import json
from datetime import UTC, datetime

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey

from footprint.errors import (
    ExpiredError,
    FootprintError,
    InputError,
    MalformedError,
    SignatureError,
    UntrustedError,
)
from footprint.passport import Passport, Signer, TrustList, UnsafeAnyIssuer, canonical, verify
from footprint.passport.envelope import to_jwt
from footprint.passport.jose import base64, unbase64

TODAY = datetime(2025, 7, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def token(passport, signer):
    return to_jwt(passport, signer)


def parts_of(token):
    return token.json.decode().split(".")


def forged(token, signer, header=(), payload=None, remove=()):
    """The token with another header or payload, signed by the issuer's own key."""
    head, body, _ = parts_of(token)
    fields = {**json.loads(unbase64(head)), **dict(header)}
    fields = {name: value for name, value in fields.items() if name not in remove}
    claims = unbase64(body) if payload is None else canonical({**json.loads(unbase64(body)), **payload})
    signing_input = f"{base64(canonical(fields))}.{base64(claims)}"
    return f"{signing_input}.{base64(signer.sign_bytes(signing_input.encode()))}"


def test_it_says_the_same_and_verifies_as_the_same(passport, token, trust):
    one, other = (verify(item, trust=trust, at=TODAY) for item in (passport, token))
    assert (other.id, other.claims, other.lot) == (one.id, one.claims, one.lot)
    assert other.checks[0] == "The Ed25519 signature of the vc+jwt fits every field of the passport."
    assert other.digest != one.digest
    assert token.form == "vc+jwt"
    assert token.document == {name: value for name, value in passport.document.items() if name != "proof"}


def test_it_comes_as_bytes_or_text_and_with_a_line_end(token, trust):
    for given in (token.json, token.json.decode(), token.json + b"\n"):
        assert verify(given, trust=trust, at=TODAY).digest == token.digest


def test_the_same_arguments_give_the_same_token(passport, signer, token):
    assert to_jwt(passport, signer) == token


@pytest.mark.parametrize(
    ("kind", "alg", "crv"),
    [("Ed25519", "Ed25519", "Ed25519"), ("P-256", "ES256", "P-256"), ("P-384", "ES384", "P-384")],
)
def test_another_library_reads_it(sample, terms, kind, alg, crv):
    signer = Signer.generate(kind=kind)
    token = to_jwt(signer.issue(sample, **terms), signer)
    numbers = signer._key.private.public_key()
    key = OKPKey.import_key(numbers) if kind == "Ed25519" else ECKey.import_key(numbers)
    read = jws.deserialize_compact(token.json, key, algorithms=[alg])
    assert read.headers() == {"alg": alg, "cty": "vc", "typ": "vc+jwt", "kid": signer.verification_method}
    assert json.loads(read.payload) == token.document
    assert crv == key.as_dict(private=False)["crv"]


HEADERS = {
    "no algorithm": ({"alg": "none"}, (), SignatureError, "signs with Ed25519"),
    "the algorithm's old name": ({"alg": "EdDSA"}, (), SignatureError, "signs with Ed25519"),
    "a secret instead of a key": ({"alg": "HS256"}, (), SignatureError, "signs with Ed25519"),
    "another sort of key": ({"alg": "ES256"}, (), SignatureError, "signs with Ed25519"),
    "critical extensions": ({"crit": ["b64"], "b64": False}, (), MalformedError, "no more"),
    "a key brought along": ({"jwk": {"kty": "OKP"}}, (), MalformedError, "no more"),
    "a key to be fetched": ({"jku": "https://169.254.169.254/keys"}, (), MalformedError, "no more"),
    "a certificate": ({"x5c": ["MII"]}, (), MalformedError, "no more"),
    "a compressed payload": ({"zip": "DEF"}, (), MalformedError, "no more"),
    "another type": ({"typ": "JWT"}, (), MalformedError, "vc+jwt"),
    "a type in capitals": ({"typ": "VC+JWT"}, (), MalformedError, "vc+jwt"),
    "the type of the other form": ({"typ": "vc+sd-jwt"}, (), MalformedError, "vc+jwt"),
    "another content": ({"cty": "vp"}, (), MalformedError, "a credential"),
    "no type": ({}, ("typ",), MalformedError, "header.'typ'"),
    "no key": ({}, ("kid",), MalformedError, "header.'kid'"),
    "a number as algorithm": ({"alg": 7}, (), MalformedError, "text is needed"),
    "another's key": (
        {"kid": "did:web:other.example#key-1"},
        (),
        UntrustedError,
        "not one of the issuer's keys",
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_every_trick_with_the_header_is_refused(token, signer, trust, name):
    header, remove, error, words = HEADERS[name]
    with pytest.raises(error) as refused:
        verify(forged(token, signer, header, remove=remove), trust=trust, at=TODAY)
    assert words in str(refused.value)


PAYLOADS = {
    "another issuer in the token": ({"iss": "did:web:other.example"}, MalformedError),
    "a second end": ({"exp": 4_000_000_000}, MalformedError),
    "a second beginning": ({"nbf": 0}, MalformedError),
    "a credential in the credential": ({"vc": {}}, MalformedError),
    "a proof nobody checks": ({"proof": {}}, MalformedError),
    "signed before the world began": ({"iat": -1}, MalformedError),
    "signed at no time": ({"iat": 1.5}, MalformedError),
    "signed tomorrow": ({"iat": 1_800_000_000}, ExpiredError),
    "another issuer": ({"issuer": "did:web:other.example"}, UntrustedError),
    "an issuer that is an object": ({"issuer": {"id": "did:web:other.example"}}, MalformedError),
    "an unsigned context": ({"@context": ["https://www.w3.org/ns/credentials/v2"]}, MalformedError),
}


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_that_says_two_things_is_refused(token, signer, trust, name):
    payload, error = PAYLOADS[name]
    with pytest.raises(error):
        verify(forged(token, signer, payload=payload), trust=trust, at=TODAY)


def test_the_issuer_may_be_repeated_and_the_time_of_signing_told(token, signer, trust):
    told = {"iss": signer.issuer, "iat": int(datetime(2025, 6, 21, tzinfo=UTC).timestamp())}
    verified = verify(forged(token, signer, payload=told), trust=trust, at=TODAY)
    assert "It was made on 2025-06-21T00:00:00Z" in verified.checks[1]


def test_each_part_is_signed(token, trust):
    for place in range(3):
        parts = parts_of(token)
        for at in (0, len(parts[place]) // 2, len(parts[place]) - 2):
            text = parts[place]
            other = "A" if text[at] != "A" else "B"
            changed = [*parts[:place], text[:at] + other + text[at + 1 :], *parts[place + 1 :]]
            with pytest.raises(FootprintError):
                verify(".".join(changed), trust=trust, at=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "eyJ",
        "eyJhbGciOiJub25lIn0..",
        "eyJ.eyJ",
        "eyJ.eyJ.eyJ.eyJ",
        "eyJ=.eyJ.AA",
        "eyJ.e J.AA",
        "eyJ\u00e9.eyJ.AA",
        "eyJ" + "A" * 600_000,
    ],
)
def test_rubbish_is_no_token(text, trust):
    with pytest.raises(MalformedError, match=r"token|byte|JSON"):
        verify(text, trust=trust, at=TODAY)


def test_an_unsigned_token(token, trust):
    head, body, _ = parts_of(token)
    for text in (f"{head}.{body}.", f"{head}.{body}"):
        with pytest.raises(MalformedError, match=r"header\.payload\.signature"):
            verify(text, trust=trust, at=TODAY)


def test_padding_bits_are_another_writing_and_refused(token, trust):
    text = token.json.decode()
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = text[:-1] + last[last.index(text[-1]) + 1]
    assert unbase64(text.rpartition(".")[2])  # 64 bytes leave four bits that carry nothing
    with pytest.raises(MalformedError, match="canonical base64url"):
        verify(twin, trust=trust, at=TODAY)


def test_a_key_that_describes_itself(token):
    assert verify(token, trust=UnsafeAnyIssuer(), at=TODAY).issuer_name == UnsafeAnyIssuer.name


def test_only_the_issuer_envelopes_and_only_once(passport, token, signer, stranger):
    with pytest.raises(InputError, match="the issuer's own key"):
        to_jwt(passport, stranger)
    with pytest.raises(InputError, match="already"):
        to_jwt(token, signer)


def test_a_domain_with_several_keys(sample, terms):
    signer = Signer.generate("did:web:orchard.example#2026")
    token = to_jwt(signer.issue(sample, **terms), signer)
    trust = TrustList.of(signer.trusted_as("Sample (sample data)"))
    assert verify(Passport(token.json), trust=trust, at=TODAY).issuer == "did:web:orchard.example"
