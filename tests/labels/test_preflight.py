"""The preflight refuses a label that would not print, read or scan: each defect made and caught."""

from dataclasses import replace

import pytest

from footprint.errors import InputError
from label_service.labels.content import content_of
from label_service.labels.drawing import draw
from label_service.labels.palette import COLOUR
from label_service.labels.preflight import check
from label_service.labels.qr import modules
from label_service.labels.raster import render
from label_service.labels.typeface import faces


@pytest.fixture(scope="module")
def good(verified):
    passport = verified()
    drawing = draw(content_of(passport, passport.subject, "en"), modules(passport.subject), faces(), COLOUR)
    return drawing, render(drawing.svg, 300), passport.subject


def test_a_good_label_passes(good):
    drawing, png, url = good
    check(drawing, png, url)
    assert drawing.module_mm >= 0.375


def test_modules_too_small(good):
    drawing, png, url = good
    with pytest.raises(InputError, match=r"modules are 0\.300 mm"):
        check(replace(drawing, module_mm=0.3), png, url)


def test_type_too_small(good):
    drawing, png, url = good
    with pytest.raises(InputError, match="x-height"):
        check(replace(drawing, smallest_x_height_mm=0.9), png, url)


def test_ink_too_pale(good):
    drawing, png, url = good
    with pytest.raises(InputError, match="#aaaaaa on #ffffff has contrast"):
        check(replace(drawing, palette=replace(COLOUR, text="#aaaaaa")), png, url)


def test_a_code_that_says_something_else(good):
    drawing, png, _ = good
    with pytest.raises(InputError, match="do not print"):
        check(drawing, png, "https://passports.example.org/01/09506000134352/10/OTHER")


def test_a_code_that_cannot_be_read(good):
    drawing, _, url = good
    painted_over = drawing.svg.replace(b"</svg>", b'<rect x="640" y="30" width="90" height="180"/></svg>')
    with pytest.raises(InputError, match=r"reads as \[\]"):
        check(drawing, render(painted_over, 300), url)


def test_all_defects_at_once(good):
    drawing, png, _ = good
    bad = replace(drawing, module_mm=0.1, smallest_x_height_mm=0.1)
    with pytest.raises(InputError) as error:
        check(bad, png, "https://other")
    assert len(error.value.problems) == 3
