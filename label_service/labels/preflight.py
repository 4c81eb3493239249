"""Refuses a label that would not print, read or scan, with every reason and its fix."""

from collections.abc import Iterator

import zxingcpp

from footprint.errors import InputError, Problem
from label_service.labels.drawing import Drawing
from label_service.labels.palette import contrast
from label_service.labels.raster import grey

MIN_MODULE_MM = 0.375  # GS1 General Specifications, symbol specification table 1 (retail point of sale, 2D)
MIN_X_HEIGHT_MM = 1.2  # Regulation (EU) No 1169/2011, Art. 13(2): mandatory particulars on food
ONLY_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
MIN_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3


def check(drawing: Drawing, png: bytes, url: str) -> None:
    """Raises with everything that is wrong; returns when the label may be printed."""
    if found := [*_sizes(drawing), *_contrasts(drawing), *_code(png, url)]:
        raise InputError.from_problems(found)


def _sizes(drawing: Drawing) -> Iterator[Problem]:
    if drawing.module_mm < MIN_MODULE_MM:
        yield Problem(
            "label.qr",
            f"modules are {drawing.module_mm:.3f} mm",
            f"scanners need {MIN_MODULE_MM} mm",
            "print larger or shorten the URL",
        )
    if drawing.smallest_x_height_mm < MIN_X_HEIGHT_MM:
        what = f"the smallest letters are {drawing.smallest_x_height_mm:.2f} mm high (x-height)"
        yield Problem(
            "label.type", what, f"readers need {MIN_X_HEIGHT_MM} mm", "shorten the text or print larger"
        )


def _contrasts(drawing: Drawing) -> Iterator[Problem]:
    for ink in sorted(drawing.palette.inks):
        if (ratio := contrast(ink, drawing.palette.paper)) < MIN_CONTRAST:
            yield Problem(
                "label.colour",
                f"{ink} on {drawing.palette.paper} has contrast {ratio:.1f}",
                f"{MIN_CONTRAST} is the least",
                "use a darker ink",
            )


def _code(png: bytes, url: str) -> Iterator[Problem]:
    """What a scanner reads from the picture itself, not what we meant to draw."""
    read = [code.text for code in zxingcpp.read_barcodes(grey(png), formats=ONLY_QR)]
    if read != [url]:
        yield Problem(
            "label.qr", f"reads as {read}", f"it must read as {url!r}", "do not print this label; report it"
        )
