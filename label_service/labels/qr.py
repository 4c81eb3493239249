"""The QR symbol: modules from zint inside `zxing-cpp`, drawn by us as one path on whole dots.

Runs of digits become segments of their own: three digits take ten bits (ISO/IEC 18004:2015, 7.4.3), so that an
offline code (`footprint.passport.offline_code`) needs version 11 or 12; in bytes it would be 18 or 19.
"""

from functools import cache

import zxingcpp

from footprint.errors import InputError, Problem

QUIET_MODULES = 4  # ISO/IEC 18004:2015, 6.3.8: at least four modules on every side
MAX_VERSION = 12  # 65 modules: 27.5 mm of dark area, the largest a front label has room for

_MODULES = 17 + 4 * MAX_VERSION

_DARK = bytes([1, *bytes(255)])  # in the picture, dark is 0
_LIGHT = b"\0"

Matrix = list[bytes]
"""A byte for each module, row by row: 1 is dark."""


def modules(url: str) -> Matrix:
    """The dark modules of `url` at error correction level M, without the quiet zone."""
    try:
        code = zxingcpp.create_barcode(url, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError:
        raise _too_long(url) from None
    picture = code.to_image(scale=1, add_quiet_zones=False)
    # its types do not say that it is a buffer
    pixels = memoryview(picture)  # type: ignore[arg-type]
    height, width = pixels.shape or (0, 0)
    if height > _MODULES:
        raise _too_long(url)
    dark = pixels.tobytes().translate(_DARK)
    return [dark[start : start + width] for start in range(0, height * width, width)]


def _too_long(url: str) -> InputError:
    what = f"is {len(url)} characters long"
    why = f"its QR code would be larger than version {MAX_VERSION}, which a front label has no room for"
    return InputError(Problem("label.url", what, why, "use a shorter public_url or a shorter lot"))


def path(matrix: Matrix, dots: int) -> str:
    """One SVG path covering the dark modules, `dots` units per module, runs of a row merged."""
    moves, bars, heights = _words(len(matrix), dots)
    said: list[str] = []
    for height, row in zip(heights, matrix, strict=True):
        x = 0
        for dark in row.split(_LIGHT):
            length = len(dark)
            if length:
                said.append(moves[x] + height + bars[length])
            x += length + 1
    return "".join(said)


@cache
def _words(modules: int, dots: int) -> tuple[list[str], list[str], list[str]]:
    """What a path of a code of this size is made of: where to, how far right, how far down."""
    bars = [f"h{length * dots}v{dots}h-{length * dots}z" for length in range(modules + 1)]
    return [f"M{x * dots} " for x in range(modules)], bars, [str(y * dots) for y in range(modules)]
