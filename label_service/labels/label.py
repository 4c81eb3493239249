"""The verb of this room: a verified passport becomes a label that has been read back."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from footprint.passport import VerifiedPassport
from label_service.figures import written
from label_service.labels.content import content_of
from label_service.labels.drawing import draw
from label_service.labels.palette import COLOUR, MONO
from label_service.labels.preflight import check
from label_service.labels.qr import modules
from label_service.labels.raster import render
from label_service.labels.typeface import faces
from label_service.translation import LANGUAGES, Language

Dpi = Literal[300, 600]
ROOMY = 213
"""Characters that fit into a QR code of version 10 whatever they are (ISO/IEC 18004:2015, table 7, level M)."""

NARROW = 5
"""Characters of a number that fits beside the largest code, in every language."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it is printed, with the URL its code was read back as."""

    svg: bytes
    png: bytes
    url: str


def draw_label(
    passport: VerifiedPassport,
    url: str,
    language: Language = "en",
    *,
    mono: bool = False,
    dpi: Dpi = 300,
    label_font: Path | None = None,
) -> Label:
    """Draws the front label, renders it and reads its code back.

    Args:
        passport: the verified passport the label speaks for.
        url: what the code says; the address at which the passport is resolved, perhaps with an offline code.
        language: of the words on the label.
        mono: black only, for thermal and one-colour printers.
        dpi: resolution of the PNG; modules fall on whole dots at both.
        label_font: a font for characters outside Latin and GB 2312.

    Raises:
        InputError: a character cannot be drawn, the URL is too long, or the label would not scan.
    """
    content = content_of(passport, url, language)
    drawing = draw(content, modules(url), faces(label_font), MONO if mono else COLOUR)
    png = render(drawing.svg, dpi)
    check(drawing, png, url)
    return Label(drawing.svg, png, url)


def check_drawable(passport: VerifiedPassport, url: str, label_font: Path | None = None) -> None:
    """Refuses at once what `draw_label` would refuse in what the passport says; draws only what might not fit.

    Raises:
        InputError: a character cannot be drawn, the URL is too long, or the number too wide.
    """
    claims, letters = passport.claims, faces(label_font)
    for text, where, bold in (
        (claims.product.name, "product.name", True),
        (claims.boundary, "boundary", False),
        (claims.assurance.by or "", "assurance.by", True),
    ):
        letters.weight_for(text, bold=bold).check(text, where)
    if len(url) > ROOMY:
        modules(url)
    if len(written(claims.gross_kg_co2e)) > NARROW:
        for language in LANGUAGES:
            draw(content_of(passport, url, language), modules(url), letters, COLOUR)
