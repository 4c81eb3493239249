"""The background on draws: the same exchange is the same draw for every product, and for every footprint with it.

Each uncertain exchange is a parameter of its own, known by the pack and its place in it, and drawn by a counter. So
two products bought from one background vary together, any range of draws can be made anywhere, and a footprint asks
for a table instead of solving a background. The table is kept product by product: whatever is made of them, and
whatever else it buys, reads the same numbers.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from footprint.background import hashed
from footprint.background.fours import Draw, Tables
from footprint.background.normals import TOGETHER
from footprint.background.pack import Pack
from footprint.background.sampler import MOST, Given, Sampler
from footprint.background.system import Structure
from footprint.errors import InputError, Problem
from lca_models.real import Array

KIND = "agrifood-footprint background samples, version 2"
TOLERANCE = 1e-9
"""Last relative step of a draw: far below the error of any sample, and about as sure as others solve."""
MOST_NUMBERS = 2**28
"""In the samples of one run."""
METHOD = "draws-3"
"""Name and version of how samples are drawn; those of another one are never used."""


@dataclass(frozen=True)
class Samples:
    """Sampled intensities of some products."""

    processes: tuple[str, ...]
    gases: tuple[str, ...]
    intensities: Array
    """Draws × products × gases, kg per unit of product."""
    seed: int | None
    """Of the draws; none where somebody else's were given."""
    relative_error: float

    def of(self, process: str, gas: str) -> Array:
        """One intensity on all draws.

        Raises:
            InputError: the process was not sampled.
        """
        if process not in self.processes:
            fix = "name it when the background is sampled"
            raise InputError(Problem(process, "is not among the sampled processes", "", fix))
        place = self.processes.index(process), self.gases.index(gas)
        return np.asarray(self.intensities[:, *place])


def sample(
    pack: Pack, processes: Sequence[str], *, draws: int, seed: int, first: int = 0, cache: Path | None = None
) -> Samples:
    """Sample the intensities of some products.

    Args:
        pack: the background.
        processes: whose products.
        draws: how many.
        seed: of all numbers of a run, those of the foreground included.
        first: number of the first draw.
        cache: a folder for samples of any number of packs; nothing is kept when not given.

    Raises:
        InputError: the pack has no such process, the samples would fill the memory, or what is kept has changed.
        NetworkError: on some draw a loop uses up what it makes.
    """
    _refuse_too_many(draws, len(processes), len(pack.gases))
    if cache is None:
        intensities, errors = _made(pack, processes, draws=draws, seed=seed, first=first)
        return Samples(tuple(processes), pack.gases, intensities, seed, float(errors.max(initial=0.0)))
    asked = {one: f"{pack.id}|{METHOD}|{seed}|{first}|{draws}|{one}" for one in processes}
    places = {one: cache / f"{pack.id[7:23]}-samples-{_short(asked[one])}" for one in processes}
    missing = [one for one in asked if not places[one].exists()]
    if missing:
        intensities, errors = _made(pack, missing, draws=draws, seed=seed, first=first)
        for number, one in enumerate(missing):
            about = {"asked": asked[one], "relative_error": float(errors[number])}
            hashed.write(places[one], KIND, about, {"intensities": intensities[:, number]}, {})
    kept = [_read(places[one], asked[one]) for one in processes]
    tables = np.stack([table for table, _ in kept], axis=1) if kept else np.zeros((draws, 0, len(pack.gases)))
    return Samples(tuple(processes), pack.gases, tables, seed, max((error for _, error in kept), default=0.0))


def sampled(
    pack: Pack, processes: Sequence[str], amounts: Iterable[Draw], *, tolerance: float = TOLERANCE
) -> Samples:
    """The intensities of some products on draws that were made already, ours or somebody else's.

    Args:
        pack: the background.
        processes: whose products.
        amounts: draw by draw.
        tolerance: last relative step of each draw; `tiers.EXACT` to compare engines.

    Raises:
        InputError: the pack has no such process.
        NetworkError: on some draw a loop uses up what it makes.
    """
    sampler = Sampler(pack, processes, tolerance, together=1)
    intensities, errors = sampler.on(Given(sampler.structure, draw) for draw in amounts)
    return Samples(tuple(processes), pack.gases, intensities, None, float(errors.max(initial=0.0)))


def drawn(pack: Pack, *, draws: int, seed: int, first: int = 0) -> Iterator[Draw]:
    """Amounts of all exchanges, draw by draw.

    Args:
        pack: the background.
        draws: how many.
        seed: of all streams.
        first: number of the first one.
    """
    for four in Tables(pack, Structure(pack), seed).fours(draws=draws, first=first):
        yield from map(four.amounts, four.asked)


def _made(pack: Pack, processes: Sequence[str], *, draws: int, seed: int, first: int) -> tuple[Array, Array]:
    """So many at a time that each is solved from its side, whichever others are asked for."""
    tables, errors = [np.zeros((draws, 0, len(pack.gases)))], [np.zeros(0)]
    for begin in range(0, len(processes), MOST):
        sampler = Sampler(pack, processes[begin : begin + MOST], TOLERANCE, together=TOGETHER)
        fours = Tables(pack, sampler.structure, seed).fours(draws=draws, first=first)
        table, error = sampler.on(fours)
        tables, errors = [*tables, table], [*errors, error]
    return np.concatenate(tables, axis=1), np.concatenate(errors)


def _refuse_too_many(draws: int, products: int, gases: int) -> None:
    if draws * products * gases > MOST_NUMBERS:
        what = f"of {draws:,} draws, {products:,} products and {gases} gases are too many to sample"
        why = f"together they are limited to {MOST_NUMBERS:,} numbers, which is 2 GiB"
        raise InputError(Problem("background", what, why, "ask for fewer draws, or name fewer products"))


def _short(asked: str) -> str:
    return hashlib.sha256(asked.encode()).hexdigest()[:16]


def _read(place: Path, asked: str) -> tuple[Array, float]:
    folder = hashed.read(place, KIND)
    if folder.about.get("asked") != asked:
        fix = "remove the folder; it will be made again"
        raise InputError(Problem(str(place), "holds other samples", "they are never used", fix))
    return folder.arrays["intensities"], float(folder.about["relative_error"])
