"""Weaknesses that limit the total, and claims that cannot be scored at all."""

from decimal import Decimal

import pytest

from footprint.errors import ScoreError
from footprint.passport.claims import Assurance
from footprint.result import DeclaredUnit, Interval, Quality
from footprint.score import Evidence, not_scored, score, score_claims

EXCELLENT = Evidence(reduction_per_year=Decimal("0.08"), signed_share=Decimal(1), exempted_share=Decimal(0))
CLEAN = {
    "interval": Interval(p5=Decimal("0.10"), p50=Decimal("0.12"), p95=Decimal("0.14")),
    "gross_kg_co2e": Decimal("0.12"),
    "stages": (),
    "substances": (),
    "contributions": (),
}


@pytest.fixture
def clean(claims):
    """The same lychee with a tenth of the emissions and everything else at its best."""

    def build(**changes):
        lines = tuple(line.model_copy(update={"kg_co2e": Decimal("0.06")}) for line in claims().stages)
        best = Quality(technological=1, geographical=1, temporal=1, primary_share=1, unverified_share=0)
        facts = CLEAN | {
            "stages": lines,
            "substances": lines,
            "quality": best,
            "assurance": Assurance(level="limited"),
        }
        return claims(**facts | changes)

    return build


def test_an_excellent_product_is_an_a(clean):
    result = score_claims(clean(), evidence=EXCELLENT)
    assert result.grade == "A"
    assert result.caps == ()


@pytest.mark.parametrize("level", ["none", "self"])
def test_nobody_gets_a_b_on_their_own_word(clean, level):
    result = score_claims(clean(assurance=Assurance(level=level)), evidence=EXCELLENT)
    assert (result.total, result.grade) == (649, "C")
    assert [(cap.name, cap.binding) for cap in result.caps] == [("NOT_INDEPENDENTLY_CHECKED", True)]
    assert result.reasons[0].code == "CAP_NOT_INDEPENDENTLY_CHECKED"
    assert result.reasons[0].gain > 0


@pytest.mark.parametrize(("share", "capped"), [("0.0999", True), ("0.10", False)])
def test_little_primary_data_is_capped(clean, share, capped):
    quality = clean().quality.model_copy(update={"primary_share": Decimal(share)})
    result = score_claims(clean(quality=quality), evidence=EXCELLENT)
    assert (result.total == 649) is capped


def test_a_tonne_claimed_twice_is_capped_at_499_and_earns_nothing(clean):
    twice = EXCELLENT.model_copy(update={"double_claim": True})
    result = score_claims(clean(), evidence=twice)
    assert (result.total, result.grade) == (499, "D")
    assert {part.name: part.points for part in result.sub_scores}["REMOV"] == 0


def test_the_same_tonne_on_the_product_and_sold_is_a_double_claim(clean, removal):
    both = (removal(), removal(status="sold"))
    result = score_claims(clean(removals=both), evidence=EXCELLENT)
    assert result.total == 499
    assert result.inputs.removals[0].also_sold


@pytest.mark.parametrize("status", ["sold", "disclosed"])
def test_a_tonne_honestly_sold_or_only_disclosed_is_neutral(claims, removal, status):
    result = score_claims(claims(removals=(removal(status=status),)))
    assert {part.name: part.points for part in result.sub_scores}["REMOV"] == 50


def test_removals_offsets_and_biogenic_carbon_never_move_the_performance(claims, removal):
    much = removal(gross_kg_co2=Decimal(1200), kept_kg_co2=Decimal("913.2"))
    assert score_claims(claims(removals=(much,))).sub_scores[0] == score_claims(claims()).sub_scores[0]


def test_a_temporary_removal_is_not_durable_however_long_its_horizon(claims, removal):
    temporary = removal(permanence_class="temporary", horizon_years=1000)
    assert score_claims(claims(removals=(temporary,))).inputs.removals[0].years == 20


def test_an_unknown_category_is_refused_with_the_list(claims):
    moon = claims().product.model_copy(update={"category": "moon-cheese"})
    with pytest.raises(ScoreError) as error:
        score_claims(claims(product=moon))
    assert "moon-cheese" in str(error.value)
    assert "fresh-fruit" in str(error.value)
    assert "dried-fruit" in str(error.value)


def test_a_footprint_that_stops_at_the_gate_is_not_compared_with_one_at_the_shop(claims):
    with pytest.raises(ScoreError, match="cradle to shop"):
        score_claims(claims(boundary="cradle to farm gate"))


def test_spelling_of_the_boundary_does_not_matter(claims):
    assert score_claims(claims(boundary="Cradle-to-Shop")).total == score_claims(claims()).total


def test_all_problems_are_told_at_once(claims):
    moon = claims().product.model_copy(update={"category": "moon-cheese"})
    with pytest.raises(ScoreError) as error:
        score_claims(
            claims(product=moon, boundary="nowhere", declared_unit=DeclaredUnit(amount=Decimal(0), unit="kg"))
        )
    assert len(error.value.problems) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"gross_kg_co2e": Decimal("1.0")},
        {"interval": Interval(p5=Decimal(2), p50=Decimal(1), p95=Decimal(3))},
        {"interval": Interval(p5=Decimal(0), p50=Decimal(1), p95=Decimal(3))},
        {"interval": Interval(p5=Decimal("0.000000000001"), p50=Decimal(1), p95=Decimal(3))},
        {"interval": Interval(p5=Decimal(1), p50=Decimal(1), p95=Decimal(10) ** 11)},
        {"declared_unit": DeclaredUnit(amount=Decimal("0.000000000001"), unit="kg")},
        {"declared_unit": DeclaredUnit(amount=Decimal(-1), unit="kg")},
        {"declared_unit": DeclaredUnit(amount=Decimal(1), unit="MJ")},
    ],
)
def test_claims_that_do_not_close_or_are_not_of_this_world(claims, changes):
    with pytest.raises(ScoreError):
        score_claims(claims(**changes))


def test_a_removal_with_a_disordered_interval_is_refused(claims, removal):
    backwards = removal(interval=Interval(p5=Decimal("0.12"), p50=Decimal("0.09"), p95=Decimal("0.06")))
    with pytest.raises(ScoreError, match="removals"):
        score_claims(claims(removals=(backwards,)))


def test_an_unknown_model_version_names_the_known_ones(claims):
    with pytest.raises(ScoreError, match=r"cfs-1\.0\.0"):
        score_claims(claims(), model="cfs-9")


def test_claims_nobody_verified_are_no_passport(claims):
    with pytest.raises(ScoreError, match="verify"):
        score(claims())


def test_not_scored_is_not_zero():
    result = not_scored("revoked on 2026-01-01 by the issuer", code="revoked")
    assert (result.status, result.total, result.grade) == ("NOT_SCORED", None, None)
    assert result.refusal.code == "revoked"
    assert b'"total":null' in result.canonical()
