"""The background on draws: the same exchange is the same draw for every product, and for every footprint with it.

Each uncertain exchange is a parameter of its own, known by the pack and its place in it, and drawn by a counter. So
two products bought from one background vary together, any range of draws can be made anywhere, and a footprint asks
for a table instead of solving a background.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from footprint.background import hashed
from footprint.background.normals import normal_scores
from footprint.background.pack import Pack
from footprint.background.solve import Solved, solved
from footprint.background.spreads import Amounts
from footprint.background.supply import Supply
from footprint.background.system import Structure, System
from footprint.errors import InputError, Problem
from lca_models.real import Array

KIND = "agrifood-footprint background samples, version 1"
TOLERANCE = 1e-7
"""Last relative step of a draw: a millionth of the error of any sample."""
_ACCEPTED = 1e2
"""Proved error of a draw that is not solved whole, in steps."""
METHOD = "draws-2"
"""Name and version of how samples are drawn; those of another one are never used."""
Draw = tuple[Array, Array]
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
    amounts: Iterable[Draw],
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
    central = structure.filled()
    base = solved(central, pack)
    supply = _supply(central, base, rows, tolerance)
    found, errors = [], [0.0]
    for technosphere, emissions in amounts:
        system = structure.filled(technosphere, emissions)
        some = None if supply is None else supply.intensities(system)
        if some is None or some[1] > _ACCEPTED * tolerance:
            every = solved(system, pack, start=base.found, proof=base.proof, tolerance=tolerance)
            some = every.found[rows], every.certificate.relative_error
        found.append(system.sign[rows, None] * some[0])
        errors.append(some[1])
    shape = (len(found), len(rows), len(pack.gases))
    return Samples(tuple(processes), pack.gases, np.array(found).reshape(shape), seed, max(errors))


def _supply(central: System, base: Solved, rows: Sequence[int], tolerance: float) -> Supply | None:
    """Few products are solved from their side, many from that of the gases."""
    if base.proof is None or not 0 < len(set(rows)) <= base.found.shape[1]:
        return None
    return Supply.of(central, base.proof.before_credits, rows, tolerance=tolerance)


def drawn(pack: Pack, *, draws: int, seed: int, first: int = 0) -> Iterator[Draw]:
    """Amounts of all exchanges, draw by draw.

    Args:
        pack: the background.
        draws: how many.
        seed: of all streams.
        first: number of the first one.
    """
    tables = [(pack.stream("t"), Amounts(pack.technosphere)), (pack.stream("b"), Amounts(pack.emissions))]
    technosphere, emissions = (
        map(table.at, normal_scores(name, count=len(table), seed=seed, first=first, draws=draws))
        for name, table in tables
    )
    return zip(technosphere, emissions, strict=True)
