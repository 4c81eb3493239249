"""The cross-check: the same network solved by bw2calc, at central values and on the very same draws."""

from dataclasses import dataclass

import numpy as np

from footprint.brightway.calculator import calculator
from footprint.brightway.datapackage import Package, packed
from footprint.brightway.matrices import Matrices
from footprint.causes import gross, gross_draws
from footprint.characterisation import Characterisation
from footprint.run import Run
from footprint.uncertainty import DEFAULT_SEED, probabilities
from lca_models.factors import FactorSet, shipped_factors
from lca_models.product_system import ProductSystem
from lca_models.real import Array


@dataclass(frozen=True)
class CrossCheck:
    """Our numbers and Brightway's, kg CO2e per unit of the product: the central one first, then one per draw."""

    ours: Array
    brightway: Array

    @property
    def draws(self) -> int:
        """How many draws were compared beside the central values."""
        return len(self.ours) - 1

    @property
    def relative_difference(self) -> float:
        """The largest |ours − Brightway| relative to the larger of the two."""
        larger = np.maximum(np.abs(self.ours), np.abs(self.brightway))
        difference = np.abs(self.ours - self.brightway)
        return float(np.divide(difference, larger, out=np.zeros_like(larger), where=larger > 0).max())


def crosscheck(
    system: ProductSystem,
    *,
    gwp: str | None,
    route: str | None = None,
    factors: FactorSet | None = None,
    draws: int = 0,
    seed: int = DEFAULT_SEED,
) -> CrossCheck:
    """Solve a product system with bw2calc and compare.

    Args:
        system: the records.
        gwp: warming potentials.
        route: which place of sale.
        factors: published numbers; the shipped ones when not given.
        draws: how many draws are compared as well; only the central values when 0.
        seed: of the draws.

    Raises:
        FootprintError: the records cannot be assessed.
    """
    factors = factors or shipped_factors()
    characterisation = Characterisation.named(gwp, factors)
    sold_at = system.route(route)
    runs = [Run.central(system, sold_at, factors)]
    if draws:
        runs.append(Run.sampled(system, sold_at, factors, probabilities(seed=seed, draws=draws)))
    return compared(*runs, characterisation=characterisation, draws=draws)


def compared(
    central: Run, sampled: Run | None = None, *, characterisation: Characterisation, draws: int = 0
) -> CrossCheck:
    """Solve a network with bw2calc that has been solved here.

    Args:
        central: the network at central values.
        sampled: the same network on draws.
        characterisation: warming potentials.
        draws: how many.

    Raises:
        CharacterisationError: the set has no value for a gas.
    """
    ours = [np.array([gross(central.solution, characterisation)])]
    if sampled is not None:
        ours.append(gross_draws(sampled.solution, characterisation, draws))
    matrices = [Matrices.of(run.processes, run.demand, run.numbers) for run in (central, sampled) if run]
    package = packed(matrices[0], characterisation, sampled=matrices[1] if sampled else None)
    return CrossCheck(np.concatenate(ours), np.array(_scores(package, draws)))


def _scores(package: Package, draws: int) -> list[float]:
    bw2calc = calculator()
    lca = bw2calc.LCA(package.demand, data_objs=[package.data])
    lca.lci()
    lca.lcia()
    scores = [float(lca.score)]
    if draws:
        lca = bw2calc.LCA(package.demand, data_objs=[package.data], use_arrays=True)
        lca.lci()
        lca.lcia()
        lca.keep_first_iteration()
    for _ in range(draws):
        next(lca)
        scores.append(float(lca.score))
    return scores
