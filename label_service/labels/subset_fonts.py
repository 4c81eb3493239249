"""Makes the label's fonts from Noto Sans CJK (maintainers; run once per upstream release).

    python -m label_service.labels.subset_fonts NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc

Debian and Ubuntu ship the two collections as `fonts-noto-cjk`. Kept: Latin, punctuation and all of GB 2312 in
the regular weight, Latin and the words of the catalogue in the bold one. Dropped: hinting and layout
tables, because labels are drawn as outlines.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from label_service.translation import LANGUAGES, words

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Noto Sans CJK SC"
NAMES_KEPT = [0, 1, 2, 4, 5, 6, 13, 14]
HANZI_PER_FILE = 3400

LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x1EA0, 0x1EFA)]
PUNCTUATION = [*range(0x2010, 0x2028), 0x2030, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2192, 0x2212, 0x2264, 0x2265]


def gb2312(first_row: int, last_row: int) -> Iterator[str]:
    """The characters of some rows of GB 2312-80 (1–9 signs, 16–87 hanzi), unassigned cells left out."""
    for row in range(first_row, last_row + 1):
        for cell in range(1, 95):
            decoded = bytes((row + 0xA0, cell + 0xA0)).decode("gb2312", errors="ignore")
            yield from decoded


def write_subset(source: Path, target: Path, text: Iterable[str]) -> None:
    """One file with the glyphs of `text`."""
    font = _member(source)
    options = subset.Options(
        layout_features=[], hinting=False, glyph_names=False, name_IDs=NAMES_KEPT, notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(text))
    subsetter.subset(font)
    font["head"].modified = font["head"].created  # the same bytes on every run
    font.recalcTimestamp = False
    font.save(target)


def _member(collection: Path) -> TTFont:
    for font in TTCollection(collection).fonts:
        if font["name"].getDebugName(4).startswith(FAMILY):
            return font
    sys.exit(f"{collection} holds no {FAMILY}: pass the .ttc files of the package fonts-noto-cjk")


def main(regular: Path, bold: Path) -> None:
    """All files of the fonts folder."""
    latin = [chr(code) for code in LATIN + PUNCTUATION]
    hanzi = list(gb2312(16, 87))
    write_subset(regular, FONTS / "label-regular-latin.otf", [*latin, *gb2312(1, 9)])
    for number, start in enumerate(range(0, len(hanzi), HANZI_PER_FILE), start=1):
        write_subset(
            regular, FONTS / f"label-regular-hanzi-{number}.otf", hanzi[start : start + HANZI_PER_FILE]
        )
    own_words = "".join(words(language) for language in LANGUAGES)
    write_subset(bold, FONTS / "label-bold.otf", [*latin, *own_words])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
