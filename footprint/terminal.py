"""Text on a terminal: columns, wrapping and bars, Chinese characters counted as the two columns they take."""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal

WIDTH = 100
BAR_COLUMNS = 32
LONGEST_WORD = 30
BLOCKS = " ▏▎▍▌▋▊▉█"
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


def columns(text: str) -> int:
    """Columns a text takes in a terminal; Chinese characters take two, combining marks none.

    >>> columns("lychee"), columns("荔枝")
    (6, 4)
    """
    return sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(text: str) -> str:
    """Without anything that could steer a terminal: escapes, line breaks, text-direction marks.

    >>> printable("two" + chr(9) + "columns")
    'two�columns'
    """
    return "".join(c if c.isprintable() else UNPRINTABLE for c in text)


def filled(text: str, width: int) -> str:
    """Filled with spaces to so many columns.

    >>> filled("荔枝", 5)
    '荔枝 '
    """
    return text + " " * (width - columns(text))


def wrapped(text: str, indent: int = 2, hanging: int = 0, width: int = WIDTH) -> Iterator[str]:
    """Lines of at most `width` columns; words stay whole where they can, Chinese text breaks anywhere."""
    line, start = " " * indent, " " * (indent + hanging)
    for piece in _pieces(printable(text)):
        if line.strip() and columns(line + piece) > width:
            yield line
            line = start + piece.lstrip()
        else:
            line += piece
    yield line


def _pieces(text: str) -> Iterator[str]:
    """Words with the space before them; wide characters and the parts of endless words one by one."""
    word = ""
    for character in text:
        if character == " " or _columns_of(character) == 2 or columns(word) >= LONGEST_WORD:
            yield word
            word = ""
        word += character
    yield word


def bar(share: Decimal, width: int = BAR_COLUMNS) -> str:
    """A bar in eighths of a column.

    >>> bar(Decimal("0.5"), 4), bar(Decimal("0.01"), 4)
    ('██  ', '▏   ')
    """
    eighths = int((min(max(share, Decimal(0)), Decimal(1)) * width * 8).to_integral_value())
    if share > 0:
        eighths = max(eighths, 1)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (BLOCKS[rest] if rest else "")).ljust(width)
