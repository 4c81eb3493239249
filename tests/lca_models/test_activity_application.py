"""Biochar weighed wet or dry, and spread: water is never taken as carbon, and no char is stored twice."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from footprint.assess import assess
from footprint.errors import InputError, RecordError, ValidityError
from lca_models.activities.carbonisation import Carbonisation
from lca_models.factors import shipped_factors
from lca_models.flows import Process, Purchase
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem, check_balances

EXAMPLE = Path(__file__).parents[2] / "examples" / "lychee" / "removals" / "biochar.toml"


def said(amount: str, **more: str) -> dict[str, str]:
    return {"amount": amount, "source": "meter", **more}


WET = {"biochar_dry": None, "biochar_wet": said("1600 kg"), "moisture": said("31.25 %")}
FIELD: dict[str, Any] = {
    "takes": "biochar",
    "gives": "biochar, in the soil",
    "biochar_dry": said("1000 kg"),
    "area": said("12 mu"),
    "spread": "2025-03-10",
    "soil_temperature": said("23 degC"),
    "diesel": said("14 litre"),
}
KILN: dict[str, Any] = {
    "name": "kiln",
    "kind": "retort",
    "feedstock": "dry",
    "biochar_dry": said("1.1 t"),
    "organic_carbon": said("80 %"),
    "h_to_corg": said("0.38 mol/mol"),
    "wood": said("5.9 t"),
    "dry_matter": said("85 %"),
    "takes": "prunings",
    "gives": "biochar",
}


def season(numbers: Numbers | None = None, **answers: object) -> list[Process]:
    record = {name: answer for name, answer in (KILN | answers).items() if answer is not None}
    return list(
        Carbonisation.model_validate(record).processes(numbers or Numbers(shipped_factors()), "CN-GD")
    )


def field(**answers: object) -> dict[str, Any]:
    return {name: answer for name, answer in (FIELD | answers).items() if answer is not None}


def test_the_carbon_is_stored_where_the_char_is_spread_and_nowhere_else():
    """1000 kg dry of 80 % carbon, of the 1100 kg made."""
    numbers = Numbers(shipped_factors())
    kiln, spread = season(numbers, applications=[field()])
    (store,) = spread.storages
    assert kiln.storages == ()
    assert store.carbon_kg == pytest.approx(800)
    assert (store.char.h_to_corg, store.char.soil_temperature_c) == pytest.approx((0.38, 23))
    assert set(store.answers) == {
        "kiln.applications.1.biochar_dry", "kiln.applications.1.area", "kiln.organic_carbon",
    }  # fmt: skip
    assert [(e.product, e.amount) for e in spread.exchanges if isinstance(e, Purchase)] == [
        ("fuel.diesel.agricultural", 14)
    ]
    assert "1.25 t dry biochar per hectare, spread on 2025-03-10" in next(iter(numbers.reading.notes))


def test_two_fields_share_what_the_kiln_made():
    fields = [field(biochar_dry=said("600 kg")), field(biochar_dry=said("500 kg"), gives="biochar, hill")]
    _, valley, hill = season(applications=fields)
    assert [one.storages[0].carbon_kg for one in (valley, hill)] == pytest.approx([480, 400])


def test_more_char_than_was_made_is_refused():
    with pytest.raises(RecordError, match=r"kiln\.applications — 1200 kg of mass came out — only 1100 kg"):
        check_balances(tuple(season(applications=[field(biochar_dry=said("1200 kg"))])))


def test_wet_char_counts_without_its_water():
    """1600 kg with 31.25 % of water are 1100 kg dry: the same season to the last gram."""
    (dry,), (wet,) = season(soil_temperature=said("23 degC")), season(soil_temperature=said("23 degC"), **WET)
    assert wet.storages[0].carbon_kg == pytest.approx(dry.storages[0].carbon_kg)
    assert wet.storages[0].answers[:2] == ("kiln.biochar_wet", "kiln.moisture")
    assert [e.kg for e in wet.exchanges] == pytest.approx([e.kg for e in dry.exchanges])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 90), st.integers(0, 90))
def test_the_wetter_of_two_equal_heaps_never_stores_more(one, other):
    drier, wetter = sorted((one, other))
    stored = [
        season(soil_temperature=said("23 degC"), **WET | {"moisture": said(f"{water} %")})[0].storages[0]
        for water in (drier, wetter)
    ]
    assert stored[0].carbon_kg >= stored[1].carbon_kg


def test_however_wet_no_draw_is_nothing_but_water():
    """90 % of water, remembered: its draws would pass 100 %; there is char in every one of them."""
    chances = np.array([0.001, 0.5, 0.999])
    wet = WET | {"moisture": {"amount": "90 %", "source": "recall"}, "soil_temperature": said("23 degC")}
    (kiln,) = season(Numbers(shipped_factors(), lambda _: chances), **wet)
    assert (kiln.reference.kg > 0).all()
    assert kiln.reference.kg[1] == pytest.approx(160)


REFUSED = {
    "wet mass passed as dry, its moisture told": (
        {"moisture": said("31 %")},
        "a dry mass that has a moisture",
    ),
    "wet mass passed as dry, its note tells": (
        {"biochar_dry": said("1.6 t", note="weighed wet after quenching")},
        "a dry mass whose note says 'weighed wet.*Equation 4Ap.1",
    ),
    "wet mass passed as dry, its note tells in Chinese": (
        {"biochar_dry": said("1.6 t", note="含水约三成")},
        "a dry mass whose note says",
    ),
    "wet and nobody knows how wet": (
        {"biochar_dry": None, "biochar_wet": said("1.6 t")},
        "a wet mass without its moisture",
    ),
    "both weighings, and they contradict": (
        {"biochar_wet": said("1.6 t"), "moisture": said("10 %")},
        "hold 1440 kg — one char has one dry mass",
    ),
    "not weighed at all": ({"biochar_dry": None}, "nobody weighed the biochar"),
    "all water": (WET | {"moisture": said("100 %")}, "biochar that is all water"),
    "wetter than water": (WET | {"moisture": said("120 %")}, "a share of '120 %'"),
    "stored by the kiln and by the field": (
        {"applications": [field()], "soil_temperature": said("23 degC")},
        "one char is stored twice",
    ),
    "spread without a name": ({"applications": [field()], "takes": None, "gives": None}, "has no name"),
    "spread on no land": ({"applications": [field(area=said("0 mu"))]}, "is zero"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_answer_is_refused_by_name(name):
    answers, message = REFUSED[name]
    with pytest.raises(ValidationError, match=message):
        season(**answers)


def test_both_weighings_may_stand_where_they_agree():
    (kiln,) = season(biochar_wet=said("1600 kg"), moisture=said("31 %"))
    assert kiln.reference.kg == 1100


def test_a_note_that_says_it_was_dried_is_believed():
    season(biochar_dry=said("1.1 t", note="quenched wet, dried before weighing"))


def test_char_that_keeps_more_carbon_than_pyrolysis_leaves_is_told():
    """1.7 t of 90 % carbon from 5.0 t dry wood of 47 %: 65 %; Woolf's formulas give 59 % at 350 °C at most."""
    numbers = Numbers(shipped_factors())
    (kiln,) = season(numbers, biochar_dry=said("1.7 t"), organic_carbon=said("90 %"))
    check_balances((kiln,))
    assert any("65% of the wood's carbon is in the biochar" in note for note in numbers.reading.notes)


