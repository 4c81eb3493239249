"""A grower asks what another kiln, less nitrogen, a fuller truck would do: differences draw by draw."""

import contextlib
import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from footprint.assess import assess, solved
from footprint.comparison import Comparison
from footprint.errors import RecordError
from footprint.explain_comparison import explain_comparison
from footprint.records import load
from footprint.scenarios import Scenario, compare, load_scenarios
from footprint.setting import Setting
from footprint.switches import find, find_all
from footprint.terminal import columns
from lca_models.product_system import ProductSystem

FEW = 256
DRIED = Path(__file__).parents[2] / "examples" / "lychee" / "dried.toml"
LESS_UREA = Scenario(name="less urea", switch={"orchard.fertilisers.2.amount": "700 kg"})
DRY_WOOD = Scenario(name="dry wood", switch={"kiln.feedstock": "dry"})


@pytest.fixture(scope="module")
def comparison(lychee: ProductSystem) -> Comparison:
    return compare(lychee, [LESS_UREA, DRY_WOOD], Setting(gwp="AR6-100"))


def _problem(lychee: ProductSystem, scenario: Scenario) -> str:
    with pytest.raises(RecordError) as refused:
        compare(lychee, [scenario], Setting(gwp="AR6-100", draws=FEW))
    return str(refused.value)


def test_half_the_urea_by_hand(comparison):
    """700 kg urea hold 322 kg N; see examples/lychee/README.md for the kilogram of fruit behind one sold."""
    fruit = 54_333.33 / (1 / (0.94 * 0.96) * 66 / 63)
    direct = 322 * 0.016 * 44 / 28 * 273
    volatilised = 322 * 0.15 * 0.014 * 44 / 28 * 273
    leached = 322 * 0.24 * 0.011 * 44 / 28 * 273
    making = 322 * (7.4837 - 1.5714)
    dissolved = 700 * 0.20 * 44 / 12
    saved = (direct + volatilised + leached + making + dissolved) / fruit
    assert -float(comparison.scenarios[0].difference_kg_co2e) == pytest.approx(saved, rel=1e-3)


def test_the_base_is_the_footprint_itself(comparison, footprint):
    assert comparison.base.gross_kg_co2e == footprint.gross_kg_co2e
    assert comparison.base.interval == footprint.gross.interval
    assert comparison.base.records == footprint.digests.records


def test_a_scenario_is_what_its_own_record_would_give(comparison, answers):
    answers["orchard"]["fertilisers"][1]["amount"]["amount"] = "700 kg"
    own = assess(ProductSystem.of(answers), gwp="AR6-100")
    assert comparison.scenarios[0].scenario.gross_kg_co2e == own.gross_kg_co2e
    assert comparison.scenarios[0].scenario.records == own.digests.records


def test_differences_by_stage_add_up_to_the_last_digit(comparison):
    for result in comparison.scenarios:
        by_stage = sum(part.difference_kg_co2e for part in result.by_stage)
        assert by_stage == result.scenario.gross_kg_co2e - comparison.base.gross_kg_co2e
        by_cause = sum(part.difference_kg_co2e for part in result.by_cause)
        assert by_cause == pytest.approx(result.difference_kg_co2e, abs=Decimal("0.00001"))


def test_only_the_kiln_changes_when_only_the_wood_does(comparison):
    changed = [part.stage for part in comparison.scenarios[1].by_stage if part.difference_kg_co2e]
    assert changed == ["kiln"]


def test_shared_draws_make_the_difference_surer_than_either_side(comparison):
    def width(interval: Any) -> Decimal:
        return interval.p95 - interval.p5

    result = comparison.scenarios[0]
    assert width(result.difference_interval) < width(comparison.base.interval) / 4
    assert result.probability_lower == 1


def test_without_shared_draws_the_same_question_would_be_blurred(lychee, answers, comparison):
    answers["orchard"]["fertilisers"][1]["amount"]["amount"] = "700 kg"
    base = solved(lychee, Setting(gwp="AR6-100", seed=1)).gross_draws
    other = solved(ProductSystem.of(answers), Setting(gwp="AR6-100", seed=2)).gross_draws
    assert (other < base).mean() < 0.95 < comparison.scenarios[0].probability_lower


def test_a_judged_number_is_a_coin_toss_not_a_promise(lychee):
    """A retort's methane is judged a fifth lower than a flame curtain's, and neither is known well: promise nothing."""
    retort = Scenario(name="retort", switch={"kiln.kind": "retort"})
    (result,) = compare(lychee, [retort], Setting(gwp="AR6-100")).scenarios
    assert result.difference_kg_co2e < 0 < result.difference_interval.p95
    assert Decimal("0.3") < result.probability_lower < Decimal("0.7")


