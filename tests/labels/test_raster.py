"""Our reading of PNG against what was drawn, for every row filter of the format."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from label_service.labels.raster import BYTES_PER_PIXEL, SIGNATURE, grey, render


def png_of(rows: list[bytes], filters: list[int]) -> bytes:
    """Encodes RGBA rows with the given filters, straight from clause 9.2 of the PNG specification."""
    width = len(rows[0]) // BYTES_PER_PIXEL
    raw, above = b"", bytes(len(rows[0]))
    for row, kind in zip(rows, filters, strict=True):
        raw += bytes([kind]) + bytes((x - predicted(kind, row, above, i)) % 256 for i, x in enumerate(row))
        above = row
    header = struct.pack(">IIBBBBB", width, len(rows), 8, 6, 0, 0, 0)
    return SIGNATURE + b"".join(
        chunk(kind, data) for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def predicted(kind: int, row: bytes, above: bytes, i: int) -> int:
    left = row[i - 4] if i >= 4 else 0
    corner = above[i - 4] if i >= 4 else 0
    up = above[i]
    distances = {left: abs(up - corner), up: abs(left - corner), corner: abs(left + up - 2 * corner)}
    nearest = next(value for value in (left, up, corner) if distances[value] == min(distances.values()))
    return (0, left, up, (left + up) // 2, nearest)[kind]


@given(st.data())
def test_every_filter_is_undone(data):
    width, height = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 5))
    rows = [data.draw(st.binary(min_size=width * 4, max_size=width * 4)) for _ in range(height)]
    filters = data.draw(st.lists(st.integers(0, 4), min_size=height, max_size=height))
    image = grey(png_of(rows, filters))
    assert (image.width, image.height) == (width, height)
    assert image.pixels == b"".join(row[1::4] for row in rows)


@pytest.mark.parametrize("dpi", [300, 600])
def test_a_drawn_square_is_where_it_was_drawn(dpi):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="25.4mm" height="25.4mm" viewBox="0 0 300 300"><rect width="300" height="300" fill="#fff"/><rect x="60" y="30" width="90" height="120"/></svg>'
    image = grey(render(svg, dpi))
    view, scale = image.view, dpi // 300
    assert (image.width, image.height) == (dpi, dpi)
    assert (
        view[30 * scale, 60 * scale],
        view[30 * scale - 1, 60 * scale],
        view[150 * scale, 149 * scale],
    ) == (0, 255, 255)
