"""Data quality: how well each number fits what it stands for, rolled up by how much rests on it.

Ratings run from 1 (best) to 5 as in PACT Technical Specifications v3 (technological, geographical and
temporal DQR). The scales, chosen here and printed in the methodology:

    technology   exact 1 · similar 2 · proxy 4
    geography    the province itself 1 · its country 2 · world or world region 3 · another country 4
    time         within 3 years 1 · 6 years 2 · 10 years 3 · 15 years 4 · older 5
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from footprint.engine import Entry
from footprint.result import Quality
from footprint.rounding import SHARE, decimal
from footprint.upstream import Declared
from lca_models.factors import Factor
from lca_models.numbers import Reading
from lca_models.real import Real, total

_Share = Literal["primary_share", "unverified_share"]
_Rating = Literal["technological", "geographical", "temporal"]
_TECHNOLOGY = {"exact": 1, "similar": 2, "proxy": 4}
_YEARS = ((3, 1), (6, 2), (10, 3), (15, 4))
PRIMARY = frozenset({"meter", "receipt"})


def technological(factor: Factor) -> int:
    """How well the factor's technology fits."""
    return _TECHNOLOGY[factor.technology]


def geographical(factor: Factor, regions: Collection[str]) -> int:
    """How well the factor's region fits the places of the system.

    >>> from types import SimpleNamespace as Row
    >>> [geographical(Row(region=region), {"CN-GD"}) for region in ("CN-GD", "CN", "GLO", "GB")]
    [1, 2, 3, 4]
    """
    if factor.region in regions:
        return 1
    if factor.region in {region[:2] for region in regions}:
        return 2
    return 3 if factor.region in ("GLO", "RER") else 4


def temporal(factor: Factor, year: int) -> int:
    """How close the factor's year is to the season.

    >>> from types import SimpleNamespace as Row
    >>> [temporal(Row(year=year), 2025) for year in (2024, 2019, 2015, 2010, 2006)]
    [1, 2, 3, 4, 5]
    """
    distance = abs(year - factor.year)
    return next((rating for limit, rating in _YEARS if distance <= limit), 5)


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings and shares before rounding, of one product or of several side by side."""

    technological: Real
    geographical: Real
    temporal: Real
    primary_share: Real
    unverified_share: Real


def ratings(
    entries: Sequence[tuple[Entry, Real]],
    reading: Reading,
    factors: Mapping[str, Factor],
    *,
    regions: Collection[str],
    year: int,
) -> Ratings:
    """How well the numbers of a result fit, each weighted by the CO2e that rests on it.

    Args:
        entries: each cause with its kg CO2e.
        reading: what was asked of the numbers.
        factors: every factor by id.
        regions: places of the system.
        year: of the season.
    """
    weight = total(np.abs(kg) for _, kg in entries)

    own = [(entry, kg, _declared(entry, factors)) for entry, kg in entries]

    def share_of(name: _Share, holds: Callable[[Entry], bool]) -> Real:
        part = total(
            np.abs(kg) * (float(holds(entry)) if passed_on is None else float(getattr(passed_on, name)))
            for entry, kg, passed_on in own
        )
        return _part(part, weight, 0.0)

    def rolled_up(name: _Rating, rating: Callable[[Factor], int]) -> Real:
        worst = total(
            np.abs(kg)
            * (
                max((rating(factors[f]) for f in entry.factors if f in factors), default=5)
                if passed_on is None
                else float(getattr(passed_on, name))
            )
            for entry, kg, passed_on in own
        )
        return _part(worst, weight, 5.0)

    return Ratings(
        technological=rolled_up("technological", technological),
        geographical=rolled_up("geographical", lambda factor: geographical(factor, regions)),
        temporal=rolled_up("temporal", lambda factor: temporal(factor, year)),
        primary_share=share_of(
            "primary_share",
            lambda entry: (
                bool(entry.answers) and all(reading.sources.get(a) in PRIMARY for a in entry.answers)
            ),
        ),
        unverified_share=share_of(
            "unverified_share",
            lambda entry: any(not factors[f].verified for f in entry.factors if f in factors),
        ),
    )


def _declared(entry: Entry, factors: Mapping[str, Factor]) -> Quality | None:
    """How the passport of a lot bought rates itself: what its maker knows, the buyer does not judge anew."""
    named = (factors.get(factor_id) for factor_id in entry.factors)
    return next((factor.quality for factor in named if isinstance(factor, Declared)), None)


def rate(
    entries: Sequence[tuple[Entry, float]],
    reading: Reading,
    factors: Mapping[str, Factor],
    *,
    regions: Collection[str],
    year: int,
) -> Quality:
    """The quality of a result.

    Args:
        entries: as for `ratings`, like all that follow.
        reading: what was asked of the numbers.
        factors: every factor by id.
        regions: places of the system.
        year: of the season.
    """
    found = ratings(entries, reading, factors, regions=regions, year=year)
    return Quality(
        technological=decimal(float(found.technological), SHARE),
        geographical=decimal(float(found.geographical), SHARE),
        temporal=decimal(float(found.temporal), SHARE),
        primary_share=decimal(float(found.primary_share), SHARE),
        unverified_share=decimal(float(found.unverified_share), SHARE),
        declared_defaults=tuple(f"{question}: {factor}" for question, factor in reading.defaults.items()),
    )


def _part(amount: Real, weight: Real, of_nothing: float) -> Real:
    """A share of the weight, product by product; what it is when there is no weight at all."""
    nothing = np.equal(weight, 0.0)
    return np.where(nothing, of_nothing, amount / np.where(nothing, 1.0, weight))
