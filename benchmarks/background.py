"""A background of 20,000 processes: every product for every gas, beside bw2calc's ways to do it.

The background is made up: 20,000 processes with about ten inputs each, 150 hubs (power, transport, fuels) that
nearly everything uses and that use each other, twelve gases, uncertain throughout. The hubs are one loop; of the
others a product needs some hundred, so on draws we solve for few, and of all the others we only make sure that they
do not count. In a *tangled* background the hubs buy from anywhere and nearly all 20,000 count: the worst there is for
us, in a row of its own. Links are near each other so
that a sparse factorisation stays sparse: with the same number of links thrown anywhere, factorising had not ended
after ten minutes.

Ours is timed from the arrays of the pack to intensities with their certificate; a peer starts with its matrices
ready made. One method is asked of bw2calc, twelve gases of us. Where a season of lychee buys from this background,
ours is a whole footprint, from the record's text to intervals, its own numbers uncertain as well; the peer is asked for
what the season buys and spared the season.
"""

import tempfile
import time
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from bw_processing import INDICES_DTYPE, UNCERTAINTY_DTYPE, create_datapackage
from scipy.sparse.linalg import splu

from benchmarks.lots import LYCHEE
from benchmarks.synthetic import GASES, SIZE, synthetic
from benchmarks.timing import Timing, show, timed
from footprint import assess, load
from footprint.background import Background, Pack, Purchases, Replacement, Scenarios, Scores, build
from footprint.background.fours import Draw
from footprint.background.purchases import Bought
from footprint.background.samples import TOLERANCE, drawn, sample, sampled
from footprint.background.tiers import EXACT
from footprint.brightway.calculator import calculator
from lca_models.real import Array

SAMPLED, DRAWS, ALIKE = 20, 1024, 8
COARSE = 1e-7  # last step of draws that are solved whole: still far below the error of a sample
CHANGED = [200, 3_000, 9_000, 14_000, 19_000]
CHANGED_HUBS = [0, 10, 50, 100, 140]
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
        _scenario(pack, Path(folder, "cache"))
        _draws(pack, Path(folder, "cache"))


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


def _scenario(pack: Pack, cache: Path) -> None:
    scenarios, rng = Scenarios.on(pack), np.random.default_rng(3)
    begun = time.perf_counter()
    with_hubs = Scenarios.on(pack, cache)
    made = time.perf_counter() - begun
    again = [
        [_cleaner(pack, scenarios, column, rng.uniform(0.5, 1.02)) for column in CHANGED] for _ in range(10)
    ]
    anew = timed(lambda: Scores.of(pack), runs=5)
    first = timed(lambda: replace(with_hubs, _used_by={}).scores(again[0]), runs=25)
    show("the first scenario of five processes, all products, all gases, proved", first, anew, "solving anew")
    ready = timed(lambda: with_hubs.scores(again[rng.integers(10)]), runs=25)
    show("any later scenario of them", ready, anew, "solving anew")
    plain = timed(lambda: replace(scenarios, _used_by={}).scores(again[0]), runs=9)
    cleaner = [_cleaner(pack, scenarios, column, 0.8) for column in CHANGED_HUBS]
    hubs = timed(lambda: replace(with_hubs, _used_by={}).scores(cleaner), runs=25)
    opened = timed(lambda: Scenarios.on(pack, cache), runs=3)
    print(
        f"the hubs of a pack, {len(with_hubs.hubs.use) if with_hubs.hubs else 0} columns: made in {made:.1f} s,"
    )
    print(
        f"ready from the cache with the central solution in {opened};\n"
        f"the first scenario of five of them {hubs}; of the five processes without hubs {plain}\n"
    )


def _draws(pack: Pack, cache: Path) -> None:
    product, seeds = pack.entries[SIZE - 1].id, count()
    lca = _iterative(pack, uncertain=True)
    theirs = timed(lambda: next(lca), runs=25)
    some = timed(lambda: sample(pack, [product], draws=DRAWS, seed=next(seeds)), runs=5)
    show(
        "one draw, one product, twelve gases: drawn, solved, proved",
        some.of(DRAWS),
        theirs,
        "IterativeLCA, one draw, one product, one method",
    )
    few = list(drawn(pack, draws=ALIKE, seed=1))
    every = timed(lambda: sampled(pack, [one.id for one in pack.entries], few, tolerance=COARSE), runs=3)
    title = "one draw, every product, twelve gases: solved, proved"
    show(title, every.of(ALIKE), theirs, "IterativeLCA, as above")
    _lychee(pack, cache)
    drawing = timed(lambda: _drawn(pack, next(seeds)), runs=5).of(DRAWS)
    print(f"of all exchanges, {pack.folder.about['exchanges']}, each draw: {drawing}; nobody needs them\n")
    _alike(pack, product, few)
    _tangled(cache)
    _kept(pack, cache, theirs)


def _lychee(pack: Pack, cache: Path) -> None:
    """A footprint whose purchases come from the background, beside the purchases alone."""
    bought = _bought(pack)
    lca = _iterative(
        pack, uncertain=True, demand={SIZE - 1 - place: 1 for place in range(len(bought.product))}
    )
    theirs = timed(lambda: next(lca), runs=25)
    theirs = Timing(theirs.median * DRAWS, theirs.low * DRAWS, theirs.high * DRAWS)
    seeds = count(100)

    def footprint(kept: Path | None, seed: int) -> None:
        background = Background.open(pack, bought, cache=kept)
        assess(load(LYCHEE), gwp="AR6-100", draws=DRAWS, seed=seed, background=background)

    name = f"IterativeLCA, {DRAWS} draws of the purchases alone"
    anew = timed(lambda: footprint(None, next(seeds)), runs=3)
    show(f"a lychee footprint, {DRAWS} draws, all of it uncertain, from the text", anew, theirs, name)
    footprint(cache, 1)
    again = timed(lambda: footprint(cache, 1), runs=9)
    show("the next footprint with the same purchases, samples kept, every byte checked", again, theirs, name)


