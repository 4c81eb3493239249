"""What the package publishes beside its code: the frozen context and the schema of the claims."""

import json
import re
from importlib.resources import files

import pytest

from footprint.passport.claims import Claims
from footprint.passport.credential import CONTEXTS, PASSPORT_CONTEXT, SUBJECT_TYPE, TYPES
from footprint.passport.pact_claims import CLAIMS_SCHEMA
from footprint.passport.schema import claims_schema

ROOM = files("footprint.passport")


def read(path):
    return json.loads(ROOM.joinpath(path).read_text(encoding="utf-8"))


def test_the_schema_file_is_current():
    """Renew it: python -m footprint.passport.schema > footprint/passport/schemas/claims-1.json."""
    assert read("schemas/claims-1.json") == claims_schema()


def test_the_schema_has_the_address_passports_give():
    assert read("schemas/claims-1.json")["$id"] == CLAIMS_SCHEMA
    assert CLAIMS_SCHEMA.endswith("/schemas/claims-1.json")


def test_amounts_are_strings_and_unknown_claims_are_refused_in_the_schema():
    schema = read("schemas/claims-1.json")
    assert schema["properties"]["gross_kg_co2e"]["type"] == "string"
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(Claims.model_fields)


def test_a_passport_holds_against_the_schema(passport):
    jsonschema = pytest.importorskip("jsonschema")
    data = passport.document["credentialSubject"]["productFootprint"]["extensions"][0]["data"]
    validator = jsonschema.Draft202012Validator(read("schemas/claims-1.json"))
    validator.validate(data)
    assert list(validator.iter_errors({**data, "gross_kg_co2e": 1.0623}))
    assert list(validator.iter_errors({**data, "net_kg_co2e": "0.9"}))


def terms(context):
    return {name: value for name, value in context.items() if not name.startswith("@")}


def test_the_context_defines_every_term_of_a_passport_and_has_no_catch_all(passport):
    text = ROOM.joinpath("contexts/carbon-passport-v1.jsonld").read_text(encoding="utf-8")
    context = json.loads(text)["@context"]
    assert "@vocab" not in text
    assert context["@protected"] is True
    assert TYPES[1] in context
    scoped = context[SUBJECT_TYPE]["@context"]
    subject = passport.document["credentialSubject"]
    assert set(subject) - {"id", "type", "serial"} <= set(terms(scoped))
    assert "serial" in scoped
    assert scoped["productFootprint"]["@type"] == "@json"


def test_every_term_is_an_https_address():
    text = ROOM.joinpath("contexts/carbon-passport-v1.jsonld").read_text(encoding="utf-8")
    addresses = re.findall(r'"((?:https?|urn):[^"]+)"', text)
    assert len(addresses) == 6
    assert all(
        address.startswith(("https://w3id.org/agrifood-footprint/", "https://ref.gs1.org/voc/"))
        for address in addresses
    )


def test_a_passport_names_both_contexts_in_order(passport):
    assert (
        tuple(passport.document["@context"])
        == CONTEXTS
        == ("https://www.w3.org/ns/credentials/v2", PASSPORT_CONTEXT)
    )


def test_the_vc_context_defines_the_other_terms(passport, shared):
    known = json.loads((shared / "vectors/contexts/all.json").read_text())[CONTEXTS[0]]["@context"]
    outer = set(passport.document) - {"@context"}
    assert outer - set(known) == {"issuer", "validFrom", "validUntil", "credentialSubject", "proof"}
    assert {"issuer", "validFrom", "validUntil", "credentialSubject", "proof"} <= set(
        known["VerifiableCredential"]["@context"]
    )
    assert not set(terms(read("contexts/carbon-passport-v1.jsonld")["@context"])) & set(known)
