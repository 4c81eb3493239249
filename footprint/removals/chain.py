"""What is emitted on the way to a store of carbon: its process and everything it takes, stage by stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from footprint.characterisation import BIOGENIC_CO2, Characterisation
from footprint.engine import Entry, Running, Solution, solve
from footprint.run import Run
from lca_models.flows import Emission, Process, Purchase
from lca_models.real import Real, total


@dataclass(frozen=True, slots=True)
class Way:
    """What one stage of the chain emits, kg CO2e, and from what causes."""

    kg_co2e: Real
    labels: tuple[str, ...]
    factors: tuple[str, ...]


def chain(run: Run, running: Running, characterisation: Characterisation) -> Mapping[str, Way]:
    """What a process and all that it takes emits, by stage, in the order of the network.

    The chain is solved by itself and run as often as the process runs for the product, so that a loop is counted
    once.

    Args:
        run: the network.
        running: the process that stores carbon.
        characterisation: kg CO2e per kg of each gas.

    Raises:
        FactorError: a gas without a warming potential, or something bought without a factor.
    """
    product = running.column.output.product
    alone = solve(run.processes, product, run.numbers).running
    own = next(one.activity for one in alone if one.column.output.product == product)
    scaled = tuple(replace(one, activity=one.activity / own * running.activity) for one in alone)
    stages = dict.fromkeys(one.column.process.stage for one in scaled)
    entries = Solution(scaled, run.numbers).entries
    ways = ((stage, [one for one in entries if one.stage == stage]) for stage in stages)
    return {stage: _way(found, characterisation) for stage, found in ways if found}


def emitted(
    flows: Sequence[Emission | Purchase], run: Run, running: Running, characterisation: Characterisation
) -> Way:
    """What flows beside a process emit, as often as it runs for the product.

    Args:
        flows: for one season of the process, such as a fuel that others burn instead.
        run: whence the factors are taken.
        running: the process.
        characterisation: kg CO2e per kg of each gas.

    Raises:
        FactorError: a gas without a warming potential, or something bought without a factor.
    """
    process = running.column.process
    beside = Process(process.name, process.stage, process.outputs, exchanges=flows)
    column = replace(running.column, process=beside)
    return _way(Solution((replace(running, column=column),), run.numbers).entries, characterisation)


def _way(entries: Sequence[Entry], characterisation: Characterisation) -> Way:
    counted = [one for one in entries if one.substance != BIOGENIC_CO2]
    return Way(
        total(one.kg * characterisation.co2e_per_kg(one.substance) for one in counted),
        tuple(dict.fromkeys(one.label for one in counted)),
        tuple(dict.fromkeys(name for one in counted for name in one.factors)),
    )
