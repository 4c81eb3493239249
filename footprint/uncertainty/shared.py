"""Draws made once and used by every product of a run, and by the next run with the same seed.

Most of the time of a sampled product goes into numbers that are the same in all: the draws of a published factor
depend on the factor, the seed and how many are asked for, and so does what an answer of some name strays by. Made
once, they leave a product only the arithmetic of its own amounts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from footprint.uncertainty.draws import probabilities
from lca_models.factors import Factor, FactorSet
from lca_models.numbers import Numbers
from lca_models.real import Array, Real

MOST_BYTES = 1 << 26
"""Kept by default: all numbers of some ten kinds of product at 4,096 draws. What exceeds it starts afresh."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A published number at every draw, and what drawing it said."""

    factor: Factor
    value: Real
    drawn: dict[str, Array]
    labels: dict[str, str]


class Draws:
    """The draws of one seed: each number is drawn when it is first asked for, and kept.

    Args:
        source: the probabilities of each uncertain number, by its name.
        most_bytes: how much is kept at the most.

    Example:
        >>> draws = Draws(probabilities(seed=1, draws=256))
        >>> draws("n2o.ef5") is draws("n2o.ef5")
        True
    """

    def __init__(self, source: Callable[[str], Array], *, most_bytes: int = MOST_BYTES) -> None:
        self._source, self._most_bytes = source, most_bytes
        self._bytes = 0
        self._probabilities: dict[str, Array] = {}
        self._factors: dict[str, _Made] = {}
        self._noise: dict[tuple[str, float], Array] = {}

    def __call__(self, name: str) -> Array:
        """The probabilities of a number."""
        found = self._probabilities.get(name)
        if found is None:
            found = self._probabilities[name] = self._kept(self._source(name))
        return found

    def factor(self, factor: Factor, factors: FactorSet) -> _Made:
        """A published number at every draw.

        Args:
            factor: another one of the same id is another number.
            factors: the set it is of.
        """
        made = self._factors.get(factor.id)
        if made is None or made.factor is not factor:
            drawn: dict[str, Array] = {}
            numbers = Numbers(factors, _recording(self, drawn))
            value = numbers.take(factor)
            value = self._kept(value) if isinstance(value, np.ndarray) else value
            made = self._factors[factor.id] = _Made(factor, value, drawn, numbers.reading.labels)
        return made

    def noise(self, name: str, sigma: float, make: Callable[[str, float], Array]) -> Array:
        """The factor by which an answer strays at each draw.

        Args:
            name: of the answer.
            sigma: how far.
            make: it, where it is not there yet.
        """
        found = self._noise.get((name, sigma))
        if found is None:
            found = self._noise[name, sigma] = self._kept(make(name, sigma))
        return found

    def _kept(self, made: Array) -> Array:
        """Room is made for it, and as many will hold it, nobody may write into it."""
        made.setflags(write=False)
        self._bytes += made.nbytes
        if self._bytes > self._most_bytes:
            self._bytes = made.nbytes
            for kept in (self._probabilities, self._factors, self._noise):
                kept.clear()
        return made


@lru_cache(maxsize=1)
def shared(*, seed: int, draws: int) -> Draws:
    """The draws of a seed, the same object as long as nobody asks for another seed or number of draws.

    Args:
        seed: of all streams.
        draws: how many.

    Raises:
        InputError: no draws.
    """
    return Draws(probabilities(seed=seed, draws=draws))


class DrawnOnce(Numbers):
    """Numbers whose draws are made once for all that use them.

    Args:
        factors: published numbers.
        probabilities: of each uncertain number; `Draws` to share them; central values when not given.
    """

    def __init__(self, factors: FactorSet, probabilities: Callable[[str], Array] | None) -> None:
        self.drawn: dict[str, Array] = {}
        """The probabilities drawn, by the name of the uncertain number."""
        self._draws = _shareable(probabilities)
        super().__init__(factors, None if self._draws is None else _recording(self._draws, self.drawn))

    def take(self, factor: Factor) -> Real:
        """As of one product; its draws are made once for all."""
        if self._draws is None:
            return super().take(factor)
        made = self._draws.factor(factor, self.factors)
        self.reading.factors[factor.id] = factor
        self.reading.labels.update(made.labels)
        self.drawn.update(made.drawn)
        return made.value

    def spread(self, name: str, sigma: float) -> Array:
        """The factor by which an answer strays at each draw, made once for all."""
        if self._draws is None:
            return super().spread(name, sigma)
        self.drawn[name] = self._draws(name)
        return self._draws.noise(name, sigma, super().spread)


def _shareable(source: Callable[[str], Array] | None) -> Draws | None:
    return source if source is None or isinstance(source, Draws) else Draws(source)


def _recording(source: Callable[[str], Array], drawn: dict[str, Array]) -> Callable[[str], Array]:
    def draw(name: str) -> Array:
        found = drawn[name] = source(name)
        return found

    return draw
