"""Geometry of the small pictures on a page: numbers only, the templates draw them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from footprint.passport.claims import Claims, Line
from footprint.score import Score
from label_service.figures import percent, round_maximum, written

WIDTH = Decimal(1000)
SHADES = ("#08306b", "#2171b5", "#6baed6", "#fdbe85", "#e6702a", "#8c2d04", "#525252", "#969696")
"""Blue to orange, then greys: distinct to colour-blind readers; segments are numbered as well."""

LIGHT = frozenset(("#6baed6", "#fdbe85", "#969696"))
ROOM_FOR_NUMBER = Decimal(60)


@dataclass(frozen=True, slots=True)
class Segment:
    """One stage in the stacked bar and in the table under it."""

    number: int
    name: str
    amount: str
    share: str
    x: str
    width: str
    fill: str
    ink: str
    shows_number: bool

    @property
    def middle(self) -> str:
        """Where its number stands."""
        return f"{Decimal(self.x) + Decimal(self.width) / 2:.1f}"


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from zero to `end` with a band and a mark on it, in thousandths of its width."""

    end: str
    low: str
    width: str
    mark: str


def segments(stages: Iterable[Line], total: Decimal, places: int) -> list[Segment]:
    """The stages side by side; a share of nothing is zero."""
    drawn: list[Segment] = []
    x = Decimal(0)
    for number, line in enumerate(stages, start=1):
        share = line.kg_co2e / total if total else Decimal(0)
        fill = SHADES[(number - 1) % len(SHADES)]
        width = max(share, Decimal(0)) * WIDTH
        drawn.append(
            Segment(
                number=number,
                name=line.name,
                amount=written(line.kg_co2e, places),
                share=percent(share),
                x=f"{x:.1f}",
                width=f"{width:.1f}",
                fill=fill,
                ink="#111111" if fill in LIGHT else "#ffffff",
                shows_number=width >= ROOM_FOR_NUMBER,
            )
        )
        x += width
    return drawn


def scale(low: Decimal, high: Decimal, mark: Decimal) -> Scale:
    """The scale that shows all three."""
    end = round_maximum(max(high, mark, Decimal("0.001")) * Decimal("1.05"))
    return Scale(f"{end:f}", _at(low, end), _at(high - low, end), _at(mark, end))


def _at(amount: Decimal, end: Decimal) -> str:
    return f"{amount / end * WIDTH:.1f}"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a footprint stands among those of its category."""

    category: str
    median: str
    low: str
    high: str
    n: int
    difference: str
    is_lower: bool
    bar: Scale
    median_at: str
    source: str


UPPER_QUARTILE = Decimal("0.6744897501960817")
"""Standard normal quantile of 0.75: half of the category lies between median·exp(∓0.674·σ)."""


def position(claims: Claims, score: Score) -> Position | None:
    """None when the score has no comparable category."""
    if (reference := score.comparison) is None:
        return None
    spread = (UPPER_QUARTILE * reference.sigma).exp()
    low, high = reference.median / spread, reference.median * spread
    end = round_maximum(max(high, claims.gross_kg_co2e) * Decimal("1.05"))
    bar = Scale(f"{end:f}", _at(low, end), _at(high - low, end), _at(claims.gross_kg_co2e, end))
    difference = claims.gross_kg_co2e / reference.median - 1
    return Position(
        category=reference.category,
        median=written(reference.median),
        low=written(low),
        high=written(high),
        n=reference.n,
        difference=percent(abs(difference)),
        is_lower=difference < 0,
        bar=bar,
        median_at=_at(reference.median, end),
        source=" ".join((reference.attribution, *reference.treatment[:1])),
    )
