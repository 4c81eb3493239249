"""The removal statement as a waterfall: an SVG of plain text and lines, 360 wide, clear in one ink.

Stored is filled, what takes off is hatched, what is left is framed; a thin line is the 90 % interval. A bar begins
where the one above ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from footprint.removals.saying import label
from footprint.removals.statement import Statement, StoreStatement
from footprint.removals.table import brief, step_name
from footprint.result import Interval
from footprint.telling import Texts, texts
from footprint.terminal import columns

WIDTH, MARGIN = 360, 12
HEADING, ROW, BAR_TOP, BAR = 58, 50, 22, 16
LONGEST_COLUMNS = 64
"""Of a line of the heading: longer ones are cut, those that do not fit are set narrower."""
NAME_PX, SMALL_PX = 7.5, 6.5
"""Width of a column, generously."""
FONT = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
_STYLE = (
    f"text{{font:14px {FONT};fill:#1a1a1a}}.n{{text-anchor:end;font-variant-numeric:tabular-nums}}"
    ".b{font-weight:700}.s{font-size:12px;fill:#444}"
    ".gross{fill:#0b5394;stroke:#1a1a1a}.off{fill:url(#off);stroke:#1a1a1a}.net{fill:#fff;stroke:#1a1a1a;stroke-width:3}"
    ".range{stroke:#1a1a1a;stroke-width:1.5;fill:none}.zero{stroke:#444;stroke-dasharray:2 3}"
)
_HATCH = (
    '<pattern id="off" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#fff"/><path d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" stroke="#1a1a1a"/></pattern>'
)


@dataclass(frozen=True, slots=True)
class _Bar:
    """One row: from where to where, and how far its interval reaches."""

    name: str
    kind: str
    amount: Decimal
    start: Decimal
    end: Decimal
    low: Decimal
    high: Decimal


def waterfall(statement: Statement, language: str = "en") -> str:
    """The picture of all stores, one below the other.

    Args:
        statement: what is told.
        language: `en` or `zh-Hans`.
    """
    words = texts(language, "removals")
    drawn, top = [], 0
    for store in statement.stores:
        lines = [*_drawn(store, words)]
        drawn.append(f'<g transform="translate(0 {top})">{"".join(lines)}</g>')
        top += _height(store)
    title = escape(f"{words['title']['statement']}: {statement.quantity} {statement.product}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {max(top, 1)}" role="img" lang="{language}">'
        f"<title>{title}</title><style>{_STYLE}</style><defs>{_HATCH}</defs>"
        f'<rect width="{WIDTH}" height="{top}" fill="#fff"/>{"".join(drawn)}</svg>\n'
    )


def _height(store: StoreStatement) -> int:
    return HEADING + ROW * (len(store.steps) + 1) + 22 * store.emits_more + 10


def _drawn(store: StoreStatement, words: Texts) -> Iterator[str]:
    bars = [*_bars(store, words)]
    low = min(Decimal(0), *(min(bar.low, bar.start, bar.end) for bar in bars))
    high = max(max(bar.high, bar.start, bar.end) for bar in bars)
    scale = (WIDTH - 2 * MARGIN) / float(high - low) if high > low else 1.0

    def x(amount: Decimal) -> float:
        return MARGIN + float(amount - low) * scale

    kind, years = words["kind"][store.kind], words["permanence"][store.permanence_class]
    yield _fitted(22, label(store.store, words), "b", NAME_PX)
    yield _fitted(42, f"{words['word']['kg_co2e']} · {kind} · {store.method} · {years}", "s", SMALL_PX)
    starts = range(HEADING, HEADING + ROW * len(bars), ROW)
    zero = "".join(f"M{x(Decimal(0)):.1f} {top + BAR_TOP - 3}v{BAR + 10}" for top in starts)
    yield f'<path class="zero" d="{zero}"/>'
    for number, bar in enumerate(bars):
        yield from _row(bar, HEADING + ROW * number, x(bar.start), x(bar.end), (x(bar.low), x(bar.high)))
    if store.emits_more:
        yield _text(MARGIN, HEADING + ROW * len(bars) + 12, f"! {words['sentence']['emits_more']}", "b")


def _bars(store: StoreStatement, words: Texts) -> Iterator[_Bar]:
    before = Decimal(0)
    for step, left in store.running():
        kind = "gross" if step.name == "gross" else "off"
        low, high = (before + end for end in (step.interval.p5, step.interval.p95))
        yield _Bar(step_name(step.name, step.stage, words), kind, step.kg_co2e, before, left, low, high)
        before = left
    ends: Interval = store.net_interval
    net = store.net_kg_co2e
    yield _Bar(f"= {words['step']['net']}", "net", net, Decimal(0), net, ends.p5, ends.p95)


def _row(bar: _Bar, top: int, start: float, end: float, ends: tuple[float, float]) -> Iterator[str]:
    weight = "b" if bar.kind == "net" else ""
    yield _text(MARGIN, top + 14, bar.name, weight)
    yield _text(WIDTH - MARGIN, top + 14, brief(bar.amount), f"n {weight}".strip())
    left, width, y = min(start, end), max(abs(end - start), 1.5), top + BAR_TOP
    yield f'<rect class="{bar.kind}" x="{left:.1f}" y="{y}" width="{width:.1f}" height="{BAR}"/>'
    low, high, line = *ends, y + BAR + 4
    yield f'<path class="range" d="M{low:.1f} {line - 3}v6m0 -3H{high:.1f}m0 -3v6"/>'


def _fitted(y: int, text: str, style: str, column_px: float) -> str:
    """A line across the picture that never runs out of it, whatever a producer called his store."""
    shown = "".join(_within(text, LONGEST_COLUMNS))
    room = WIDTH - 2 * MARGIN
    narrow = columns(shown) * column_px > room
    size = f' textLength="{room}" lengthAdjust="spacingAndGlyphs"' if narrow else ""
    return _text(MARGIN, y, shown, style, size)


def _within(text: str, most: int) -> Iterator[str]:
    width = 0
    for character in text:
        width += columns(character)
        if width > most:
            yield "…"
            return
        yield character


def _text(x: int, y: int, text: str, style: str = "", size: str = "") -> str:
    names = f' class="{style}"' if style else ""
    return f'<text x="{x}" y="{y}"{names}{size}>{escape(text)}</text>'
