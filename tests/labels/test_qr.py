"""The code as it is drawn: one path, nothing but the modules, and a scanner reads it."""

import re

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from label_service.labels.qr import QUIET_MODULES, modules, path

BAR = re.compile(r"M(\d+) (\d+)h(\d+)v(\d+)h-(\d+)z")
LINK = "https://passport.example.org/01/09506000134352/10/"


def drawn(text: str, side: int, dots: int) -> np.ndarray:
    """The picture that the path describes, dark 0 on light 255, each bar checked to be on whole modules."""
    picture = np.full((side * dots, side * dots), 255, dtype=np.uint8)
    for bar in BAR.findall(text):
        x, y, wide, high, back = map(int, bar)
        assert (high, back) == (dots, wide)
        assert x % dots == y % dots == wide % dots == 0
        assert (picture[y : y + high, x : x + wide] == 255).all(), "drawn twice"
        picture[y : y + high, x : x + wide] = 0
    assert "".join(f"M{x} {y}h{w}v{h}h-{b}z" for x, y, w, h, b in BAR.findall(text)) == text
    return picture


@settings(max_examples=25, deadline=None)
@given(lot=st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-", min_size=1, max_size=20), dots=st.integers(1, 9))
def test_the_path_draws_the_modules_and_nothing_else(lot, dots):
    matrix = modules(LINK + lot)
    picture = drawn(path(matrix, dots), len(matrix), dots)
    wanted = np.array([list(row) for row in matrix], dtype=np.uint8)
    assert (picture[::dots, ::dots] == np.where(wanted, 0, 255)).all()


@pytest.mark.parametrize("tail", ["L", "2025-06-A", "A" * 20, "A" * 20 + "#c1." + "7" * 500])
def test_a_scanner_reads_what_is_drawn(tail):
    matrix, quiet = modules(LINK + tail), QUIET_MODULES * 4
    picture = np.pad(drawn(path(matrix, 4), len(matrix), 4), quiet, constant_values=255)
    (code,) = zxingcpp.read_barcodes(picture)
    assert (code.text, str(code.ec_level)) == (LINK + tail, "M")
