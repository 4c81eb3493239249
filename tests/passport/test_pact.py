"""The PACT part against the standard's own OpenAPI file, read by a small checker."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import pytest
from pydantic import TypeAdapter, ValidationError

from footprint.passport import Assurance, Claims
from footprint.passport.pact import (
    CarbonFootprint,
    DataModelExtension,
    DataQualityIndicators,
    EmissionFactorSource,
    ProductFootprint,
    ProductOrSectorSpecificRule,
    Verification,
    pact_name,
)
from footprint.passport.pact_claims import Lot, Written, assessment_reports, carbon_footprint
from footprint.passport.pact_rules import pact_problems

LOT = Lot(
    "did:web:example.org",
    "09506000134352",
    datetime(2025, 6, 20, 8, tzinfo=UTC),
    datetime(2026, 6, 20, 8, tzinfo=UTC),
)


def _pact(claims, lot):
    """The PACT footprint under the name that its content gives it."""
    written = Written.of(claims, lot)
    name = json.loads(written.named(claims.lot_quantity)["id"])
    return written.footprint.model_copy(update={"id": name})


@pytest.fixture
def claims(sample):
    return Claims.of(
        sample, Assurance(level="reasonable", by="Sample Verifier (sample data)", at="2025-06-01")
    )


@pytest.fixture
def footprint(claims):
    return _pact(claims, LOT)


@pytest.fixture(scope="module")
def schemas(shared):
    yaml = pytest.importorskip("yaml")
    return yaml.safe_load((shared / "specs/pact_v3/openapi.yaml").read_text())["components"]["schemas"]


def resolved(schema, schemas):
    """A property with what its `$ref` says."""
    reference = schema.get("$ref")
    return {**schemas[reference.rsplit("/", 1)[1]], **schema} if reference else schema


TELLING = ("", "x", "-1", "0", "1", "-0.5", "CN", "CN-GD", "CN-GDGD", "cn", "urn:a:b", "3.0.0", "2025-08-01")
PARTS = (
    ProductFootprint,
    CarbonFootprint,
    DataModelExtension,
    DataQualityIndicators,
    EmissionFactorSource,
    ProductOrSectorSpecificRule,
    Verification,
)
KINDS = {"string": str, "object": dict, "array": list, "boolean": bool}


def violations(value, schema, schemas, where="footprint"):
    """The rules of JSON Schema that the file uses, checked one by one."""
    schema = resolved(schema, schemas)
    if "type" in schema and not isinstance(value, KINDS[schema["type"]]):
        yield f"{where} is not {schema['type']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is not in the list"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where} does not match {schema['pattern']}"
    if schema.get("format") == "uuid":
        UUID(value)
    if schema.get("format") == "date-time":
        assert datetime.fromisoformat(value).tzinfo
    if isinstance(value, str) and len(value) < schema.get("minLength", 0):
        yield f"{where} is too short"
    if isinstance(value, list):
        yield from array_violations(value, schema, schemas, where)
    if isinstance(value, dict) and "properties" in schema:
        yield from object_violations(value, schema, schemas, where)


def array_violations(value, schema, schemas, where):
    if len(value) < schema.get("minItems", 0):
        yield f"{where} has too few items"
    if schema.get("uniqueItems") and len({json.dumps(item) for item in value}) < len(value):
        yield f"{where} repeats an item"
    for place, item in enumerate(value):
        yield from violations(item, schema["items"], schemas, f"{where}[{place}]")


def object_violations(value, schema, schemas, where):
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{where}.{name} is missing"
    for name, inner in value.items():
        if name not in schema["properties"]:
            yield f"{where}.{name} is not in the standard"
        else:
            yield from violations(inner, schema["properties"][name], schemas, f"{where}.{name}")


def test_our_footprint_is_what_the_openapi_file_asks_for(footprint, schemas):
    assert list(violations(footprint.document(), schemas["ProductFootprint"], schemas)) == []


def test_the_checker_sees_mistakes(footprint, schemas):
    """The control: one rule broken at a time."""
    for path, value in {
        ("pcf", "fossilGhgEmissions"): "-1",
        ("pcf", "declaredUnitOfMeasurement"): "stone",
        ("pcf", "ipccCharacterizationFactors"): [],
        ("pcf", "packagingEmissionsIncluded"): "true",
        ("companyIds",): ["x"],
        ("invented",): 1,
    }.items():
        document = footprint.document()
        holder = document["pcf"] if len(path) == 2 else document
        holder[path[-1]] = value
        assert list(violations(document, schemas["ProductFootprint"], schemas)), path
    document = footprint.document()
    del document["pcf"]["exemptedEmissionsPercent"]
    assert list(violations(document, schemas["ProductFootprint"], schemas))


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
def test_our_models_know_every_field_of_the_standard_and_require_the_same(model, schemas):
    standard = schemas[model.__name__]
    assert {pact_name(name) for name in model.model_fields} == set(standard["properties"])
    required = {pact_name(name) for name, field in model.model_fields.items() if field.is_required()}
    assert required == set(standard.get("required", ()))


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
def test_our_models_allow_the_same_values_signs_and_patterns(model, footprint, schemas):
    """Field by field: what the OpenAPI file refuses of a few values that tell its types apart, and nothing more."""
    for name, field in model.model_fields.items():
        schema = schemas[model.__name__]["properties"][field.alias]
        kept = TypeAdapter(Annotated[(field.annotation, *field.metadata, "")])
        for value in (*TELLING, *resolved(schema, schemas).get("enum", ())):
            if isinstance(value, str) and resolved(schema, schemas).get("type") == "string":
                assert _accepts(kept, value) <= _allows(value, schema, schemas), (name, value)
                if "enum" in schema:
                    assert _accepts(kept, value) == (value in schema["enum"]), (name, value)


def _accepts(reader, value):
    try:
        reader.validate_python(value)
    except ValidationError:
        return False
    return True


def _allows(value, schema, schemas):
    try:
        return not list(violations(value, schema, schemas))
    except (ValueError, AssertionError):  # no uuid, no instant
        return False


def test_the_numbers_of_the_sample(footprint, gross):
    pcf = footprint.pcf
    assert pcf.pcf_excluding_biogenic_uptake == gross
    assert pcf.pcf_including_biogenic_uptake == gross - Decimal("0.275")
    assert pcf.biogenic_non_co2_emissions == Decimal("0.054")
    assert pcf.fossil_ghg_emissions == gross - Decimal("0.054")
    assert pcf.biogenic_co2_uptake == Decimal("-0.275")
    assert pcf.packaging_ghg_emissions == Decimal("0.18")
    assert pcf.outbound_logistics_ghg_emissions == Decimal("0.2253")
    assert pcf.primary_data_share == 62
    assert pcf.technological_co2_removals is None
    assert pcf.land_management_biogenic_co2_removals is None
    assert pcf.verification.comments == "reasonable assurance"
    assert pcf.ipcc_characterization_factors == ("AR5", "AR6")
    assert footprint.product_ids == ("urn:gtin:09506000134352",)
    assert pact_problems(footprint) == ()


def test_the_document_reads_back_as_the_same_footprint(footprint):
    assert ProductFootprint.model_validate(footprint.document()) == footprint


def test_the_extension_holds_the_claims_and_nothing_is_lost(footprint, claims):
    data = footprint.document()["extensions"][0]["data"]
    assert Claims.model_validate(data) == claims
    assert data["removals"][0]["checked_by"] is None


def test_the_identifier_is_made_of_the_content(claims, footprint):
    assert _pact(claims, LOT).id == footprint.id
    other = claims.model_copy(update={"notes": ("a note",)})
    assert _pact(other, LOT).id != footprint.id
    assert UUID(footprint.id).version == 5


def test_without_packaging_the_packaging_field_is_undefined(sample):
    cells = tuple(cell for cell in sample.gross.cells if cell.stage not in ("packaging", "transport"))
    fewer = sample.model_copy(update={"gross": sample.gross.model_copy(update={"cells": cells})})
    pcf = carbon_footprint(Claims.of(fewer, Assurance(level="self")))
    assert pcf.packaging_emissions_included is False
    assert pcf.packaging_ghg_emissions is None
    assert pcf.outbound_logistics_ghg_emissions is None


def test_a_country_without_subdivision(sample):
    product = sample.product.model_copy(update={"subdivision": None})
    pcf = carbon_footprint(Claims.of(sample.model_copy(update={"product": product}), Assurance(level="self")))
    assert (pcf.geography_country, pcf.geography_country_subdivision) == ("CN", None)


@pytest.mark.parametrize(("gwp", "expected"), [("AR6-100", ("AR5", "AR6")), ("AR5-100", ("AR5",))])
def test_the_reports_behind_the_gwps(claims, gwp, expected):
    assert assessment_reports(claims.model_copy(update={"gwp": gwp})) == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("fossil_ghg_emissions", 1.0),
        ("fossil_ghg_emissions", "1e3"),
        ("fossil_ghg_emissions", "NaN"),
        ("fossil_ghg_emissions", "1_000"),
        ("fossil_ghg_emissions", " 1"),
        ("fossil_ghg_emissions", "１"),
        ("fossil_ghg_emissions", Decimal("Infinity")),
        ("declared_unit_amount", "0"),
        ("declared_unit_amount", "-1"),
        ("biogenic_co2_uptake", "1"),
        ("exempted_emissions_percent", "101"),
        ("packaging_emissions_included", "yes"),
        ("ipcc_characterization_factors", ["AR6-100"]),
        ("geography_country", "china"),
        ("reference_period_end", "2025-08-01"),
    ],
)
def test_values_the_standard_does_not_allow(footprint, field, value):
    document = footprint.pcf.document()
    with pytest.raises(ValidationError):
        CarbonFootprint.model_validate({**document, pact_name(field): value})


BROKEN = {
    "pcfExcludingBiogenicUptake": {"fossil_ghg_emissions": Decimal(9)},
    "pcfIncludingBiogenicUptake": {"biogenic_co2_uptake": Decimal(0)},
    "aircraftGhgEmissions": {"aircraft_ghg_emissions": Decimal(9)},
    "packagingGhgEmissions": {"packaging_emissions_included": None},
    "technologicalCO2CaptureOrigin": {"technological_co2_capture_origin": "a well"},
    "geographyCountry": {"geography_country": "CN"},
    "referencePeriodEnd": {"reference_period_end": "2024-08-01T00:00:00Z"},
    "crossSectoralStandards": {"cross_sectoral_standards": ("ISO14067", "ISO14067")},
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_between_fields_is_named_when_broken(footprint, name):
    pcf = footprint.pcf.model_copy(update=BROKEN[name])
    found = pact_problems(footprint.model_copy(update={"pcf": pcf}))
    assert f"pcf.{name}" in {problem.where for problem in found}
    assert all(problem.fix for problem in found)


def test_validity_must_end_after_it_starts(footprint):
    period = {
        "validity_period_start": "2025-09-01T00:00:00Z",
        "validity_period_end": "2020-01-01T00:00:00Z",
    }
    wrong = footprint.model_copy(update=period)
    assert [problem.where for problem in pact_problems(wrong)] == ["validityPeriodEnd"]


def test_validity_is_not_said_to_start_before_the_reference_period_ends(claims):
    """PACT forbids it; the credential around the footprint says its own start."""
    early = _pact(claims, LOT)
    after = _pact(claims, replace(LOT, issued_at=datetime(2025, 8, 1, tzinfo=UTC)))
    assert early.validity_period_start is None
    assert after.validity_period_start == "2025-08-01T00:00:00Z"


def test_fields_of_a_later_version_are_kept(footprint):
    newer = {**footprint.document(), "specVersion": "3.1.0", "newField": "1"}
    assert ProductFootprint.model_validate(newer).document()["newField"] == "1"
