"""From SVG to PNG, and from PNG back to grey pixels for the scanner. No system font is used."""

from io import BytesIO

import resvg_py
from PIL import Image


def render(svg: bytes, dpi: int) -> bytes:
    """The label as PNG at `dpi`, which the file also states (pHYs), so that it prints at its size."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg.decode(), dpi=dpi, skip_system_fonts=True, shape_rendering="geometric_precision"
    )
    stated = BytesIO()
    with Image.open(BytesIO(drawn)) as picture:
        picture.convert("RGB").save(stated, "PNG", dpi=(dpi, dpi), optimize=True)
    return stated.getvalue()


def grey(png: bytes) -> Image.Image:
    """The picture as a scanner sees it: lightness only."""
    with Image.open(BytesIO(png)) as picture:
        return picture.convert("L")
