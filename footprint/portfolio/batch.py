"""Products of one shape assessed side by side: what `assess` gives for each, at a fraction of the work."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from footprint.causes import gross_draws
from footprint.characterisation import BIOGENIC_CO2, Characterisation
from footprint.engine import Entry, Solution, solve
from footprint.errors import FootprintError, Problem
from footprint.portfolio.fixed import Fixed, fixed, times
from footprint.portfolio.numbers import SideBySide
from footprint.portfolio.shape import Shaped
from footprint.quality import Ratings, ratings
from footprint.removals import share_left, usual_card
from footprint.rounding import SHARE
from footprint.uncertainty import Draws, quantiles
from lca_models.equations.lime_urea import CO2_PER_C
from lca_models.product_system import Destination, ProductSystem
from lca_models.real import Array, Real, total


@dataclass(frozen=True, slots=True)
class Method:
    """How every product of a run is assessed."""

    characterisation: Characterisation
    probabilities: Draws
    draws: int
    route: str | None


@dataclass(frozen=True, slots=True)
class Assessed:
    """The footprints of a batch, column by column, rounded as a `Footprint` rounds them.

    CO2 and CO2e are in millionths of a kilogram per unit of product, ratings and shares in ten-thousandths.
    """

    numbers: tuple[int, ...]
    route: str
    unit: str
    gross: Fixed
    interval: Fixed
    """P5, P50 and P95, a row each."""
    by_stage: dict[str, Fixed]
    by_gas: dict[str, Fixed]
    kept: dict[str, Fixed]
    """Stored at the end of the method's horizon by kind of store: beside the gross footprint, never inside."""
    biogenic_released: Fixed
    quality: dict[str, Fixed]
    causes: dict[tuple[str, str], Array]
    """kg CO2e of each stage and cause, not rounded: to rank them over a portfolio."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A product that cannot be assessed, and why."""

    number: int
    problems: tuple[Problem, ...]


def assess_batch(
    products: Sequence[Shaped], numbers: Sequence[int], method: Method
) -> Iterator[Assessed | Refused]:
    """The products of one shape, assessed or refused.

    What one product's records make impossible must not stop the others: a batch that fails is halved until the
    product that fails stands alone.

    Args:
        products: of one shape.
        numbers: of each product in the portfolio.
        method: the same for all.
    """
    try:
        yield _assessed(products, numbers, method)
    except FootprintError as error:
        if len(products) == 1:
            yield Refused(numbers[0], error.problems)
            return
        half = len(products) // 2
        yield from assess_batch(products[:half], numbers[:half], method)
        yield from assess_batch(products[half:], numbers[half:], method)


def _assessed(products: Sequence[Shaped], numbers: Sequence[int], method: Method) -> Assessed:
    system, characterisation = products[0].system, method.characterisation
    route = system.route(method.route)
    answers = list(zip(*(product.amounts for product in products), strict=True))
    middle = _solved(system, route, SideBySide(characterisation.factors, answers))
    sampled = _solved(system, route, SideBySide(characterisation.factors, answers, method.probabilities))
    sample = gross_draws(sampled, characterisation, method.draws)
    table = _Table(middle, characterisation, len(products))
    by_stage, by_gas = table.gross()
    return Assessed(
        numbers=tuple(numbers),
        route=route.name,
        unit=_unit(middle, system.sold_at(route)),
        gross=np.sum(list(by_stage.values()), axis=0, dtype=np.int64),
        interval=fixed(quantiles(np.broadcast_to(sample, (len(products), method.draws)))),
        by_stage=by_stage,
        by_gas=by_gas,
        kept=table.kept(),
        biogenic_released=table.released(),
        quality=table.quality(system, route),
        causes=table.causes(),
    )


def _solved(system: ProductSystem, route: Destination, numbers: SideBySide) -> Solution:
    return solve(system.processes(numbers, route), system.sold_at(route), numbers)


def _unit(solution: Solution, demand: str) -> str:
    outputs = (running.column.output for running in solution.running)
    return next(output.unit for output in outputs if output.product == demand)


class _Table:
    """Kilograms at central values, a row for each product."""

    def __init__(self, solution: Solution, characterisation: Characterisation, products: int) -> None:
        self._solution, self._characterisation, self._products = solution, characterisation, products
        self._weighed: list[tuple[Entry, Real]] = [
            (entry, entry.kg * characterisation.co2e_per_kg(entry.substance))
            for entry in solution.entries
            if entry.substance != BIOGENIC_CO2
        ]

    def gross(self) -> tuple[dict[str, Fixed], dict[str, Fixed]]:
        """The gross ledger by stage and by gas: rounded cell by cell, then added up."""
        cells: dict[tuple[str, str], Real] = {}
        for entry, _ in self._weighed:
            key = (entry.stage, entry.substance)
            cells[key] = cells.get(key, 0.0) + entry.kg
        by_stage: dict[str, Fixed] = defaultdict(self._nothing)
        by_gas: dict[str, Fixed] = defaultdict(self._nothing)
        for (stage, gas), kg in cells.items():
            cell = fixed(self._rows(kg) * self._characterisation.co2e_per_kg(gas))
            by_stage[stage] = by_stage[stage] + cell
            by_gas[gas] = by_gas[gas] + cell
        return dict(by_stage), dict(by_gas)

    def causes(self) -> dict[tuple[str, str], Array]:
        """kg CO2e of each cause that has a name of its own in its stage."""
        named: dict[tuple[str, str], Real] = {}
        for entry, kg_co2e in self._weighed:
            key = (entry.stage, entry.label)
            named[key] = named.get(key, 0.0) + kg_co2e
        return {key: self._rows(kg_co2e) for key, kg_co2e in named.items()}

    def kept(self) -> dict[str, Fixed]:
        """Carbon that stays, kg CO2 by kind of store."""
        by_kind: dict[str, Fixed] = defaultdict(self._nothing)
        for stored in self._solution.stored:
            stored_kg_co2 = fixed(self._rows(stored.carbon_kg * CO2_PER_C))
            left = share_left(usual_card(stored.storage.kind), stored.storage, self._solution.numbers)
            stays = times(stored_kg_co2, fixed(self._rows(left)))
            by_kind[stored.storage.kind] = by_kind[stored.storage.kind] + stays
        return dict(by_kind)

    def released(self) -> Fixed:
        """Biogenic CO2 given off, kg."""
        entries = (entry for entry in self._solution.entries if entry.substance == BIOGENIC_CO2)
        return fixed(self._rows(total(entry.kg for entry in entries)))

    def quality(self, system: ProductSystem, route: Destination) -> dict[str, Fixed]:
        """How well the numbers fit."""
        factors, about = self._characterisation.factors, system.product
        reading = self._solution.numbers.reading
        every = {**factors.factors, **reading.factors}
        regions = {about.region, route.region}
        found = ratings(self._weighed, reading, every, regions=regions, year=about.season_end.year)
        return {name: fixed(self._rows(getattr(found, name)), SHARE) for name in Ratings.__slots__}

    def _nothing(self) -> Fixed:
        return np.zeros(self._products, dtype=np.int64)

    def _rows(self, amounts: Real) -> Array:
        return np.broadcast_to(np.asarray(amounts, dtype=float), (self._products, 1))[:, 0]