def _bought(pack: Pack) -> Purchases:
    """What a season of lychee buys by the kilogram, and processes of the sample that stand for it."""
    names = [f"fertiliser.{kind}" for kind in ("urea", "nitrogen.average", "phosphate.average", "k2so4")]
    names += [f"pesticide.{kind}" for kind in ("herbicide", "fungicide", "insecticide")]
    names += ["fertiliser.potash.average", "fertiliser.lime.limestone", "packaging.eps", "packaging.board"]
    processes = (pack.entries[SIZE - 1 - place].id for place in range(len(names)))
    rows = tuple(
        Bought(product=name, process=process, per="kg")
        for name, process in zip(names, processes, strict=True)
    )
    return Purchases(pack=pack.id, product=rows)


def _alike(pack: Pack, product: str, amounts: list[Draw]) -> None:
    """On identical draws: how far either is from the same draws solved to the last digit."""
    lca = _iterative(pack, amounts=amounts)
    theirs = [float(lca.score)]
    for _ in amounts[1:]:
        next(lca)
        theirs.append(float(lca.score))
    found, truth = (sampled(pack, [product], amounts, tolerance=fine) for fine in (TOLERANCE, EXACT))
    exact = truth.intensities.sum(axis=(1, 2))
    ours = np.abs(found.intensities.sum(axis=(1, 2)) / exact - 1).max()
    peer = np.abs(np.array(theirs) / exact - 1).max()
    np.testing.assert_array_less([ours, peer], 1e-8)
    print(
        f"on {len(amounts)} identical draws, largest relative difference from the draws solved to the last digit,"
    )
    print(f"themselves proved to {truth.relative_error:.1e}: ours {ours:.1e}, IterativeLCA {peer:.1e};")
    print(f"ours says of itself, proved: at most {found.relative_error:.1e}\n")


def _tangled(folder: Path) -> None:
    pack = build(synthetic(tangled=True), folder / "tangled.pack")
    lca = _iterative(pack, uncertain=True, direct_first_solve=False)  # its factorisation does not end
    theirs = timed(lambda: next(lca), runs=9)
    ours = timed(lambda: sample(pack, [pack.entries[SIZE - 1].id], draws=ALIKE * 16, seed=1), runs=3)
    title = "the same, all 20,000 processes count"
    show(title, ours.of(ALIKE * 16), theirs, "IterativeLCA, as above, without its factorisation")


def _kept(pack: Pack, cache: Path, theirs: Timing) -> None:
    """A record buys a dozen products; the next record with the same background reads their samples."""
    bought = [pack.entries[column].id for column in range(SIZE - 12, SIZE)]
    begun = time.perf_counter()
    sample(pack, bought, draws=DRAWS, seed=1, cache=cache)
    print(f"sampling {len(bought)} products, {DRAWS} draws, once: {time.perf_counter() - begun:.1f} s\n")
    again = timed(lambda: sample(pack, bought, draws=DRAWS, seed=1, cache=cache))
    show(
        "one draw of one of them from the kept samples, every byte checked",
        again.of(DRAWS * len(bought)),
        theirs,
        "IterativeLCA, as above",
    )


def _iterative(
    pack: Pack,
    *,
    uncertain: bool = False,
    amounts: list[Draw] | None = None,
    direct_first_solve: bool = True,
    demand: dict[int, float] | None = None,
) -> Any:  # noqa: ANN401 - bw2calc is untyped
    package = _package(pack, uncertain=uncertain, amounts=amounts)
    kind = calculator().IterativeLCA
    lca = kind(
        demand or {SIZE - 1: 1},
        data_objs=[package],
        use_distributions=uncertain,
        use_arrays=amounts is not None,
        direct_first_solve=direct_first_solve,
    )
    lca.lci()
    lca.lcia()
    return lca


def _drawn(pack: Pack, seed: int) -> None:
    for _ in drawn(pack, draws=DRAWS, seed=seed):
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


def _package(pack: Pack, *, uncertain: bool = False, amounts: list[Draw] | None = None) -> Any:  # noqa: ANN401 - bw_processing is untyped
    package = create_datapackage(sequential=True)
    for part, (matrix, exchanges, rows) in enumerate(
        (
            ("technosphere_matrix", pack.technosphere, 0),
            ("biosphere_matrix", pack.emissions, FLOWS),
        )
    ):
        indices = np.empty(len(exchanges), dtype=INDICES_DTYPE)
        indices["row"], indices["col"] = exchanges.row + rows, exchanges.col + COLUMNS
        named = {"matrix": matrix, "name": matrix, "indices_array": indices}
        if amounts is not None:
            package.add_persistent_array(data_array=np.stack([one[part] for one in amounts], axis=1), **named)
            continue
        spread = {"distributions_array": exchanges.uncertainty.astype(UNCERTAINTY_DTYPE)} if uncertain else {}
        package.add_persistent_vector(
            data_array=np.abs(exchanges.amount), flip_array=np.array(exchanges.flip), **named, **spread
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
