"""The summary of a portfolio: one page without scripts, readable on a phone and printed in black and white."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from footprint.portfolio.survey import Bin, Spread, Survey
from footprint.provenance import ENGINE
from footprint.report import environment
from footprint.telling import gas_name, texts

_MOST_REASONS = 12
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: what, where from, how long of 100, and the figure beside it."""

    name: str
    small: str
    length: str
    figure: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """The footprints of products counted in one unit."""

    unit: str
    products: int
    middle: tuple[Decimal, Decimal, Decimal]
    width: Decimal
    bars: tuple[Bar, ...]


def page(survey: Survey, *, gwp: str, draws: int, seed: int) -> str:
    """The page, as text.

    Args:
        survey: of all products.
        gwp: warming potentials.
        draws: Monte Carlo draws.
        seed: of the draws.

    Raises:
        InputError: jinja2 is not installed.
    """
    most = max(1, int(survey.quality.max()))
    return (
        environment()
        .get_template("portfolio.html.j2")
        .render(
            survey=survey,
            distributions=[_distribution(unit, survey.spreads[unit]) for unit in sorted(survey.spreads)],
            charts=[(title, _shares(survey, kind)) for title, kind in _CHARTS],
            quality=[[(int(count), f"{count / most:.2f}") for count in row] for row in survey.quality],
            unverified=_decimal(survey.unverified / max(1, survey.products)),
            reasons=survey.reasons.most_common(_MOST_REASONS),
            method=f"{gwp}, {draws} draws, seed {seed}",
            engine=ENGINE,
        )
    )


_CHARTS = (("Hot spots by stage", "stage"), ("Largest causes", "cause"), ("By gas", "gas"))


def _distribution(unit: str, spread: Spread) -> Distribution:
    low, middle, high = map(_decimal, spread.quantiles(0.05, 0.5, 0.95))
    bars = tuple(_bars(spread.bins(), spread.products))
    return Distribution(unit, spread.products, (low, middle, high), _decimal(spread.typical_width), bars)


def _bars(bins: Sequence[Bin], products: int) -> list[Bar]:
    most = max(one.products for one in bins)
    return [
        Bar(
            f"{one.low:g} and more" if one.high is None else f"{one.low:g} to {one.high:g}",
            "",
            f"{100 * one.products / most:.2f}",
            f"{one.products:,} · {100 * one.products / products:.1f} %",
        )
        for one in bins
    ]


def _shares(survey: Survey, kind: str) -> list[Bar]:
    words = texts()
    found = survey.ranked(kind)
    longest = max((one.share for one in found), default=1.0) or 1.0
    return [
        Bar(
            gas_name(one.name, words) if kind == "gas" else one.name,
            one.stage,
            f"{100 * max(0.0, one.share) / longest:.2f}",
            f"{100 * one.share:.1f} %",
        )
        for one in found
    ]


def _decimal(value: float) -> Decimal:
    return Decimal(value).quantize(_PLACES)
