"""A retailer's data team gets PACT footprints from forty suppliers; the linter says what is wrong with each."""

import json

import pytest
from click.testing import CliRunner

from footprint.cli import cli
from footprint.errors import MalformedError
from footprint.exchange.lint import FIELD_RULES, RULES, lint
from footprint.passport.pact import CarbonFootprint, ProductFootprint, pact_name

THE_STANDARDS_OWN_EXAMPLE = {
    "validityPeriodStart": "2024-03-01T09:32:20Z",
    "validityPeriodEnd": "2025-12-31T00:00:00Z",
    "pcf": {
        "referencePeriodStart": "2024-01-01T00:00:00Z",
        "referencePeriodEnd": "2026-01-01T00:00:00Z",
        "pcfExcludingBiogenicUptake": "1.85",
        "pcfIncludingBiogenicUptake": "1.63",
        "fossilGhgEmissions": "1.5",
        "landUseChangeGhgEmissions": None,
        "landManagementBiogenicCO2Emissions": "0.6",
        "landManagementBiogenicCO2Removals": "-0.4",
        "biogenicNonCO2Emissions": None,
        "biogenicCarbonContent": "0.41",
        "biogenicCO2Uptake": "-1.5",
        "verification": {"providerName": ""},
    },
}
"""The numbers of the example answers of PACT 3.0.3 (data-exchange-protocol cf4ebed, spec/v3/examples)."""


def found(document):
    return {(one.rule, one.pointer) for one in lint(json.dumps(document).encode()).findings}


def test_a_footprint_that_keeps_to_everything(supplied):
    assert lint(json.dumps(supplied()).encode()).findings == ()


def test_the_standards_own_example_does_not_add_up(supplied):
    result = lint(json.dumps(supplied(**THE_STANDARDS_OWN_EXAMPLE)).encode())
    by_rule = {one.rule: one for one in result.findings}
    assert not result.conforms
    assert by_rule["uptake-between-totals"].why == "1.85 with an uptake of -1.5 is 0.35"
    assert by_rule["uptake-between-totals"].what == "is 1.63"
    assert by_rule["sum-excluding-uptake"].why == "its parts add up to 1.7"
    assert by_rule["validity-window"].pointer == "/validityPeriodStart"
    assert by_rule["verifier-named"].pointer == "/pcf/verification/providerName"
    assert "carbon-and-uptake" not in by_rule  # 0.41 kg C and -1.5 kg CO2 do agree