def test_removals_stand_beside_and_are_only_told(lychee):
    scenario = Scenario(name="more char", switch={"kiln.biochar_dry": "3000 kg"})
    result = compare(lychee, [scenario], Setting(gwp="AR6-100", draws=FEW))
    (before,), (after,) = result.base.removals, result.scenarios[0].scenario.removals
    assert after.kept_kg_co2 > before.kept_kg_co2
    assert {before.status, after.status} == {"disclosed"}
    assert result.scenarios[0].difference_kg_co2e > 0  # more char, more smoke: nothing is netted


def test_a_kiln_may_be_left_out(lychee):
    scenario = Scenario(
        name="no kiln",
        switch={"orchard.prunings.kiln": "0 kg", "orchard.prunings.left": "44 t"},
        leave_out=("kiln",),
    )
    (result,) = compare(lychee, [scenario], Setting(gwp="AR6-100", draws=FEW)).scenarios
    assert result.scenario.removals == ()
    stages = {part.stage: part for part in result.by_stage}
    assert stages["kiln"].scenario_kg_co2e == 0
    assert result.changes[-1].becomes is None


def test_entries_of_a_list_are_left_out_by_the_number_they_had(lychee):
    scenario = Scenario(name="bulk", leave_out=("packhouse.packages.1", "packhouse.packages.2"))
    changed, changes = scenario.apply(lychee)
    assert changed.packhouse.packages == ()
    assert len(changes) == 2


def test_an_amount_for_what_nobody_knew_counts_as_remembered(answers):
    answers["kiln"]["organic_carbon"] = {"source": "default"}
    scenario = Scenario(name="as the neighbour's", switch={"kiln.organic_carbon": "70 %"})
    changed, (change,) = scenario.apply(ProductSystem.of(answers))
    assert changed.kiln.organic_carbon.source == "recall"
    assert (change.was, change.becomes) == ("unknown", "70 %")


def test_places_are_written_as_the_error_messages_write_them():
    dried = load(DRIED)
    switched = {
        "activities.1.orchard.diesel": "500 litre",
        "activities.drying house.electricity": "9000 kWh",
        "activities.2.road.distance": "10 km",
    }
    changed, _ = Scenario(name="all", switch=switched).apply(dried)
    orchard, leg, house = changed.activities
    assert str(orchard.diesel.amount) == "500 litre"
    assert str(house.electricity.amount) == "9000 kWh"
    assert str(leg.road.distance.amount) == "10 km"


@pytest.mark.parametrize(
    ("switch", "message"),
    [
        ("kilm.kind=retort", "t: kilm.kind — the record has no 'kilm' — .* did you mean kiln"),
        ("kiln.knd=retort", "t: kiln.knd — is not a question of this form — .* did you mean kind"),
        ("orchard.fertilisers.9.amount=1 kg", "has 3 entries, and no '9' — .* count from 1"),
        ("orchard.fertilisers.0.amount=1 kg", "has 3 entries, and no '0'"),
        ("routes.paris.place=x", "no 'paris' — .* by name: beijing, guangzhou"),
        ("orchard.diesel=9 kWh", "t: orchard.diesel.amount — '9 kWh' is an energy — a volume is needed"),
        ("orchard.crop.colour=red", "orchard.crop is an answer, nothing stands inside"),
        ("kiln.kind=magic", "t: kiln.kind — "),
        ("kiln.kind=flame_curtain", "t — changes nothing in this record"),
        ("product.name=Mango", "only the same thing can be compared"),
        ("orchard.prunings.kiln=0 kg", "t — a kiln is recorded, but no prunings go to it"),
    ],
)
def test_a_switch_that_cannot_be_is_refused_by_name(lychee, switch, message):
    with pytest.raises(RecordError, match=message):
        compare(lychee, [Scenario.of("t", [switch])], Setting(gwp="AR6-100", draws=FEW))


def test_all_problems_of_a_scenario_come_at_once(lychee):
    text = _problem(lychee, Scenario.of("t", ["kilm.kind=retort", "orchart.diesel=1 litre"], []))
    assert len(text.splitlines()) == 2


def test_leaving_out_what_is_not_there_is_refused(lychee):
    assert "orchard.petrol — is not in the record" in _problem(
        lychee, Scenario(name="t", leave_out=("orchard.petrol",))
    )


