"""Heat sold by the megajoule: what the numbers are per is said, from the record to the passport."""

from decimal import Decimal
from typing import Any

import pytest

from footprint import assess
from footprint.errors import ScoreError
from footprint.explain import explain
from footprint.passport.claims import Assurance, Claims
from footprint.passport.pact_claims import carbon_footprint
from footprint.report import report
from footprint.result import Footprint
from footprint.score import score_claims
from lca_models.errors import NetworkError
from lca_models.product_system import ProductSystem


def said(amount: str) -> dict[str, str]:
    return {"amount": amount, "source": "meter"}


def plant(**changes: object) -> dict[str, Any]:
    """Ten tonnes of chips, 90 GJ of heat and 9 GJ of power."""
    chipper = {
        "activity": "processing",
        "name": "chipper",
        "step": "milling",
        "uncounted": [{"product": "branches", "amount": said("10 t"), "why": "a waste of the park"}],
        "gives": [{"product": "chips", "amount": said("10 t")}],
        "allocation": "mass",
        "diesel": said("40 litre"),
    }
    boiler = {
        "activity": "bioenergy",
        "name": "boiler",
        "fire": "boiler",
        "wood": [{"product": "chips", "amount": said("10 t"), "moisture": said("20 %")}],
        "heat": {"product": "warm air", "amount": said("90 GJ")},
        "electricity": {"product": "power", "amount": said("2500 kWh")},
        "heat_temperature": said("150 degC"),
        "allocation": "energy",
    }
    return {
        "boundary": "cradle to gate",
        "carbon_content": said("0 %"),
        "product": {
            "name": "Warm air (sample)",
            "category": "heat",
            "description": "",
            "producer": "Sample Plant",
            "country": "CN",
            "season_start": "2024-01-01",
            "season_end": "2025-01-01",
        },
        "routes": [{"name": "gate", "place": "the plant", "region": "CN", "product": "warm air"}],
        "activities": [chipper, boiler],
    } | changes


@pytest.fixture(scope="module")
def heat() -> Footprint:
    return assess(ProductSystem.of(plant()), gwp="AR6-100", draws=64)


def test_a_footprint_of_heat_is_per_megajoule(heat):
    assert str(heat.declared_unit) == "1 MJ"
    assert heat.functional_unit == "1 MJ Warm air (sample) at the plant"
    assert "per 1 MJ Warm air" in explain(heat)
    assert "1 kg Warm air" not in report(heat)


def test_one_megajoule_of_heat_by_hand(heat):
    """143,914 MJ of wood, 30 kg CH4 per TJ (IPCC 2006 V2 Ch2, Table 2.3), shared by 99 GJ given."""
    methane = heat.gross.by_substance()["ch4_biogenic"]
    assert float(methane) == pytest.approx(143_914 * 30e-6 * 27 / 99_000, rel=1e-3)


def test_heat_and_power_are_shared_by_energy_with_exergy_beside(heat):
    (shared,) = heat.allocations
    assert (shared.method, shared.share) == ("energy", Decimal("0.9091"))
    (exergy,) = shared.alternatives
    assert (exergy.method, exergy.gross_kg_co2e < heat.gross_kg_co2e) == ("exergy", True)


def test_pact_is_told_megajoules_and_no_mass(heat):
    pcf = carbon_footprint(Claims.of(heat, Assurance(level="self")))
    assert (pcf.declared_unit_of_measurement, pcf.declared_unit_amount) == ("megajoule", Decimal(1))
    assert pcf.product_mass_per_declared_unit == 0


def test_heat_has_no_score_among_food(heat):
    with pytest.raises(ScoreError, match="declared_unit — is 1 MJ"):
        score_claims(Claims.of(heat, Assurance(level="self")))


def test_a_product_taken_in_another_unit_is_refused():
    record = plant()
    record["activities"].append({
        "activity": "processing",
        "name": "dryer",
        "step": "drying",
        "takes": [{"product": "warm air", "amount": said("5 kg")}],
        "gives": [{"product": "dried", "amount": said("1 kg")}],
        "allocation": "mass",
    })  # fmt: skip
    with pytest.raises(
        NetworkError, match="dryer — takes 'warm air' in kg — it is made in MJ — enter it in MJ"
    ):
        assess(ProductSystem.of(record), gwp="AR6-100", draws=64)


def test_the_carbon_of_the_wood_is_accounted_for(heat):
    (carbon,) = [balance for balance in heat.balances if balance.of == "carbon"]
    assert (carbon.process, carbon.taken_in_kg, carbon.closed_share) == (
        "boiler",
        Decimal("3840.000"),
        Decimal("1.0000"),
    )
