"""The library of practices: every one sourced, cautious, and a plain scenario in the end."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from footprint.errors import RecordError
from footprint.explain_comparison import explain_comparison
from footprint.practices import Practice, library, practice
from footprint.records import load
from footprint.scenarios import compare
from lca_models.factors import shipped_factors
from lca_models.product_system import ProductSystem

FEW = 256
EXAMPLES = Path(__file__).parents[2] / "examples"
DRIED = EXAMPLES / "lychee" / "dried.toml"
RICE = EXAMPLES / "rice" / "rice.toml"
SMOKY = {"kiln": {"kind": "uncontrolled"}}


def _switches(name: str, records: dict[str, Any]) -> dict[str, str]:
    return {path: value for step in practice(name).steps for path, value in step.switches(records)}


@pytest.mark.parametrize("one", library().values(), ids=lambda one: one.id)
def test_a_practice_rests_on_published_numbers_and_names_its_cautions(one: Practice):
    assert one.factors
    assert all(name in shipped_factors() for name in one.factors)
    assert one.cautions
    assert one.evidence[:1].isalnum()


def test_an_effect_that_rests_on_a_judged_number_is_told(lychee):
    """The methane of a retort is judged: more of the result is unverified, and the text and a caution say so."""
    comparison = compare(lychee, [practice("retort-kiln").scenario(lychee)], gwp="AR6-100", draws=FEW)
    (result,) = comparison.scenarios
    assert result.scenario.unverified_share > comparison.base.unverified_share
    assert "numbers nobody has checked: 11 % → 14 %" in explain_comparison(comparison)
    assert any("judged" in caution for caution in result.cautions)


def test_less_nitrogen_lies_within_what_was_achieved(lychee):
    """Cui et al. 2018: 14.7 to 18.1 % less; potash is no nitrogen and stays."""
    scenario = practice("less-nitrogen").scenario(lychee)
    assert scenario.switch == {
        "orchard.fertilisers.1.amount": "5376 kg",
        "orchard.fertilisers.2.amount": "1176 kg",
    }
    assert Decimal("0.147") < 1 - Decimal(5376) / 6400 < Decimal("0.181")
    (result,) = compare(lychee, [scenario], gwp="AR6-100", draws=FEW).scenarios
    assert result.probability_lower == 1
    assert any("not for orchards" in caution for caution in result.cautions)


def test_prunings_move_whole_from_the_fire_to_the_ground(lychee, answers):
    assert practice("prunings-left").scenario(lychee).switch == {
        "orchard.prunings.burnt": "0 t",
        "orchard.prunings.left": "36 t",
    }
    answers["orchard"]["prunings"]["burnt"]["amount"] = "500 kg"
    mixed = practice("prunings-left").scenario(ProductSystem.of(answers)).switch
    assert mixed["orchard.prunings.left"] == "24.5 t"


def test_drier_wood_lowers_the_kilns_methane(lychee):
    (result,) = compare(lychee, [practice("drier-wood").scenario(lychee)], gwp="AR6-100").scenarios
    (cause,) = result.by_cause
    assert cause.cause == "CH4 from the kiln"
    assert cause.scenario_kg_co2e / cause.base_kg_co2e == pytest.approx(Decimal("0.06"), rel=Decimal("0.01"))


def test_a_practice_that_has_nothing_to_change_says_what_does(answers):
    answers["kiln"]["feedstock"] = "dry"
    with pytest.raises(RecordError, match=r"drier-wood — does not fit .* feedstock .* fit: .*less-nitrogen"):
        practice("drier-wood").scenario(ProductSystem.of(answers))


def test_where_nothing_is_burnt_there_is_nothing_to_leave(answers):
    answers["orchard"]["prunings"]["burnt"]["amount"] = "0 t"
    with pytest.raises(RecordError, match=r"prunings-left — does not fit this record"):
        practice("prunings-left").scenario(ProductSystem.of(answers))


def test_an_unknown_practice_lists_those_there_are():
    with pytest.raises(RecordError, match=r"prayer — is not a practice — .* drier-wood"):
        practice("prayer")


def test_the_general_form_knows_them_too():
    dried = load(DRIED)
    assert practice("less-nitrogen").scenario(dried).switch["activities.1.fertilisers.2.amount"] == "1176 kg"
    assert practice("bigger-truck").scenario(dried).switch == {"activities.2.road.vehicle": "truck.artic33"}


@pytest.mark.parametrize(
    ("name", "records", "switched"),
    [
        ("flame-curtain-kiln", SMOKY, {"kiln.kind": "flame_curtain"}),
        ("retort-kiln", SMOKY, {"kiln.kind": "retort"}),
        (
            "drained-paddy",
            {"activities": [{"activity": "paddy", "water": "continuous"}]},
            {"activities.1.water": "multiple_drainage"},
        ),
        ("drained-paddy", {"activities": [{"activity": "paddy", "water": "multiple_drainage"}]}, {}),
        ("drained-paddy", {"activities": [{"activity": "processing", "water": {"amount": "3 m3"}}]}, {}),
        (
            "early-straw",
            {"activities": [{"activity": "paddy", "straw_before": {"days_before": "under_30"}}]},
            {"activities.1.straw_before.days_before": "over_30"},
        ),
        (
            "nitrification-inhibitor",
            {"orchard": {"fertilisers": [{"product": "urea"}, {"product": "potassium chloride"}]}},
            {"orchard.fertilisers.1.treatment": "nitrification inhibitor"},
        ),
        (
            "lower-gwp-refrigerant",
            {"packhouse": {"cold_room": {"refrigerant": "R404A"}}, "routes": [{"transport": {}}]},
            {"packhouse.cold_room.refrigerant": "R134a"},
        ),
    ],
)
def test_each_practice_finds_its_places_and_no_others(name, records, switched):
    assert _switches(name, records) == switched


def test_an_amount_nobody_knows_is_not_multiplied():
    unknown = {"orchard": {"fertilisers": [{"product": "urea", "amount": {"source": "default"}}]}}
    with pytest.raises(RecordError, match=r"orchard.fertilisers.1.amount — has no amount"):
        _switches("less-nitrogen", unknown)


@pytest.mark.parametrize("example", sorted(EXAMPLES.rglob("*.toml")), ids=lambda path: path.stem)
def test_every_practice_that_fits_an_example_makes_a_record_that_can_be_read(example: Path):
    system = load(example)
    records = system.model_dump(mode="json", exclude_none=True)
    for one in library().values():
        if one.fits(records):
            changed, changes = one.scenario(system).apply(system)
            assert changes
            assert changed.digest != system.digest


def test_draining_a_flooded_paddy_trades_methane_for_some_nitrous_oxide():
    rice = load(RICE).model_dump(mode="json", exclude_none=True)
    paddy = next(one for one in rice["activities"] if one["activity"] == "paddy")
    paddy["water"] = "continuous"
    flooded = ProductSystem.of(rice)
    scenario = practice("drained-paddy").scenario(flooded)
    (result,) = compare(flooded, [scenario], gwp="AR6-100", draws=FEW).scenarios
    causes = {part.cause: part for part in result.by_cause}
    methane = causes["methane from the flooded soil"]
    assert methane.scenario_kg_co2e / methane.base_kg_co2e == pytest.approx(
        Decimal("0.55"), abs=Decimal("0.001")
    )
    assert any(part.difference_kg_co2e > 0 and "N2O" in cause for cause, part in causes.items())
    assert result.probability_lower > Decimal("0.95")


def test_what_has_no_effect_is_not_told_as_a_chance():
    """The factors of flooded rice know no inhibitor."""
    rice = load(RICE)
    scenario = practice("nitrification-inhibitor").scenario(rice)
    comparison = compare(rice, [scenario], gwp="AR6-100", draws=FEW)
    text = explain_comparison(comparison)
    assert "no effect   nothing that is computed for this record depends" in text
    assert "lower in" not in text
