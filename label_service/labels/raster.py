"""From SVG to PNG, and from PNG back to grey pixels for the scanner: no picture library, no system font."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import resvg_py

SIGNATURE = b"\x89PNG\r\n\x1a\n"
METRES_PER_INCH = 0.0254
BYTES_PER_PIXEL = 4  # resvg writes 8-bit RGBA


def render(svg: bytes, dpi: int) -> bytes:
    """The label as PNG at `dpi`, which the file also states (pHYs), so that it prints at its size."""
    png = resvg_py.svg_to_bytes(
        svg_string=svg.decode(), dpi=dpi, skip_system_fonts=True, shape_rendering="geometric_precision"
    )
    header_end = len(SIGNATURE) + 25
    return png[:header_end] + _resolution(dpi) + png[header_end:]


def _resolution(dpi: int) -> bytes:
    """The pHYs chunk (PNG specification, third edition, 11.3.4.3)."""
    per_metre = round(dpi / METRES_PER_INCH)
    return _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@dataclass(frozen=True, slots=True)
class GreyImage:
    """Eight-bit grey pixels, row by row."""

    width: int
    height: int
    pixels: bytes

    @property
    def view(self) -> memoryview:
        """The pixels in the shape the scanner wants."""
        return memoryview(self.pixels).cast("B", (self.height, self.width))


def grey(png: bytes) -> GreyImage:
    """The green channel of a PNG that `render` made, which stands for its lightness.

    PNG filters each byte of a pixel by itself (clause 9.2), so one channel can be undone without the others.
    """
    width, height = struct.unpack(">II", png[16:24])
    raw = zlib.decompress(b"".join(data for kind, data in _chunks(png) if kind == b"IDAT"))
    stride = width * BYTES_PER_PIXEL + 1
    rows, above = bytearray(), bytes(width)
    for start in range(0, len(raw), stride):
        above = _unfiltered(raw[start], raw[start + 2 : start + stride : BYTES_PER_PIXEL], above)
        rows += above
    return GreyImage(width, height, bytes(rows))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _unfiltered(kind: int, row: bytes, above: bytes) -> bytes:
    """Undoes one row filter of PNG, clause 9.2: none, sub, up, average, Paeth."""
    if kind == 0:
        return row
    if kind == 2:
        return bytes((a + b) & 255 for a, b in zip(row, above, strict=True)) if any(row) else above
    predict, out, left, corner = {1: _sub, 3: _average, 4: _paeth}[kind], bytearray(), 0, 0
    for filtered, up in zip(row, above, strict=True):
        left, corner = (filtered + predict(left, up, corner)) & 255, up
        out.append(left)
    return bytes(out)


def _sub(left: int, above: int, corner: int) -> int:  # noqa: ARG001 (one signature for all predictors)
    return left


def _average(left: int, above: int, corner: int) -> int:  # noqa: ARG001 (one signature for all predictors)
    return (left + above) // 2


def _paeth(left: int, above: int, corner: int) -> int:
    if left == above == corner:
        return left
    guess = left + above - corner
    return min(
        (abs(guess - left), 0, left), (abs(guess - above), 1, above), (abs(guess - corner), 2, corner)
    )[2]
