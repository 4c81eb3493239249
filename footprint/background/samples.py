"""The background on draws: the same exchange is the same draw for every product, and for every footprint with it.

Each uncertain exchange is a parameter with a name of its own, `background.<pack>.<exchange>`, drawn by the same
counter-based generator as every other number. So two products bought from one background vary together, any
range of draws can be made anywhere, and a footprint asks for a table instead of solving a background.
"""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from footprint.background import hashed
from footprint.background.inventory import Exchanges
from footprint.background.pack import Pack
from footprint.background.scores import METHOD
from footprint.background.solve import Solved, solved
from footprint.background.spreads import quantile, uncertain
from footprint.background.system import Structure
from footprint.errors import InputError, Problem
from footprint.uncertainty.draws import BLOCK, probabilities
from lca_models.real import Array

KIND = "agrifood-footprint background samples, version 1"
TOLERANCE = 1e-7
"""Last relative step of a draw: a millionth of the error of any sample."""
_TOGETHER = 4096  # uncertain exchanges drawn at once: 8 MB a block
Amounts = tuple[Array, Array]
"""One draw: an amount for every exchange of the technosphere and of the emissions, in the order of the pack."""


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
        InputError: the pack has no such process, or what the cache holds has changed.
        NetworkError: on some draw a loop uses up what it makes.
    """
    if cache is None:
        return sampled(pack, processes, drawn(pack, draws=draws, seed=seed, first=first), seed=seed)
    asked = f"{pack.id}|{METHOD}|{seed}|{first}|{draws}|{chr(10).join(processes)}"
    kept = cache / f"{pack.id[7:23]}-samples-{hashlib.sha256(asked.encode()).hexdigest()[:16]}"
    if not kept.exists():
        found = sampled(pack, processes, drawn(pack, draws=draws, seed=seed, first=first), seed=seed)
        about = {"asked": asked, "relative_error": found.relative_error}
        hashed.write(kept, KIND, about, {"intensities": found.intensities}, {})
    folder = hashed.read(kept, KIND)
    if folder.about.get("asked") != asked:
        fix = "remove the folder; it will be made again"
        raise InputError(Problem(str(kept), "holds other samples", "they are never used", fix))
    error = float(folder.about["relative_error"])
    return Samples(tuple(processes), pack.gases, folder.arrays["intensities"], seed, error)


def sampled(
    pack: Pack,
    processes: Sequence[str],
    amounts: Iterable[Amounts],
    *,
    seed: int | None = None,
    tolerance: float = TOLERANCE,
) -> Samples:
    """The intensities of some products on draws that were made already, ours or somebody else's.

    Args:
        pack: the background.
        processes: whose products.
        amounts: draw by draw.
        seed: of the draws, where they are ours.
        tolerance: last relative step of each draw; `tiers.EXACT` to compare engines.

    Raises:
        InputError: the pack has no such process.
        NetworkError: on some draw a loop uses up what it makes.
    """
    rows = [pack.column(process) for process in processes]
    structure = Structure(pack)
    last: Solved = solved(structure.filled(), pack)
    found, errors = [], [0.0]
    for technosphere, emissions in amounts:
        system = structure.filled(technosphere, emissions)
        this = solved(system, pack, start=last.found, proof=last.proof, tolerance=tolerance)
        found.append(system.sign[rows, None] * this.found[rows])
        errors.append(this.certificate.relative_error)
    shape = (len(found), len(rows), len(pack.gases))
    return Samples(tuple(processes), pack.gases, np.array(found).reshape(shape), seed, max(errors))


def drawn(pack: Pack, *, draws: int, seed: int, first: int = 0) -> Iterator[Amounts]:
    """Amounts of all exchanges, draw by draw.

    Args:
        pack: the background.
        draws: how many.
        seed: of all streams.
        first: number of the first one.
    """
    begin, end = first, first + draws
    while begin < end:
        count = min(end, (begin // BLOCK + 1) * BLOCK) - begin
        with tempfile.TemporaryFile() as technosphere, tempfile.TemporaryFile() as emissions:
            yield from zip(
                _block(pack, technosphere, seed=seed, first=begin, draws=count, emission=False),
                _block(pack, emissions, seed=seed, first=begin, draws=count, emission=True),
                strict=True,
            )
        begin += count


def _block(
    pack: Pack,
    scratch: IO[bytes],
    *,
    seed: int,
    first: int,
    draws: int,
    emission: bool,
) -> Array:
    exchanges: Exchanges = pack.emissions if emission else pack.technosphere
    if not len(exchanges):
        return np.zeros((draws, 0))
    # Drawn exchange by exchange and read draw by draw: on disk, so that a large database fits.
    table = np.memmap(scratch, dtype=np.float64, mode="w+", shape=(draws, len(exchanges)))
    table[:] = exchanges.amount
    source = probabilities(seed=seed, draws=draws, first=first)
    places = uncertain(exchanges)
    for chunk in np.array_split(places, max(1, -(-len(places) // _TOGETHER))):
        if len(chunk):
            chances = np.array([source(pack.parameter(int(place), emission=emission)) for place in chunk])
            table[:, chunk] = quantile(exchanges.taken(chunk), chances).T
    return table
