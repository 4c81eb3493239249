"""Five questions, a rough number, and the next question: honest about how little they hold."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from footprint.appraisal import Appraisal, appraise
from footprint.appraisal_answers import Answers, Rate
from footprint.errors import CharacterisationError, RecordError
from footprint.explain_appraisal import explain_appraisal
from footprint.terminal import columns

FEW = 512
FIVE = {
    "crop": "lychee",
    "region": "CN-GD",
    "area": "12 mu",
    "harvest": "6 t/ha",
    "nitrogen": "220 kg/ha",
    "climate": "wet",
}


def _appraise(**other: object) -> Appraisal:
    return appraise(Answers.read(**{**FIVE, **other}), gwp="AR6-100", draws=FEW)  # type: ignore[arg-type]


def _gross(**other: object) -> float:
    return float(_appraise(**other).gross_kg_co2e)


def test_a_lychee_orchard_by_hand():
    """220 kg N/ha in a wet climate (IPCC 2019), made at the Chinese average (Chen 2015), and 2400 kg beside it."""
    n2o = 220 * (0.016 + 0.11 * 0.014 + 0.24 * 0.011) * 44 / 28 * 273
    assert _gross() == pytest.approx((n2o + 220 * 7.7587 + 2400) / 6000, rel=1e-4)


def test_it_lies_where_chinese_orchards_lie():
    """Guo et al. 2018: 5.6 to 15.7 t/ha; Yan et al. 2016: 2.9 to 12.8 t/ha, over half from synthetic nitrogen."""
    found = _appraise()
    assert 2900 < found.gross_kg_co2e_per_ha < 12_800
    rest = next(c for c in found.causes if c.label.startswith("everything else"))
    assert rest.kg_co2e / found.gross_kg_co2e < Decimal("0.5")


def test_the_full_record_of_the_sample_lies_inside_the_rough_interval(footprint):
    """The sample orchard: 120 mu, 54.3 t a year, 1604 kg N; 0.80 at its farm gate."""
    gate = next(gate.kg_co2e for gate in footprint.gates if gate.product == "lychee, at farm gate")
    rough = _appraise(area="120 mu", harvest="54.3 t", nitrogen="1604 kg")
    assert rough.interval.p5 < gate < rough.interval.p95


def test_rates_and_totals_are_the_same_thing():
    totals = _appraise(harvest="4800 kg", nitrogen="176 kg")
    assert totals.gross_kg_co2e == _appraise().gross_kg_co2e
    assert totals.nitrogen_kg_per_ha == 220
    assert _gross(harvest="800 jin/mu") == pytest.approx(_gross(harvest="6 t/ha"))


def test_the_causes_are_the_whole_and_a_doctored_file_is_refused():
    found = _appraise()
    assert sum(cause.kg_co2e for cause in found.causes) == found.gross_kg_co2e
    assert Appraisal.model_validate_json(found.model_dump_json()) == found
    with pytest.raises(ValidationError, match="do not add up"):
        Appraisal.model_validate(found.model_dump() | {"gross_kg_co2e": Decimal("0.1")})


def test_an_unknown_climate_is_declared_asked_and_never_dry():
    unknown, dry, wet = (_appraise(climate=climate) for climate in ("unknown", "dry", "wet"))
    assert dry.gross_kg_co2e < unknown.gross_kg_co2e < wet.gross_kg_co2e
    assert unknown.declared_defaults == ("wet or dry climate: n2o.ef1.aggregated",)
    assert any(question.question.startswith("climate") for question in unknown.next_questions)
    assert not any(question.question.startswith("climate") for question in wet.next_questions)
    assert not wet.declared_defaults


def test_the_interval_is_wide_and_says_what_it_rests_on():
    found = _appraise()
    assert found.interval.p95 > 2 * found.interval.p5
    assert Decimal("0.3") < found.unverified_share < Decimal("0.6")
    rest = next(factor for factor in found.factors if factor.id == "appraisal.rest.orchard")
    assert not rest.verified


def test_the_first_question_is_the_one_that_narrows_the_interval_most():
    questions = _appraise().next_questions
    assert questions[0].question.startswith("everything else")
    narrowed = [question.narrows_at_most for question in questions]
    assert narrowed == sorted(narrowed, reverse=True)


def test_the_promised_narrowing_is_what_the_answer_gives():
    before = appraise(Answers.read(**FIVE), gwp="AR6-100")  # type: ignore[arg-type]
    promised = next(q for q in before.next_questions if q.question.startswith("yield"))
    after = appraise(Answers.read(**FIVE, on_paper=frozenset({"yield"})), gwp="AR6-100")  # type: ignore[arg-type]
    widths = [one.interval.p95 - one.interval.p5 for one in (before, after)]
    assert 1 - widths[1] / widths[0] == pytest.approx(promised.narrows_at_most, abs=Decimal("0.0002"))
    assert not any(q.question.startswith("yield") for q in after.next_questions)


def test_no_nitrogen_is_not_no_footprint():
    none = _appraise(nitrogen="0 kg")
    assert none.gross_kg_co2e == pytest.approx(Decimal(2400) / 6000, abs=Decimal("0.00001"))
    assert len(none.next_questions) >= 1


@settings(max_examples=15, deadline=None)
@given(less=st.integers(0, 400), more=st.integers(1, 400))
def test_more_nitrogen_never_emits_less(less, more):
    assert _gross(nitrogen=f"{less} kg/ha") < _gross(nitrogen=f"{less + more} kg/ha")


@settings(max_examples=15, deadline=None)
@given(mu=st.integers(1, 10_000))
def test_the_size_of_the_farm_does_not_matter_when_all_is_per_hectare(mu):
    assert _gross(area=f"{mu} mu") == pytest.approx(_gross(), rel=1e-5)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"region": "FR"}, "region — 'FR' is not in China"),
        ({"area": "12"}, "area — '12' has no unit"),
        ({"area": "0 mu"}, "area — is zero"),
        ({"harvest": "0 t/ha"}, "yield — is zero"),
        ({"harvest": "6 t/kWh"}, "yield — '1 kWh' is an energy — an area is needed"),
        ({"harvest": "6000 litre"}, "yield — '6000 litre' is a volume — a mass is needed"),
        ({"nitrogen": "-5 kg"}, "nitrogen — '-5 kg' is negative"),
        ({"nitrogen": "1,5 kg/ha"}, "nitrogen — '1,5 kg' is not one plain number"),
        ({"crop": "litchi"}, "crop — 'litchi' is not known — .* lychee"),
        ({"crop": "rice"}, "rice cannot be appraised from five questions — most of it is methane"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_by_name(other, message):
    with pytest.raises(RecordError, match=message):
        _appraise(**other)


def test_all_problems_come_at_once():
    with pytest.raises(RecordError) as refused:
        _appraise(region="FR", area="x", harvest="y", nitrogen="z")
    assert [problem.where for problem in refused.value.problems] == ["region", "area", "yield", "nitrogen"]


def test_no_warming_potentials_no_appraisal():
    with pytest.raises(CharacterisationError, match="no GWP set is named"):
        appraise(Answers.read(**FIVE), gwp=None)  # type: ignore[arg-type]


def test_a_rate_keeps_its_unit():
    assert Rate.read("yield", "400 jin/mu").kg(area_ha=1) == pytest.approx(3000)


def test_told_in_a_hundred_columns_with_the_next_question_first():
    text = explain_appraisal(_appraise(climate="unknown"))
    assert all(columns(line) <= 100 for line in text.splitlines())
    for words in ("rough appraisal", "1. everything else", "narrower by", "n2o.ef1.aggregated", "46"):
        assert words in text
