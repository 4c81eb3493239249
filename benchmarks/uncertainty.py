"""How surely the draws give an interval: blocks of Latin hypercubes beside plain random numbers and Sobol' points.

And of a background, opposite draws beside independent ones.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.stats import qmc

from benchmarks.synthetic import synthetic
from benchmarks.timing import timed
from footprint.background import Pack, build
from footprint.background.samples import drawn
from footprint.causes import gross_draws
from footprint.characterisation import Characterisation
from footprint.records import load
from footprint.run import Run
from footprint.uncertainty import effects, probabilities
from lca_models.factors import shipped_factors
from lca_models.real import Array

EXAMPLES = Path(__file__).parents[1] / "examples"
SEEDS = 60
Draw = Callable[[str], Array]
Source = Callable[[int, int, list[str]], Draw]


def run() -> None:
    """Standard deviation between seeds of P5, P50, P95 and the mean, and what the effects cost."""
    for example in ("lychee/lychee.toml", "milk/milk.toml"):
        model = _Model(EXAMPLES / example)
        print(f"{example}: {len(model.names)} uncertain numbers; sd between {SEEDS} seeds, % of the mean")
        for draws in (1024, 4096):
            for kind, source in _KINDS.items():
                percent = model.spread(source, draws)
                print(
                    f"  {draws} draws, {kind:24} P5 {percent[0]:.3f}  P50 {percent[1]:.3f}  "
                    f"P95 {percent[2]:.3f}  mean {percent[3]:.3f}"
                )
        drawn, sample = model.drawn()
        print(f"  effects of all of them from 4096 draws: {timed(lambda d=drawn, s=sample: effects(d, s))}\n")
    _opposite()


def _opposite() -> None:
    """Of three products of a made-up background; independent is every other draw of twice as many."""
    size, draws, seeds = 200, 1024, 40
    with TemporaryDirectory() as folder:
        pack = build(synthetic(size=size, hubs=30), Path(folder, "sample.pack"))
        samples = [_caused(pack, 2 * draws, seed) for seed in range(1, seeds + 1)]
    uncertain = len(pack.technosphere) - size + len(pack.emissions)
    print(
        f"background of {size} products, {uncertain} uncertain numbers; sd between {seeds} seeds, % of the mean"
    )
    for kind, taken in (("opposite (shipped)", slice(draws)), ("independent", slice(None, None, 2))):
        found = np.array(
            [
                [*np.quantile(one[taken], [0.05, 0.5, 0.95], axis=0), one[taken].mean(axis=0)]
                for one in samples
            ]
        )
        percent = (100 * found.std(axis=0, ddof=1) / found.mean(axis=0)).mean(axis=1)
        print(
            f"  {draws} draws, {kind:24} P5 {percent[0]:.3f}  P50 {percent[1]:.3f}  "
            f"P95 {percent[2]:.3f}  mean {percent[3]:.3f}"
        )


def _caused(pack: Pack, draws: int, seed: int) -> Array:
    """kg CO2e of three products on each draw, every draw solved whole."""
    gwp, size = Characterisation.named("AR6-100", shipped_factors()), len(pack)
    per_kg = np.array([gwp.co2e_per_kg(gas) for gas in pack.gases])
    found = []
    for technosphere, emissions in drawn(pack, draws=draws, seed=seed):
        matrix = np.zeros((size, size))
        matrix[pack.technosphere.row, pack.technosphere.col] = technosphere
        own = np.bincount(pack.emissions.col, per_kg[pack.emissions.row] * emissions, minlength=size)
        found.append(np.linalg.solve(matrix.T, own)[[size // 2, size * 3 // 4, size - 1]])
    return np.array(found)


class _Model:
    """One example as a function of its draws."""

    def __init__(self, path: Path) -> None:
        self.system, self.factors = load(path), shipped_factors()
        self.route = self.system.route(None)
        self.gwp = Characterisation.named("AR6-100", self.factors)
        self.names = sorted(self.drawn()[0])

    def gross(self, source: Draw, draws: int) -> Array:
        solution = Run.sampled(self.system, self.route, self.factors, source).solution
        return gross_draws(solution, self.gwp, draws)

    def drawn(self) -> tuple[dict[str, Array], Array]:
        run = Run.sampled(self.system, self.route, self.factors, probabilities(seed=1, draws=4096))
        return run.drawn, gross_draws(run.solution, self.gwp, 4096)

    def spread(self, source: Source, draws: int) -> Array:
        samples = [self.gross(source(seed, draws, self.names), draws) for seed in range(SEEDS)]
        found = np.array([[*np.quantile(sample, [0.05, 0.5, 0.95]), sample.mean()] for sample in samples])
        return np.asarray(100 * found.std(axis=0, ddof=1) / found.mean(axis=0))


def _plain(seed: int, draws: int, names: list[str]) -> Draw:
    table = np.random.default_rng(seed).random((len(names), draws))
    return lambda name: table[names.index(name)]


def _blocks(seed: int, draws: int, _: list[str]) -> Draw:
    return probabilities(seed=seed, draws=draws)


def _one_hypercube(seed: int, draws: int, names: list[str]) -> Draw:
    table = qmc.LatinHypercube(len(names), rng=np.random.default_rng(seed)).random(draws)
    return lambda name: table[:, names.index(name)]


def _sobol(seed: int, draws: int, names: list[str]) -> Draw:
    table = qmc.Sobol(len(names), rng=np.random.default_rng(seed)).random(draws)
    table = np.clip(table, 2.0**-33, 1 - 2.0**-33)
    return lambda name: table[:, names.index(name)]


_KINDS: dict[str, Source] = {
    "plain random": _plain,
    "blocks of 256 (shipped)": _blocks,
    "one Latin hypercube": _one_hypercube,
    "Sobol', scrambled": _sobol,
}
