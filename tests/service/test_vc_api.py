"""A test suite's machine talks to the service: issuers sign any credential, verifiers check it; bad ones get 400."""

import json
import socket
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from footprint.errors import InputError
from footprint.passport import Signer, base58
from footprint.passport.bitstring import bit_at, expand
from footprint.passport.data_integrity import add_proof
from footprint.passport.suites import SUITES
from label_service.any_issuer import AnyIssuers

NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
V2 = "https://www.w3.org/ns/credentials/v2"
CREDENTIAL = {
    "@context": [V2],
    "type": ["VerifiableCredential"],
    "credentialSubject": {"id": "did:example:orchard", "name": "Sample orchard (sample data)"},
}
ISSUERS = (*SUITES, "ecdsa-jcs-2019-p384", "ecdsa-rdfc-2019-p384")
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


@pytest.fixture
def open_house(house, tmp_path):
    """The service in its test profile."""
    contexts = tmp_path / "contexts.json"
    contexts.write_text(json.dumps({EXAMPLES: {"@context": {"@vocab": "https://example.org/terms#"}}}))
    return house.changed(vc_api_contexts=contexts)


@pytest.fixture
def suite(open_house):
    with open_house.open() as client:
        yield client


def issued(suite: TestClient, issuer: str = "eddsa-rdfc-2022", options: dict | None = None, **changes):
    body = {"credential": {**CREDENTIAL, **changes}, "options": options or {}}
    answer = suite.post(f"/vc-api/{issuer}/credentials/issue", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["verifiableCredential"]


def checked(suite: TestClient, credential):
    return suite.post("/vc-api/credentials/verify", json={"verifiableCredential": credential})


def refusal(answer) -> str:
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return " ".join(f"{p['where']} {p['what']} {p['why']}" for p in answer.json()["problems"])


def presentation(holder: Signer, *credentials, **changes):
    document = {"@context": [V2], "type": ["VerifiablePresentation"], "holder": holder.issuer}
    document["verifiableCredential"] = list(credentials)
    signed = add_proof(document, method=holder.verification_method, created=NOW, by=holder)
    # a presentation is signed for authentication: the same proof, made again for that purpose
    options = {**signed["proof"], "proofPurpose": "authentication", "challenge": "c-1", **changes}
    del options["proofValue"]
    parts = SUITES[options["cryptosuite"]].signed_bytes(document, options, holder.public_key)
    return {**document, "proof": {**options, "proofValue": "z" + base58.encode(holder.sign_bytes(parts))}}


def test_it_is_not_there_unless_the_operator_opens_it(client):
    assert client.get("/vc-api/issuers").status_code == 404
    assert client.post("/vc-api/credentials/verify", json={}).status_code == 404


@pytest.mark.parametrize("issuer", ISSUERS)
def test_what_each_issuer_signs_the_verifier_takes(suite, issuer):
    pytest.importorskip("pyld")
    credential = issued(suite, issuer)
    assert credential["proof"]["cryptosuite"] == issuer.removesuffix("-p384")
    assert checked(suite, credential).json() == {
        "verified": True,
        "checks": ["proof", "credentialStatus"],
        "warnings": [],
        "errors": [],
    }


@pytest.mark.parametrize("issuer", ISSUERS)
def test_a_changed_credential_is_refused(suite, issuer):
    pytest.importorskip("pyld")
    credential = issued(suite, issuer)
    credential["credentialSubject"]["name"] = "Another orchard"
    assert "signature" in refusal(checked(suite, credential)).lower()


def test_issuers_are_new_at_every_start(open_house):
    with open_house.open() as one, open_house.open() as other:
        first, second = (
            {issuer["id"] for issuer in client.get("/vc-api/issuers").json()} for client in (one, other)
        )
    assert len(first) == len(ISSUERS)
    assert not first & second


def test_words_of_a_context_that_the_credential_brings_along_are_signed(suite):
    pytest.importorskip("pyld")
    contexts = [V2, {"LocalCredential": "https://example.org/LocalCredential"}]
    credential = issued(suite, type=["VerifiableCredential", "LocalCredential"], **{"@context": contexts})
    assert checked(suite, credential).status_code == 200
    credential["@context"][1]["LocalCredential"] = "https://example.org/OtherCredential"
    refusal(checked(suite, credential))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"@context": None}, "@context"),
        ({"@context": ["https://example.org/other"]}, "starts with"),
        ({"@context": [V2, "https://example.org/nobody-holds-this"]}, "@context"),
        ({"@context": [V2, 7]}, "@context"),
        ({"type": ["SomethingElse"]}, "VerifiableCredential"),
        ({"type": ["VerifiableCredential", "Unmapped"]}, "Unmapped"),
        ({"id": ["urn:a:1", "urn:a:2"]}, "one URL"),
        ({"issuer": None}, "issuer"),
        ({"issuer": {"id": "no-url"}}, "issuer"),
        ({"credentialSubject": {}}, "credentialSubject"),
        ({"credentialSubject": [{}]}, "credentialSubject"),
        ({"validFrom": "yesterday"}, "validFrom"),
        ({"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2025-01-01T00:00:00Z"}, "ends before"),
        ({"credentialStatus": {"id": "urn:a:1"}}, "credentialStatus.type"),
        ({"credentialSchema": {"type": "JsonSchema"}}, "credentialSchema.id"),
        ({"name": {"@value": "a", "url": "b"}}, "name"),
        ({"relatedResource": [{"id": V2}]}, "digest"),
        ({"relatedResource": [{"id": [V2]}, {"id": {}}]}, "relatedResource.id"),
        ({"relatedResource": [{"id": V2, "digestMultibase": [{}]}]}, "another digest"),
        ({"relatedResource": [{"id": V2, "digestSRI": "sha384-" + "A" * 64}]}, "another digest"),
        ({"proof": {"type": "DataIntegrityProof"}}, "proof"),
    ],
)
def test_a_credential_that_breaks_the_data_model_is_not_signed(suite, changes, says):
    pytest.importorskip("pyld")
    body = {"credential": {**CREDENTIAL, **changes}}
    answer = suite.post("/vc-api/eddsa-rdfc-2022/credentials/issue", json=body)
    assert says in refusal(answer)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("type", "UnknownProofType", "proof.type"),
        ("cryptosuite", "none", "proof.cryptosuite"),
        ("proofPurpose", "authentication", "proof.proofPurpose"),
        ("proofPurpose", None, "proof.proofPurpose"),
        ("verificationMethod", "did:web:example.org#key-1", "did:key"),
        ("verificationMethod", None, "proof.verificationMethod"),
        ("proofValue", "not-multibase", "proof.proofValue"),
        ("created", "invalidDate", "proof.created"),
        ("expires", "2025-06-30T00:00:00Z", "over"),
        ("previousProof", "urn:uuid:nobody", "proof.previousProof"),
        ("previousProof", [{}], "proof.previousProof"),
        ("id", "no-url", "proof.id"),
        ("challenge", {}, "proof.challenge"),
        ("surprise", 1, "unknown"),
    ],
)
def test_a_proof_that_says_something_else_is_refused(suite, field, value, says):
    credential = issued(suite, "eddsa-jcs-2022")
    credential["proof"][field] = value
    assert says in refusal(checked(suite, credential))


