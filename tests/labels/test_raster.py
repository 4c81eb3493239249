"""What is drawn is where it was drawn, and the file says how large it prints."""

from io import BytesIO

import pytest
from PIL import Image

from label_service.labels.raster import grey, render

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="25.4mm" height="25.4mm" viewBox="0 0 300 300"><rect width="300" height="300" fill="#fff"/><rect x="60" y="30" width="90" height="120"/></svg>'


@pytest.mark.parametrize("dpi", [300, 600])
def test_a_drawn_square_is_where_it_was_drawn(dpi):
    image, scale = grey(render(SQUARE, dpi)), dpi // 300
    assert image.size == (dpi, dpi)
    corners = [(60 * scale, 30 * scale), (60 * scale, 30 * scale - 1), (149 * scale, 150 * scale)]
    assert [image.getpixel(corner) for corner in corners] == [0, 255, 255]


@pytest.mark.parametrize("dpi", [300, 600])
def test_the_file_says_its_resolution(dpi):
    with Image.open(BytesIO(render(SQUARE, dpi))) as picture:
        assert picture.info["dpi"] == pytest.approx((dpi, dpi), abs=0.02)
