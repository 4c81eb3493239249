"""The four cryptosuites on the W3C's test vectors; a suite, a sort of key and a signature must belong together."""

import copy
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.errors import FootprintError, MalformedError, SignatureError
from footprint.passport import PublicKey, Signer, TrustList, suites, verify
from footprint.passport.data_integrity import add_proof, check_proof, read_proof
from footprint.passport.multikey import read_did_key
from footprint.passport.suites import SUITES, suite_for, suite_named, with_contexts

CREATED = datetime(2025, 6, 20, 8, tzinfo=UTC)
VC = "https://www.w3.org/ns/credentials/v2"
EXAMPLES = {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
"""The W3C's context for examples defines every term; it is for tests alone and ships nowhere."""

VECTORS = {
    "eddsa-jcs-2022": ["vc-di-eddsa/TestVectors/eddsa-jcs-2022/signedJCS.json"],
    "eddsa-rdfc-2022": ["vc-di-eddsa/TestVectors/eddsa-rdfc-2022/signedDataInt.json"],
    "ecdsa-jcs-2019": [
        "vc-di-ecdsa/TestVectors/ecdsa-jcs-2019-p256/signedJCSECDSAP256.json",
        "vc-di-ecdsa/TestVectors/ecdsa-jcs-2019-p384/signedJCSECDSAP384.json",
    ],
    "ecdsa-rdfc-2019": [
        "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p256/signedECDSAP256.json",
        "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p384/signedECDSAP384.json",
    ],
}
NAMES = [name for names in VECTORS.values() for name in names]


def key_of(document):
    return read_did_key(document["proof"]["verificationMethod"].partition("#")[0])


WITH_EXAMPLES = with_contexts({"https://www.w3.org/ns/credentials/examples/v2": EXAMPLES})


def check(document, key=None, known=SUITES):
    check_proof(document, read_proof(document, known), key or key_of(document))


@pytest.fixture(scope="module")
def vectors(shared):
    items = json.loads((shared / "vectors/vc_di_signed.json").read_text())
    return {item["name"]: item["signed"] for item in items}


@pytest.mark.parametrize("name", NAMES)
def test_every_suite_agrees_with_the_w3c(vectors, name):
    check(vectors[name], known=WITH_EXAMPLES)


def test_a_context_nobody_gave_is_not_fetched(vectors):
    with pytest.raises(MalformedError, match="none is fetched"):
        check(vectors["vc-di-eddsa/TestVectors/eddsa-rdfc-2022/signedDataInt.json"])


def test_a_frozen_context_cannot_be_replaced(passport, signer):
    document = graph_signed(passport, signer)
    check(document, known=with_contexts({VC: {"@context": {}}}))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", ["credentialSubject", "issuer", "validFrom", "created"])
def test_and_refuses_it_when_anything_changed(vectors, name, place):
    document = copy.deepcopy(vectors[name])
    if place == "credentialSubject":
        document[place]["alumniOf"] = "Another school"
    elif place == "created":
        document["proof"][place] = "2024-02-24T23:36:38Z"
    else:
        document[place] = {"issuer": "https://other.example", "validFrom": "2022-01-01T00:00:00Z"}[place]
    with pytest.raises(SignatureError, match="does not fit"):
        check(document, known=WITH_EXAMPLES)


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
@pytest.mark.parametrize("suite", SUITES)
def test_a_suite_takes_its_own_sorts_of_key_only(kind, suite):
    signer = Signer.generate(kind=kind)
    document = {"@context": [VC], "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33", "name": "sample"}
    arguments = {"method": signer.verification_method, "created": CREATED, "by": signer}
    if kind in SUITES[suite].key_kinds:
        check(add_proof(document, **arguments, suite=SUITES[suite]))
        return
    with pytest.raises(SignatureError, match="the key is"):
        add_proof(document, **arguments, suite=SUITES[suite])
    claimed = add_proof(document, **arguments)
    claimed["proof"]["cryptosuite"] = suite
    with pytest.raises(SignatureError, match=r"cryptosuite|bytes"):
        check(claimed)


def test_a_signature_under_one_suite_is_none_under_its_sister():
    signer = Signer.generate()
    document = {"@context": [VC], "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33", "name": "sample"}
    signed = add_proof(document, method=signer.verification_method, created=CREATED, by=signer)
    signed["proof"]["cryptosuite"] = "eddsa-rdfc-2022"
    with pytest.raises(SignatureError, match="does not fit"):
        check(signed)


@pytest.mark.parametrize(
    "name", ["eddsa-2022", "EDDSA-JCS-2022", "eddsa-jcs-2022 ", "none", "", None, 7, ["a"]]
)
def test_other_names_are_refused(name):
    with pytest.raises(SignatureError, match="these are checked"):
        suite_named(name)


@given(st.binary(min_size=0, max_size=100))
def test_no_bytes_are_an_ecdsa_signature_by_chance(signature):
    with pytest.raises(SignatureError):
        P256.public_key.check(signature, b"bytes")


P256 = Signer.generate(kind="P-256")


@pytest.mark.parametrize("kind", ["P-256", "P-384"])
def test_a_passport_signed_with_ecdsa_is_a_passport(sample, terms, kind):
    signer = Signer.generate(kind=kind)
    passport = signer.issue(sample, **terms)
    trust = TrustList.from_json(TrustList.of(signer.trusted_as("Sample (sample data)")).to_json())
    verified = verify(passport, trust=trust, at=datetime(2025, 7, 1, tzinfo=UTC))
    assert verified.checks[0] == "The ecdsa-jcs-2019 signature fits every field of the passport."


def graph_signed(passport, signer):
    """The passport as somebody else's software would sign it."""
    document = {name: value for name, value in passport.document.items() if name != "proof"}
    return add_proof(
        document,
        method=signer.verification_method,
        created=CREATED,
        by=signer,
        suite=SUITES["eddsa-rdfc-2022"],
    )


def test_a_passport_signed_as_a_graph_verifies_offline(passport, signer, trust):
    document = graph_signed(passport, signer)
    del document["proof"]["@context"]  # others do not write it
    verified = verify(json.dumps(document), trust=trust, at=datetime(2025, 7, 1, tzinfo=UTC))
    assert verified.claims.gross_kg_co2e > 0


def test_what_no_context_defines_is_not_signed_and_so_refused(passport, signer, trust):
    for change in (
        lambda document: document.update(grade="A"),
        lambda document: document["credentialSubject"].update(grade="A"),
        lambda document: document["proof"].update({"@context": ["https://evil.example/v1"]}),
    ):
        document = graph_signed(passport, signer)
        change(document)
        with pytest.raises(FootprintError, match=r"defined by no context|proof\.@context"):
            verify(json.dumps(document), trust=trust, at=datetime(2025, 7, 1, tzinfo=UTC))


def test_every_number_of_a_graph_is_signed(passport, signer, trust):
    document = graph_signed(passport, signer)
    document["credentialSubject"]["productFootprint"]["pcf"]["pcfExcludingBiogenicUptake"] = "0.1"
    with pytest.raises(SignatureError, match="does not fit"):
        verify(json.dumps(document), trust=trust, at=datetime(2025, 7, 1, tzinfo=UTC))


def test_the_native_suites():
    assert suite_for(PublicKey(Signer.generate().public_key.raw)).name == "eddsa-jcs-2022"
    assert {suite.name for suite in suites.SUITES.values() if suite.from_graph} == {
        "eddsa-rdfc-2022",
        "ecdsa-rdfc-2019",
    }


def test_a_key_of_the_wrong_sort_behind_the_same_name(passport):
    """The trust list says P-256, the proof says EdDSA: neither is believed over the other."""
    wrong = Signer.generate(kind="P-256")
    document = passport.document
    with pytest.raises(SignatureError, match="the key is P-256"):
        check(document, wrong.public_key)
