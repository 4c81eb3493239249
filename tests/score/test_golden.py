"""The sample lychee, scored by hand.

upper bound 1.470 kg CO2e/kg; fresh fruit: median 0.7171, sigma 0.4307
PERF   (ln 1.470 - ln 0.7171)/0.4307 = (0.385262 + 0.332540)/0.4307 = 1.66659;
       1 - Φ = 0.04780; x 300 = 14.34 -> 14
TREND  no history: 0.40 x 150 = 60
DATA   rating (2.1+2.4+2.0)/3 = 2.16667: 0.50 x (5-2.16667)/4 = 0.354167; 0.40 x 0.62 = 0.248;
       one exclusion without a stated share counts as 5 %: 0; x 200 = 120.43 -> 120
VERIF  self: 25
REMOV  100 years: 0.80; CV = (0.120-0.060)/(2 x 1.644854 x 0.091) = 0.200425;
       100 x 0.80 x 0.799575 = 63.97 -> 64
CHAIN  claims alone are under no signature: 0 + 30 (no conversion) + 20 (coverage 1) = 50
"""

from decimal import Decimal

from footprint.result import DeclaredUnit
from footprint.score import Evidence, score_claims

BY_HAND = {"PERF": 14, "TREND": 60, "DATA": 120, "VERIF": 25, "REMOV": 64, "CHAIN": 50}


def test_every_part_is_what_the_hand_gets(claims):
    result = score_claims(claims())
    assert {part.name: part.points for part in result.sub_scores} == BY_HAND
    assert (result.status, result.total, result.grade) == ("SCORED", sum(BY_HAND.values()), "E")
    assert sum(part.maximum for part in result.sub_scores) == 1000


def test_the_total_is_the_pessimistic_end_of_its_own_spread(claims):
    result = score_claims(claims())
    assert result.percentiles.p5 == result.total
    # Φ((ln 1.093 + 0.332540)/0.4307) = Φ(0.97857) = 0.83610: 49 points; P5: Φ(0.31418) = 0.62331: 113 points
    assert (result.percentiles.p50, result.percentiles.p95) == (333 - 14 + 49, 333 - 14 + 113)


def test_chance_of_d_by_hand(claims):
    """D needs 31 PERF points: 1 - Φ ≥ 30.5/300, z ≤ 1.27245, footprint ≤ exp(0.4307z - 0.33254) = 1.2405.

    Above the median s = (ln 1.470 - ln 1.093)/1.644854 = 0.18017;
    (ln 1.2405 - ln 1.093)/s = 0.7026; Φ = 0.7588.
    """
    chances = {c.grade: c.probability for c in score_claims(claims()).grade_probabilities}
    assert sum(chances.values()) == 1
    assert abs(chances["A"] + chances["B"] + chances["C"] + chances["D"] - Decimal("0.7588")) < Decimal(
        "0.0003"
    )


def test_history_signatures_and_stated_exclusions_count(claims):
    stated = {"reduction_per_year": "0.0303", "signed_share": "0.62", "exempted_share": "0.01"}
    known = Evidence.model_validate(stated)
    parts = {part.name: part.points for part in score_claims(claims(), evidence=known).sub_scores}
    assert parts["TREND"] == 120  # 80 % of 150
    assert parts["CHAIN"] == 81  # 50 x 0.62 + 30 + 20
    assert parts["DATA"] == 136  # 120.43 + 200 x 0.10 x (1 - 0.01/0.05)


def test_a_footprint_per_box_is_scored_per_kilogram(claims):
    box = claims(
        declared_unit=DeclaredUnit(amount=Decimal(5), unit="kg"),
        interval=claims().interval.model_copy(
            update={"p5": Decimal("4.105"), "p50": Decimal("5.465"), "p95": Decimal("7.350")}
        ),
    )
    assert score_claims(box).inputs.upper == score_claims(claims()).inputs.upper


def test_it_says_where_the_yardstick_comes_from(claims):
    result = score_claims(claims())
    assert "ADEME" in result.comparison.attribution
    assert "Licence Ouverte" in result.comparison.attribution
    assert any("French" in line for line in result.comparison.treatment)
    assert result.data_cutoff == "2025-08-01"
