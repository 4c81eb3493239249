"""A jam maker's syrup supplier sends a PACT footprint; the jam is assessed with it."""

import json
import tomllib
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from footprint import assess
from footprint.cli import cli
from footprint.errors import InputError
from footprint.exchange.pact_factor import UNITS, Purchase, bought, factor_file
from footprint.passport.pact import CarbonFootprint
from lca_models.factors import FactorSet

TODAY = datetime(2025, 10, 1, tzinfo=UTC)
SYRUP = Purchase("sample.syrup", times=1.5, url="https://supplier.example.org/3/footprints/f4b1")


def taken(document, purchase=SYRUP, at=TODAY):
    return bought(json.dumps(document).encode(), purchase, at=at)


def test_the_number_is_the_sum_of_the_emissions_and_no_removal_is_subtracted(supplied):
    syrup = taken(supplied())
    assert syrup.value == pytest.approx(1.1)  # 0.7 + 0.3 + 0.1; the supplier says 0.9
    assert "subtracts 0.2 kg CO2e of removals" in syrup.note
    assert "0.3 kg CO2e per declared unit from land-use change" in syrup.note


def test_what_pact_does_not_know_is_declared_and_says_so(supplied):
    syrup = taken(supplied())
    assert (syrup.lower, syrup.upper) == (pytest.approx(1.1 / 1.5, rel=1e-5), pytest.approx(1.65))
    assert "declared by whoever took it over" in syrup.interval
    assert syrup.verified is False
    assert syrup.technology == "similar"
    assert taken(supplied(pcf={"dqi": None})).technology == "proxy"


def test_unit_place_time_and_warming_potentials_come_along(supplied):
    bottle = taken(
        supplied(
            pcf={
                "declaredUnitOfMeasurement": "liter",
                "declaredUnitAmount": "2",
                "ipccCharacterizationFactors": ["AR5", "AR6"],
                "geographyCountry": None,
                "geographyRegionOrSubregion": "Western Europe",
            }
        )
    )
    assert (bottle.per, bottle.unit, bottle.value) == ("litre", "kg CO2e/litre", pytest.approx(0.55))
    assert (bottle.region, bottle.year, bottle.substance) == ("RER", 2025, "co2e:AR6-100")
    assert "Mixed warming potentials: AR5, AR6." in bottle.note
    assert bottle.valid_until.isoformat() == "2028-08-01"


def test_every_unit_of_the_standard_has_a_name():
    schema = CarbonFootprint.model_json_schema()["properties"]["declaredUnitOfMeasurement"]
    assert set(UNITS) == set(schema["enum"])


def test_a_factor_file_reads_back_as_the_same_number(supplied, tmp_path):
    syrup = taken(supplied(productNameCompany='Syrup "65°"\\ \n糖浆'))
    path = tmp_path / "syrup.toml"
    path.write_text(factor_file(syrup), encoding="utf-8")
    assert FactorSet.load(path).product("sample.syrup") == (syrup,)
    assert syrup.name == 'Syrup "65°"\\  糖浆'


def test_a_season_is_assessed_with_the_suppliers_boxes(lychee, footprint, supplied, tmp_path):
    """The box maker's number takes the place of the shipped one, and the result says so."""
    path = tmp_path / "boxes.toml"
    purchase = Purchase("packaging.eps", 1.2, "https://boxes.example.org/pcf", replaces=True)
    path.write_text(factor_file(taken(supplied(), purchase)), encoding="utf-8")
    factors = FactorSet.load(path)
    again = assess(lychee, gwp="AR6-100", factors=factors)
    assert again.gross_kg_co2e != footprint.gross_kg_co2e
    assert any("replaced by pact-f4b1225a" in note for note in again.notes)


REFUSED = {
    "a broken sum": ({"pcf": {"fossilGhgEmissions": "0.8"}}, "sum-excluding-uptake"),
    "a deprecated one": ({"status": "Deprecated"}, "deprecated footprint"),
    "one out of date": ({"validityPeriodEnd": "2025-09-02T00:00:00Z"}, "was valid until 2025-09-02"),
    "one not valid yet": ({"validityPeriodStart": "2025-11-01T00:00:00Z"}, "not valid yet"),
    "one that counts nothing": (
        {
            "pcf": {
                "fossilGhgEmissions": "0",
                "landUseChangeGhgEmissions": "0",
                "biogenicNonCO2Emissions": "0",
                "pcfExcludingBiogenicUptake": "-0.2",
                "pcfIncludingBiogenicUptake": "-1.3",
            }
        },
        "counts no emissions",
    ),
    "a wrong place": ({"pcf": {"geographyCountry": "China"}}, "/pcf/geographyCountry"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name, supplied):
    change, words = REFUSED[name]
    with pytest.raises(InputError, match=words):
        taken(supplied(**change))


def test_without_a_validity_period_three_years_count(supplied):
    open_ended = supplied(validityPeriodStart=None, validityPeriodEnd=None)
    assert taken(open_ended).valid_until.isoformat() == "2028-08-01"
    with pytest.raises(InputError, match="has passed"):
        taken(open_ended, at=datetime(2028, 8, 1, tzinfo=UTC))


@pytest.mark.parametrize("times", [1.0, 0.5, -2.0, 0.0, float("nan"), float("inf"), 101.0])
def test_an_interval_that_is_none_is_refused(times, supplied):
    with pytest.raises(InputError, match="declare a factor above 1"):
        taken(supplied(), Purchase("sample.syrup", times, "https://example.org"))


@pytest.mark.parametrize(
    "purchase",
    [
        Purchase("Sample Syrup", 1.5, "https://example.org"),
        Purchase("sample.syrup", 1.5, "file:///etc/passwd"),
    ],
)
def test_a_name_or_address_no_factor_file_holds(purchase, supplied):
    with pytest.raises(InputError, match="add-factors"):
        taken(supplied(), purchase)


def test_a_rule_somebody_accepts_is_written_down(supplied):
    broken = supplied(validityPeriodStart="2025-07-01T00:00:00Z")
    with pytest.raises(InputError, match="validity-window"):
        taken(broken)
    accepted = Purchase("sample.syrup", 1.5, "https://example.org", accepted=frozenset({"validity-window"}))
    assert "breaks: validity-window" in taken(broken, accepted).note


def test_a_field_that_cannot_be_read_cannot_be_accepted(supplied):
    accepted = Purchase(
        "sample.syrup", 1.5, "https://example.org", accepted=frozenset({"decimal", "required"})
    )
    for value in (0.7, None):
        with pytest.raises(InputError, match="fossilGhgEmissions"):
            taken(supplied() | {"pcf": supplied()["pcf"] | {"fossilGhgEmissions": value}}, accepted)


def test_one_number_comes_of_one_footprint(supplied):
    with pytest.raises(InputError, match="holds 2 footprints"):
        taken({"data": [supplied(), supplied()]})


def test_on_the_command_line(supplied, tmp_path):
    path = tmp_path / "pcf.json"
    path.write_text(json.dumps({"data": supplied()}), encoding="utf-8")
    arguments = ["--product", "sample.syrup", "--times", "1.5", "--url", "https://example.org/pcf"]
    done = CliRunner().invoke(
        cli, ["import", "pact", str(path), *arguments, "--at", "2025-10-01T00:00:00Z"], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    assert tomllib.loads(done.stdout)["factor"][0]["product"] == "sample.syrup"
    assert CliRunner().invoke(cli, ["import", "pact", str(path), *arguments[:2]]).exit_code == 2
