"""The bridge to Brightway: the same product system as a datapackage, solved by bw2calc as a cross-check.

The only module that imports Brightway, and only inside its functions: importing bw2calc takes a second or
more and, with bw2data installed, creates a project folder in HOME.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from footprint.assess import unrounded_gross_kg_co2e
from footprint.characterisation import BIOGENIC_CO2, Characterisation
from footprint.engine import Column, columns
from lca_models.factors import FactorSet, shipped_factors
from lca_models.flows import Emission, Process
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem


class Amount(NamedTuple):
    """One cell of a matrix."""

    row: str
    column: str
    amount: float


@dataclass(frozen=True)
class CrossCheck:
    """Our number and Brightway's, kg CO2e per kg."""

    ours: float
    brightway: float

    @property
    def relative_difference(self) -> float:
        """|ours − Brightway| / Brightway."""
        return abs(self.ours - self.brightway) / abs(self.brightway)


def crosscheck(
    system: ProductSystem, *, gwp: str, route: str | None = None, factors: FactorSet | None = None
) -> CrossCheck:
    """Solve a product system with bw2calc and compare.

    Args:
        system: the records.
        gwp: warming potentials.
        route: which place of sale.
        factors: published numbers; the shipped ones when not given.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it recommends a faster solver; ours are small
        from bw2calc import LCA  # noqa: PLC0415 - see the module's docstring

    factors = factors or shipped_factors()
    chosen, numbers = system.route(route), Numbers(factors)
    processes, demand = system.processes(numbers, chosen), system.sold_at(chosen)
    ids = _Ids()
    package = _datapackage(processes, numbers, Characterisation.named(gwp, factors), ids)
    lca = LCA({ids[demand]: 1.0}, data_objs=[package])
    lca.lci()
    lca.lcia()
    ours = unrounded_gross_kg_co2e(system, gwp=gwp, route=route, factors=factors)
    return CrossCheck(ours=ours, brightway=float(lca.score))


class _Ids(dict[str, int]):
    """A number for every name, given on first use."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self) + 1
        return self[name]


def _datapackage(
    processes: tuple[Process, ...],
    numbers: Numbers,
    characterisation: Characterisation,
    ids: _Ids,
) -> Any:  # noqa: ANN401 - bw_processing is untyped
    from bw_processing import create_datapackage  # noqa: PLC0415 - see the module's docstring

    outputs = columns(processes)
    technosphere = [cell for column in outputs for cell in _technosphere(column)]
    bought = sorted(
        {
            exchange.product
            for process in processes
            for exchange in process.exchanges
            if not isinstance(exchange, Emission)
        }
    )
    technosphere += [Amount(product, product, 1.0) for product in bought]
    biosphere = [cell for column in outputs for cell in _biosphere(column)]
    biosphere += [
        Amount(str(factor.substance), product, factor.value)
        for product in bought
        for factor in numbers.factors.product(product)
    ]
    substances = sorted({cell.row for cell in biosphere} - {BIOGENIC_CO2})
    warming = [
        Amount(substance, substance, characterisation.co2e_per_kg(substance)) for substance in substances
    ]
    package = create_datapackage()
    for matrix, cells in (("technosphere_matrix", technosphere), ("biosphere_matrix", biosphere)):
        _add(package, matrix, [cell for cell in cells if cell.amount], ids)
    package.add_persistent_vector(
        matrix="characterization_matrix",
        indices_array=np.array([(ids[cell.row], 0) for cell in warming], dtype=_INDICES),
        data_array=np.array([cell.amount for cell in warming]),
    )
    return package


_INDICES = [("row", np.int64), ("col", np.int64)]


def _add(package: Any, matrix: str, cells: list[Amount], ids: _Ids) -> None:  # noqa: ANN401 - bw_processing is untyped
    amounts = np.array([cell.amount for cell in cells])
    consumed = (amounts < 0) if matrix == "technosphere_matrix" else np.zeros(len(cells), dtype=bool)
    package.add_persistent_vector(
        matrix=matrix,
        indices_array=np.array([(ids[cell.row], ids[cell.column]) for cell in cells], dtype=_INDICES),
        data_array=np.abs(amounts) if matrix == "technosphere_matrix" else amounts,
        flip_array=consumed,
    )


def _technosphere(column: Column) -> Iterator[Amount]:
    name, share = column.output.product, float(column.share)
    yield Amount(name, name, float(column.output.kg))
    for link in column.process.links:
        yield Amount(link.product, name, -float(link.kg) * share)
    for exchange in column.process.exchanges:
        if not isinstance(exchange, Emission):
            yield Amount(exchange.product, name, -float(exchange.amount) * share)


def _biosphere(column: Column) -> Iterator[Amount]:
    for exchange in column.process.exchanges:
        if isinstance(exchange, Emission):
            yield Amount(exchange.substance, column.output.product, float(exchange.kg) * float(column.share))
