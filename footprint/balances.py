"""Mass, carbon and nitrogen that went into each process, and how much of it is accounted for.

What does not close was refused before (`lca_models.product_system.balances`); what closes is told, so that a
reader sees by how much.
"""

from collections.abc import Iterator
from decimal import Decimal

from footprint.result import Balance
from footprint.rounding import SHARE, decimal
from footprint.run import Run

_KG = Decimal("0.001")


def balances(run: Run) -> Iterator[Balance]:
    """The balances of every process that the product takes, over its season.

    Args:
        run: at central values.
    """
    for process in dict.fromkeys(running.column.process.name for running in run.solution.running):
        for balance in next(known for known in run.processes if known.name == process).balances:
            taken_in, came_out = float(balance.taken_in_kg), float(balance.came_out_kg)
            yield Balance(
                process=process,
                of=balance.of,
                taken_in_kg=decimal(taken_in, _KG),
                came_out_kg=decimal(came_out, _KG),
                closed_share=decimal(came_out / taken_in, SHARE) if taken_in else None,
                tolerance=None if balance.tolerance is None else decimal(balance.tolerance, SHARE),
            )
