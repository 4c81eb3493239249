"""What each cause adds to the gross footprint: kilograms of gas become CO2e, last of all."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from footprint.characterisation import AGGREGATED, BIOGENIC_CO2, Characterisation
from footprint.engine import Entry, Solution
from footprint.result import Contribution
from footprint.rounding import CO2E, decimal
from lca_models.flows import Purchase
from lca_models.numbers import Numbers
from lca_models.real import Array, Real, total

Cause = tuple[Entry, float]
"""An entry of the inventory and its kg CO2e."""


def causes(solution: Solution, characterisation: Characterisation) -> list[Cause]:
    """Every entry that counts, with its kg CO2e; biogenic CO2 has a ledger of its own.

    Args:
        solution: at central values.
        characterisation: kg CO2e per kg of each gas.

    Raises:
        FactorError: a gas without a warming potential.
    """
    return [
        (entry, float(entry.kg) * characterisation.co2e_per_kg(entry.substance))
        for entry in solution.entries
        if entry.substance != BIOGENIC_CO2
    ]


def gross(solution: Solution, characterisation: Characterisation) -> float:
    """The gross footprint at central values, before rounding, kg CO2e.

    Raises:
        FactorError: a gas without a warming potential.
    """
    return sum(kg for _, kg in causes(solution, characterisation))


def gross_draws(solution: Solution, characterisation: Characterisation, draws: int) -> Array:
    """The gross footprint of every draw, kg CO2e.

    What is bought is weighed before it is scaled: one sum of gases for each product, whatever number of processes
    buy it. The same as the sum over `solution.entries`, at a fraction of the array operations.

    Args:
        solution: over the draws, of one product or of several side by side.
        characterisation: kg CO2e per kg of each gas.
        draws: how many.

    Raises:
        FactorError: a gas without a warming potential, or something bought without a factor.
    """
    bought: dict[str, Real] = {}
    gross: Real = np.zeros(draws)
    for running in solution.running:
        of_process: Real = 0.0
        for exchange in running.column.process.exchanges:
            if isinstance(exchange, Purchase):
                if exchange.product not in bought:
                    bought[exchange.product] = _weighed(exchange.product, solution.numbers, characterisation)
                of_process = of_process + exchange.amount * bought[exchange.product]
            elif exchange.substance != BIOGENIC_CO2:
                of_process = of_process + exchange.kg * characterisation.co2e_per_kg(exchange.substance)
        gross = gross + running.activity * of_process
    return np.asarray(gross)


def _weighed(product: str, numbers: Numbers, characterisation: Characterisation) -> Real:
    return total(
        numbers.factor(factor.id) * characterisation.co2e_per_kg(str(factor.substance))
        for factor in numbers.factors.product(product)
        if factor.substance != BIOGENIC_CO2
    )


def contributions(causes: Iterable[Cause]) -> tuple[Contribution, ...]:
    """Causes of the same name and stage as one, the largest first."""
    merged: dict[tuple[str, str], tuple[float, dict[str, None]]] = {}
    for entry, kg_co2e in causes:
        amount, factors = merged.get((entry.stage, entry.label), (0.0, {}))
        merged[entry.stage, entry.label] = (amount + kg_co2e, factors | dict.fromkeys(entry.factors))
    ranked = sorted(merged.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(
        Contribution(label=label, stage=stage, kg_co2e=decimal(amount, CO2E), factors=tuple(factors))
        for (stage, label), (amount, factors) in ranked
    )


def basis_notes(causes: Sequence[Cause], characterisation: Characterisation) -> Iterator[str]:
    """How much rests on factors that exist only as CO2e of another set of warming potentials."""
    total = sum(kg for _, kg in causes)
    by_basis: dict[str, float] = {}
    for entry, kg in causes:
        if entry.substance.startswith(AGGREGATED):
            basis = entry.substance.removeprefix(AGGREGATED)
            by_basis[basis] = by_basis.get(basis, 0.0) + kg
    for basis, kg in sorted(by_basis.items()):
        if basis != characterisation.name:
            part = f"{kg / total:.0%} of the gross footprint"
            yield f"{part} rests on factors that their sources give only as CO2e ({basis})."
