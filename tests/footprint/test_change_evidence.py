"""A footprint from last year's folder: it has to follow from the records beside it before it explains anything."""

import copy
from decimal import Decimal
from typing import Any

import pytest

from footprint import why
from footprint.assess import assess
from footprint.change import Edition, edition_of
from footprint.errors import MismatchError
from footprint.result import Footprint
from footprint.setting import Setting
from lca_models.factors import FactorSet
from lca_models.product_system import ProductSystem

OLDER = "agrifood-footprint 0.0.9"


@pytest.fixture
def printed(footprint: Footprint) -> dict[str, Any]:
    """The sample season's footprint as JSON, free to be spoilt."""
    return copy.deepcopy(footprint.model_dump(mode="json"))


def _refused(printed: dict[str, Any], system: ProductSystem, factors: FactorSet | None = None) -> str:
    with pytest.raises(MismatchError) as refused:
        edition_of(Footprint.model_validate(printed), system, factors)
    return str(refused.value)


def test_what_was_printed_here_follows_from_its_records(footprint, lychee):
    kept = edition_of(footprint, lychee)
    found = why(kept, Edition.of(lychee, Setting(gwp="AR6-100")))
    assert found.gross.was == footprint.gross_kg_co2e
    assert all(part.kg_co2e == 0 for part in found.parts)


def test_the_route_is_the_one_it_was_printed_for(lychee):
    other = lychee.routes[1].name
    printed = assess(lychee, gwp="AR6-100", route=other, removals="sold", draws=64)
    kept = edition_of(printed, lychee)
    assert (kept.setting.route, kept.setting.removals) == (other, "sold")
    found = why(kept, Edition.of(lychee, Setting(gwp="AR6-100", route=other)))
    assert found.notes == ("The removals were sold and are on product; no amount depends on it.",)


def test_of_other_records(footprint, answers):
    answers["orchard"]["diesel"]["amount"] = "1 litre"
    told = _refused(footprint.model_dump(mode="json"), ProductSystem.of(answers))
    assert told.startswith("digests.records — is of other records")


def test_edited_amounts_are_named(printed, lychee):
    cell = printed["gross"]["cells"][0]
    cell["kg_co2e"] = str(Decimal(cell["kg_co2e"]) - Decimal("0.1"))
    assert "gross — does not follow from the records — agrifood-footprint" in _refused(printed, lychee)


def test_an_edited_interval_is_noticed_too(printed, lychee):
    printed["gross"]["interval"]["p95"] = printed["gross"]["interval"]["p50"]
    assert "gross — does not follow from the records" in _refused(printed, lychee)


def test_made_with_factor_files_that_are_not_given(printed, lychee):
    printed["digests"]["factors"] = "sha256:" + "0" * 64
    assert "digests.factors — is of other published numbers" in _refused(printed, lychee)


def test_about_another_place(printed, lychee):
    printed["functional_unit"] = "1 kg of something at the Moon"
    assert "functional_unit — fits no route of the record" in _refused(printed, lychee)


def test_draws_that_would_fill_the_memory(printed, lychee):
    printed["sampling"]["draws"] = 10**12
    assert "sampling.draws — 1000000000000 are too many" in _refused(printed, lychee)


def test_an_amount_no_footprint_prints(printed, lychee):
    printed["engine"], printed["biogenic"]["uptake_kg_co2"] = OLDER, "0.0000001"
    assert "biogenic.uptake_kg_co2 — 0.0000001 is no amount of a footprint" in _refused(printed, lychee)


def test_printed_numbers_beyond_any_footprint(printed, lychee):
    printed["engine"], printed["digests"]["factors"] = OLDER, "sha256:" + "0" * 64
    for factor in printed["factors"]:
        if factor["id"].startswith(("n2o.ef", "gwp.")):
            factor["value"] = "999999999999"
    assert "factors — cannot be computed with" in _refused(printed, lychee)


def test_what_another_engine_printed_otherwise_is_the_model(printed, lychee):
    printed["engine"] = OLDER
    cell = next(cell for cell in printed["gross"]["cells"] if cell["substance"] == "n2o")
    cell["kg_co2e"] = str(Decimal(cell["kg_co2e"]) + Decimal("0.012345"))
    found = why(
        edition_of(Footprint.model_validate(printed), lychee), Edition.of(lychee, Setting(gwp="AR6-100"))
    )
    assert found.part("model").kg_co2e == found.difference_kg_co2e == Decimal("-0.012345")
    assert found.by_substance()["n2o"].model == Decimal("-0.012345")
    assert found.old.engine == OLDER


def test_numbers_that_shipped_with_another_engine_are_those_it_prints(printed, lychee):
    printed["engine"], printed["digests"]["factors"] = OLDER, "sha256:" + "0" * 64
    row = next(factor for factor in printed["factors"] if factor["id"] == "n2o.ef5")
    row["value"] = row["lower"] = "0.0075"
    kept = edition_of(Footprint.model_validate(printed), lychee)
    found = why(kept, Edition.of(lychee, Setting(gwp="AR6-100")))
    (leaching,) = found.part("factors").reasons
    assert (leaching.changes[0].path, leaching.changes[0].was[:6]) == ("n2o.ef5", "0.0075")
    assert found.part("factors").kg_co2e == -found.part("model").kg_co2e > 0  # it printed today's amounts
    assert found.notes == (f"{OLDER}: its published numbers are taken as it prints them.",)


def test_a_number_that_no_longer_exists_is_named(printed, lychee):
    printed["engine"], printed["digests"]["factors"] = OLDER, "sha256:" + "0" * 64
    printed["factors"][0]["id"] = "long.gone"
    kept = edition_of(Footprint.model_validate(printed), lychee)
    assert "no longer there, so counted under model: long.gone" in kept.notes[0]
