"""A product system as a datapackage: in memory for bw2calc, or as a file for anybody's Brightway.

With draws, the package holds every matrix twice: central values as vectors, and our own draws column by column as
presampled arrays. `LCA(…)` solves the first, `LCA(…, use_arrays=True)` walks through the second: the same draws,
in the same order, that our engine used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from footprint.brightway.matrices import Cell, Matrices, Node
from footprint.brightway.nodes import described
from footprint.characterisation import Characterisation
from footprint.errors import InputError, Problem
from footprint.uncertainty import DEFAULT_SEED, probabilities
from lca_models.factors import FactorSet, shipped_factors
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem

NAME = "agrifood_footprint"
_INDICES = [("row", np.int64), ("col", np.int64)]


@dataclass(frozen=True)
class Package:
    """A datapackage and the demand to ask of it: one unit of the product."""

    data: Any  # bw_processing is untyped
    demand: dict[int, float]


def datapackage(
    system: ProductSystem,
    *,
    gwp: str | None,
    route: str | None = None,
    factors: FactorSet | None = None,
    draws: int = 0,
    seed: int = DEFAULT_SEED,
    file: Path | None = None,
) -> Package:
    """A product system, its purchases and the characterisation as one datapackage.

    Args:
        system: the records.
        gwp: warming potentials.
        route: which place of sale.
        factors: published numbers; the shipped ones when not given.
        draws: how many of our draws go along as presampled arrays; none when 0.
        seed: of the draws.
        file: where to keep it, a new zip file; in memory when not given.

    Raises:
        FootprintError: the records cannot be assessed.
        InputError: the file cannot be written.
    """
    factors = factors or shipped_factors()
    characterisation = Characterisation.named(gwp, factors)
    chosen = system.route(route)
    demand = system.sold_at(chosen)

    def matrices(numbers: Numbers) -> Matrices:
        return Matrices.of(system.processes(numbers, chosen), demand, numbers)

    central = matrices(Numbers(factors))
    sampled = matrices(Numbers(factors, probabilities(seed=seed, draws=draws))) if draws else None
    return packed(central, characterisation, sampled=sampled, region=system.product.region, file=file)


def packed(
    central: Matrices,
    characterisation: Characterisation,
    *,
    sampled: Matrices | None = None,
    region: str = "GLO",
    file: Path | None = None,
) -> Package:
    """Matrices as a datapackage.

    Args:
        central: of the central values.
        characterisation: warming potentials.
        sampled: the same network on draws.
        region: where the producer's own processes are.
        file: where to keep it, a new zip file; in memory when not given.

    Raises:
        CharacterisationError: the set has no value for a gas.
        InputError: the file cannot be written.
    """
    from bw_processing import create_datapackage  # noqa: PLC0415 - see the room's docstring

    warming = central.characterised(characterisation)  # refuses before a file is begun
    ids = _Ids()
    about = {"demand": {str(ids[central.demand]): 1.0}, "gwp": characterisation.name}
    package = create_datapackage(fs=_archive(file), name=NAME, sequential=True, metadata=about)
    for matrix, cells in _named(central, warming):
        _add_vector(package, matrix, cells, ids)
    if sampled is not None:
        for matrix, cells in _named(sampled, ()):
            _add_array(package, matrix, cells, ids)
    _add_names(package, central, ids, region)
    if file is not None:
        package.finalize_serialization()
    return Package(package, {ids[central.demand]: 1.0})


class _Ids(dict[Node, int]):
    """A number for every node, given on first use."""

    def __missing__(self, node: Node) -> int:
        self[node] = len(self) + 1
        return self[node]


def _named(matrices: Matrices, warming: Sequence[Cell]) -> Iterable[tuple[str, Sequence[Cell]]]:
    yield "technosphere_matrix", matrices.technosphere
    yield "biosphere_matrix", matrices.biosphere
    if warming:
        yield "characterization_matrix", warming


def _add_vector(package: Any, matrix: str, cells: Sequence[Cell], ids: _Ids) -> None:  # noqa: ANN401 - untyped
    amounts = np.array([float(cell.amount) for cell in cells])
    package.add_persistent_vector(
        matrix=matrix, name=_group(matrix), data_array=amounts, **_places(cells, ids)
    )


def _add_array(package: Any, matrix: str, cells: Sequence[Cell], ids: _Ids) -> None:  # noqa: ANN401 - untyped
    draws = np.broadcast_shapes(*(np.shape(cell.amount) for cell in cells)) or (1,)
    amounts = np.array([np.broadcast_to(cell.amount, draws) for cell in cells])
    package.add_persistent_array(
        matrix=matrix, name=f"{_group(matrix)}_draws", data_array=amounts, **_places(cells, ids)
    )


def _group(matrix: str) -> str:
    return matrix.removesuffix("_matrix")


def _places(cells: Sequence[Cell], ids: _Ids) -> dict[str, Any]:
    """Where each amount goes. Consumption is positive and flipped: Brightway's way of saying minus."""
    places: dict[str, Any] = {
        "indices_array": np.array([(ids[cell.row], _column(cell, ids)) for cell in cells], dtype=_INDICES),
        "flip_array": np.array([cell.role == "consumption" for cell in cells], dtype=bool),
    }
    made = np.array([cell.role == "production" for cell in cells], dtype=bool)
    return places | ({"reference_array": made} if made.any() else {})


def _column(cell: Cell, ids: _Ids) -> int:
    """Characterisation lies on the diagonal; its column is a place, and 0 is everywhere."""
    return 0 if cell.role == "characterisation" else ids[cell.column]


def _add_names(package: Any, matrices: Matrices, ids: _Ids, region: str) -> None:  # noqa: ANN401 - untyped
    """What each number of the indices stands for, so that they mean something on another machine."""
    rows = [
        {"id": number, "kind": node.kind, **described(node, matrices, region)._asdict()}
        for node, number in ids.items()
    ]
    groups = [
        ("technosphere", "rows"),
        ("technosphere", "cols"),
        ("biosphere", "rows"),
        ("biosphere", "cols"),
    ]
    package.add_csv_metadata(dataframe=pd.DataFrame(rows), valid_for=groups, name="nodes")


def _archive(file: Path | None) -> Any:  # noqa: ANN401 - a file system of fsspec
    if file is None:
        return None
    from bw_processing.io_helpers import generic_zipfile_filesystem  # noqa: PLC0415 - see the room's docstring

    if not file.parent.is_dir():
        fix = "choose a folder that is there"
        raise InputError(Problem(str(file), "cannot be written", "its folder does not exist", fix))
    if file.exists():
        fix = "take it away first, or choose another name"
        raise InputError(Problem(str(file), "is there already", "a datapackage is written whole", fix))
    try:
        return generic_zipfile_filesystem(dirpath=file.parent, filename=file.name)
    except OSError as error:
        fix = "choose a folder you can write to"
        raise InputError(Problem(str(file), "cannot be written", str(error.strerror), fix)) from error
