"""Draws the front of a label in dots of 300 dpi; the code sits on whole dots at 300 and at 600 dpi."""

from dataclasses import dataclass
from decimal import Decimal

from footprint.errors import InputError, Problem
from label_service.figures import round_maximum
from label_service.labels.canvas import MM_PER_DOT, Canvas
from label_service.labels.content import LabelContent
from label_service.labels.palette import COLOUR, Palette
from label_service.labels.qr import Matrix, path
from label_service.labels.typeface import Faces

WIDTH = 840
MARGIN = 30
CODE_TOP = 34
MODULE_DOTS = (
    5  # 0.423 mm: the smallest whole number of 300 dpi dots above the 0.375 mm a retail scanner needs
)
SMALL, BODY, TITLE = 28, 30, (40, 36, 32)
FIGURES = (
    (124, 42),
    (112, 38),
    (100, 36),
    (88, 34),
    (76, 32),
)  # number and unit, as large as the code allows
UNIT_GAP = 20
GAP = 34
SCALE_TOP, BAND = 312, 26
BOX_TOP, BOX_HEIGHT = 396, 98
FOOT = 88


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn label and what the preflight wants to know about it."""

    svg: bytes
    width_mm: float
    height_mm: float
    module_mm: float
    smallest_x_height_mm: float
    palette: Palette


def draw(content: LabelContent, matrix: Matrix, faces: Faces, palette: Palette) -> Drawing:
    """The whole front."""
    canvas = Canvas(WIDTH, faces)
    code_left = WIDTH - MARGIN - len(matrix) * MODULE_DOTS
    _code(canvas, matrix, code_left, palette)
    _headline(canvas, content, code_left - GAP, palette)
    code_bottom = CODE_TOP + len(matrix) * MODULE_DOTS
    _scale(canvas, content, WIDTH - MARGIN if code_bottom < SCALE_TOP - GAP else code_left - GAP, palette)
    bottom = _removals(canvas, content, palette) if content.removals else BOX_TOP - 14
    _foot(canvas, content, bottom, palette)
    height = bottom + FOOT + 14
    svg = canvas.svg(height, content.heading, content.description, content.language, palette.paper)
    return Drawing(
        svg=svg,
        width_mm=WIDTH * MM_PER_DOT,
        height_mm=height * MM_PER_DOT,
        module_mm=MODULE_DOTS * MM_PER_DOT,
        smallest_x_height_mm=canvas.smallest_x_height_mm,
        palette=palette,
    )


def _code(canvas: Canvas, matrix: Matrix, left: int, palette: Palette) -> None:
    canvas.path(path(matrix, MODULE_DOTS), fill=palette.code, transform=f"translate({left} {CODE_TOP})")


def _headline(canvas: Canvas, content: LabelContent, right: float, palette: Palette) -> None:
    canvas.text(content.heading, (MARGIN, 52), SMALL, palette.quiet_text)
    product, size = canvas.fitted(content.product, right - MARGIN, TITLE, bold=True, where="product.name")
    canvas.text(product, (MARGIN, 104), size, palette.text, bold=True, where="product.name")
    large, small = _figure_sizes(canvas, content, right - (MARGIN - 6))
    after = canvas.text(content.number, (MARGIN - 6, 232), large, palette.text, bold=True) + UNIT_GAP
    canvas.text(content.unit, (after, 184), small, palette.text, bold=True)
    per, size = canvas.fitted(content.per, right - after, (BODY + 2, SMALL))
    canvas.text(per, (after, 230), size, palette.text)
    boundary, size = canvas.fitted(content.boundary, right - MARGIN, (BODY, SMALL), where="boundary")
    canvas.text(boundary, (MARGIN, 276), size, palette.text, where="boundary")


def _figure_sizes(canvas: Canvas, content: LabelContent, room: float) -> tuple[int, int]:
    """The largest number and unit beside the code; neither is ever cut."""
    for large, small in FIGURES:
        number = canvas.width_of(content.number, large, bold=True)
        if number + UNIT_GAP + canvas.width_of(content.unit, small, bold=True) <= room:
            return large, small
    what, why = f"{content.number} {content.unit} is too wide", "a number is never cut"
    raise InputError(Problem("label.gross", what, why, "declare the footprint per a smaller unit"))


def _scale(canvas: Canvas, content: LabelContent, right: float, palette: Palette) -> None:
    """A line from zero to a round number, the 90 % range as a band on it, the headline number as a mark."""
    end = round_maximum(max(content.interval.p95, content.gross) * Decimal("1.05"))
    left, top = MARGIN, SCALE_TOP

    def x(amount: Decimal) -> float:
        return left + (right - left) * float(amount / end)

    middle = top + BAND / 2
    canvas.path(
        f"M{left} {middle}H{right:.1f}M{left} {middle - 9}v18M{right:.1f} {middle - 9}v18",
        stroke=palette.text,
        stroke_width="2.5",
        fill="none",
    )
    low, high = x(content.interval.p5), x(content.interval.p95)
    _band(canvas, (low, top, high - low, BAND), palette)
    mark = x(content.gross)
    canvas.path(
        f"M{mark - 4:.1f} {top - 9}h8v{BAND + 18}h-8z",
        fill=palette.mark,
        stroke=palette.paper,
        stroke_width="3",
    )
    baseline = top + BAND + 34
    canvas.text("0", (left, baseline), SMALL, palette.text)
    label = f"{end:f}"
    canvas.text(label, (right - canvas.width_of(label, SMALL), baseline), SMALL, palette.text)
    text_left = (left + right - canvas.width_of(content.interval_text, SMALL)) / 2
    canvas.text(content.interval_text, (text_left, baseline), SMALL, palette.text)


def _band(canvas: Canvas, box: tuple[float, float, float, float], palette: Palette) -> None:
    """Filled in colour; outlined and hatched where there is only one ink, so that the mark stays visible."""
    x, y, width, height = box
    if palette == COLOUR:
        canvas.rect(box, fill=palette.band)
        return
    canvas.rect(box, fill=palette.paper, stroke=palette.band, stroke_width="2.5")
    lines = "".join(
        f"M{x + at:.1f} {y + height:g}l{min(height, width - at):.1f} {-min(height, width - at):.1f}"
        for at in range(4, int(width), 11)
    )
    canvas.path(lines, stroke=palette.band, stroke_width="2", fill="none")


def _removals(canvas: Canvas, content: LabelContent, palette: Palette) -> int:
    """The box of its own; returns where it ends."""
    canvas.rect(
        (MARGIN, BOX_TOP, WIDTH - 2 * MARGIN, BOX_HEIGHT),
        fill="none",
        stroke=palette.text,
        stroke_width="2.5",
        stroke_dasharray="9 6",
    )
    for text, baseline in zip(content.removals or (), (BOX_TOP + 40, BOX_TOP + 78), strict=True):
        line, size = canvas.fitted(text, WIDTH - 2 * MARGIN - 36, (BODY, SMALL))
        canvas.text(line, (MARGIN + 18, baseline), size, palette.text)
    return BOX_TOP + BOX_HEIGHT


def _foot(canvas: Canvas, content: LabelContent, top: int, palette: Palette) -> None:
    season = canvas.width_of(content.season, SMALL)
    canvas.text(content.season, (WIDTH - MARGIN - season, top + 46), SMALL, palette.text)
    words, size = canvas.fitted(
        content.assurance, WIDTH - 2 * MARGIN - season - GAP, (BODY, SMALL), bold=True, where="assurance.by"
    )
    canvas.text(words, (MARGIN, top + 46), size, palette.text, bold=True, where="assurance.by")
    lot, size = canvas.fitted(content.lot, WIDTH - 2 * MARGIN, (SMALL,))
    canvas.text(lot, (MARGIN, top + 84), size, palette.quiet_text, where="lot")
