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

import numpy as np

from footprint.background.hashed import AnyArray
from footprint.uncertainty.draws import key
from lca_models.real import Array

TOGETHER = 4
"""Draws made from the same random words."""
_CHUNK = 8_192  # exchanges whose arrays stay in the cache of a core; no draw depends on it
_STEP = 2.0**-32


def fours(first: int, draws: int) -> range:
    """The numbers of the fours that some draws are of."""
    return range(first // TOGETHER, -(-(first + draws) // TOGETHER))


def members(four: int, first: int, draws: int) -> range:
    """Which of the four are asked for."""
    begin = four * TOGETHER
    return range(max(first - begin, 0), min(first + draws - begin, TOGETHER))


def words(name: str, *, count: int, seed: int, four: int) -> AnyArray:
    """The random words behind four draws of a table.

    Args:
        name: of the table.
        count: how many numbers it has.
        seed: of all streams.
        four: which four.
    """
    return np.asarray(np.random.Philox(key=key(seed, name), counter=[0, 0, four, 0]).random_raw(count))


def pair(drawn: AnyArray) -> Array:
    """$z_1$ and $z_2$ of some words, a row each.

    Example:
        >>> whole = words("t", count=5, seed=1, four=0)
        >>> bool((pair(whole)[:, 3:] == pair(whole[3:])).all())
        True
    """
    both = np.empty((2, len(drawn)))
    for begin in range(0, len(drawn), _CHUNK):
        chunk, raw = both[:, begin : begin + _CHUNK], drawn[begin : begin + _CHUNK]
        radius, tangent = farthest(raw), np.tan(np.pi * (_inside(raw) - 0.5))
        share = 1.0 / (1.0 + tangent * tangent)
        np.multiply(radius, 2.0 * share - 1.0, out=chunk[0])
        np.multiply(radius, 2.0 * tangent * share, out=chunk[1])
    return both


def turned(both: Array, member: int) -> Array:
    """The scores of one of four draws: one of the two, or its opposite."""
    half, opposite = divmod(member, 2)
    return np.asarray(-both[half] if opposite else both[half])


def farthest(drawn: AnyArray) -> Array:
    """$r$ of some words: none of their four scores is farther from zero."""
    return np.sqrt(-2.0 * np.log(_inside(np.right_shift(drawn, np.uint64(32)))))


def _inside(raw: AnyArray) -> Array:
    """The lower 32 bits and a half, between 0 and 1: neither end is ever drawn, nor anything beyond 6.7 deviations."""
    return np.asarray((raw.astype(np.uint32).astype(np.float64) + 0.5) * _STEP)
