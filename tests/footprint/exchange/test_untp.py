"""An importer's system reads Digital Product Passports of the UN Transparency Protocol."""

import json
from dataclasses import replace

import pytest
from joserfc import jws
from joserfc.jwk import OKPKey

from footprint.errors import InputError, MalformedError
from footprint.exchange.untp import CONTEXT_0_6_1, VERSIONS, enveloped, untp_passport
from footprint.passport import Signer
from footprint.passport.credential import VC_CONTEXT
from footprint.passport.jose import base64
from footprint.passport.rdf_canon import frozen_contexts, rdf_canonical

SCHEMA = "specs/untp_0_6_1/untp-dpp-schema-0.6.1.json"
CONTEXT = "specs/untp_0_6_1/dpp-0.6.1-context.jsonld"


@pytest.fixture(scope="module")
def validator(shared):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((shared / SCHEMA).read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_the_schema_of_the_protocol_accepts_it(passport, validator):
    assert [error.message for error in validator.iter_errors(untp_passport(passport))] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("carbonFootprint", "1.79"), ("operationalScope", "CradleToShop"), ("declaredUnit", 1)],
)
def test_the_schema_sees_mistakes(passport, validator, name, value):
    document = untp_passport(passport)
    document["credentialSubject"]["emissionsScorecard"][name] = value
    assert list(validator.iter_errors(document))


def test_the_context_defines_every_term(passport, shared):
    text = (shared / CONTEXT).read_text(encoding="utf-8")
    terms = {"id", "type", "@context", "issuer", "validFrom", "validUntil", "credentialSubject", "name"}
    for term in _terms(untp_passport(passport)) - terms:
        assert f'"{term}"' in text, term


def _terms(value):
    if isinstance(value, dict):
        return set(value).union(*map(_terms, value.values()))
    return set().union(*map(_terms, value)) if isinstance(value, list) else set()


def test_the_numbers_are_those_of_the_passport(passport):
    subject = untp_passport(passport)["credentialSubject"]
    card, claims = subject["emissionsScorecard"], passport.claims
    assert card["carbonFootprint"] == pytest.approx(float(claims.gross_kg_co2e / claims.declared_unit.amount))
    assert card["primarySourcedRatio"] == float(claims.quality.primary_share)
    assert (card["declaredUnit"], card["operationalScope"]) == ("KGM", "CradleToGate")
    assert subject["product"]["id"] == passport.subject
    assert (subject["product"]["batchNumber"], subject["granularityLevel"]) == ("2025-06-A", "batch")


def test_a_passport_of_one_item(passport):
    item = replace(passport, serial="17")
    subject = untp_passport(item)["credentialSubject"]
    assert (subject["granularityLevel"], subject["product"]["serialNumber"]) == ("item", "17")


def test_up_to_the_grave(passport):
    whole = replace(passport, claims=passport.claims.model_copy(update={"boundary": "cradle to grave"}))
    card = untp_passport(whole)["credentialSubject"]["emissionsScorecard"]
    assert card["operationalScope"] == "CradleToGrave"


def test_the_same_passport_gives_the_same_document(passport):
    assert untp_passport(passport) == untp_passport(passport)
    other = untp_passport(replace(passport, id="urn:uuid:00000000-0000-0000-0000-000000000000"))
    assert other["id"] != untp_passport(passport)["id"]


def test_a_version_nobody_has_written(passport):
    assert set(VERSIONS) == {"0.6.1"}
    with pytest.raises(InputError, match=r"known: 0\.6\.1"):
        untp_passport(passport, version="9")


def test_its_issuer_signs_it_and_somebody_elses_library_reads_it(passport, signer):
    sent = enveloped(untp_passport(passport), signer)
    assert (sent["type"], sent["@context"]) == ("EnvelopedVerifiableCredential", VC_CONTEXT)
    head, _, token = sent["id"].partition(",")
    assert head == "data:application/vc+jwt"
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": base64(signer.ed25519_key.raw)})
    read = jws.deserialize_compact(token, key, registry=jws.JWSRegistry(algorithms=["Ed25519"]))
    assert json.loads(read.payload) == untp_passport(passport)
    assert read.headers()["kid"] == signer.verification_method


def test_nobody_else_signs_it(passport):
    with pytest.raises(InputError, match="use the key that signed the passport"):
        enveloped(
            untp_passport(passport), Signer.from_seed(b"another sample key, 32 bytes....".ljust(32)[:32])
        )


def test_its_claim_names_what_a_conformity_credential_has_to_attest(passport):
    (claim,) = untp_passport(passport)["credentialSubject"]["conformityClaim"]
    assert claim["conformance"] is True
    assert claim["assessmentCriteria"][0]["name"].startswith("ISO 14067:2018")
    assert claim["declaredValue"][0]["metricValue"]["value"] == float(passport.claims.pcf_kg_co2e)


def test_no_word_of_it_is_lost_when_a_machine_reads_it_as_a_graph(passport, shared):
    pytest.importorskip("pyld")
    context = json.loads((shared / CONTEXT).read_text(encoding="utf-8"))
    document = untp_passport(passport)
    assert rdf_canonical(document, {**frozen_contexts(), CONTEXT_0_6_1: context})
    document["credentialSubject"]["emissionsScorecard"]["type"] = ["EmissionsPerformance"]
    with pytest.raises(MalformedError):  # the vocabulary has the class, its context does not
        rdf_canonical(document, {**frozen_contexts(), CONTEXT_0_6_1: context})
