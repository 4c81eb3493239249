"""How each process of several products was shared, and what every other way would have given.

Under substitution the product a process is run for carries all of it, and what its co-products displace elsewhere
is told beside the footprint: no ledger is netted.
"""

from collections.abc import Iterator
from decimal import Decimal

from footprint.allocation_keys import carried_share, ways
from footprint.causes import gross
from footprint.characterisation import BIOGENIC_CO2, Characterisation
from footprint.engine import Running, Solution, bought, solve
from footprint.result import AllocationChoice, AlternativeAllocation, Displacement
from footprint.rounding import CO2E, SHARE, decimal
from footprint.run import Run
from lca_models.flows import Allocation, Process, Purchase
from lca_models.numbers import Numbers


def allocations(run: Run, characterisation: Characterisation) -> Iterator[AllocationChoice]:
    """The choice of every process with several products, each other way beside it.

    Args:
        run: at central values.
        characterisation: kg CO2e per kg of each gas.

    Raises:
        FactorError: something displaced has no factor, or a gas no warming potential.
    """
    for process in run.processes:
        taken = _taken(run, process)
        if len(process.outputs) == 1 or not taken:
            continue
        chosen, *others = ways(process)
        if "economic" not in (chosen, *others):
            run.numbers.note(f"{process.name}: no prices, so allocation by value is not shown beside.")
        yield AllocationChoice(
            process=process.name,
            method=chosen,
            share=_share(process, taken[0], chosen),
            displaced=tuple(displaced(run.solution, process, run.numbers, characterisation)),
            alternatives=tuple(
                _alternative(run, characterisation, process, taken[0], way)
                for way in others
                if way != "substitution" or all(process.outputs[i].displaces is None for i in taken)
            ),
        )


def displaced(
    solution: Solution, process: Process, numbers: Numbers, characterisation: Characterisation
) -> Iterator[Displacement]:
    r"""What the co-products of a process save others from making; nothing unless it is shared by substitution.

    $$ D_i = s \cdot m_i \cdot r_i \cdot e_i $$

    with $s$ how much of the process runs for a unit of demand, $m_i$ its co-product, $r_i$ kilograms displaced per
    kilogram, $e_i$ the footprint of making one.

    Args:
        solution: of the network.
        process: whose co-products they are.
        numbers: whence the footprint of what is displaced is taken.
        characterisation: kg CO2e per kg of each gas.

    Raises:
        FactorError: something displaced has no factor, or a gas no warming potential.
    """
    for running in solution.running:
        if running.column.process.name == process.name and running.column.method == "substitution":
            for output in process.outputs:
                if output.displaces is not None:
                    yield Displacement(
                        product=output.product,
                        displaces=output.displaces.product,
                        kg_co2e=decimal(_avoided(running, output.displaces, numbers, characterisation), CO2E),
                    )


def _avoided(
    running: Running, purchase: Purchase, numbers: Numbers, characterisation: Characterisation
) -> float:
    entries = bought(purchase, running.column.process.stage, running.activity, numbers)
    return sum(
        float(entry.kg) * characterisation.co2e_per_kg(entry.substance)
        for entry in entries
        if entry.substance != BIOGENIC_CO2
    )


def _taken(run: Run, process: Process) -> list[int]:
    return [i for i, output in enumerate(process.outputs) if output.product in run.solution.needed]


def _alternative(
    run: Run, characterisation: Characterisation, process: Process, output: int, way: Allocation
) -> AlternativeAllocation:
    solution = solve(run.processes, run.demand, run.numbers, {process.name: way})
    return AlternativeAllocation(
        method=way,
        share=_share(process, output, way),
        gross_kg_co2e=decimal(gross(solution, characterisation), CO2E),
        displaced=tuple(displaced(solution, process, run.numbers, characterisation)),
    )


def _share(process: Process, output: int, way: Allocation) -> Decimal:
    return decimal(float(carried_share(process, output, way)), SHARE)
