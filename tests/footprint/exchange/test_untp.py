"""An importer's system reads Digital Product Passports of the UN Transparency Protocol."""

import json
from dataclasses import replace

import pytest

from footprint.errors import InputError
from footprint.exchange.untp import VERSIONS, untp_passport

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
