r"""How a background exchange spreads: the shapes of stats_arrays by their inverse distribution function.

A lognormal number has the median $e^{\mu}$ (`loc` is $\mu$), negative where `negative` says so; `minimum` and
`maximum` cut a normal or lognormal distribution, they are the ends of a uniform or triangular one.
"""

import numpy as np
from scipy.special import ndtr, ndtri

from footprint.background.hashed import AnyArray
from footprint.background.inventory import LOGNORMAL, NO_UNCERTAINTY, NORMAL, TRIANGULAR, UNIFORM, Exchanges
from footprint.background.normals import farthest
from lca_models.real import Array

_CHUNK = 8_192  # exchanges whose arrays stay in the cache of a core
_KNOWN = (0, NO_UNCERTAINTY, LOGNORMAL, NORMAL, UNIFORM, TRIANGULAR)


def uncertain(exchanges: Exchanges) -> AnyArray:
    """The places of the exchanges that are not certain."""
    return np.flatnonzero(exchanges.uncertainty["uncertainty_type"] > NO_UNCERTAINTY)


def unusable(exchanges: Exchanges) -> list[tuple[int, str]]:
    """The places of exchanges that cannot be drawn, and why not."""
    fields = exchanges.uncertainty
    kind, minimum, maximum = fields["uncertainty_type"], fields["minimum"], fields["maximum"]
    centred, bounded = np.isin(kind, (LOGNORMAL, NORMAL)), np.isin(kind, (UNIFORM, TRIANGULAR))
    faults = (
        (~np.isin(kind, _KNOWN), "only uniform, triangular, normal and lognormal numbers are drawn"),
        (centred & ~((fields["scale"] > 0) & np.isfinite(fields["loc"])), "its standard deviation is none"),
        (bounded & ~((minimum < maximum) & np.isfinite(maximum - minimum)), "its bounds are no interval"),
        (
            (kind == TRIANGULAR) & ~((minimum <= fields["loc"]) & (fields["loc"] <= maximum)),
            "its mode is out of it",
        ),
        (centred & (minimum >= maximum), "it is cut to nothing"),
    )
    return [(int(place), why) for where, why in faults for place in np.flatnonzero(where)]


class Amounts:
    """The amounts of a table of exchanges from normal scores: sorted by shape once, so that a draw is a few passes.

    Nearly all numbers of a large database are lognormal and uncut, so every place is drawn so and the others are
    put right afterwards.
    """

    def __init__(self, exchanges: Exchanges) -> None:
        fields, drawn = exchanges.uncertainty, uncertain(exchanges)
        straight = np.zeros(len(exchanges), dtype=bool)
        straight[drawn] = _straight(fields[drawn])
        self._loc = np.where(straight, fields["loc"], 0.0)
        self._scale = np.where(straight, fields["scale"], 0.0)
        self._sign = np.where(exchanges.flip ^ fields["negative"], -1.0, 1.0)
        self._bent_places = drawn[~straight[drawn]]
        self._bent = exchanges.taken(self._bent_places)
        self._certain_places = np.flatnonzero(fields["uncertainty_type"] <= NO_UNCERTAINTY)
        self._certain = exchanges.amount[self._certain_places]

    def __len__(self) -> int:
        return len(self._loc)

    def at(self, scores: Array) -> Array:
        """One draw: the amount of every exchange.

        Args:
            scores: standard normal, one for each exchange.
        """
        amounts = np.empty(len(scores))
        for begin in range(0, len(scores), _CHUNK):
            chunk = slice(begin, begin + _CHUNK)
            part = np.multiply(scores[chunk], self._scale[chunk], out=amounts[chunk])
            part += self._loc[chunk]
            np.exp(part, out=part)
            part *= self._sign[chunk]
        amounts[self._certain_places] = self._certain
        if len(self._bent):
            amounts[self._bent_places] = quantile(self._bent, ndtr(scores[self._bent_places])[:, None])[:, 0]
        return amounts

    def at_most(self, drawn: AnyArray) -> Array:
        """The size that no amount exceeds on any of the four draws made from some words.

        Args:
            drawn: a word for each exchange.
        """
        sizes = np.empty(len(drawn))
        for begin in range(0, len(drawn), _CHUNK):
            chunk = slice(begin, begin + _CHUNK)
            part = np.multiply(farthest(drawn[chunk]), self._scale[chunk], out=sizes[chunk])
            part += self._loc[chunk]
            np.exp(part, out=part)
        sizes[self._certain_places] = np.abs(self._certain)
        if len(self._bent):
            ends = farthest(drawn[self._bent_places])[:, None] * np.array([-1.0, 1.0])
            sizes[self._bent_places] = np.abs(quantile(self._bent, ndtr(ends))).max(axis=1)
        return sizes


