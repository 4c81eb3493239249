"""Conservation: no process gives out more mass, carbon or nitrogen than it took in."""

import numpy as np

from lca_models.errors import Problem, RecordError
from lca_models.flows import Process
from lca_models.real import middle


def check_balances(processes: tuple[Process, ...]) -> None:
    """Raise when a balance does not close within its tolerance, judged at the middle of uncertain amounts.

    Raises:
        RecordError: every balance of every process that gives out more than it took in.
    """
    problems = []
    for process in processes:
        for balance in process.balances:
            if balance.tolerance is None:
                continue
            if not np.any(balance.came_out_kg > balance.taken_in_kg * (1 + balance.tolerance)):
                continue  # no draw is wrong, nor is their middle
            taken_in, came_out = np.broadcast_arrays(middle(balance.taken_in_kg), middle(balance.came_out_kg))
            if np.any(wrong := came_out > taken_in * (1 + balance.tolerance)):
                what = f"{came_out[wrong][0]:.0f} kg of {balance.of} came out"
                why = f"only {taken_in[wrong][0]:.0f} kg went in"
                problems.append(Problem(balance.where, what, why, balance.fix))
    if problems:
        raise RecordError(*problems)
