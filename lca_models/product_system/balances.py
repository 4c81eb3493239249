"""Conservation: no process gives out more mass, carbon or nitrogen than it took in."""

import numpy as np

from lca_models.errors import Problem, RecordError
from lca_models.flows import Process


def check_balances(processes: tuple[Process, ...]) -> None:
    """Raise when a balance does not close within its tolerance, judged at the middle of uncertain amounts.

    Raises:
        RecordError: every balance of every process that gives out more than it took in.
    """
    problems = []
    for process in processes:
        for balance in process.balances:
            taken_in, came_out = float(np.median(balance.taken_in_kg)), float(np.median(balance.came_out_kg))
            if came_out > taken_in * (1 + balance.tolerance):
                what = f"{came_out:.0f} kg of {balance.of} came out"
                problems.append(Problem(balance.where, what, f"only {taken_in:.0f} kg went in", balance.fix))
    if problems:
        raise RecordError(*problems)
