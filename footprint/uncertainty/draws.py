"""Seeded, shared draws: one stream of probabilities per parameter name, in blocks, whatever else is drawn.

The generator is counter-based: its key is (seed, parameter name), its counter the number of the block. So
adding a parameter, asking in another order, drawing more or sharing the draws among workers leaves every
draw as it was; and a factor used in ten places, or in ten products compared, is the same draw in all.
"""

import hashlib
from collections.abc import Callable
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.errors import InputError, Problem
from lca_models.real import Array

DEFAULT_DRAWS = 4096
DEFAULT_SEED = 1
BLOCK = 256
"""Draws per block. Each block is stratified by itself, so that sixteen of them show the error of a result."""

_COUNTS_PER_BLOCK = 2 * BLOCK // 4  # Philox makes four numbers of 64 bits at each count of its counter


def probabilities(*, seed: int, draws: int, first: int = 0) -> Callable[[str], Array]:
    """Stratified uniform draws for each parameter: in every block, one in each 1/256 of the unit interval.

    Latin hypercube sampling (McKay, Beckman, Conover 1979, Technometrics 21:239), block by block: what adds up
    over the parameters loses its sampling error within a block, and blocks are independent of each other.

    Args:
        seed: of all streams.
        draws: how many.
        first: number of the first one; a worker that takes draws 512 to 1023 says `first=512, draws=512`.

    Returns:
        A function from the name of a parameter to its draws, each strictly between 0 and 1.

    Raises:
        InputError: no draws, or draws before the first.

    Example:
        >>> u = probabilities(seed=1, draws=512)("n2o.ef5")
        >>> bool((np.sort((u[:256] * 256).astype(int)) == np.arange(256)).all())
        True
        >>> bool((u[300:] == probabilities(seed=1, draws=212, first=300)("n2o.ef5")).all())
        True
    """
    if draws < 1 or first < 0:
        what, why = f"{draws} from number {first} on", "a sample has at least one, counted from 0"
        raise InputError(Problem("draws", what, why, f"leave it out for {DEFAULT_DRAWS}"))
    begin, end = first // BLOCK, -(-(first + draws) // BLOCK)
    wanted = slice(first - begin * BLOCK, first - begin * BLOCK + draws)
    # One generator serves all names: making one anew takes a quarter of the time of a stream.
    generator, alone = np.random.Philox(key=0), Lock()

    def draw(name: str) -> Array:
        with alone:
            generator.state = _state(key(seed, name), begin * _COUNTS_PER_BLOCK)
            raw = generator.random_raw((end - begin) * 2 * BLOCK)
        raw = raw.reshape(end - begin, 2, BLOCK)
        found = _inside(raw[:, 1])
        found += _shuffled(raw[:, 0])
        found /= BLOCK
        return found.ravel()[wanted]

    return draw


def key(seed: int, name: str) -> int:
    """The 128 bits that a stream of random numbers is known by.

    Args:
        seed: of all streams.
        name: of this one.
    """
    return int.from_bytes(hashlib.sha256(f"{seed}|{name}".encode()).digest()[:16])


def _state(key: int, count: int) -> Any:  # noqa: ANN401 - a dictionary whose type NumPy keeps to itself
    """A Philox generator that has counted so far, its words of 64 bits the lowest first."""
    word = (1 << 64) - 1
    return {
        "bit_generator": "Philox",
        "state": {
            "counter": np.array([count, 0, 0, 0], dtype=np.uint64),
            "key": np.array([key & word, key >> 64], dtype=np.uint64),
        },
        "buffer": np.zeros(4, dtype=np.uint64),
        "buffer_pos": 4,
        "has_uint32": 0,
        "uinteger": 0,
    }


def _shuffled(raw: NDArray[np.uint64]) -> Array:
    """The strata of each block in the order of its random numbers.

    Each number carries its own place in its lowest bits, so none are equal and every machine sorts alike.
    """
    places = np.uint64(BLOCK - 1)
    return (np.sort(raw & ~places | np.arange(BLOCK, dtype=np.uint64), axis=-1) & places).astype(float)


def _inside(raw: NDArray[np.uint64]) -> Array:
    """Where in its stratum: the upper 52 bits and a half, so neither end is ever drawn."""
    inside = (raw >> np.uint64(12)).astype(float)
    inside += 0.5
    inside *= 2.0**-52
    return inside