def test_another_ones_signature_does_not_speak_for_the_issuer(suite):
    stranger = Signer.from_seed(bytes(32))
    unsigned = {name: value for name, value in issued(suite, "eddsa-jcs-2022").items() if name != "proof"}
    forged = add_proof(unsigned, method=stranger.verification_method, created=NOW, by=stranger)
    assert "none of the proofs is by the issuer's key" in refusal(checked(suite, forged))


def test_two_proofs_must_both_hold(suite):
    credential = issued(suite, "eddsa-jcs-2022")
    proof = credential["proof"]
    assert checked(suite, {**credential, "proof": [proof, proof]}).status_code == 200
    broken = {**proof, "created": "2025-07-01T08:00:01Z"}
    refusal(checked(suite, {**credential, "proof": [proof, broken]}))
    refusal(checked(suite, {**credential, "proof": []}))
    refusal(checked(suite, {**credential, "proof": [proof] * 9}))


def test_a_place_in_the_status_lists_on_request(suite):
    credential = issued(suite, "eddsa-jcs-2022", {"credentialStatus": {"type": "BitstringStatusListEntry"}})
    assert checked(suite, credential).json()["warnings"] == []
    (address, *_) = [entry["statusListCredential"] for entry in credential["credentialStatus"]]
    published = suite.get(address, headers={"Accept": "application/ld+json, application/json"})
    assert published.headers["content-type"] == "application/json"
    assert published.json()["credentialSubject"]["type"] == "BitstringStatusList"
    assert suite.get(address).headers["content-type"] == "application/vc"


