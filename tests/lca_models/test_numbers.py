"""Where an inventory takes its numbers from: shared draws, groups that move together, and what a meter would leave."""

from pathlib import Path

import numpy as np
import pytest

from footprint.uncertainty import probabilities
from lca_models.factors import FactorSet, shipped_factors
from lca_models.numbers import Numbers
from lca_models.units import parse

GROUPED = """
[publication]
id = "own-2025"
title = "Two kilns of our own (SAMPLE)"
publisher = "Sample Co-operative"
year = 2025
url = "https://example.org/own"
licence = "not for redistribution"
"""
KILN = """
[[factor]]
id = "own.kiln.{name}"
name = "Methane of the {name} kiln"
value = 0.03
lower = 0.01
upper = 0.09
interval = "range of three burns"
distribution = "{distribution}"
unit = "kg CH4/kg"
region = "CN-GD"
year = 2025
locator = "sheet 1"
verified = true
{more}
"""


@pytest.fixture
def kilns(tmp_path: Path):
    def load(*rows: tuple[str, str, str]) -> FactorSet:
        text = GROUPED + "".join(
            KILN.format(name=name, distribution=distribution, more=more) for name, distribution, more in rows
        )
        (tmp_path / "own.toml").write_text(text, encoding="utf-8")
        return FactorSet.load(tmp_path / "own.toml")

    return load


def _scores(factors: FactorSet, *names: str) -> np.ndarray:
    numbers = Numbers(factors, probabilities(seed=1, draws=4096))
    return np.array([np.log(numbers.factor(f"own.kiln.{name}")) for name in names])


@pytest.mark.parametrize("rho", [0.25, 0.8])
def test_numbers_of_one_group_move_together_as_far_as_the_file_says(kilns, rho):
    group = f'group = {{ name = "own.kilns", correlation = {rho} }}'
    factors = kilns(("old", "lognormal", group), ("new", "lognormal", group), ("other", "lognormal", ""))
    old, new, other = _scores(factors, "old", "new", "other")
    assert np.corrcoef(old, new)[0, 1] == pytest.approx(rho, abs=0.04)
    assert abs(np.corrcoef(old, other)[0, 1]) < 0.05


def test_a_group_of_correlation_one_is_one_draw_under_two_names(kilns):
    group = 'group = { name = "own.kilns", correlation = 1 }'
    old, new = _scores(kilns(("old", "lognormal", group), ("new", "lognormal", group)), "old", "new")
    np.testing.assert_array_equal(old, new)


def test_what_a_group_has_in_common_is_a_number_of_its_own_with_a_label(kilns):
    group = 'group = { name = "own.kilns", correlation = 0.5 }'
    drawn: list[str] = []
    source = probabilities(seed=1, draws=8)

    def recording(name: str) -> np.ndarray:
        drawn.append(name)
        return source(name)

    numbers = Numbers(kilns(("old", "lognormal", group)), recording)
    numbers.factor("own.kiln.old")
    assert drawn == ["own.kiln.old", "group.own.kilns"]
    assert numbers.reading.labels["group.own.kilns"] == "what own.kilns have in common"


def test_a_number_outside_every_group_is_drawn_as_if_there_were_none(kilns):
    group = 'group = { name = "own.kilns", correlation = 0.5 }'
    beside = kilns(("old", "lognormal", group), ("other", "lognormal", ""))
    np.testing.assert_array_equal(
        _scores(beside, "other"), _scores(kilns(("other", "lognormal", "")), "other")
    )


@pytest.mark.parametrize("source", ["meter", "receipt", "recall"])
def test_a_meter_leaves_the_part_of_the_spread_that_a_metered_answer_has(source):
    def spread(kind: str) -> tuple[Numbers, float]:
        numbers = Numbers(shipped_factors(), probabilities(seed=1, draws=4096))
        drawn = numbers.answer("haul.diesel", parse("100 litre"), kind, "litre", label="diesel")
        return numbers, float(np.std(np.log(drawn)))

    numbers, today = spread(source)
    _, metered = spread("meter")
    assert numbers.spread_left("haul.diesel") == pytest.approx(metered / today)


def test_of_a_published_number_measured_at_home_nothing_is_left():
    numbers = Numbers(shipped_factors(), probabilities(seed=1, draws=8))
    numbers.factor("n2o.ef5")
    assert numbers.spread_left("n2o.ef5") == 0.0
