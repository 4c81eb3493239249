"""The gross and the biogenic ledger of a solved network; the third is in `footprint.removals`."""

from collections.abc import Iterator
from decimal import Decimal

from footprint.causes import gross
from footprint.characterisation import BIOGENIC_CO2, Characterisation
from footprint.engine import solve
from footprint.result import BiogenicLedger, Cell, Gate, GrossLedger
from footprint.rounding import CO2E, KG, decimal
from footprint.run import Run
from footprint.uncertainty import interval
from lca_models.activities.pyrolysis import CARBONISED
from lca_models.equations.lime_urea import CO2_PER_C
from lca_models.real import Array, total


def gross_ledger(run: Run, characterisation: Characterisation, sample: Array) -> GrossLedger:
    """Everything emitted, stage by stage and gas by gas.

    Args:
        run: at central values.
        characterisation: kg CO2e per kg of each gas.
        sample: the gross footprint of every draw, kg CO2e.

    Raises:
        FactorError: a gas without a warming potential.
    """
    return GrossLedger(cells=tuple(_cells(run, characterisation)), interval=interval(sample, CO2E))


def _cells(run: Run, characterisation: Characterisation) -> Iterator[Cell]:
    kg: dict[tuple[str, str], float] = {}
    for entry in run.solution.entries:
        if entry.substance != BIOGENIC_CO2:
            key = (entry.stage, entry.substance)
            kg[key] = kg.get(key, 0.0) + float(entry.kg)
    chain = list(dict.fromkeys(process.stage for process in run.processes))
    for stage, substance in sorted(kg, key=lambda key: (chain.index(key[0]), key[1])):
        amount = kg[stage, substance]
        yield Cell(
            stage=stage,
            substance=substance,
            kg=decimal(amount, KG),
            kg_co2e=decimal(amount * characterisation.co2e_per_kg(substance), CO2E),
        )


def gates(run: Run, characterisation: Characterisation, ledger: GrossLedger) -> Iterator[Gate]:
    """The footprint of a unit of each product on the way.

    Args:
        run: at central values.
        characterisation: kg CO2e per kg of each gas.
        ledger: whose total is the last gate.

    Raises:
        FactorError: a gas without a warming potential.
    """
    for product in run.solution.needed:
        if product == run.demand:
            # The last gate is the headline itself: a sum of rounded cells, not a rounded sum.
            yield Gate(product=product, kg_co2e=ledger.total_kg_co2e)
        elif product != CARBONISED:
            on_the_way = solve(run.processes, product, run.numbers)
            yield Gate(product=product, kg_co2e=decimal(gross(on_the_way, characterisation), CO2E))


def biogenic_ledger(run: Run, carbon_content_frac: float) -> BiogenicLedger:
    """Carbon of plants in a unit of product, and what burning and kilns gave back.

    Args:
        run: at central values.
        carbon_content_frac: kg C in a unit of the product.
    """
    carbon = decimal(carbon_content_frac, KG)
    released = total(entry.kg for entry in run.solution.entries if entry.substance == BIOGENIC_CO2)
    return BiogenicLedger(
        carbon_content_kg_c=carbon,
        uptake_kg_co2=(carbon * Decimal(CO2_PER_C)).quantize(CO2E),
        released_kg_co2=decimal(float(released), CO2E),
    )
