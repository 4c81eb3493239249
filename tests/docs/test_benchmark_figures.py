"""What the benchmark page quotes from long runs, and how memory is counted."""

import sys
from xml.etree import ElementTree as ET

import pytest

from benchmarks.long import CHART, Long, Size, chart
from benchmarks.watched import watched

SIZES = [Size(1_000, 3.0, 200.0, 1_000.0), Size(1_000_000, 600.0, 500.0, 1_000_000.0)]
needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="asks the system as Linux answers")


def test_the_kept_runs_are_named_with_their_day_and_their_machine():
    kept = Long.kept()
    assert f"kept from {kept.day}: {kept.machine}" in str(kept)
    assert all(f"{size.products:,}" in str(kept) for size in (*kept.template, *kept.forms))


def test_the_chart_in_the_page_is_that_of_the_kept_runs():
    assert CHART.read_text(encoding="utf-8") == chart(Long.kept().template)


def test_a_chart_has_a_point_for_each_size_the_cheaper_the_lower():
    drawn = ET.fromstring(chart(SIZES))  # noqa: S314 - our own
    dear, cheap = (float(dot.get("cy")) for dot in drawn.iter("{http://www.w3.org/2000/svg}circle"))
    assert dear < cheap  # counted from above
    assert "0.60" in "".join(drawn.itertext())


@needs_proc
def test_a_command_is_charged_with_its_children_and_not_with_the_memory_of_its_parent():
    held = bytearray(300 << 20)
    held[:: 1 << 12] = b"x" * len(held[:: 1 << 12])
    child = "import time; held = bytearray(b'x') * (60 << 20); time.sleep(1.5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    took = watched([sys.executable, "-c", parent])
    assert 60 < took.megabytes < 200
