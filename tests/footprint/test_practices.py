"""The library of practices: every one sourced, cautious, and a plain scenario in the end."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from footprint.errors import RecordError
from footprint.explain_comparison import explain_comparison
from footprint.practices import Practice, library, practice
from footprint.records import load
from footprint.scenarios import Scenario, compare
from footprint.setting import Setting
from lca_models.factors import shipped_factors
from lca_models.product_system import ProductSystem

FEW = 256
EXAMPLES = Path(__file__).parents[2] / "examples"
# What is bought with a passport is computed with that passport only.
RECORDS = sorted(path for path in EXAMPLES.rglob("*.toml") if path.parent.name != "chain")
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


def test_an_effect_that_rests_on_a_number_nobody_checked_is_told(lychee):
    """The methane of a retort is read at second hand: more of the result is unverified, and the text and a caution say so."""
    comparison = compare(
        lychee, [practice("retort-kiln").scenario(lychee)], Setting(gwp="AR6-100", draws=FEW)
    )
    (result,) = comparison.scenarios
    assert result.scenario.unverified_share > comparison.base.unverified_share
    assert "numbers nobody has checked: 11 % → 13 %" in explain_comparison(comparison)
    assert any("at second hand" in caution for caution in result.cautions)


def test_less_nitrogen_lies_within_what_was_achieved(lychee):
    """Cui et al. 2018: 14.7 to 18.1 % less; potash is no nitrogen and stays."""
    scenario = practice("less-nitrogen").scenario(lychee)
    assert scenario.switch == {
        "orchard.fertilisers.1.amount": "5376 kg",
        "orchard.fertilisers.2.amount": "1176 kg",
    }
    assert Decimal("0.147") < 1 - Decimal(5376) / 6400 < Decimal("0.181")
    (result,) = compare(lychee, [scenario], Setting(gwp="AR6-100", draws=FEW)).scenarios
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
    (result,) = compare(lychee, [practice("drier-wood").scenario(lychee)], Setting(gwp="AR6-100")).scenarios
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


@pytest.mark.parametrize("example", RECORDS, ids=lambda path: path.stem)
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
    (result,) = compare(flooded, [scenario], Setting(gwp="AR6-100", draws=FEW)).scenarios
    causes = {part.cause: part for part in result.by_cause}
    methane = causes["methane from the flooded soil"]
    assert methane.scenario_kg_co2e / methane.base_kg_co2e == pytest.approx(
        Decimal("0.55"), abs=Decimal("0.001")
    )
    assert any(part.difference_kg_co2e > 0 and "N2O" in cause for cause, part in causes.items())
    assert result.probability_lower > Decimal("0.95")


def test_what_has_no_effect_is_not_told_as_a_chance(lychee):
    """A remark changes the record and nothing that is computed from it."""
    scenario = Scenario(name="remark", switch={"orchard.land_use.note": "seen on a map"})
    text = explain_comparison(compare(lychee, [scenario], Setting(gwp="AR6-100", draws=FEW)))
    assert "no effect   nothing that is computed for this record depends" in text
    assert "lower in" not in text


def test_an_inhibitor_in_the_paddy_lowers_methane_and_nitrous_oxide():
    rice = load(RICE)
    scenario = practice("nitrification-inhibitor").scenario(rice)
    (result,) = compare(rice, [scenario], Setting(gwp="AR6-100", draws=FEW)).scenarios
    causes = {part.cause: part for part in result.by_cause}
    methane = causes["methane from the flooded soil"]
    assert methane.scenario_kg_co2e / methane.base_kg_co2e == pytest.approx(
        Decimal("0.838"), abs=Decimal("0.001")
    )
    assert result.probability_lower > Decimal("0.95")


def test_crayfish_in_the_paddy_are_not_told_as_a_saving_by_themselves():
    """Water all winter makes more methane than the animals save; the share of the crayfish is by mass."""
    rice = load(RICE)
    scenario = practice("rice-crayfish").scenario(rice)
    (result,) = compare(rice, [scenario], Setting(gwp="AR6-100", draws=FEW)).scenarios
    assert result.difference_kg_co2e > 0
    assert "methane from the trenches" in {part.cause for part in result.by_cause}
    assert len(result.scenario.declared_defaults) >= 2


def test_crayfish_that_are_recorded_are_left_as_they_are():
    paddy = {"activity": "paddy", "before": "unknown", "allocation": "economic", "co_culture": {}}
    assert _switches("rice-crayfish", {"activities": [paddy]}) == {}


def test_compost_brings_as_much_nitrogen_as_the_bags_lose(lychee):
    """A fifth of 6400 kg at 15 % and of 1400 kg at 46 % N: 320.8 kg, at 1.2 % of fresh compost."""
    switch = practice("compost-for-nitrogen").scenario(lychee).switch
    assert switch["orchard.fertilisers.1.amount"] == "5120 kg"
    assert switch["orchard.fertilisers.2.amount"] == "1120 kg"
    assert "orchard.fertilisers.3.amount" not in switch
    chicken, compost = switch["orchard.manures"]
    assert (chicken["kind"], compost["kind"]) == ("chicken", "compost")
    content = shipped_factors()["manure.n_content.compost"].value
    kg = float(compost["amount"]["amount"].removesuffix(" kg"))
    assert kg * content == pytest.approx(0.2 * (6400 * 0.15 + 1400 * 0.46))


def test_a_cover_instead_of_herbicide_takes_the_herbicide_out(lychee):
    scenario = practice("ground-cover").scenario(lychee)
    assert scenario.switch["orchard.sprays.3.active_ingredient"] == "0 kg"
    (result,) = compare(lychee, [scenario], Setting(gwp="AR6-100", draws=FEW)).scenarios
    causes = {part.cause: part.difference_kg_co2e for part in result.by_cause}
    assert causes["making herbicide"] < 0 < causes["diesel to mow the cover"]
    assert any("Carbon that the soil gains" in caution for caution in result.cautions)


def test_more_wood_in_the_kiln_is_more_biochar_out_of_it(lychee):
    """12 t of fires join the 20 t in the kiln: 1.6 times the char, and the store grows beside the gross."""
    scenario = practice("prunings-to-biochar").scenario(lychee)
    assert scenario.switch == {
        "orchard.prunings.burnt": "0 t",
        "orchard.prunings.kiln": "32 t",
        "kiln.biochar_dry": "4160 kg",
    }
    (result,) = compare(lychee, [scenario], Setting(gwp="AR6-100", draws=FEW)).scenarios
    (stored,) = result.scenario.removals
    assert stored.status == "disclosed"


def test_char_that_was_weighed_wet_grows_with_the_wood_too(answers):
    del answers["kiln"]["biochar_dry"]
    answers["kiln"]["biochar_wet"] = {"amount": "3600 kg", "source": "meter"}
    answers["kiln"]["moisture"] = {"amount": "28 %", "source": "meter"}
    switch = practice("prunings-to-biochar").scenario(ProductSystem.of(answers)).switch
    assert switch["kiln.biochar_wet"] == "5760 kg"
    assert "kiln.biochar_dry" not in switch


def test_without_a_kiln_nobody_knows_how_much_char_there_would_be():
    prunings = {
        "burnt": {"amount": "12 t", "source": "recall"},
        "kiln": {"amount": "0 t", "source": "recall"},
    }
    assert _switches("prunings-to-biochar", {"orchard": {"prunings": prunings}}) == {}
