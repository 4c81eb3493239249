"""One pass over the inventory: at central values, or over all draws at once."""

from collections.abc import Callable
from dataclasses import dataclass, field

from footprint.engine import Solution, solve
from footprint.uncertainty import DrawnOnce
from lca_models.factors import FactorSet
from lca_models.flows import Process, Unit
from lca_models.numbers import Numbers
from lca_models.product_system import Destination, ProductSystem
from lca_models.real import Array


@dataclass(frozen=True)
class Run:
    """A network with what it takes to deliver one unit of the product asked for."""

    numbers: Numbers
    processes: tuple[Process, ...]
    demand: str
    solution: Solution
    drawn: dict[str, Array] = field(default_factory=dict)
    """The probabilities drawn, by the name of the uncertain number; empty at central values."""

    @property
    def unit(self) -> Unit:
        """What the product asked for is counted in."""
        asked = (running.column.output for running in self.solution.running)
        return next(output.unit for output in asked if output.product == self.demand)

    @classmethod
    def central(cls, system: ProductSystem, route: Destination, factors: FactorSet) -> "Run":
        """Every number at its central value.

        Raises:
            FootprintError: something is missing, impossible or contradictory; all of it is named.
        """
        return cls._of(system, route, Numbers(factors), {})

    @classmethod
    def sampled(
        cls,
        system: ProductSystem,
        route: Destination,
        factors: FactorSet,
        probabilities: Callable[[str], Array],
    ) -> "Run":
        """Every uncertain number at all its draws.

        Args:
            system: the records.
            route: where the product is sold.
            factors: published numbers.
            probabilities: of each uncertain number, by its name; `Draws` to share them with other runs.

        Raises:
            FootprintError: something is missing, impossible or contradictory; all of it is named.
        """
        numbers = DrawnOnce(factors, probabilities)
        return cls._of(system, route, numbers, numbers.drawn)

    @classmethod
    def _of(
        cls, system: ProductSystem, route: Destination, numbers: Numbers, drawn: dict[str, Array]
    ) -> "Run":
        processes = system.processes(numbers, route)
        demand = system.sold_at(route)
        return cls(numbers, processes, demand, solve(processes, demand, numbers), drawn)