RULE = {"operator": "Other", "ruleNames": ["SAMPLE rule"]}
BETWEEN_FIELDS = {
    "sum-excluding-uptake": ({"pcf": {"fossilGhgEmissions": "0.8"}}, "/pcf/pcfExcludingBiogenicUptake"),
    "sum-including-uptake": ({"pcf": {"fossilGhgEmissions": "0.8"}}, "/pcf/pcfIncludingBiogenicUptake"),
    "uptake-between-totals": (
        {"pcf": {"pcfIncludingBiogenicUptake": "0.9"}},
        "/pcf/pcfIncludingBiogenicUptake",
    ),
    "part-of-the-whole": ({"pcf": {"aircraftGhgEmissions": "9"}}, "/pcf/aircraftGhgEmissions"),
    "packaging-undefined": ({"pcf": {"packagingGhgEmissions": "0.1"}}, "/pcf/packagingGhgEmissions"),
    "capture-undefined": ({"pcf": {"technologicalCO2Removals": "0"}}, "/pcf/technologicalCO2Removals"),
    "one-geography": ({"pcf": {"geographyRegionOrSubregion": "Asia"}}, "/pcf/geographyRegionOrSubregion"),
    "reference-period": (
        {"pcf": {"referencePeriodStart": "2025-08-01T00:00:00Z"}},
        "/pcf/referencePeriodEnd",
    ),
    "sets": ({"pcf": {"crossSectoralStandards": ["PEF", "PEF"]}}, "/pcf/crossSectoralStandards"),
    "validity-order": ({"validityPeriodStart": "2028-08-01T00:00:00Z"}, "/validityPeriodEnd"),
    "land-management-within-fossil": (
        {"pcf": {"landManagementFossilGhgEmissions": "0.71"}},
        "/pcf/landManagementFossilGhgEmissions",
    ),
    "mass-of-declared-unit": (
        {"pcf": {"productMassPerDeclaredUnit": "2"}},
        "/pcf/productMassPerDeclaredUnit",
    ),
    "validity-window": ({"validityPeriodEnd": "2028-08-01T00:00:01Z"}, "/validityPeriodEnd"),
    "unique-items": ({"companyIds": ["urn:a:1", "urn:a:1"]}, "/companyIds"),
    "own-predecessor": ({"precedingPfIds": ["f4b1225a-bd44-4c8e-861d-079e4e1dfd69"]}, "/precedingPfIds"),
    "other-operator": (
        {"pcf": {"productOrSectorSpecificRules": [RULE]}},
        "/pcf/productOrSectorSpecificRules/0/otherOperatorName",
    ),
    "credit-certification": (
        {"pcf": {"ccuCreditCertification": "https://example.org/c", "ccuCalculationApproach": "Cut-off"}},
        "/pcf/ccuCreditCertification",
    ),
    "verifier-named": ({"pcf": {"verification": {"providerName": ""}}}, "/pcf/verification/providerName"),
    "reported": ({"pcf": {"primaryDataShare": None}}, "/pcf/primaryDataShare"),
    "recommended": ({"pcf": {"dqi": None}}, "/pcf/dqi"),
    "packaging-amount": ({"pcf": {"packagingEmissionsIncluded": True}}, "/pcf/packagingGhgEmissions"),
    "exemption-explained": ({"pcf": {"exemptedEmissionsPercent": "3"}}, "/pcf/exemptedEmissionsDescription"),
    "latest-report": ({"pcf": {"ipccCharacterizationFactors": ["AR5"]}}, "/pcf/ipccCharacterizationFactors"),
    "standard-names": ({"pcf": {"crossSectoralStandards": ["ISO 14067"]}}, "/pcf/crossSectoralStandards"),
    "carbon-and-uptake": ({"pcf": {"biogenicCarbonContent": "0.4"}}, "/pcf/biogenicCO2Uptake"),
}
ONE_FIELD = {
    "required": ({"pcf": {"fossilCarbonContent": None}}, "/pcf/fossilCarbonContent"),
    "type": ({"pcf": {"packagingEmissionsIncluded": "no"}}, "/pcf/packagingEmissionsIncluded"),
    "enum": ({"pcf": {"declaredUnitOfMeasurement": "kg"}}, "/pcf/declaredUnitOfMeasurement"),
    "pattern": ({"productIds": ["gtin:9506000134352"]}, "/productIds/0"),
    "length": ({"companyIds": []}, "/companyIds"),
    "decimal": ({"pcf": {"fossilGhgEmissions": 0.7}}, "/pcf/fossilGhgEmissions"),
    "sign": ({"pcf": {"biogenicCO2Uptake": "1.1"}}, "/pcf/biogenicCO2Uptake"),
    "date-time": ({"created": "2025-09-01"}, "/created"),
    "unknown-field": ({"pcf": {"biogenicCO2Withdrawal": "-1.1"}}, "/pcf/biogenicCO2Withdrawal"),
}


def test_every_rule_has_a_footprint_that_breaks_it():
    assert BETWEEN_FIELDS.keys() == {rule.id for rule in RULES}
    assert ONE_FIELD.keys() == FIELD_RULES.keys()


@pytest.mark.parametrize("rule", BETWEEN_FIELDS | ONE_FIELD)
def test_each_broken_rule_is_named_with_its_place(rule, supplied):
    change, pointer = (BETWEEN_FIELDS | ONE_FIELD)[rule]
    assert (rule, pointer) in found(supplied(**change))


def test_each_rule_names_the_fields_it_reads_and_where_the_standard_says_it():
    known = set(ProductFootprint.model_fields) | {f"pcf.{name}" for name in CarbonFootprint.model_fields}
    for rule in RULES:
        assert set(rule.reads) <= known
        assert rule.says
        assert rule.source


