"""A co-op's number changed from one year to the next: what of it is data, numbers, method, engine?"""

import copy
import json
import tomllib
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from footprint import load, why
from footprint.assess import assess
from footprint.background import Background, Purchases, build
from footprint.background.purchases import Bought
from footprint.change import Edition, Reasons
from footprint.change.answers import MAX_DIFFERENCES, differences
from footprint.change.shapley import shapley
from footprint.change.turns import METHOD_QUESTIONS
from footprint.errors import MismatchError
from footprint.explain_change import explain_change
from footprint.setting import Setting
from footprint.terminal import columns
from lca_models.factors import FactorSet
from lca_models.product_system import ProductSystem
from tests.footprint.background.conftest import BAKERY
from tests.footprint.background.networks import background

EXAMPLES = Path(__file__).parents[2] / "examples"
QUESTIONS = EXAMPLES.parent / "docs" / "reference" / "questions.toml"
OWN_NUMBER = """[publication]
id = "own-2025"
title = "SAMPLE measurement of leaching"
publisher = "SAMPLE"
year = 2025
url = "https://example.org"
licence = "CC0-1.0"

[[factor]]
id = "n2o.ef5"
name = "N2O of leached nitrogen"
unit = "kg N2O-N/kg N leached"
value = 0.0075
lower = 0.0005
upper = 0.025
distribution = "triangular"
region = "GLO"
year = 2025
locator = "page 1"
interval = "as measured"
licence = "CC0-1.0"
verified = true
override = true
"""


@pytest.fixture
def own(tmp_path: Path) -> FactorSet:
    path = tmp_path / "own.toml"
    path.write_text(OWN_NUMBER, encoding="utf-8")
    return FactorSet.load(path)


@pytest.fixture
def next_year(answers: dict[str, Any]) -> dict[str, Any]:
    """Less urea, another season's harvest, a road longer, the grades split by value."""
    answers["orchard"]["fertilisers"][1]["amount"]["amount"] = "900 kg"
    answers["orchard"]["harvests"][0] = copy.deepcopy(answers["orchard"]["harvests"][2]) | {"season": "2026"}
    answers["orchard"]["diesel"]["amount"] = "1100 litre"
    answers["packhouse"]["allocation"] = "economic"
    return answers


@pytest.fixture
def both(lychee: ProductSystem, next_year: dict[str, Any], own: FactorSet) -> tuple[Edition, Edition]:
    """Everything changes at once: data, factors and method."""
    old = Edition.of(lychee, Setting(gwp="AR5-100"))
    return old, Edition.of(ProductSystem.of(next_year), Setting(gwp="AR6-100", factors=own))


@pytest.fixture
def reasons(both: tuple[Edition, Edition]) -> Reasons:
    return why(*both)


def _gross(system: ProductSystem, **choices: Any) -> Decimal:
    return assess(system, **{"gwp": "AR6-100", "draws": 16, **choices}).gross_kg_co2e


def test_parts_and_reasons_add_up_to_the_printed_change(reasons, both):
    old, new = (edition.printed.gross_kg_co2e for edition in both)
    assert (reasons.gross.was, reasons.gross.becomes) == (old, new)
    assert sum(part.kg_co2e for part in reasons.parts) == reasons.difference_kg_co2e == new - old
    assert all(reasons.part(name).kg_co2e for name in ("data", "factors", "method"))
    for table in (reasons.by_stage(), reasons.by_substance()):
        assert sum(split.difference for split in table.values()) == new - old
        assert sum(split.method for split in table.values()) == reasons.part("method").kg_co2e
    for part in reasons.parts:
        assert sum(reason.kg_co2e for reason in part.reasons) + part.together_kg_co2e == part.kg_co2e


def test_nothing_depends_on_which_year_is_called_old(reasons, both):
    back = why(*reversed(both))
    for there, here in zip(reasons.parts, back.parts, strict=True):
        assert there.kg_co2e == -here.kg_co2e
    forth = {reason.changes[0].path: reason.kg_co2e for part in reasons.parts for reason in part.reasons}
    assert {r.changes[0].path: -r.kg_co2e for part in back.parts for r in part.reasons} == forth


