"""Monte Carlo with an uncertain foreground: a lychee season on 1,000 draws, beside bw2calc's ways to do it.

Ours is timed from the record's text to P5, P50 and P95, sampling included, unless the row says otherwise. The draws
of a number are the same for all products of a run: *draws made* says that a product before asked for all of them,
published numbers and answers of the same names; *draws anew* that none did. One lot of a thousand starts as the cells
of a row of a table and ends as a row of results, with stages, gases, data quality and digest, in a worker that has
started. Every peer starts with its matrices ready made: nothing but bw2calc's own work is on its clock.

- best route: presampled arrays, everything bought collapsed by hand into the CO2e of its buyer, one substance,
  and the faster of its sparse and dense solvers;
- as exported: presampled arrays of the network with its purchases and gases;
- `PartitionedMonteCarloLCA`: the foreground sampled from distributions, everything bought solved beforehand.
"""

import math
import os
import random
import tempfile
from collections.abc import Callable
from typing import Any

import numpy as np
from bw_processing import INDICES_DTYPE, UNCERTAINTY_DTYPE, create_datapackage

from benchmarks.lots import COLUMNS, LYCHEE, answers
from benchmarks.timing import Timing, show, timed
from footprint.assess import assess
from footprint.brightway.calculator import calculator
from footprint.brightway.datapackage import Package, packed
from footprint.brightway.matrices import Cell, Matrices, Node
from footprint.causes import gross, gross_draws
from footprint.characterisation import BIOGENIC_CO2, Characterisation
from footprint.engine import bought, solve
from footprint.portfolio.shard import Job, Product, Results, Shard, compute
from footprint.records import load, read_answers
from footprint.run import Run
from footprint.setting import Setting
from footprint.uncertainty import probabilities, shared
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Process, Purchase
from lca_models.product_system import ProductSystem
from lca_models.real import Array, Real

DRAWS = 1000
LOTS = 1024
FACTORS = shipped_factors()
AR6 = Characterisation.named("AR6-100", FACTORS)
COLLAPSED = "co2e:AR6-100"


def run() -> None:
    """One product, 1,000 draws of every answer and every published number."""
    system = load(LYCHEE)
    sold_at = system.route(None)
    central = Run.central(system, sold_at, FACTORS)
    sampled = Run.sampled(system, sold_at, FACTORS, probabilities(seed=1, draws=DRAWS))
    reference = gross_draws(sampled.solution, AR6, DRAWS)
    ours = _ways(system)
    print(f"lychee, {DRAWS} draws, with intervals, shares of variance, quality: {timed(_whole_result)}\n")
    exported = _package(central, sampled)
    name, best = best_route(central, sampled, reference)
    plain = _walked(calculator().LCA, exported, reference)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BRIGHTWAY2_DIR"] = folder  # its helper imports bw2data, which makes a folder somewhere
        partitioned = _partitioned(central, sampled)
    peers = {
        f"bw2calc, collapsed by hand, arrays, {name}": best,
        "bw2calc, arrays as exported": plain,
        "PartitionedMonteCarloLCA": partitioned,
    }
    for title, timing in ours.items():
        for peer_name, peer in peers.items():
            show(title, timing, peer, peer_name)
    alone = timed(lambda: gross_draws(solve(sampled.processes, sampled.demand, sampled.numbers), AR6, DRAWS))
    show(f"{DRAWS} draws, the solve alone, matrices ready on both sides", alone, best, f"bw2calc, {name}")


def best_route(central: Run, sampled: Run, reference: Array) -> tuple[str, Timing]:
    """The fastest of bw2calc's ways through presampled arrays, everything bought collapsed by hand."""
    by_hand = _package(collapsed(central), collapsed(sampled))
    solvers = {"LCA, sparse": calculator().LCA, "DenseLCA": calculator().DenseLCA}
    times = {name: _walked(kind, by_hand, reference) for name, kind in solvers.items()}
    return min(times.items(), key=lambda row: row[1].median)


def _ways(system: ProductSystem) -> dict[str, Timing]:
    """Our ways to the interval, by what is ready before the clock starts."""
    made = shared(seed=1, draws=DRAWS)
    return {
        f"{DRAWS} draws, from the text, draws anew": timed(
            lambda: percentiles(load(LYCHEE), probabilities(seed=1, draws=DRAWS)), runs=25
        ),
        f"{DRAWS} draws, from the text, draws made": timed(lambda: percentiles(load(LYCHEE), made), runs=25),
        f"{DRAWS} draws, record read, draws made": timed(lambda: percentiles(system, made), runs=25),
        f"{DRAWS} draws, one lot of {LOTS:,}, from its row to its result": _lot(),
    }


def percentiles(system: ProductSystem, draws: Callable[[str], Array]) -> Array:
    """P5, P50 and P95 of a product, kg CO2e."""
    run = Run.sampled(system, system.route(None), FACTORS, draws)
    return np.quantile(gross_draws(run.solution, AR6, DRAWS), [0.05, 0.5, 0.95])


def _lot() -> Timing:
    """One of a shard of lots, which is what a worker of a portfolio is given."""
    headers = tuple(COLUMNS)
    spread = random.Random(7)  # noqa: S311 - no secret
    lots = [Product(number, f"lot-{number}", tuple(answers(spread))) for number in range(1, LOTS + 1)]
    job = Job.of(read_answers(LYCHEE), headers, Setting(gwp="AR6-100", draws=DRAWS, factors=FACTORS)).packed
    shard = Shard(0, tuple(lots))
    assert Results.unpacked(compute(job, shard)).footprints.num_rows == LOTS  # noqa: S101 - refused ones are fast
    return timed(lambda: compute(job, shard), runs=5).of(LOTS)