@pytest.mark.parametrize(
    "name", [n for n, field in CarbonFootprint.model_fields.items() if field.is_required()]
)
def test_a_required_field_that_is_missing_or_null_stops_no_other_rule(name, supplied):
    for value in (None, "absent"):
        document = supplied(pcf={"crossSectoralStandards": ["ISO 14067"]})
        document["pcf"][pact_name(name)] = None
        if value == "absent":
            del document["pcf"][pact_name(name)]
        result = found(document)
        assert ("required", f"/pcf/{pact_name(name)}") in result
        if name != "cross_sectoral_standards":
            assert ("standard-names", "/pcf/crossSectoralStandards") in result


def test_null_is_as_good_as_absent_where_nothing_is_required(supplied):
    assert found(supplied() | {"comment": None}) == set()


def test_names_of_our_own_models_are_not_names_of_the_standard(supplied):
    document = supplied(companyName=None) | {"company_name": "Sample"}
    assert {("required", "/companyName"), ("unknown-field", "/company_name")} <= found(document)


@pytest.mark.parametrize("amount", ["1e3", "NaN", " 1", "1_0", "+-1", "", "１", "0x1"])
def test_amounts_that_two_readers_could_read_differently(amount, supplied):
    assert ("decimal", "/pcf/fossilGhgEmissions") in found(supplied(pcf={"fossilGhgEmissions": amount}))


def test_an_extension_is_addressed(supplied):
    extension = {"specVersion": "1.0.0", "dataSchema": "no address", "data": {}}
    assert ("pattern", "/extensions/0/dataSchema") in found(supplied(extensions=[extension]))


def test_each_footprint_of_an_answer_has_its_place(supplied):
    bad = supplied(status="Gone")
    result = lint(json.dumps({"data": [supplied(), bad]}).encode())
    assert result.footprints == 2
    assert [one.pointer for one in result.findings] == ["/data/1/status"]


def test_a_pointer_escapes_what_somebody_put_into_a_name(supplied):
    assert ("unknown-field", "/a~1b~0c") in found(supplied() | {"a/b~c": 1})


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"data": []}', b'{"data": [1]}', b'{"pcf": {}, "pcf": {}}', b'{"pcf": 1e400}'],
)
def test_what_is_no_footprint_is_refused(content):
    with pytest.raises(MalformedError):
        lint(content)


def test_a_long_list_is_judged_at_once(supplied):
    names = [f"urn:x:{number}" for number in range(100_000)]
    assert found(supplied(productIds=names)) == set()


@pytest.mark.parametrize("pcf", [None, 1, [], "x"])
def test_a_footprint_without_numbers(pcf, supplied):
    assert any(pointer == "/pcf" for _, pointer in found(supplied() | {"pcf": pcf}))


@pytest.fixture
def written(tmp_path):
    def write(document):
        path = tmp_path / "pcf.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return str(path)

    return write


def test_on_the_command_line(written, supplied):
    good = CliRunner().invoke(cli, ["lint", written(supplied())])
    assert (good.exit_code, good.stdout) == (0, "1 footprint: conforms to PACT 3.0.3\n")
    bad = CliRunner().invoke(cli, ["lint", written(supplied(**THE_STANDARDS_OWN_EXAMPLE))])
    assert bad.exit_code == 1
    assert "✗ /pcf/pcfIncludingBiogenicUptake [uptake-between-totals] — is 1.63" in bad.stdout


def test_recommendations_count_only_when_asked(written, supplied):
    path = written(supplied(pcf={"dqi": None}))
    assert CliRunner().invoke(cli, ["lint", path]).exit_code == 0
    assert CliRunner().invoke(cli, ["lint", path, "--strict"]).exit_code == 1


def test_for_machines(written, supplied):
    done = CliRunner().invoke(cli, ["lint", written(supplied(status="Gone")), "--json"])
    answer = json.loads(done.stdout)
    assert (answer["standard"], answer["conforms"], done.exit_code) == ("PACT 3.0.3", False, 1)
    assert answer["findings"][0] | {"why": ""} == {
        "rule": "enum",
        "level": "must",
        "pointer": "/status",
        "what": "is 'Gone'",
        "why": "",
        "fix": "use a value of the list",
    }
