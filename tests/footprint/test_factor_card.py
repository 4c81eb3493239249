"""A number can be traced: drawn with its interval, followed to its source and to whoever uses it."""

import pytest

from footprint.factor_card import card, line, picture
from footprint.factor_uses import asked_for_in, taken_by
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()


def test_a_card_says_value_interval_source_and_use():
    text = card(FACTORS["n2o.ef5"], FACTORS)
    for said in (
        "0.011 kg N2O-N/kg N leached",
        "0 to 0.02",
        "Table 11.3",
        "IPCC (2019)",
        "verified    yes",
        "lca_models.activities.nitrogen",
        "n2o.leaching_kg(ef5)",
    ):
        assert said in text


def test_an_unverified_number_says_so_aloud():
    assert "verified    NO" in card(FACTORS["prunings.dry_matter"], FACTORS)
    assert line(FACTORS["prunings.dry_matter"]).startswith("? ")
    assert line(FACTORS["n2o.ef5"]).startswith("  ")


def test_a_table_is_printed_row_by_row():
    text = card(FACTORS.table("refrigerant.blends"), FACTORS)
    assert "  R410A  0.5 " in text
    assert "lca_models.activities.refrigerants" in text


def test_a_dated_number_says_when_it_holds():
    assert "in force    2022-01-01 up to further notice" in card(
        FACTORS["electricity.CN-GD.generation.co2_fossil"], FACTORS
    )


@pytest.mark.parametrize(
    "name",
    [
        "n2o.ef1.synthetic.wet",
        "n2o.frac_leach",
        "packaging.board.manufacture",
        "kiln.ch4.flame_curtain",
        "co2.urea",
    ],
)
def test_the_picture_spans_the_interval_and_marks_the_value(name):
    bars, mark, ends = picture(FACTORS[name])
    assert set(bars.strip()) <= set(" ▁▂▃▄▅▆▇█")
    assert "█" in bars
    assert mark.strip() == "▲"
    low, high = (float(end) for end in ends.split())
    assert low <= FACTORS[name].value <= high


def test_a_name_with_blanks_is_found_and_a_foreign_one_is_not():
    assert "lca_models.activities.orchard" in asked_for_in("electricity.CN-GD")
    assert "lca_models.activities.nitrogen" in asked_for_in("n2o.ef4.wet")
    assert asked_for_in("nobody.asks.for.this") == ()
    assert "n2o.direct_kg(ef1_synthetic)" in taken_by("n2o.ef1.synthetic.wet")