def test_less_urea_is_data_and_nothing_else(lychee, answers):
    answers["orchard"]["fertilisers"][1]["amount"]["amount"] = "700 kg"
    less = ProductSystem.of(answers)
    found = why(Edition.of(lychee, Setting(gwp="AR6-100")), Edition.of(less, Setting(gwp="AR6-100")))
    (urea,) = found.part("data").reasons
    (change,) = urea.changes
    assert (change.path, change.was, change.becomes) == (
        "orchard.fertilisers.urea.amount",
        "1400 kg",
        "700 kg",
    )
    assert urea.kg_co2e == found.difference_kg_co2e == _gross(less) - _gross(lychee) < 0
    assert {stage for stage, split in found.by_stage().items() if split.difference} == {"orchard"}


def test_another_gwp_set_is_method_and_only_gases_it_weighs_otherwise_change(lychee):
    found = why(Edition.of(lychee, Setting(gwp="AR5-100")), Edition.of(lychee, Setting(gwp="AR6-100")))
    expected = _gross(lychee) - _gross(lychee, gwp="AR5-100")
    assert found.part("method").kg_co2e == found.difference_kg_co2e == expected != 0
    assert found.by_substance()["co2_fossil"].difference == 0
    assert found.by_substance()["n2o"].method > 0


def test_a_measured_factor_is_named_with_both_its_values(lychee, own):
    found = why(
        Edition.of(lychee, Setting(gwp="AR6-100")), Edition.of(lychee, Setting(gwp="AR6-100", factors=own))
    )
    (leaching,) = found.part("factors").reasons
    (change,) = leaching.changes
    assert change.path == "n2o.ef5"
    assert (change.was, change.becomes) == ("0.011 kg N2O-N/kg N leached", "0.0075 kg N2O-N/kg N leached")
    assert leaching.kg_co2e == found.difference_kg_co2e == _gross(lychee, factors=own) - _gross(lychee)


def test_numbers_nobody_used_are_no_reason(lychee, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN_NUMBER.replace('"n2o.ef5"', '"gwp.AR5-20.n2o"'), encoding="utf-8")
    other = Edition.of(lychee, Setting(gwp="AR6-100", factors=FactorSet.load(path)))
    found = why(Edition.of(lychee, Setting(gwp="AR6-100")), other)
    assert found.part("factors").reasons == ()
    assert found.difference_kg_co2e == 0


def test_a_new_number_for_a_new_product_came_with_the_record(lychee, answers, tmp_path):
    row = OWN_NUMBER.partition("[[factor]]")[2].replace("override = true\n", "")
    row = row.replace('"n2o.ef5"', '"own.tape"').replace('"kg N2O-N/kg N leached"', '"kg CO2/kg"')
    path = tmp_path / "own.toml"
    described = 'product = "packaging.own_tape"\nsubstance = "co2_fossil"\nper = "kg"\n'
    path.write_text(f"{OWN_NUMBER.partition('[[factor]]')[0]}[[factor]]{row}{described}", encoding="utf-8")
    with_tape = FactorSet.load(path)
    answers["orchard"]["diesel"]["amount"] = "1100 litre"
    new = Edition.of(ProductSystem.of(answers), Setting(gwp="AR6-100", factors=with_tape))
    found = why(Edition.of(lychee, Setting(gwp="AR6-100")), new)
    assert found.part("factors").kg_co2e == 0
    assert found.part("data").kg_co2e == found.difference_kg_co2e > 0


def test_allocation_is_a_choice_of_method_told_by_its_place(reasons):
    changes = {r.changes[0].path: r.changes[0] for r in reasons.part("method").reasons}
    assert (changes["packhouse.allocation"].was, changes["packhouse.allocation"].becomes) == (
        "mass",
        "economic",
    )


def test_every_question_of_method_is_asked_by_some_record():
    meaning = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["meaning"]
    asked = {place.rpartition(".")[2] for place in meaning}
    assert asked >= METHOD_QUESTIONS


