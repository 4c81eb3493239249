"""A background of 20,000 processes: every product for every gas, beside bw2calc's ways to do it.

The background is made up: 20,000 processes with about ten inputs each, 150 hubs (power, transport, fuels) that
nearly everything uses and that use each other, twelve gases, uncertain throughout; one strongly connected whole.
Its links are near each other so that a sparse factorisation stays sparse: with the same number of links thrown
anywhere, factorising had not ended after ten minutes.

Ours is timed from the arrays of the pack to intensities with their certificate; a peer starts with its matrices
ready made. One method is asked of bw2calc, twelve gases of us.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from bw_processing import INDICES_DTYPE, UNCERTAINTY_DTYPE, create_datapackage
from scipy.sparse.linalg import splu

from benchmarks.timing import Timing, show, timed
from footprint.background import Pack, Replacement, Scenarios, Scores, build
from footprint.background.inventory import (
    LOGNORMAL,
    NO_UNCERTAINTY,
    UNCERTAINTY,
    Activity,
    Exchanges,
    Inventory,
    Product,
)
from footprint.background.samples import drawn, sampled
from footprint.brightway.calculator import calculator
from lca_models.published import Source
from lca_models.real import Array

SIZE, HUBS, INPUTS, GASES = 20_000, 150, 11, 12
SAMPLED, DRAWS = 20, 10
CHANGED = [200, 3_000, 9_000, 14_000, 19_000]
COLUMNS, FLOWS = 10 * SIZE, 20 * SIZE


def run() -> None:
    """Static scores, a scenario, draws."""
    with tempfile.TemporaryDirectory() as folder:
        pack = build(synthetic(), Path(folder, "sample.pack"))
        scores = Scores.of(pack, Path(folder, "cache"))
        ours = timed(lambda: Scores.of(pack))
        print(
            f"{SIZE} products, {GASES} gases: relative error {scores.certificate.relative_error:.1e}, proved\n"
        )
        print(
            f"opening the pack, every byte checked: {timed(lambda: Pack.open(Path(folder, 'sample.pack')))}"
        )
        print(f"the scores from the cache: {timed(lambda: Scores.of(pack, Path(folder, 'cache')))}\n")
        title = f"static scores of {SIZE} products"
        _static(title, pack, scores, ours)
        _scenario(pack)
        _draws(pack)


def _static(title: str, pack: Pack, scores: Scores, ours: Timing) -> None:
    package = _package(pack)
    lca = _lca(package)
    np.testing.assert_allclose(_adjoint(lca), scores.intensities.sum(axis=1), rtol=1e-9)
    show(
        title,
        ours,
        timed(lambda: _adjoint(lca), runs=5),
        "bw2calc's matrices, transposed and factorised by hand",
    )
    products = np.random.default_rng(2).integers(0, SIZE, SAMPLED).tolist()
    lca.lci(demand={products[0]: 1}, factorize=True)
    reused = timed(lambda: [lca.lcia(demand={product: 1}) for product in products], runs=3)
    many = _scaled(reused, SIZE / SAMPLED)
    show(title, ours, many, f"bw2calc, one factorisation, {SAMPLED} products extrapolated")
    plain = timed(lambda: _lca(package, product=products[1]), runs=3)
    show(title, ours, _scaled(plain, SIZE), "bw2calc, factor and solve, one product extrapolated")


def _scenario(pack: Pack) -> None:
    scenarios, rng = Scenarios.on(pack), np.random.default_rng(3)

    def replaced() -> list[Replacement]:
        return [_cleaner(pack, scenarios, column, rng.uniform(0.5, 1.02)) for column in CHANGED]

    again = [replaced() for _ in range(10)]
    first = timed(lambda: replace(scenarios, _used_by={}).scores(again[0]), runs=5)
    ready = timed(lambda: scenarios.scores(again[rng.integers(10)]), runs=25)
    anew = timed(lambda: Scores.of(pack), runs=5)
    show("five processes replaced, all products, all gases, proved", ready, anew, "solving anew")
    print(f"the first scenario of five processes: {first}; any later one of them: {ready}\n")


def _draws(pack: Pack) -> None:
    process = pack.entries[SIZE - 1].id
    amounts = list(drawn(pack, draws=DRAWS, seed=1))
    ours = _scaled(timed(lambda: sampled(pack, [process], amounts), runs=3), 1 / DRAWS)
    print(
        f"drawing 256 times {pack.folder.about['exchanges']} exchanges: {timed(lambda: _drawn(pack), runs=3)}\n"
    )
    kind = calculator().IterativeLCA
    lca = kind({SIZE - 1: 1}, data_objs=[_package(pack, uncertain=True)], use_distributions=True)
    lca.lci()
    lca.lcia()
    theirs = timed(lambda: next(lca), runs=9)
    show(
        "one draw of the background: every product and gas of ours",
        ours,
        theirs,
        "IterativeLCA, one product, one method",
    )


def _drawn(pack: Pack) -> None:
    for _ in drawn(pack, draws=256, seed=1):
        pass


def _cleaner(pack: Pack, scenarios: Scenarios, column: int, share: float) -> Replacement:
    """The same process with all its inputs and emissions times a number."""
    feed = scenarios.system.feed[[column]].tocoo()
    uses: dict[str, float] = {}
    for supplier, amount in zip(feed.coords[1].tolist(), feed.data.tolist(), strict=True):
        name = pack.entries[supplier].id
        uses[name] = uses.get(name, 0.0) + amount * share
    emits = {
        gas: share * kg for gas, kg in zip(pack.gases, scenarios.system.own[column].tolist(), strict=True)
    }
    return Replacement(pack.entries[column].id, uses, emits)


def synthetic(seed: int = 1) -> Inventory:
    """The background described above."""
    rng = np.random.default_rng(seed)
    count = SIZE * INPUTS
    col = np.repeat(np.arange(SIZE), INPUTS)
    step = 1 + (12 * rng.random(count) ** 3).astype(int)
    near = np.clip(np.where(rng.random(count) < 0.05, col + step, col - step), 0, SIZE - 1)
    row = np.where(rng.random(count) < 0.4, (HUBS * rng.random(count) ** 2).astype(int), near)
    row = np.where((col < HUBS) & (row >= HUBS), rng.integers(0, SIZE, count), row)
    row, col = row[row != col], col[row != col]
    size = rng.lognormal(0, 3, SIZE)  # screws and power plants
    share = rng.lognormal(0, 1.5, len(row))
    share *= rng.uniform(0.3, 0.95, SIZE)[col] / np.bincount(col, share, minlength=SIZE)[col]
    used = share * size[row] / size[col]
    one = np.arange(SIZE)
    technosphere = Exchanges(
        np.concatenate([one, row]),
        np.concatenate([one, col]),
        np.concatenate([np.ones(SIZE), -used]),
        np.concatenate([np.zeros(SIZE, bool), np.ones(len(used), bool)]),
        np.concatenate([_spread(np.ones(SIZE), NO_UNCERTAINTY), _spread(used)]),
    )
    cells = rng.random((GASES, SIZE)) < 0.15
    gas, emitter = np.nonzero(cells)
    kg = rng.lognormal(-3, 2, len(gas)) / size[emitter]
    emissions = Exchanges(gas, emitter, kg, np.zeros(len(kg), bool), _spread(kg))
    source = Source(
        id="sample", title="SAMPLE", publisher="SAMPLE", year=2025, url="docs/benchmarks.md", licence="CC0"
    )
    return Inventory(
        source,
        tuple(Product(str(n), f"product {n}", "kg") for n in range(SIZE)),
        tuple(Activity(str(n), f"process {n}", "GLO") for n in range(SIZE)),
        tuple(f"gas {n}" for n in range(GASES)),
        technosphere,
        emissions,
        tuple(range(SIZE)),
    )


def _spread(amounts: Array, kind: int = LOGNORMAL) -> "np.ndarray[Any, Any]":
    found = np.zeros(len(amounts), dtype=UNCERTAINTY)
    found["uncertainty_type"], found["scale"] = kind, 0.15
    found["loc"] = np.log(amounts) if kind == LOGNORMAL else amounts
    for name in ("shape", "minimum", "maximum"):
        found[name] = np.nan
    return found


def _package(pack: Pack, *, uncertain: bool = False) -> Any:  # noqa: ANN401 - bw_processing is untyped
    package = create_datapackage()
    for matrix, exchanges, rows in (
        ("technosphere_matrix", pack.technosphere, 0),
        ("biosphere_matrix", pack.emissions, FLOWS),
    ):
        indices = np.empty(len(exchanges), dtype=INDICES_DTYPE)
        indices["row"], indices["col"] = exchanges.row + rows, exchanges.col + COLUMNS
        spread = {"distributions_array": exchanges.uncertainty.astype(UNCERTAINTY_DTYPE)} if uncertain else {}
        package.add_persistent_vector(
            matrix=matrix,
            name=matrix,
            data_array=np.abs(exchanges.amount),
            flip_array=np.array(exchanges.flip),
            indices_array=indices,
            **spread,
        )
    flows = np.array([(FLOWS + gas, 1) for gas in range(GASES)], dtype=INDICES_DTYPE)
    package.add_persistent_vector(
        matrix="characterization_matrix",
        name="method",
        data_array=np.ones(GASES),
        indices_array=flows,
    )
    return package


def _lca(package: Any, product: int = 0) -> Any:  # noqa: ANN401 - bw2calc is untyped
    lca = calculator().LCA({product: 1}, data_objs=[package])
    lca.lci()
    lca.lcia()
    return lca


def _adjoint(lca: Any) -> Array:  # noqa: ANN401 - bw2calc is untyped
    """What `FastScoresOnlyMultiLCA` does in its adjoint direction, which runs with PARDISO or UMFPACK only."""
    characterised = np.asarray((lca.characterization_matrix @ lca.biosphere_matrix).sum(axis=0)).ravel()
    found = splu(lca.technosphere_matrix.T.tocsc()).solve(characterised)
    return np.asarray(found)[[lca.dicts.product[product] for product in range(SIZE)]]


def _scaled(timing: Timing, times: float) -> Timing:
    return Timing(timing.median * times, timing.low * times, timing.high * times)
