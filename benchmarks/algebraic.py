"""The lychee network as lca_algebraic is given it, and what it says in a process of its own."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.foreground import DRAWS, collapsed
from footprint.brightway.matrices import Cell, Matrices
from footprint.run import Run
from lca_models.real import Array

_PEER = Path(__file__).with_name("peer_algebraic.py")


def answered(python: Path, sampled: Run) -> Mapping[str, Any]:
    """Versions, scores and seconds of lca_algebraic on the draws of a run.

    Args:
        python: that has it.
        sampled: the network; everything bought is collapsed by hand into the CO2e of its buyer.
    """
    run = collapsed(sampled)
    matrices = Matrices.of(run.processes, run.demand, run.numbers)
    made = {cell.column: _draws(cell) for cell in matrices.technosphere if cell.role == "production"}
    names = list(made)
    links = [cell for cell in matrices.technosphere if cell.role == "consumption"]
    with tempfile.TemporaryDirectory() as folder:
        network = Path(folder) / "network.npz"
        np.savez(
            network,
            columns=[name.name for name in names],
            demand=names.index(matrices.demand),
            links=[(names.index(cell.row), names.index(cell.column)) for cell in links],
            taken=[_draws(cell) / made[cell.column] for cell in links],
            emitting=[names.index(cell.column) for cell in matrices.biosphere],
            emitted=[_draws(cell) / made[cell.column] for cell in matrices.biosphere],
        )
        said = subprocess.run([python, _PEER, network], check=True, capture_output=True, cwd=folder)
    found: Mapping[str, Any] = json.loads(said.stdout)
    return found


def _draws(cell: Cell) -> Array:
    return np.broadcast_to(np.asarray(cell.amount, dtype=float), (DRAWS,))
