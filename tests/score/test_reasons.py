"""Reason codes: what a producer or a lender reads about the missing points."""

from decimal import Decimal

import pytest
from hypothesis import given, settings

from footprint.passport.claims import Assurance
from footprint.result import LandUseChange
from footprint.score import Evidence, cfs1, load, score_claims
from footprint.score.exact import exact
from footprint.score.reasons import reasons

from .test_monotone import any_inputs

TABLE = load("cfs-1.0.0")


def codes(result) -> list[str]:
    return [reason.code for reason in result.reasons]


def test_the_sample_is_told_its_four_largest_losses(claims):
    found = score_claims(claims()).reasons
    assert [(reason.code, reason.points_lost) for reason in found] == [
        ("PERF_LEVEL", 251),
        ("VERIF_LEVEL", 125),
        ("TREND_NO_HISTORY", 90),
        ("CHAIN_SIGNED", 50),
    ]


def test_no_history_is_visible_and_names_what_a_history_would_bring(claims):
    reason = next(r for r in score_claims(claims()).reasons if r.code == "TREND_NO_HISTORY")
    assert reason.gain == 60
    assert "3.03 %" in reason.how["en"]
    assert "60" in reason.how["zh-Hans"]


@pytest.mark.parametrize(
    ("code", "better"),
    [
        ("VERIF_LEVEL", {"assurance": Assurance(level="second_party")}),
        ("TREND_NO_HISTORY", {"evidence": Evidence(reduction_per_year=Decimal("0.0303"))}),
        ("CHAIN_SIGNED", {"evidence": Evidence(signed_share=Decimal("0.5"))}),
    ],
)
def test_the_promised_gain_is_what_the_improved_product_really_gets(claims, code, better):
    before = score_claims(claims())
    promised = next(reason.gain for reason in before.reasons if reason.code == code)
    evidence = better.pop("evidence", Evidence())
    assert score_claims(claims(**better), evidence=evidence).total == before.total + promised


def test_levels_of_assurance_are_words_not_codes(claims):
    reason = next(r for r in score_claims(claims()).reasons if r.code == "VERIF_LEVEL")
    assert "second party" in reason.how["en"]
    assert "第二方" in reason.how["zh-Hans"]


def test_unknown_land_history_is_a_reason(claims):
    unknown = LandUseChange(state="unknown", kg_co2e=None, statement="nobody knows")
    known = Evidence(reduction_per_year=Decimal("0.07"), signed_share=Decimal(1), exempted_share=Decimal(0))
    measured = claims().quality.model_copy(update={"primary_share": Decimal(1)})
    result = score_claims(
        claims(land_use_change=unknown, assurance=Assurance(level="reasonable"), quality=measured),
        evidence=known,
    )
    assert "CHAIN_CONVERSION" in codes(result)


@settings(max_examples=300, deadline=None)
@given(any_inputs())
def test_at_most_four_true_readable_reasons(inputs):
    with exact():
        found = reasons(inputs, TABLE)
        total = cfs1.total(inputs, TABLE)
    assert len(found) <= 4
    assert all(reason.points_lost > 0 for reason in found)
    assert all(0 <= reason.gain <= 1000 - total for reason in found)
    for reason in found:
        for texts in (reason.factor, reason.why, reason.how):
            assert not any("{" in text or "Decimal" in text or "E+" in text for text in texts.values())


@settings(max_examples=300, deadline=None)
@given(any_inputs())
def test_a_cap_that_costs_points_is_told_first(inputs):
    with exact():
        found = reasons(inputs, TABLE)
        uncapped = sum(cfs1.points(inputs, TABLE).values())
        total = cfs1.total(inputs, TABLE)
    if total < uncapped:
        assert found[0].code.startswith("CAP_")
        assert found[0].points_lost == uncapped - total
