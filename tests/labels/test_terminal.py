"""A code shown in a terminal is read off the screen by a phone."""

import numpy as np
import pytest
import zxingcpp

from label_service.labels.terminal import in_terminal

LINK = "https://id.example.org/01/09506000134352/10/2025-06-A"
BLOCKS = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0), "\xa0": (0, 0)}


def _photographed(text):
    """The characters as pixels: each one module wide and two high."""
    rows = []
    for line in text.splitlines():
        columns = [BLOCKS[character] for character in line]
        rows += [[top for top, _ in columns], [bottom for _, bottom in columns]]
    return np.kron(np.array(rows, dtype=np.uint8), np.ones((4, 4), dtype=np.uint8))


@pytest.mark.parametrize("url", [LINK, f"{LINK}#c1.{'1234567890' * 50}"])
def test_what_the_terminal_shows_is_read_back(url):
    found = zxingcpp.read_barcodes(_photographed(in_terminal(url)))
    assert [code.text for code in found] == [url]