def test_a_presentation_is_for_the_one_who_set_the_challenge(suite):
    holder, credential = Signer.from_seed(bytes(32)), issued(suite, "eddsa-jcs-2022")
    shown = presentation(holder, credential)

    def answer(document, **options):
        body = {"verifiablePresentation": document, "options": options}
        return suite.post("/vc-api/presentations/verify", json=body)

    assert answer(shown, challenge="c-1").json()["verified"] is True
    assert "challenge" in refusal(answer(shown, challenge="c-2"))
    assert "domain" in refusal(answer(shown, challenge="c-1", domain="example.org"))
    credential["credentialSubject"]["name"] = "Another orchard"
    refusal(answer(presentation(holder, credential), challenge="c-1"))


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"a": 1, "a": 2}', b'{"verifiableCredential": "eyJ"}', b"[" * 999]
)
def test_a_body_that_is_no_credential_is_refused(suite, body):
    refusal(suite.post("/vc-api/credentials/verify", content=body))


def test_nothing_is_fetched_while_verifying(open_house, monkeypatch):
    issuers = AnyIssuers.open(open_house.settings.vc_api_contexts)
    credential = issuers.by_name["eddsa-jcs-2022"].issue(CREDENTIAL, NOW)

    def no_socket(*args, **kwargs):
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", no_socket)
    monkeypatch.setattr(socket, "getaddrinfo", no_socket)
    assert issuers.check_credential(credential, NOW + timedelta(days=1)) == []


def test_it_is_refused_where_others_could_reach_it(open_house):
    settings = open_house.settings.model_copy(update={"public_url": "https://passports.example.org"})
    with pytest.raises(InputError, match="signs whatever anybody sends"):
        settings.check()


def test_a_file_of_contexts_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match="vc_api_contexts"):
        AnyIssuers.open(tmp_path / "missing.json")
    (tmp_path / "bad.json").write_text("[]")
    with pytest.raises(InputError, match="bad"):
        AnyIssuers.open(tmp_path / "bad.json")


def test_a_status_entry_in_another_dress_is_looked_up_all_the_same(suite):
    credential = issued(suite, "eddsa-jcs-2022", {"credentialStatus": {"type": "BitstringStatusListEntry"}})
    (entry, _) = credential["credentialStatus"]
    never_reserved = {**entry, "statusListIndex": str((int(entry["statusListIndex"]) + 1) % 131_072)}
    again = issued(suite, "eddsa-jcs-2022", credentialStatus=never_reserved)
    assert "never reserved" in refusal(checked(suite, again))
    dressed = issued(
        suite, "eddsa-jcs-2022", credentialStatus={**never_reserved, "type": ["BitstringStatusListEntry"]}
    )
    assert "credentialStatus" in refusal(checked(suite, dressed))