def test_a_choice_the_old_record_could_not_have_made_counts_as_data(lychee):
    """By value without prices: rice milled with prices asked for the first time."""
    priced = load(EXAMPLES / "rice" / "rice.toml")
    bare = priced.model_dump(mode="json", exclude_none=True)
    for activity in bare["activities"]:
        if activity.get("allocation") == "economic":
            activity["allocation"] = "mass"
            for out in activity["gives"]:
                out.pop("price", None)
    old = Edition.of(ProductSystem.of(bare), Setting(gwp="AR6-100"))
    found = why(old, Edition.of(priced, Setting(gwp="AR6-100")))
    assert found.part("method").kg_co2e == 0
    assert found.part("data").kg_co2e == found.difference_kg_co2e != 0
    assert any("allocation cannot be chosen for both records" in note for note in found.notes)


def test_a_kiln_given_up_only_makes_sense_with_its_prunings_elsewhere(lychee, answers):
    del answers["kiln"]
    answers["orchard"]["prunings"]["kiln"]["amount"] = "0 kg"
    answers["orchard"]["prunings"]["left"]["amount"] = "44 t"
    found = why(
        Edition.of(lychee, Setting(gwp="AR6-100")),
        Edition.of(ProductSystem.of(answers), Setting(gwp="AR6-100")),
    )
    together = next(reason for reason in found.part("data").reasons if len(reason.changes) > 1)
    assert {"kiln", "orchard.prunings.kiln"} <= {change.path for change in together.changes}
    (char,) = found.removals
    assert char.becomes == 0 < char.was
    assert char.data == -char.was
    assert found.gross.becomes == _gross(ProductSystem.of(answers))  # the lost removal is not in the gross


def test_removals_and_biogenic_carbon_have_lines_of_their_own(lychee, answers):
    answers["kiln"]["biochar_dry"]["amount"] = "3000 kg"
    found = why(
        Edition.of(lychee, Setting(gwp="AR6-100")),
        Edition.of(ProductSystem.of(answers), Setting(gwp="AR6-100")),
    )
    assert found.removals[0].data > 0
    assert found.gross.data > 0  # more char, more smoke: nothing is netted
    told = explain_change(found)
    assert "REMOVALS, kg CO2 kept; beside the gross, never subtracted" in told
    assert "orchard.diesel" not in told


def test_selling_elsewhere_is_a_choice_of_the_route(lychee):
    names = [route.name for route in lychee.routes]
    old, new = (Edition.of(lychee, Setting(gwp="AR6-100", route=name)) for name in names[:2])
    (chosen,) = why(old, new).part("method").reasons
    assert (chosen.changes[0].was, chosen.changes[0].becomes) == tuple(names[:2])


def test_another_card_for_the_same_char_is_a_choice_of_method(lychee):
    """And not the engine's doing: of what is kept, all of the difference is method, of the gross footprint nothing."""
    terms = ("on_product; card=woolf-2021", "on_product; card=ipcc-2019")
    found = why(*(Edition.of(lychee, Setting(gwp="AR6-100", removals=text)) for text in terms))
    (chosen,) = found.part("method").reasons
    assert (chosen.changes[0].path, chosen.changes[0].becomes) == ("removals", "on_product; card=ipcc-2019")
    assert chosen.kg_co2e == 0
    assert all(line.model == 0 for line in found.removals)
    assert any(line.method for line in found.removals)


def test_a_database_put_behind_a_purchase_is_a_change_of_numbers(lychee, tmp_path):
    pack = build(background(**BAKERY), tmp_path / "bakery.pack")
    urea = Bought(product="fertiliser.urea", process="0", per="kg")
    opened = Background.open(pack, Purchases(pack=pack.id, product=(urea,)))
    new = Edition.of(lychee, Setting(gwp="AR6-100", background=opened))
    found = why(Edition.of(lychee, Setting(gwp="AR6-100")), new)
    assert found.gross.factors == found.difference_kg_co2e != 0
    told = assess(lychee, gwp="AR6-100", draws=64, background=opened).gross_kg_co2e
    assert found.gross.becomes == told


