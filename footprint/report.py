"""A footprint as one self-contained HTML page for a producer or a verifier: pictures, tables, every source.

No script, no network, no font file; readable on a phone of 360 px and printable on A4. The page is drawn by
`templates/report.html.j2`; its words are in `templates/report.en.toml`. Every amount stands in a `<data>`
element whose `value` holds all digits, so that a machine can check the page against the footprint.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from footprint.errors import InputError
from footprint.result import Footprint, Interval
from footprint.telling import (
    Texts,
    by_narrowing,
    by_source,
    exact,
    gas_name,
    origin,
    percent,
    rounded,
    share_of,
    stage_totals,
    texts,
    weighed,
)

if TYPE_CHECKING:
    from jinja2 import Environment

SHOWN_CAUSES = 10
AXIS_START, AXIS_LENGTH = Decimal(44), Decimal(226)
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart."""

    name: str
    kg_co2e: Decimal
    share: Decimal
    length: str
    small: str = ""
    factors: tuple[str, ...] = ()


@dataclass(frozen=True)
class IntervalPicture:
    """Where the marks of the interval stand in a picture 320 wide; the axis starts at zero."""

    p5: str
    p50: str
    p95: str
    width: str
    total: str


def report(footprint: Footprint) -> str:
    """The page, as text.

    Raises:
        InputError: jinja2 is not installed.
    """
    words, total, sources = texts(), footprint.gross_kg_co2e, by_source(footprint.factors)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            footprint=footprint,
            texts=words,
            total=total,
            origin=origin(footprint),
            interval=_interval(footprint.gross.interval, total),
            stages=_bars(stage_totals(footprint).items(), total),
            gases=_bars(_gases(footprint, words), total),
            gates=_bars(((gate.product, gate.kg_co2e) for gate in footprint.gates), total),
            causes=_causes(footprint, total),
            variance=by_narrowing(footprint.variance_shares),
            sources=sources,
            places={factor.id: place for place, factor in enumerate(chain(*sources.values()), start=1)},
            unverified=sum(not factor.verified for factor in footprint.factors),
        )
    )


@lru_cache
def environment() -> "Environment":
    """Where pages are drawn: templates of this package, everything escaped, the filters of the report.

    Raises:
        InputError: jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only a report needs it
    except ImportError as error:
        raise InputError.of(
            "report",
            "jinja2 is not installed",
            "it draws the page",
            "pip install 'agrifood-footprint[service]'",
        ) from error
    environment = Environment(
        loader=PackageLoader("footprint", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        exact=exact, rounded=rounded, weighed=weighed, percent=percent, length=_length, rating=_rating
    )
    return environment


def _gases(footprint: Footprint, words: Texts) -> list[tuple[str, Decimal]]:
    totals = footprint.gross.by_substance()
    return sorted(((gas_name(gas, words), kg) for gas, kg in totals.items()), key=lambda row: -row[1])


def _bars(rows: Iterable[tuple[str, Decimal]], total: Decimal) -> tuple[Bar, ...]:
    rows = tuple(rows)
    longest = max((kg for _, kg in rows), default=Decimal(0))
    return tuple(Bar(name, kg, share_of(kg, total), _length(share_of(kg, longest))) for name, kg in rows)


def _causes(footprint: Footprint, total: Decimal) -> tuple[Bar, ...]:
    largest = sorted(footprint.contributions, key=lambda cause: -cause.kg_co2e)[:SHOWN_CAUSES]
    bars = _bars(((cause.label, cause.kg_co2e) for cause in largest), total)
    return tuple(
        Bar(bar.name, bar.kg_co2e, bar.share, bar.length, cause.stage, cause.factors)
        for bar, cause in zip(bars, largest, strict=True)
    )


def _interval(interval: Interval, total: Decimal) -> IntervalPicture:
    end = max(interval.p95, total)

    def at(amount: Decimal) -> Decimal:
        return AXIS_START + AXIS_LENGTH * share_of(min(max(amount, Decimal(0)), end), end)

    p5, p95 = at(interval.p5), at(interval.p95)
    return IntervalPicture(
        _place(p5), _place(at(interval.p50)), _place(p95), _place(p95 - p5), _place(at(total))
    )


def _length(share: Decimal) -> str:
    """Length of a bar out of 100; never beyond."""
    return _place(min(max(share * HUNDRED, Decimal(0)), HUNDRED))


def _rating(rating: Decimal) -> str:
    """Where a rating of 1 to 5 stands on a scale 160 wide."""
    return _place(8 + 36 * (rating - 1))


def _place(coordinate: Decimal) -> str:
    """A coordinate with two decimals."""
    return f"{coordinate:.2f}"
