"""A test suite brings its own keys and asks for tokens: any credential, enveloped; what contradicts itself gets 400."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from joserfc import jws
from joserfc.jwk import ECKey

from footprint.passport.canonical import canonical
from footprint.passport.jose import base64, compact, unbase64
from label_service.any_disclosure import conceal_at, reveal_all
from label_service.any_key import AnyKey

V2 = "https://www.w3.org/ns/credentials/v2"
ISSUER = "https://orchard.example/issuer"
CREDENTIAL = {
    "@context": [V2],
    "type": ["VerifiableCredential"],
    "issuer": ISSUER,
    "credentialSubject": {"name": "Sample orchard (sample data)", "plots": ["north", "south"]},
}
PRESENTATION = {"@context": [V2], "type": ["VerifiablePresentation"], "holder": ISSUER}
CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}


def method(curve: str = "Ed25519", kid: str = "key-1") -> dict:
    """A verification method with a new key, as suites write it."""
    if curve == "Ed25519":
        key = ed25519.Ed25519PrivateKey.generate()
        public = {"x": base64(key.public_key().public_bytes_raw())}
        secret, kty = key.private_bytes_raw(), "OKP"
    else:
        numbers = ec.generate_private_key(CURVES[curve]).private_numbers()
        size, kty = (CURVES[curve].key_size + 7) // 8, "EC"
        point = numbers.public_numbers
        public = {"x": base64(point.x.to_bytes(size)), "y": base64(point.y.to_bytes(size))}
        secret = numbers.private_value.to_bytes(size)
    jwk = {"kty": kty, "crv": curve, "kid": kid, **public}
    return {"id": f"{ISSUER}#{kid}", "publicKeyJwk": jwk, "secretKeyJwk": {**jwk, "d": base64(secret)}}


def public(key: dict) -> dict:
    return {name: value for name, value in key.items() if name != "secretKeyJwk"}


@pytest.fixture
def suite(house, tmp_path):
    """The service in its test profile."""
    contexts = tmp_path / "contexts.json"
    contexts.write_text("{}")
    with house.changed(vc_api_contexts=contexts).open() as client:
        yield client


def issued(suite, key, form="vc+jwt", document=CREDENTIAL, **more):
    body = {"document": document, "verificationMethod": key, **more}
    return suite.post(f"/vc-api/envelopes/{form}/issue", json=body)


def checked(suite, key, envelope, form="vc+jwt"):
    body = {"envelope": envelope, "verificationMethod": public(key)}
    return suite.post(f"/vc-api/envelopes/{form}/verify", json=body)


def refusal(answer) -> str:
    assert answer.status_code == 400, answer.text
    return " ".join(f"{p['where']} {p['what']} {p['why']}" for p in answer.json()["problems"])


def signed(key: dict, payload: dict, form: str = "vc+jwt", **header: str) -> str:
    """A token as somebody else might make it."""
    mine = AnyKey.of(key)
    header = {"alg": mine.algorithms[0], "cty": form[:2], "kid": mine.kid, "typ": form, **header}
    return compact(header, canonical(payload), mine.sign)


def test_it_is_not_there_unless_the_operator_opens_it(client):
    assert client.post("/vc-api/envelopes/vc+jwt/verify", json={}).status_code == 404


@pytest.mark.parametrize("curve", ["Ed25519", *CURVES])
@pytest.mark.parametrize("form", ["vc+jwt", "vp+jwt", "vc+sd-jwt", "vp+sd-jwt"])
def test_what_is_issued_verifies_and_a_changed_one_does_not(suite, curve, form):
    key = method(curve)
    envelope = issued(suite, key, form, PRESENTATION if form[:2] == "vp" else CREDENTIAL).json()["envelope"]
    assert checked(suite, key, envelope, form).json()["verified"] is True
    header, payload, rest = envelope.split(".")
    other = canonical({**json.loads(unbase64(payload)), "name": "another"})
    assert "signature" in refusal(checked(suite, key, f"{header}.{base64(other)}.{rest}", form))
    assert "signature" in refusal(checked(suite, method(curve), envelope, form))


def test_somebody_elses_library_reads_the_token(suite):
    key = method("P-521")
    envelope = issued(suite, key).json()["envelope"]
    registry = jws.JWSRegistry(algorithms=["ES512"])
    read = jws.deserialize_compact(envelope, ECKey.import_key(public(key)["publicKeyJwk"]), registry=registry)
    assert json.loads(read.payload) == CREDENTIAL


def test_the_holder_leaves_out_what_was_made_to_be_left_out(suite):
    key, places = method(), ["credentialSubject.name", "credentialSubject.plots[1]"]
    envelope = issued(suite, key, "vc+sd-jwt", disclose=places).json()["envelope"]
    token, *told, _ = envelope.split("~")
    assert "Sample orchard" not in unbase64(token.split(".")[1]).decode()
    for kept in (told, told[:1], []):
        shown = "~".join((token, *kept, ""))
        assert checked(suite, key, shown, "vc+sd-jwt").status_code == 200
    assert "belongs nowhere" in refusal(
        checked(suite, key, "~".join((token, told[0], told[0], "")), "vc+sd-jwt")
    )


def test_what_was_concealed_comes_back_where_it_was():
    document = {"a": {"b": 1, "c": [{"d": 2}, 3]}, "e": "f"}
    payload, texts = conceal_at(document, ["a.b", "a.c[0]", "e"])
    assert "b" not in payload["a"]
    assert reveal_all(payload, texts) == document
    assert reveal_all(payload, ()) == {"a": {"c": [3]}}


def test_a_term_that_no_context_defines_is_not_signed(suite):
    assert "is unknown" in refusal(issued(suite, method(), document={**CREDENTIAL, "blessing": "of the sun"}))


@pytest.mark.parametrize(
    ("changes", "header", "says"),
    [
        ({"vc": CREDENTIAL}, {}, "the token itself is the credential"),
        ({"iss": "https://somebody.example"}, {}, "the document says"),
        ({"jti": "urn:x:2", "id": "urn:x:1"}, {}, "the id is"),
        ({"type": ["Letter"]}, {}, "VerifiableCredential"),
        ({}, {"typ": "jwt"}, "vc+jwt is due"),
        ({}, {"cty": "vp"}, "header.cty"),
        ({}, {"alg": "none"}, "header.alg"),
        ({}, {"alg": "HS256"}, "header.alg"),
        ({}, {"crit": "exp"}, "header.'crit'"),
    ],
)
def test_tokens_that_are_refused(suite, changes, header, says):
    key = method()
    assert says in refusal(checked(suite, key, signed(key, {**CREDENTIAL, **changes}, **header)))


def test_an_expired_signature_is_told(suite):
    key = method()
    answer = checked(suite, key, signed(key, {**CREDENTIAL, "exp": 1_000_000_000}))
    assert answer.json()["warnings"] == ["the signature expired on 2001-09-09"]


def test_credentials_in_a_presentation_are_checked_as_far_as_the_key_goes(suite):
    holder, supplier = method(), method(kid="key-2")

    def presented(token: str, form: str = "vc+jwt"):
        held = {
            "@context": V2,
            "type": "EnvelopedVerifiableCredential",
            "id": f"data:application/{form},{token}",
        }
        made = {**PRESENTATION, "verifiableCredential": [held]}
        return checked(suite, holder, signed(holder, made, "vp+jwt"), "vp+jwt")

    own = signed(holder, CREDENTIAL)
    assert presented(own).json()["warnings"] == []
    assert "signature" in refusal(presented(own[:-4] + "AAAA"))
    assert "nobody looked up the key key-2" in presented(signed(supplier, CREDENTIAL)).json()["warnings"][0]
    assert "nobody read" in presented("0oRY", "vc+cose").json()["warnings"][0]
    assert "holds no token" in refusal(presented("!"))


@pytest.mark.parametrize(
    "changes", [{"publicKeyJwk": None}, {"publicKeyJwk": {"crv": "P-256", "x": "AA", "y": "AA"}}, {"id": 7}]
)
def test_a_key_that_is_none(suite, changes):
    key = method()
    assert "usable" in (said := refusal(checked(suite, {**key, **changes}, "a.b.c"))) or "needed" in said


def test_without_a_secret_nothing_is_signed(suite):
    assert "no secret key" in refusal(issued(suite, public(method())))
