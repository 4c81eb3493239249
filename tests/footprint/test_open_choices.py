"""Choices of method drawn like any other uncertain number: what the naming of one way is worth."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from footprint import load
from footprint.assess import solved
from footprint.cli.choices import choices as verb
from footprint.errors import InputError
from footprint.open_choices import open_choices
from footprint.setting import Setting
from lca_models.product_system import ProductSystem

EXAMPLES = Path(__file__).parents[2] / "examples"
LYCHEE, MILK = EXAMPLES / "lychee" / "lychee.toml", EXAMPLES / "milk" / "milk.toml"


def assessed(path, **changes):
    return solved(load(path), Setting(**{"gwp": "AR6-100", "draws": 1024} | changes))


def test_half_of_the_draws_are_by_each_way():
    """The fruit for drying is cheap: by value the first grade carries more, and the middle moves half of the way."""
    assessment = assessed(LYCHEE)
    (by_value,) = (
        float(other.gross_kg_co2e)
        for choice in assessment.footprint().allocations
        for other in choice.alternatives
        if other.method == "economic"
    )
    by_mass = float(assessment.footprint().gross_kg_co2e)
    found = open_choices(assessment)
    moved = float(found.gross.p50) - float(assessment.footprint().gross.interval.p50)
    assert 0.3 < moved / (by_value - by_mass) < 0.7
    assert found.gross.p95 - found.gross.p5 > assessment.footprint().gross.interval.p95 - (
        assessment.footprint().gross.interval.p5
    )


def test_the_share_of_a_choice_is_what_fixing_it_would_take_away():
    """Against the law of total variance on the two ways by themselves."""
    mass = assessed(LYCHEE, draws=8192)
    records = tomllib.loads(LYCHEE.read_text(encoding="utf-8"))
    records["packhouse"]["allocation"] = "economic"
    value = solved(ProductSystem.of(records), Setting(gwp="AR6-100", draws=8192))
    means = [float(np.mean(one.gross_draws)) for one in (mass, value)]
    within = np.mean([np.var(one.gross_draws) for one in (mass, value)])
    between = np.var(means)
    (choice,) = open_choices(mass).choices
    assert float(choice.share) == pytest.approx(between / (between + within), rel=0.08)


def test_method_cards_are_drawn_for_what_is_kept():
    assessment = assessed(LYCHEE)
    found, (removal,) = open_choices(assessment), assessment.footprint().removals
    (kept,), (card,) = found.kept.values(), found.cards
    assert "woolf-2021-1000" not in card.ways
    assert "crcf-2026" not in card.ways
    assert removal.disagreement.low_kg_co2 < kept.p50 < removal.disagreement.high_kg_co2
    assert card.share > 0


def test_the_same_seed_gives_the_same_choices():
    assert open_choices(assessed(MILK)) == open_choices(assessed(MILK))
    assert open_choices(assessed(MILK)) != open_choices(assessed(MILK, seed=2))


def test_a_product_without_a_choice_keeps_its_interval():
    assessment = assessed(EXAMPLES / "vegetable" / "tomato.toml")
    found = open_choices(assessment)
    assert found.choices == ()
    assert found.gross == assessment.footprint().gross.interval


def test_too_many_combinations_are_refused_before_they_are_solved(monkeypatch):
    monkeypatch.setattr("footprint.open_choices.MOST_COMBINATIONS", 1)
    with pytest.raises(InputError, match=r"2 combinations of allocation in packhouse — at most 1"):
        open_choices(assessed(LYCHEE))


def test_the_verb_says_both_intervals():
    result = CliRunner().invoke(verb, [str(LYCHEE), "--gwp", "AR6-100", "--draws", "512"])
    assert result.exit_code == 0
    assert "as chosen" in result.output
    assert "of the variance: packhouse by mass, economic" in result.output
