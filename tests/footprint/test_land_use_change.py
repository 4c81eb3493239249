"""None, known, unknown: the history of the land is told the same way from the record to the passport."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from footprint.assess import assess
from footprint.explain import explain
from footprint.result import Footprint
from lca_models.product_system import ProductSystem

FEW = 256
RICE = Path(__file__).parents[2] / "examples" / "rice" / "rice.toml"
HUMID = {"climate_zone": "warm_temperate_moist", "soil": "low_activity_clay"}
FOREST = {
    "was": "forest",
    "forest": "subtropical_humid",
    "area": {"amount": "3 mu", "source": "recall"},
} | HUMID
FORMER_FIELD = {"was": "annual_crops"} | HUMID
COMPOST = {
    "model": "ipcc tier 1", "changed": 2019,
    "before": {"tillage": "full_tillage", "inputs": "medium"},
    "now": {"tillage": "no_tillage", "inputs": "high_with_manure"},
} | HUMID  # fmt: skip


def assessed(answers: dict[str, Any], removals: Any = "on_product", **asked: Any) -> Footprint:
    records = answers | {"orchard": answers["orchard"] | asked}
    return assess(ProductSystem.of(records), gwp="AR6-100", draws=FEW, removals=removals)


def converted(conversion: dict[str, Any]) -> dict[str, Any]:
    return {"converted_within_20_years": "yes", "planted": 2012, "conversion": conversion}


def test_known_is_a_line_of_its_own_in_every_paper(answers, verified):
    footprint = assessed(answers, land_use=converted(FOREST))
    change, counted = footprint.land_use_change, footprint.gross.by_substance()["co2_luc"]
    assert (change.state, change.kg_co2e) == ("known", counted)
    assert counted > 0
    assert "planted 2012, part of it converted from forest in 2012" in change.statement
    cause = "land-use change: forest turned into perennial crops"
    assert sum(c.kg_co2e for c in footprint.contributions if c.label == cause) == counted
    assert "CO2, land-use change" in explain(footprint)

    read = verified(footprint)
    assert read.claims.land_use_change == change
    assert read.pcf.land_use_change_ghg_emissions == counted
    assert read.pcf.land_management_biogenic_co2_emissions is None


def test_what_the_forest_adds_is_its_carbon_and_the_nitrogen_freed(answers):
    before, after = assessed(answers), assessed(answers, land_use=converted(FOREST))
    gases = {
        gas: after.gross.by_substance()[gas] - before.gross.by_substance().get(gas, Decimal(0))
        for gas in after.gross.by_substance()
    }
    assert {gas for gas, kg in gases.items() if kg} == {"co2_luc", "n2o"}
    assert after.gross_kg_co2e - before.gross_kg_co2e == gases["co2_luc"] + gases["n2o"]
    assert gases["n2o"] < gases["co2_luc"] / 100


def test_a_gain_stands_beside_the_gross_footprint_and_is_claimed_by_nobody(answers, verified):
    before, after = assessed(answers), assessed(answers, land_use=converted(FORMER_FIELD))
    assert after.gross_kg_co2e == before.gross_kg_co2e
    assert (after.land_use_change.state, after.land_use_change.kg_co2e) == ("known", 0)
    (land,) = (removal for removal in after.removals if removal.kind == "land")
    assert (land.status, land.permanence_class, land.kept_kg_co2) == ("disclosed", "temporary", 0)
    assert land.gross_kg_co2 > 0
    assert verified(after).claims.removals == after.removals


@pytest.mark.parametrize(
    ("baseline", "status"), [(None, "disclosed"), ("sprayed bare, no compost", "on_product")]
)
def test_soil_carbon_needs_a_baseline_to_be_claimed(answers, baseline, status, verified):
    footprint = assessed(answers, soil=COMPOST | ({"baseline": baseline} if baseline else {}))
    (soil,) = (removal for removal in footprint.removals if removal.kind == "soil")
    assert (soil.status, soil.baseline, soil.kept_kg_co2) == (status, baseline, 0)
    assert verified(footprint).claims.removals_kg_co2 == sum(
        removal.claimable_kg_co2 for removal in footprint.removals if removal.kind == "biochar"
    )
    assert (baseline or "claimed nowhere") in " ".join(explain(footprint).split())


def test_soil_carbon_sold_as_a_credit_is_sold(answers):
    footprint = assessed(answers, soil=COMPOST, removals="sold")
    assert {removal.status for removal in footprint.removals} == {"sold"}


def test_carbon_of_soil_whose_use_did_not_change_is_no_land_use_change(answers, verified):
    ploughed = COMPOST | {"before": COMPOST["now"], "now": COMPOST["before"]}
    footprint = assessed(answers, soil=ploughed)
    lost = footprint.gross.by_substance()["co2_soil"]
    assert lost > 0
    assert (footprint.land_use_change.state, footprint.land_use_change.kg_co2e) == ("none", 0)
    pcf = verified(footprint).pcf
    assert (pcf.land_management_biogenic_co2_emissions, pcf.land_use_change_ghg_emissions) == (lost, 0)


def test_each_piece_of_land_tells_its_own_history(verified):
    """One field of unknown history makes the whole unknown; what is known of the other is still counted."""
    records = tomllib.loads(RICE.read_text(encoding="utf-8"))
    near = next(activity for activity in records["activities"] if activity["activity"] == "paddy")
    far = near | {"name": "far paddy", "gives": "rice of the far paddy"}
    near["land_use"] = converted({"was": "forest", "forest": "subtropical_humid"} | HUMID)
    far["land_use"] = {"converted_within_20_years": "unknown", "planted": 1960}
    records["activities"].append(far)
    footprint = assess(ProductSystem.of(records), gwp="AR6-100", draws=FEW)
    change = footprint.land_use_change
    assert (change.state, change.kg_co2e) == ("unknown", None)
    assert "paddy: declared: paddy since 2012, converted from forest in 2012." in change.statement
    assert "far paddy: not known whether the paddy was converted" in change.statement

    counted = footprint.gross.by_substance()["co2_luc"]
    assert f"{counted:f} kg CO2e" in change.statement
    read = verified(footprint)
    assert read.claims.land_use_change == change
    assert read.pcf.land_use_change_ghg_emissions == counted