def test_a_usual_yield_is_not_remarked_on():
    numbers = Numbers(shipped_factors())
    season(numbers)
    assert not any("of the wood's carbon" in note for note in numbers.reading.notes)


def test_draws_agree_one_by_one_with_the_draws_together():
    chances = np.array([0.1, 0.5, 0.9])
    wet = field(biochar_dry=None, biochar_wet=said("1400 kg"), moisture=said("28 %"))
    *_, together = season(Numbers(shipped_factors(), lambda _: chances), applications=[wet])
    for i, chance in enumerate(chances):
        numbers = Numbers(shipped_factors(), lambda _, c=chance: np.array([c]))
        *_, alone = season(numbers, applications=[wet])
        assert alone.storages[0].carbon_kg[0] == pytest.approx(together.storages[0].carbon_kg[i])


def _example(**of_kiln: object) -> ProductSystem:
    record = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    next(one for one in record["activities"] if one["name"] == "kiln").update(of_kiln)
    return ProductSystem.of(record)


def test_a_char_above_the_limit_of_h_to_corg_is_no_removal_and_the_rule_is_cited():
    with pytest.raises(
        ValidityError, match=r"H/C_org 0.75 is outside 0 to 0.7 — .*Woolf et al. 2021; VM0044"
    ):
        assess(_example(h_to_corg=said("0.75 mol/mol")), gwp="AR6-100", draws=16)


def test_a_char_made_too_cool_for_the_guideline_is_refused_by_its_card():
    with pytest.raises(ValidityError, match="350"):
        assess(
            _example(temperature=said("320 degC")),
            gwp="AR6-100",
            draws=16,
            removals="on_product; card=ipcc-2019",
        )


def test_a_card_that_asks_for_a_temperature_nobody_logged_is_refused():
    record = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    del next(one for one in record["activities"] if one["name"] == "kiln")["temperature"]
    with pytest.raises(InputError, match="highest temperature in the kiln"):
        assess(ProductSystem.of(record), gwp="AR6-100", draws=16, removals="on_product; card=ipcc-2019")


def test_a_field_hotter_than_the_method_knows_is_refused():
    record = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    kiln = next(one for one in record["activities"] if one["name"] == "kiln")
    kiln["applications"][0]["soil_temperature"] = said("34 degC")
    with pytest.raises(ValidityError, match=r"34.0 °C is outside 5 to 30 °C"):
        assess(ProductSystem.of(record), gwp="AR6-100", draws=16)