@pytest.mark.parametrize("text", ["kiln.kind", "=retort", "kiln.kind=", "x=" + "9" * 500])
def test_what_is_not_a_switch_is_refused(text):
    with pytest.raises(RecordError, match="is not a switch"):
        Scenario.of("t", [text])


def test_one_place_is_switched_once():
    with pytest.raises(RecordError, match=r"kiln\.kind — is switched twice"):
        Scenario.of("t", ["kiln.kind=retort", "kiln.kind=uncontrolled"])


def test_a_whole_answer_may_be_given_as_a_table(lychee):
    text = 'orchard.petrol={ amount = "40 litre", source = "receipt" }'
    changed, _ = Scenario.of("t", [text]).apply(lychee)
    assert str(changed.orchard.petrol.amount) == "40 litre"
    with pytest.raises(RecordError, match=r"orchard\.petrol — is not TOML"):
        Scenario.of("t", ["orchard.petrol={ amount"])


def test_yes_no_and_years_keep_their_type(lychee):
    changed, _ = Scenario.of("t", ["orchard.land_use.planted=2001"]).apply(lychee)
    assert changed.orchard.land_use.planted == 2001


def test_scenarios_have_names_of_their_own(lychee):
    with pytest.raises(RecordError, match="less urea — names two scenarios"):
        compare(lychee, [LESS_UREA, LESS_UREA], Setting(gwp="AR6-100"))
    with pytest.raises(RecordError, match="a comparison needs two sides"):
        compare(lychee, [], Setting(gwp="AR6-100"))


def test_named_scenarios_stand_in_a_file_of_their_own(tmp_path, lychee):
    file = tmp_path / "plans.toml"
    file.write_text(
        '[[scenarios]]\nname = "retort"\nswitch = { "kiln.kind" = "retort" }\n'
        '[[scenarios]]\nname = "no petrol, no ice"\nleave_out = ["packhouse.ice"]\n',
        encoding="utf-8",
    )
    retort, no_ice = load_scenarios(file)
    assert retort.switch == {"kiln.kind": "retort"}
    assert no_ice.apply(lychee)[0].packhouse.ice is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("scenarios = []", "plans.toml.scenarios"),
        ('[[scenarios]]\nname = "idle"', "idle switches nothing"),
        ('[[scenarios]]\nname = "x"\nswich = { a = "b" }', "plans.toml.scenarios.1.swich"),
        ("not toml", "plans.toml — is not TOML"),
    ],
)
def test_a_faulty_file_of_scenarios_is_refused(tmp_path, text, message):
    file = tmp_path / "plans.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=message):
        load_scenarios(file)


def test_a_comparison_survives_its_file_and_a_doctored_one_does_not(comparison):
    text = comparison.model_dump_json()
    assert Comparison.model_validate_json(text) == comparison
    true = f'"difference_kg_co2e":"{comparison.scenarios[1].difference_kg_co2e}","difference_interval"'
    assert true in text
    with pytest.raises(ValidationError, match="do not add up"):
        Comparison.model_validate_json(
            text.replace(true, '"difference_kg_co2e":"-9.000000","difference_interval"')
        )


def test_the_same_comparison_gives_the_same_bytes(lychee):
    texts = {
        compare(lychee, [DRY_WOOD], Setting(gwp="AR6-100", draws=FEW)).model_dump_json() for _ in range(2)
    }
    assert len(texts) == 1


def test_told_in_a_hundred_columns_with_every_difference(comparison):
    text = explain_comparison(comparison)
    assert all(columns(line) <= 100 for line in text.splitlines())
    for words in ("AS RECORDED", "SCENARIO less urea", "1400 kg → 700 kg", "never subtracted", "lower in"):
        assert words in text
    assert "-0.042" in text


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kg=st.integers(min_value=0, max_value=20_000).filter(lambda kg: kg != 6400))
def test_more_nitrogen_is_never_lower_and_less_never_higher(lychee, kg):
    scenario = Scenario(name="other", switch={"orchard.fertilisers.1.amount": f"{kg} kg"})
    (result,) = compare(lychee, [scenario], Setting(gwp="AR6-100", draws=100)).scenarios
    assert result.probability_lower == (1 if kg < 6400 else 0)
    assert (result.difference_kg_co2e < 0) == (kg < 6400)


@given(depth=st.integers(0, 4), names=st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=5))
def test_no_path_brings_down_the_search(depth, names):
    record: Any = {"a": [{"b": {"source": "meter", "amount": "1 kg"}}], "c": "text"}
    before = copy.deepcopy(record)
    path = ".".join([*["a"] * depth, *names])
    list(find_all(record, path))
    with contextlib.suppress(RecordError):
        find(record, path)
    assert record == before
