"""The years of an orchard without harvest, as they stand in a result."""

import copy
from decimal import Decimal
from typing import Any

import pytest

from footprint.assess import assess
from footprint.brightway import crosscheck
from lca_models.product_system import ProductSystem

FEW = 256


def _recall(amount: str) -> dict[str, str]:
    return {"amount": amount, "source": "recall"}


@pytest.fixture
def young(answers: dict[str, Any]) -> dict[str, Any]:
    """The sample orchard, planted in 2015, with its first years and its end recorded."""
    records = copy.deepcopy(answers)
    records["orchard"]["land_use"]["planted"] = 2015
    records["orchard"]["establishment"] = {
        "before_harvest": _recall("4 years"),
        "bearing": _recall("36 years"),
        "fertilisers": [{"product": "urea", "amount": _recall("6 t")}],
        "diesel": _recall("2000 litre"),
        "clearing": {"burnt": _recall("50 %"), "kept": _recall("0 %")},
    }
    return records


def test_they_are_a_stage_of_their_own_and_leave_the_others_alone(answers, young):
    without = assess(ProductSystem.of(answers), gwp="AR6-100", draws=FEW)
    counted = assess(ProductSystem.of(young), gwp="AR6-100", draws=FEW)
    stages = counted.gross.by_stage()
    assert stages.pop("establishment") > 0
    assert stages == without.gross.by_stage()
    assert counted.gross_kg_co2e > without.gross_kg_co2e


def test_a_result_without_them_says_so(answers, young):
    def notes(records: dict[str, Any]) -> str:
        return " ".join(assess(ProductSystem.of(records), gwp="AR6-100", draws=FEW).notes)

    assert "years before the first harvest are not recorded" in notes(answers)
    assert "years before the first harvest" not in notes(young)


def test_growth_of_the_trees_is_told_and_claimed_by_nobody(young):
    """Even where the biochar of the same orchard is claimed on the product."""
    footprint = assess(ProductSystem.of(young), gwp="AR6-100", draws=FEW, removals="on_product")
    status = {removal.kind: removal.status for removal in footprint.removals}
    assert status == {"biomass": "disclosed", "biochar": "on_product"}
    growth = next(removal for removal in footprint.removals if removal.kind == "biomass")
    assert growth.gross_kg_co2 > 0
    assert growth.kept_kg_co2 == Decimal(0)


def test_brightway_agrees_on_the_young_years(young):
    assert crosscheck(ProductSystem.of(young), gwp="AR6-100").relative_difference <= 1e-10
