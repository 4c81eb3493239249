"""The summary of a portfolio adds up, hides nobody, and runs nothing that was written into a cell."""

import re

import numpy as np
import pytest

from footprint.portfolio.checkpoint import Checkpoint
from footprint.portfolio.page import page
from footprint.portfolio.survey import Spread, Survey


@pytest.fixture
def survey(table, assessed, lots, small_shards, monkeypatch):
    """Of five lots, and of two more that cannot be assessed."""
    gathered = Survey()
    results = Checkpoint.results
    monkeypatch.setattr(Checkpoint, "finish", lambda self: [gathered.add(one) for one in results(self, 4)])
    bad = [["lot-6", "n", "<script>alert(1)</script>", "1 kWh", "1 t"], ["lot-7", "n", "", "1 kWh", "1 t"]]
    assessed(table([*lots, *bad]))
    return gathered


def test_every_product_is_counted_once(survey):
    assert (survey.products, survey.refused) == (5, 2)
    assert survey.quality.sum() == 5
    assert sum(one.products for one in survey.spreads["kg"].bins()) == 5


@pytest.mark.parametrize("kind", ["stage", "gas", "cause"])
def test_shares_add_up_to_the_whole(survey, kind):
    ranked = survey.ranked(kind, most=1000)
    assert sum(one.share for one in ranked) == pytest.approx(1, abs=1e-4)
    assert ranked == sorted(ranked, key=lambda one: -one.share)


def test_the_page_needs_no_script_and_runs_none(survey):
    text = page(survey, gwp="AR6-100", draws=256, seed=1)
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; litre" in text
    assert "5 products assessed" in text
    assert not re.search(r"(src|href)=", text)


@pytest.mark.parametrize(
    "gross", [[1.0], [2.0, 2.0], [0.0, 0.0], list(np.linspace(0.1, 9, 500)), [0.5] * 300 + [80.0]]
)
def test_bins_hold_all_products_between_round_bounds(gross):
    bins = Spread(gross=[np.array(gross)]).bins()
    assert sum(one.products for one in bins) == len(gross)
    assert len(bins) <= 17
    assert all(one.low < one.high for one in bins if one.high is not None)


def test_an_empty_portfolio_has_a_page_too():
    assert "0 products assessed" in page(Survey(), gwp="AR6-100", draws=256, seed=1)