def test_a_suite_revokes_and_suspends_what_it_issued(suite):
    credential = issued(suite, "eddsa-jcs-2022", {"credentialStatus": {"type": "BitstringStatusListEntry"}})
    revocation, suspension = credential["credentialStatus"]

    def change(entry, *, status=True):
        return suite.post("/vc-api/credentials/status", json={"credentialStatus": entry, "status": status})

    assert change(suspension).status_code == 200
    assert "suspended" in refusal(checked(suite, credential))
    change(suspension, status=False)
    assert checked(suite, credential).status_code == 200
    change(revocation)
    assert "revoked" in refusal(checked(suite, credential))
    assert "for ever" in refusal(change(revocation, status=False))
    service, place = suite.get(revocation["statusListCredential"]).json(), revocation["statusListIndex"]
    assert service["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert bit_at(expand(service["credentialSubject"]["encodedList"]), int(place))
    assert "never reserved" in refusal(
        change({**suspension, "statusListIndex": str((int(place) + 1) % 131_072)})
    )
    assert "no list" in refusal(
        change({**suspension, "statusListCredential": "https://status.example.org/1"})
    )
    assert "credentialStatus" in refusal(change({"type": "BitstringStatusListEntry"}))


def test_an_entry_says_in_words_what_its_bit_means(suite):
    credential = issued(suite, "eddsa-jcs-2022", {"credentialStatus": {"type": "BitstringStatusListEntry"}})
    for entry in credential["credentialStatus"]:
        assert [said["status"] for said in entry["statusMessage"]] == ["0x0", "0x1"]
        assert entry["statusReference"].startswith("http")
    (entry, other) = credential["credentialStatus"]
    for broken in (
        {**entry, "statusMessage": entry["statusMessage"][:1]},
        {**entry, "statusMessage": [entry["statusMessage"][0]] * 2},
        {**entry, "statusReference": "everywhere"},
    ):
        again = issued(suite, "eddsa-jcs-2022", credentialStatus=[broken, other])
        assert "credentialStatus" in refusal(checked(suite, again))


def test_a_status_list_of_somebody_else_is_told(suite):
    entry = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7"}
    entry |= {"id": "urn:a:7", "statusListCredential": "https://status.example.org/1"}
    credential = issued(suite, "eddsa-jcs-2022", credentialStatus=entry)
    assert checked(suite, credential).json()["warnings"] == ["nobody looked up the status urn:a:7"]


JUNK = (
    None,
    True,
    0,
    -1.5,
    "",
    "x",
    "did:key:z6Mk",
    [],
    [[]],
    [None],
    {},
    {"id": {}},
    {"@id": "x"},
    {"type": [{}]},
)


def places(value, path=()):
    """Every place of a JSON value, as the keys that lead there."""
    yield path
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from places(inner, (*path, key))


def replaced(value, path, junk):
    return junk if not path else {**value, path[0]: replaced(value[path[0]], path[1:], junk)}


@pytest.mark.parametrize("issuer", ["eddsa-jcs-2022", "eddsa-rdfc-2022"])
def test_junk_in_any_place_is_refused_and_never_a_failure_of_the_service(suite, issuer):
    pytest.importorskip("pyld")
    entry = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7"}
    status = {**entry, "id": "urn:a:7", "statusListCredential": "https://status.example.org/1"}
    resource = {"id": "https://example.org/1", "digestSRI": "sha384-A"}
    terms = {
        "name": {"@value": "a", "@language": "en"},
        "credentialStatus": status,
        "relatedResource": resource,
    }
    credential = issued(suite, issuer, validFrom="2025-06-01T00:00:00Z", **terms)
    assert checked(suite, credential).status_code == 200
    for path in places(credential):
        for junk in JUNK:
            broken = replaced(credential, path, junk)
            if broken != credential:
                assert checked(suite, broken).status_code == 400, (path, junk)