def test_two_things_are_not_a_change():
    lychee, dried = (load(EXAMPLES / "lychee" / name) for name in ("lychee.toml", "dried.toml"))
    with pytest.raises(MismatchError) as refused:
        why(Edition.of(lychee, Setting(gwp="AR6-100")), Edition.of(dried, Setting(gwp="AR6-100")))
    assert "boundary — was cradle to shop, becomes cradle to gate" in str(refused.value)
    assert "product.category — was fresh-fruit, becomes dried-fruit" in str(refused.value)


def test_the_same_twice_has_no_reason(lychee):
    edition = Edition.of(lychee, Setting(gwp="AR6-100"))
    found = why(edition, edition)
    assert all(part.kg_co2e == 0 and part.reasons == () for part in found.parts)
    assert "BY STAGE" not in explain_change(found)


def test_an_edited_split_cannot_be_read_back(reasons):
    printed = json.loads(reasons.model_dump_json())
    assert Reasons.model_validate(printed) == reasons
    printed["parts"][0]["reasons"][0]["kg_co2e"] = "0.000000"
    with pytest.raises(ValidationError, match="the reasons do not add up to the part"):
        Reasons.model_validate(printed)
    printed = json.loads(reasons.model_dump_json())
    printed["cells"][0]["data"], printed["cells"][0]["model"] = "0.000000", printed["cells"][0]["data"]
    with pytest.raises(ValidationError, match=r"cells do not add up|parts do not add up"):
        Reasons.model_validate(printed)


def test_it_fits_a_terminal(reasons):
    assert max(columns(line) for line in explain_change(reasons).splitlines()) <= 100


def test_lists_are_aligned_by_what_names_their_entries():
    old = {"fertilisers": [{"product": "urea", "kg": 1}, {"product": "potash", "kg": 2}], "days": [1, 2]}
    new = {"fertilisers": [{"product": "potash", "kg": 3}, {"product": "urea", "kg": 1}], "days": [1, 2, 3]}
    found = {one.path: (one.was, one.becomes) for one in differences(old, new)}
    assert found == {"fertilisers.potash.kg": (2, 3), "days": ([1, 2], [1, 2, 3])}


def test_a_record_with_too_many_differences_is_told_by_section():
    old = {"a": {str(i): i for i in range(MAX_DIFFERENCES + 1)}, "b": {"c": 1}}
    new = {"a": {str(i): i + 1 for i in range(MAX_DIFFERENCES + 1)}, "b": {"c": 2}}
    assert [one.path for one in differences(old, new)] == ["a", "b"]


amounts = st.integers(-(10**9), 10**9)


@given(st.lists(amounts, min_size=8, max_size=8))
def test_shapley_adds_up_and_changes_its_sign_with_the_question(corners):
    def value(who):
        return corners[sum(1 << "abc".index(name) for name in who)]

    def backwards(who):
        return value(frozenset("abc") - who)

    parts = shapley("abc", value)
    assert sum(parts.values()) == corners[7] - corners[0]
    assert shapley("abc", backwards) == {name: -part for name, part in parts.items()}


@given(amounts, amounts, amounts)
def test_shapley_gives_each_what_it_brings_when_they_do_not_act_together(one, two, three):
    brings = dict(zip("abc", (one, two, three), strict=True))
    assert shapley("abc", lambda who: sum(brings[name] for name in who)) == brings


@given(st.lists(amounts, min_size=4, max_size=4))
def test_who_changes_nothing_is_given_nothing(corners):
    parts = shapley("abc", lambda who: corners[("a" in who) + 2 * ("b" in who)])
    assert parts["c"] == 0


def test_the_largest_reason_comes_first(reasons):
    for part in reasons.parts:
        sizes = [abs(reason.kg_co2e) for reason in part.reasons]
        assert all(larger >= smaller for larger, smaller in pairwise(sizes))