def _whole_result() -> object:
    return assess(load(LYCHEE), gwp="AR6-100", draws=DRAWS)


def _package(central: Run, sampled: Run) -> Package:
    matrices = [Matrices.of(run.processes, run.demand, run.numbers) for run in (central, sampled)]
    return packed(matrices[0], AR6, sampled=matrices[1])


def collapsed(run: Run) -> Run:
    """The same network, every process with one emission: the CO2e of all it emits and buys."""

    def one(process: Process) -> Process:
        co2e: Real = 0.0
        for exchange in process.exchanges:
            if isinstance(exchange, Purchase):
                made = [(e.substance, e.kg) for e in bought(exchange, "", 1.0, run.numbers)]
            else:
                made = [(exchange.substance, exchange.kg)]
            for gas, kg in made:
                co2e = co2e + (0.0 if gas == BIOGENIC_CO2 else kg * AR6.co2e_per_kg(gas))
        fields = {"outputs": process.outputs, "links": process.links, "allocation": process.allocation}
        return Process(
            process.name,
            process.stage,
            exchanges=(Emission(COLLAPSED, co2e, ""),),
            keys=process.keys,
            **fields,
        )

    processes = tuple(one(process) for process in run.processes)
    return Run(run.numbers, processes, run.demand, solve(processes, run.demand, run.numbers))


def _walked(kind: type[Any], package: Package, reference: Array) -> Timing:
    """Walks through the arrays, after checking that it arrives at our numbers."""

    def walk() -> list[float]:
        lca = kind(package.demand, data_objs=[package.data], use_arrays=True)
        lca.lci()
        lca.lcia()
        return _scores(lca)

    np.testing.assert_allclose(walk(), reference, rtol=1e-10)
    return timed(walk, runs=3)


def _scores(lca: Any) -> list[float]:  # noqa: ANN401 - bw2calc is untyped
    scores = [lca.score]
    for _ in range(DRAWS - 1):
        next(lca)
        scores.append(lca.score)
    return scores


def _partitioned(central: Run, sampled: Run) -> Timing:
    """The foreground drawn by bw2calc from distributions as wide as ours; what is bought is solved beforehand."""
    matrices = [Matrices.of(run.processes, run.demand, run.numbers) for run in (central, sampled)]
    ids: dict[Node, int] = {}
    packages = [_distributions(*matrices, kind, ids) for kind in ("product", "purchase")]
    warming = create_datapackage(name="warming")
    cells = matrices[0].characterised(AR6)
    warming.add_persistent_vector(
        matrix="characterization_matrix",
        indices_array=np.array([(ids[cell.row], 0) for cell in cells], dtype=INDICES_DTYPE),
        data_array=np.array([float(cell.amount) for cell in cells]),
    )

    def walk() -> list[float]:
        lca = calculator().PartitionedMonteCarloLCA(
            {ids[matrices[0].demand]: 1.0}, ["purchase"], [*packages, warming], seed_override=1
        )
        lca.lci()
        lca.lcia()
        return _scores(lca)

    middle, expected = np.median(walk()), gross(central.solution, AR6)
    np.testing.assert_allclose(middle, expected, rtol=0.1)
    return timed(walk, runs=3)


def _distributions(central: Matrices, sampled: Matrices, kind: str, ids: dict[Node, int]) -> Any:  # noqa: ANN401 - bw_processing is untyped
    """The columns of one kind as a datapackage of their own, each amount with its distribution."""
    needs = ["purchase"] if kind == "product" else []
    package = create_datapackage(name=kind, metadata={"database_dependencies": needs})
    for matrix in ("technosphere", "biosphere"):
        pairs = zip(getattr(central, matrix), getattr(sampled, matrix), strict=True)
        cells = [(cell, drawn) for cell, drawn in pairs if cell.column.kind == kind]
        package.add_persistent_vector(
            matrix=f"{matrix}_matrix",
            name=f"{kind}_{matrix}",
            indices_array=np.array(
                [
                    [ids.setdefault(node, len(ids) + 1) for node in (cell.row, cell.column)]
                    for cell, _ in cells
                ]
            )
            .astype(np.int64)
            .view(INDICES_DTYPE)
            .reshape(-1),
            data_array=np.array([float(cell.amount) for cell, _ in cells]),
            flip_array=np.array([cell.role == "consumption" for cell, _ in cells]),
            distributions_array=np.array([_spread(*pair) for pair in cells], dtype=UNCERTAINTY_DTYPE),
            reference_array=np.array([cell.role == "production" for cell, _ in cells]),
        )
    return package


def _spread(cell: Cell, drawn: Cell) -> tuple[int, float, float, float, float, float, bool]:
    """Lognormal with the spread of the draws; normal where some of them are zero."""
    amount, none = float(cell.amount), math.nan
    if np.ptp(drawn.amount) <= 1e-9 * abs(amount):
        return (1, amount, none, none, none, none, False)
    if np.min(drawn.amount / amount) > 0:
        spread = float(np.std(np.log(drawn.amount / amount)))
        return (2, math.log(abs(amount)), spread, none, none, none, amount < 0)
    return (3, amount, float(np.std(drawn.amount)), none, none, none, False)
