"""The page of worked examples says what the examples give."""

import re
from pathlib import Path

import pytest

from footprint.assess import assess
from footprint.records import load

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
ROWS = {
    row[0]: row for row in re.findall(r"\]\(#([\w-]+)\), .*? \| ([\d.]+) \| ([\d.]+) to ([\d.]+) \|", PAGE)
}
FILES = dict(re.findall(r"\{ #([\w-]+) \}\n\n`(examples/[^`]+)`", PAGE))


def test_every_example_file_is_on_the_page():
    shipped = {path.relative_to(ROOT).as_posix() for path in (ROOT / "examples").rglob("*.toml")}
    assert shipped - set(FILES.values()) == {
        "examples/lychee/dried.toml",  # the electric dryer of the how-to
        "examples/lychee/chain/fresh.toml",  # a chain of two passports, with a README of its own
        "examples/lychee/chain/dried.toml",
        "examples/lychee/removals/biochar.toml",  # removals, with a README of their own
        "examples/lychee/removals/biochar_uncontrolled.toml",
        "examples/lychee/removals/chp_capture.toml",
        "examples/lychee/removals/dried_capture.toml",
        "examples/lychee/removals/dried_fire.toml",
    }
    assert set(ROWS) == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_its_numbers_are_current(name):
    found = assess(load(ROOT / FILES[name]), gwp="AR6-100")
    interval = found.gross.interval
    assert ROWS[name][1:] == tuple(
        f"{amount:.2f}" for amount in (found.gross_kg_co2e, interval.p5, interval.p95)
    )
    assert (ROOT / "docs" / "images" / "examples" / f"{name}.png").exists()
