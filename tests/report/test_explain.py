"""The footprint in a terminal: 100 columns, nothing that steers it, the same numbers."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.explain import explain
from footprint.result import Footprint
from footprint.terminal import bar, columns, wrapped

SECTIONS = [
    "GROSS FOOTPRINT",
    "GROSS FOOTPRINT BY STAGE",
    "GROSS FOOTPRINT BY GAS",
    "GROWING ALONG THE CHAIN",
    "REMOVALS, NOT SUBTRACTED",
    "BIOGENIC CARBON, APART",
    "LAND-USE CHANGE",
    "LARGEST CAUSES",
    "WHAT TO MEASURE NEXT",
    "HOW GOOD THE DATA ARE",
    "HOW JOINT PROCESSES WERE SPLIT",
    "LEFT OUT",
    "NOTES",
    "EVERY PUBLISHED NUMBER USED",
    "HOW TO CHECK THIS RESULT",
]


def line_with(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith(start))


def test_the_story_in_order(footprint):
    lines = explain(footprint).splitlines()
    assert [line for line in lines if line in SECTIONS] == SECTIONS


def test_a_person_finds_the_numbers(footprint):
    text = explain(footprint)
    assert "0.802 kg CO2e per 1 kg lychee at the shop, Beijing (1 kg)" in text
    assert "90 % interval: 0.601 to 1.104, median 0.811 (2000 random draws, seed 17)" in text
    assert "another seed would move these ends by about 0.0061" in text
    assert line_with(text, "orchard").split()[-3:] == ["0.523", "65", "%"]
    assert line_with(text, "shop").split()[-3:] == ["0", "0", "%"]
    assert line_with(text, "HFC-134a").split()[-3:] == ["0.015", "1.9", "%"]
    assert "biochar, woolf-2021: 0.091 kg CO2 still stored (0.060 to 0.121), 100 years" in text
    assert "claimed on this product" in text
    assert "0.016 kg N2O-N/kg N (0.013 to 0.019), Table 11.1, GLO 2019" in text
    assert "NOT VERIFIED · Refrigerated truck, driving: 0.0878 kg/t_km" in text
    assert "0.831 kg CO2e" in text
    assert footprint.digests.records in text


def test_what_would_narrow_the_interval_most_comes_first_and_says_by_how_much(footprint):
    lines = explain(footprint).splitlines()
    distance = next(line for line in lines if line.strip().startswith("distance to the market"))
    leached = next(line for line in lines if line.strip().startswith("Share of nitrogen leached"))
    assert lines.index(distance) < lines.index(leached)
    assert distance.split()[-4:] == ["8.0", "%", "31", "%"]
    assert leached.split()[-4:] == ["44", "%", "23", "%"]


def test_a_part_that_is_sold_counts_nothing_here(footprint_of, removal_facts):
    part = {"status": "sold", "part": "0.4", "owner": "Sample Buyer", "units": "batch-7:0-500"}
    text = " ".join(explain(footprint_of(removals=[removal_facts | part])).split())
    assert "0 kg CO2 on this product (40 % of the store) · sold as a credit" in text
    assert "owner Sample Buyer · units batch-7:0-500" in text


def test_removals_never_lower_the_number(footprint, footprint_of, total):
    text = explain(footprint)
    assert f"{total - Decimal('0.091320'):.3f}" not in text
    headline = line_with(text, "0.802")
    assert headline == line_with(explain(footprint_of(removals=[])), "0.802")


@pytest.mark.parametrize("name", ["荔枝（桂味）鲜果，" * 12, "Vải thiều Lục Ngạn", "ลิ้นจี่" * 20, "x" * 200])
def test_no_line_is_wider_than_the_terminal(footprint_named, name):
    text = explain(footprint_named(name, producer=name[:200]))
    assert max(map(columns, text.splitlines())) <= 100


def test_chinese_and_latin_names_start_their_bars_in_the_same_column(footprint_of):
    cells = [
        {"stage": "荔枝园", "substance": "n2o", "kg": "1", "kg_co2e": "1"},
        {"stage": "kiln", "substance": "n2o", "kg": "1", "kg_co2e": "1"},
    ]
    gross = {"cells": cells, "interval": {"p5": "1", "p50": "2", "p95": "3"}}
    text = explain(footprint_of(gross=gross, stages=["荔枝园", "kiln"], contributions=[]))
    starts = {columns(line.split("█")[0]) for line in text.splitlines() if "█" in line and "50 %" in line}
    assert len(starts) == 1


def test_a_hostile_name_cannot_steer_the_terminal(footprint_named):
    text = explain(footprint_named("lychee\x1b[2J\x1b]0;owned\x07\r\nGROSS 0.001 \u202e", "a\nb"))
    assert all(character.isprintable() or character == "\n" for character in text)
    assert "\nGROSS 0.001" not in text


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=200))
def test_any_text_fits(text):
    lines = list(wrapped(text, indent=6, hanging=4))
    assert max(map(columns, lines)) <= 100
    assert all(character.isprintable() for line in lines for character in line)


@given(st.text("abc def荔枝", min_size=1, max_size=300))
def test_wrapping_loses_no_character(text):
    told = "".join("".join(wrapped(text)).split())
    assert told == "".join(text.split())


@given(st.decimals(0, 1, places=4), st.decimals(0, 1, places=4))
def test_a_longer_share_never_has_a_shorter_bar(one, other):
    short, long = sorted((one, other))
    assert len(bar(short).rstrip()) <= len(bar(long).rstrip())
    assert len(bar(long)) == 32


def test_the_same_footprint_gives_the_same_text(footprint):
    assert explain(footprint) == explain(Footprint.model_validate_json(footprint.model_dump_json()))


def test_a_bare_footprint_is_explained_too(footprint_of):
    nothing = {
        name: [] for name in ("removals", "contributions", "variance_shares", "allocations", "factors")
    }
    empty = {"cells": [], "interval": {"p5": "0", "p50": "0", "p95": "0"}}
    text = explain(footprint_of(**nothing, gates=[], exclusions=[], notes=[], gross=empty, stages=[]))
    assert "No removal is part of this product." in text
    assert "0 numbers" in text
