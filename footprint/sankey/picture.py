"""The ways of emissions drawn: names and numbers at the left, bands at the right, as wide as what they carry.

A process stands below what comes into it; from its bar on, everything goes down as one band. Lanes that end sooner
stand further left, so that a band from the left never crosses another. What is saved leaves hatched below the bar.
No colour says anything that its place, its hatching or its words do not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from footprint.removals.saying import label
from footprint.sankey.stops import Flow, Stop, stops
from footprint.supply_paths import SupplyPaths
from footprint.telling import Texts, rounded, texts
from footprint.terminal import printable, wrapped

WIDTH, MARGIN = 360, 12
NUMBER, ENTRY, LEFT = 208, 214, 226
"""Where numbers end, where bands begin, and how far left lanes reach."""
LINE, GAP, COLUMNS = 16, 5, 19
_BAR = 6
_STEEP = 0.7
FONT = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
_STYLE = (
    f"text{{font:13px {FONT};fill:#1a1a1a}}.n{{text-anchor:end;font-variant-numeric:tabular-nums}}"
    ".b{font-weight:700}.t{font-size:15px}.s{font-size:12px;fill:#444}"
    "path{fill:none}.in{stroke:#8fb8dc}.on{fill:#0b5394;stroke:#fff;stroke-width:.75}.off{stroke:url(#off)}.stop{stroke:#1a1a1a}"
)
_HATCH = (
    '<pattern id="off" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#fff"/><path d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" stroke="#1a1a1a"/></pattern>'
)


@dataclass(frozen=True, slots=True)
class _Lane:
    """A band on its way down, by the places of the stops it goes to and comes from."""

    target: int
    source: int
    kg_co2e: float


def picture(followed: SupplyPaths, sold: str, language: str = "en", cut_off: float = 0.01) -> str:
    """The picture, as text.

    Args:
        followed: the ways.
        sold: what arrives, such as `1 kg lychee at the shop`.
        language: `en` or `zh-Hans`.
        cut_off: flows below this part of the gross footprint are joined.
    """
    words, chain = texts(language, "paths"), stops(followed, cut_off)
    title = printable(f"{words['word']['title']}: {sold}")
    drawn = _Drawing(chain, words).drawn(title)
    box = f'viewBox="0 0 {WIDTH} {drawn.height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" lang="{language}">'
        f"<title>{escape(title)}</title><desc>{escape(told(chain, words))}</desc>"
        f'<style>{_STYLE}</style><defs>{_HATCH}</defs><rect width="{WIDTH}" height="{drawn.height:.0f}" fill="#fff"/>'
        f"{''.join(drawn.bands)}{''.join(drawn.names)}</svg>\n"
    )


def told(chain: Sequence[Stop], words: Texts) -> str:
    """The same in sentences, for whoever cannot see it.

    Args:
        chain: the stops.
        words: texts of the picture.
    """
    sentence = words["sentence"]
    said = []
    for stop in chain:
        parts = [
            sentence["from_stop"].format(kg=_kg(band.kg_co2e), name=_name(one.name, words))
            for one in chain
            for band in one.onward
            if band.target == stop.name
        ]
        parts += [
            sentence["flow"].format(kg=_kg(flow.kg_co2e), name=_flow(flow, words))
            for flow in (*stop.comes, *stop.saved)
        ]
        form = sentence["sold" if stop is chain[-1] else "comes"]
        said.append(form.format(name=_name(stop.name, words), flows=", ".join(parts), kg=_kg(stop.kg_co2e)))
    return " ".join(said)


def _kg(kg_co2e: float) -> str:
    return rounded(Decimal(kg_co2e)).replace("-", "−")


def _name(name: str, words: Texts) -> str:
    return label(printable(name), words)


def _flow(flow: Flow, words: Texts) -> str:
    if flow.joined:
        return str(words["word"]["joined"].format(count=flow.joined))
    return _name(flow.name, words)


class _Drawing:
    """Grows stop by stop from the top down."""

    def __init__(self, chain: Sequence[Stop], words: Texts) -> None:
        self.bands: list[str] = []
        self.names: list[str] = []
        self.height = 0.0
        self._chain, self._words = chain, words
        self._scale = _fitting(chain)
        self._ends: dict[_Lane, tuple[float, float]] = {}
        """Where the middle of each lane has come to."""

    def drawn(self, title: str) -> "_Drawing":
        """With everything in it."""
        self._text(title, "", "b t", top=8, columns=40)
        self._text(self._words["word"]["unit"], "", "s", top=self.height)
        self.height += GAP
        for level in _levels(self._chain):
            self._stop(level)
        self.height += MARGIN
        return self

    def _stop(self, level: "_Level") -> None:
        stop, rows = level.stop, [self._row(flow) for flow in level.stop.comes]
        right = WIDTH - MARGIN - sum(self._wide(lane.kg_co2e) + GAP for lane in level.rest)
        heading = max(self.height, self._room(level, right))
        self._text(_name(stop.name, self._words), _kg(stop.kg_co2e), "b", top=heading)
        top = heading + LINE / 2 - 1
        for lane, x in self._places(level.rest, WIDTH - MARGIN, GAP).items():
            self._down(lane, x, top)
        end = right
        for lane, x in self._places(level.arriving, right, 0).items():
            self._down(lane, x, top)
            end -= self._wide(lane.kg_co2e)
        for flow, middle in zip(stop.comes, rows, strict=True):
            end -= self._wide(flow.kg_co2e)
            self._turn_in(flow, middle, end + self._wide(flow.kg_co2e) / 2, top)
        self.bands.append(
            f'<rect x="{end:.1f}" y="{top:.1f}" width="{max(right - end, 1):.1f}" height="{_BAR}"/>'
        )
        for lane, x in self._places(level.leaving, right, 0).items():
            self._ends[lane] = x, top + _BAR
        for flow in stop.saved:
            self._turn_out(flow, end + self._wide(flow.kg_co2e) / 2, top + _BAR)
            end += self._wide(flow.kg_co2e)
        self.height += GAP

    def _room(self, level: "_Level", right: float) -> float:
        """How far down a stop has to stand for the lanes that move sideways not to lie flat."""
        places = {**self._places(level.arriving, right, 0), **self._places(level.rest, WIDTH - MARGIN, GAP)}
        ends = ((self._ends[lane], x) for lane, x in places.items())
        return max((start + _STEEP * abs(x - before) for (before, start), x in ends), default=0.0)

    def _places(self, lanes: Sequence[_Lane], right: float, gap: int) -> dict[_Lane, float]:
        """The middle of each lane, side by side from the right."""
        found = {}
        for lane in reversed(lanes):
            wide = self._wide(lane.kg_co2e)
            found[lane] = right - wide / 2
            right -= wide + gap
        return found

    def _wide(self, kg_co2e: float) -> float:
        return abs(kg_co2e) * self._scale

    def _row(self, flow: Flow) -> float:
        """A name with its number, as high as its band is wide; gives its middle."""
        top = self.height
        room = max(0.0, self._wide(flow.kg_co2e) - LINE) / 2
        self._text(_flow(flow, self._words), _kg(flow.kg_co2e), "", top=top + room)
        self.height = max(self.height + room, top + self._wide(flow.kg_co2e)) + GAP
        return top + room + LINE / 2

    def _text(self, text: str, number: str, style: str, *, top: float, columns: int = COLUMNS) -> None:
        for line in wrapped(text, indent=0, width=columns):
            top += LINE
            self.names.append(f'<text x="{MARGIN}" y="{top - 4:.1f}" class="{style}">{escape(line)}</text>')
            if number:
                place = f'x="{NUMBER}" y="{top - 4:.1f}" class="n {style}"'
                self.names.append(f"<text {place}>{escape(number)}</text>")
                number = ""
        self.height = max(self.height, top)

    def _down(self, lane: _Lane, x: float, y: float) -> None:
        """A lane from where it was to the next bar, as wide at every height."""
        before, start = self._ends[lane]
        half, middle = max(self._wide(lane.kg_co2e), 0.75) / 2, (start + y) / 2
        a, b, c, d = (f"{place:.1f}" for place in (before - half, before + half, x - half, x + half))
        down = f"M{a} {start:.1f}C{a} {middle:.1f} {c} {middle:.1f} {c} {y:.1f}v{_BAR}H{d}v-{_BAR}"
        back = f"C{d} {middle:.1f} {b} {middle:.1f} {b} {start:.1f}z"
        self.bands.append(f'<path d="{down}{back}" class="on"/>')
        self._ends[lane] = x, y + _BAR

    def _turn_in(self, flow: Flow, y: float, x: float, bottom: float) -> None:
        turn = min(self._wide(flow.kg_co2e) / 2 + GAP, x - ENTRY, bottom - y)
        way = f"M{ENTRY} {y:.1f}H{x - turn:.1f}Q{x:.1f} {y:.1f} {x:.1f} {y + turn:.1f}V{bottom:.1f}"
        self._band(way, flow.kg_co2e, "in")

    def _turn_out(self, flow: Flow, x: float, top: float) -> None:
        y = self._row(flow)
        turn = min(self._wide(flow.kg_co2e) / 2 + GAP, x - ENTRY, y - top)
        way = f"M{x:.1f} {top:.1f}V{y - turn:.1f}Q{x:.1f} {y:.1f} {x - turn:.1f} {y:.1f}H{ENTRY}"
        self._band(way, flow.kg_co2e, "off")

    def _band(self, way: str, kg_co2e: float, kind: str) -> None:
        wide = max(self._wide(kg_co2e), 0.75)
        self.bands.append(f'<path d="{way}" stroke="#fff" stroke-width="{wide + 1.5:.2f}"/>')
        self.bands.append(f'<path d="{way}" class="{kind}" stroke-width="{wide:.2f}"/>')


@dataclass(frozen=True, slots=True)
class _Level:
    """A stop with the lanes that end in it, those that pass it at the right, and those that begin."""

    stop: Stop
    arriving: list[_Lane]
    rest: list[_Lane]
    leaving: list[_Lane]


def _levels(chain: Sequence[Stop]) -> Iterator[_Level]:
    place = {stop.name: number for number, stop in enumerate(chain)}
    lanes: list[_Lane] = []
    for number, stop in enumerate(chain):
        rest = [lane for lane in lanes if lane.target != number]
        onward = (band for band in stop.onward if band.kg_co2e > 0)
        leaving = sorted((_Lane(place[band.target], number, band.kg_co2e) for band in onward), key=_sooner)
        yield _Level(stop, [lane for lane in lanes if lane.target == number], rest, leaving)
        lanes = sorted([*rest, *leaving], key=_sooner)


def _sooner(lane: _Lane) -> tuple[int, int]:
    """Left of those that end later, and of those that have been on the way for longer: so branches never cross."""
    return lane.target, -lane.source


def _fitting(chain: Sequence[Stop]) -> float:
    """Pixels for a kilogram with which every level has room."""
    found = []
    for level in _levels(chain):
        into = sum(lane.kg_co2e for lane in level.arriving) + sum(flow.kg_co2e for flow in level.stop.comes)
        beside = sum(lane.kg_co2e for lane in level.rest)
        gaps = GAP * (len(level.rest) + max(len(level.leaving) - 1, 0))
        if into + beside > 0:
            found.append((WIDTH - MARGIN - LEFT - gaps) / (into + beside))
    return max(min(found, default=0.0), 0.0)