def quantile(exchanges: Exchanges, probability: Array) -> Array:
    r"""Amounts at the given probabilities, with their sign in the matrix.

    $$ x = \pm e^{\mu + \sigma z}, \quad z = \Phi^{-1}\left(\Phi(a) + u \, (\Phi(b) - \Phi(a))\right) $$

    for a lognormal number cut at $a$ and $b$ standard deviations; likewise $\mu + \sigma z$ for a normal one.

    Args:
        exchanges: all of them uncertain.
        probability: strictly between 0 and 1, a row per exchange.

    Returns:
        Amounts, same shape.

    Source:
        stats_arrays 0.7, module `distributions`: ids and the meaning of the fields.
    """
    drawn = np.empty_like(probability)
    fields = exchanges.uncertainty
    for kind, shape in _SHAPES.items():
        places = np.flatnonzero(fields["uncertainty_type"] == kind)
        if len(places):
            drawn[places] = shape(fields[places], probability[places])
    return np.where(exchanges.flip[:, None], -drawn, drawn)


def _cut_scores(fields: AnyArray, low: Array, high: Array, probability: Array) -> Array:
    """Standard normal scores between the two bounds; those missing are none."""
    below = np.where(np.isnan(low), 0.0, ndtr((low - fields["loc"]) / fields["scale"]))[:, None]
    above = np.where(np.isnan(high), 1.0, ndtr((high - fields["loc"]) / fields["scale"]))[:, None]
    return np.asarray(ndtri(below + probability * (above - below)))


def _normal(fields: AnyArray, probability: Array) -> Array:
    scores = _cut_scores(fields, fields["minimum"], fields["maximum"], probability)
    return np.asarray(fields["loc"][:, None] + fields["scale"][:, None] * scores)


def _lognormal(fields: AnyArray, probability: Array) -> Array:
    with np.errstate(invalid="ignore", divide="ignore"):  # no bound, or one below zero, cuts nothing
        low, high = np.log(np.abs(fields["minimum"])), np.log(np.abs(fields["maximum"]))
    low, high = np.where(fields["minimum"] == 0, np.nan, low), np.where(fields["maximum"] == 0, np.nan, high)
    low, high = np.where(fields["negative"], high, low), np.where(fields["negative"], low, high)
    scores = _cut_scores(fields, low, high, probability)
    size = np.exp(fields["loc"][:, None] + fields["scale"][:, None] * scores)
    return np.where(fields["negative"][:, None], -size, size)


def _uniform(fields: AnyArray, probability: Array) -> Array:
    low, high = fields["minimum"][:, None], fields["maximum"][:, None]
    return np.asarray(low + probability * (high - low))


def _triangular(fields: AnyArray, probability: Array) -> Array:
    low, mode, high = (fields[name][:, None] for name in ("minimum", "loc", "maximum"))
    rising = low + np.sqrt(probability * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - probability) * (high - low) * (high - mode))
    return np.asarray(np.where(probability * (high - low) < mode - low, rising, falling))


_SHAPES = {LOGNORMAL: _lognormal, NORMAL: _normal, UNIFORM: _uniform, TRIANGULAR: _triangular}


def _straight(fields: AnyArray) -> AnyArray:
    """Where a logarithm is a straight line of the normal score: lognormal, uncut."""
    uncut = np.isnan(fields["minimum"]) & np.isnan(fields["maximum"])
    return np.asarray(uncut & (fields["uncertainty_type"] == LOGNORMAL))
