r"""Standard normal scores of a whole database, four draws at a time, from a counter and not from a sequence.

The key of the generator (Philox) is (seed, name of the table), its counter the number of the four draws and the
number of the exchange: any draw of any exchange is the same wherever, and with whatever others, it is made. One word
of 64 bits gives two independent scores (Box, Muller), here by the tangent $t$ of half the angle, which is one
division where sine and cosine are two series:

$$ r = \sqrt{-2 \ln u}, \quad z_1 = r \, \frac{1 - t^2}{1 + t^2}, \quad z_2 = r \, \frac{2 t}{1 + t^2} $$

The four draws are $z_1$, $-z_1$, $z_2$ and $-z_2$ (antithetic): of a result that is nearly straight in its hundred
thousand numbers the mean is then nearly free of sampling error, as with the hypercube of the foreground, at a
quarter of the cost of making them.

Source:
    Box, Muller (1958), Annals of Mathematical Statistics 29:610; Hammersley, Morton (1956), Mathematical Proceedings
    of the Cambridge Philosophical Society 52:449; Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers, SC11.
"""

from collections.abc import Iterator

import numpy as np

from footprint.background.hashed import AnyArray
from footprint.uncertainty.draws import key
from lca_models.real import Array

TOGETHER = 4
"""Draws made from the same random words."""
_CHUNK = 8_192  # exchanges whose arrays stay in the cache of a core; no draw depends on it
_STEP = 2.0**-32


def normal_scores(name: str, *, count: int, seed: int, first: int, draws: int) -> Iterator[Array]:
    """Scores of a table of uncertain numbers, draw by draw; each lasts until the next is asked for.

    Args:
        name: of the table.
        count: how many numbers it has.
        seed: of all streams.
        first: number of the first draw.
        draws: how many.

    Example:
        >>> whole = [scores.copy() for scores in normal_scores("t", count=3, seed=1, first=0, draws=8)]
        >>> part = [scores.copy() for scores in normal_scores("t", count=3, seed=1, first=5, draws=1)]
        >>> bool((whole[5] == part[0]).all()), bool((whole[0] == -whole[1]).all())
        (True, True)
    """
    stream = key(seed, name)
    pair = np.empty((2, count))
    for four in range(first // TOGETHER, -(-(first + draws) // TOGETHER)):
        _fill(pair, np.random.Philox(key=stream, counter=[0, 0, four, 0]))
        for member in range(TOGETHER):
            if first <= four * TOGETHER + member < first + draws:
                half, turned = divmod(member, 2)
                yield -pair[half] if turned else pair[half]


def _fill(pair: Array, generator: np.random.Philox) -> None:
    for begin in range(0, pair.shape[1], _CHUNK):
        chunk = pair[:, begin : begin + _CHUNK]
        raw: AnyArray = np.asarray(generator.random_raw(chunk.shape[1]))
        radius = np.sqrt(-2.0 * np.log(_inside(np.right_shift(raw, np.uint64(32)))))
        tangent = np.tan(np.pi * (_inside(raw) - 0.5))
        share = 1.0 / (1.0 + tangent * tangent)
        np.multiply(radius, 2.0 * share - 1.0, out=chunk[0])
        np.multiply(radius, 2.0 * tangent * share, out=chunk[1])


def _inside(raw: AnyArray) -> Array:
    """The lower 32 bits and a half, between 0 and 1: neither end is ever drawn, nor anything beyond 6.7 deviations."""
    return np.asarray((raw.astype(np.uint32).astype(np.float64) + 0.5) * _STEP)
