"""Text as outlines: the same label on every machine, whatever fonts it has.

Glyphs come from a subset of Noto Sans CJK SC beside this file (SIL Open Font License 1.1, see `fonts/`).
A character no font covers is an error that names it: a label never shows an empty box.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from fontTools.misc.transform import Identity
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont, TTLibError

from footprint.errors import InputError, Problem

FONTS = Path(__file__).parent / "fonts"
REGULAR = ("label-regular-latin.otf", "label-regular-hanzi-1.otf", "label-regular-hanzi-2.otf")
BOLD = ("label-bold.otf",)
EM = 1000  # units per em of every font used
X_HEIGHT = 0.543  # OS/2.sxHeight of Noto Sans CJK SC 2.004, per em
SUBSCRIPT = {"₂": "2"}  # Noto Sans CJK has no U+2082; drawn as a smaller, lower 2
SUBSCRIPT_SCALE, SUBSCRIPT_DROP = 0.62, -110


@dataclass(frozen=True, slots=True)
class Outline:
    """One run of text as a path in font units, with its advance width per em."""

    path: str
    width_em: float


class Typeface:
    """Fonts in order of preference, each used for the characters it covers."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._fonts = [_open(path) for path in paths]
        self._characters = frozenset(chr(code) for font in self._fonts for code in font.cmap)
        self._glyphs: dict[str, _Glyph] = {}
        self._lock = Lock()  # fontTools reads glyphs lazily and is not made for several threads

    def covers(self, text: str) -> bool:
        """Whether every character can be drawn."""
        return not list(self._missing(text))

    def check(self, text: str, where: str) -> None:
        """Raises naming every character that cannot be drawn."""
        if missing := list(self._missing(text)):
            raise InputError.from_problems(_unknown(where, character) for character in dict.fromkeys(missing))

    def outline(self, text: str, where: str) -> Outline:
        """The run as one path; raises naming every character that cannot be drawn."""
        self.check(text, where)
        with self._lock:
            return self._joined(text)

    def _joined(self, text: str) -> Outline:
        pen, x = SVGPathPen(None, ntos=lambda number: f"{number:.0f}"), 0.0
        for character in text:
            scale = SUBSCRIPT_SCALE if character in SUBSCRIPT else 1.0
            drop = SUBSCRIPT_DROP if character in SUBSCRIPT else 0
            glyph = self._glyph(SUBSCRIPT.get(character, character))
            glyph.replay(TransformPen(pen, Identity.translate(x, drop).scale(scale)))
            x += glyph.width * scale
        return Outline(pen.getCommands(), x / EM)

    def _missing(self, text: str) -> Iterable[str]:
        return (c for c in text if SUBSCRIPT.get(c, c) not in self._characters)

    def _glyph(self, character: str) -> "_Glyph":
        if character not in self._glyphs:
            self._glyphs[character] = self._read(character)
        return self._glyphs[character]

    def _read(self, character: str) -> "_Glyph":
        font = next(font for font in self._fonts if ord(character) in font.cmap)
        drawn, glyph = RecordingPen(), font.glyphs[font.cmap[ord(character)]]
        glyph.draw(drawn)
        return _Glyph(drawn, glyph.width)


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A glyph read once: its pen strokes and its advance width."""

    strokes: RecordingPen
    width: float

    def replay(self, pen: TransformPen) -> None:
        self.strokes.replay(pen)


@dataclass(frozen=True)
class _Font:
    cmap: dict[int, str]
    glyphs: Any


@cache
def _open(path: Path) -> _Font:
    try:
        font = TTFont(BytesIO(path.read_bytes()), lazy=True)
        if font["head"].unitsPerEm != EM:
            raise InputError.of(
                "label_font",
                f"{path.name} has {font['head'].unitsPerEm} units per em",
                f"labels are drawn on {EM}",
                "use an OpenType (CFF) font",
            )
        return _Font(font.getBestCmap(), font.getGlyphSet())
    except (OSError, TTLibError) as error:
        raise InputError.of(
            "label_font", f"{path} cannot be read as a font", str(error), "name an OpenType (.otf) file"
        ) from error


def _unknown(where: str, character: str) -> Problem:
    name = unicodedata.name(character, "unnamed control character")
    what = f"holds U+{ord(character):04X} {name}"
    fix = "write it with other characters, or name an OpenType font that covers it in the setting label_font"
    return Problem(
        where, what, "the label's font has no such character and an empty box must not be printed", fix
    )


@dataclass(frozen=True)
class Faces:
    """The two weights of a label."""

    regular: Typeface
    bold: Typeface

    def weight_for(self, text: str, *, bold: bool) -> Typeface:
        """Bold where it is asked for and covers the whole run, so that a run never mixes weights."""
        return self.bold if bold and self.bold.covers(text) else self.regular


@cache
def faces(label_font: Path | None = None) -> Faces:
    """Our own fonts, with the setting `label_font` as the last resort of the regular weight."""
    extra = [label_font] if label_font else []
    return Faces(
        regular=Typeface([*(FONTS / name for name in REGULAR), *extra]),
        bold=Typeface([FONTS / name for name in BOLD]),
    )
