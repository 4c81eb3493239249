"""The QR symbol: modules from zint inside `zxing-cpp`, drawn by us as one path on whole dots.

Runs of digits become segments of their own: three digits take ten bits (ISO/IEC 18004:2015, 7.4.3), so that an
offline code (`footprint.passport.offline_code`) needs version 11 or 12; in bytes it would be 18 or 19.
"""

from itertools import groupby
from typing import cast

import zxingcpp

from footprint.errors import InputError, Problem

QUIET_MODULES = 4  # ISO/IEC 18004:2015, 6.3.8: at least four modules on every side
MAX_VERSION = 12  # 65 modules: 27.5 mm of dark area, the largest a front label has room for

_MODULES = 17 + 4 * MAX_VERSION

Matrix = list[list[bool]]


def modules(url: str) -> Matrix:
    """The dark modules of `url` at error correction level M, without the quiet zone."""
    try:
        code = zxingcpp.create_barcode(url, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError:
        raise _too_long(url) from None
    picture = code.to_image(scale=1, add_quiet_zones=False)
    # its types do not say that it is a buffer
    rows = cast("list[list[int]]", memoryview(picture).tolist())  # type: ignore[arg-type]
    if len(rows) > _MODULES:
        raise _too_long(url)
    return [[not light for light in row] for row in rows]


def _too_long(url: str) -> InputError:
    what = f"is {len(url)} characters long"
    why = f"its QR code would be larger than version {MAX_VERSION}, which a front label has no room for"
    return InputError(Problem("label.url", what, why, "use a shorter public_url or a shorter lot"))


def path(matrix: Matrix, dots: int) -> str:
    """One SVG path covering the dark modules, `dots` units per module, runs of a row merged."""
    return "".join(_row(row, y * dots, dots) for y, row in enumerate(matrix))


def _row(row: list[bool], y: int, dots: int) -> str:
    drawn, x = [], 0
    for dark, run in groupby(row):
        width = sum(1 for _ in run) * dots
        if dark:
            drawn.append(f"M{x} {y}h{width}v{dots}h-{width}z")
        x += width
    return "".join(drawn)
