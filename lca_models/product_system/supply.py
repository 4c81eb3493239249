"""Takers together may not take more than was given, where what was given is a fixed amount.

Fruit, milk or straw that carries its share of a burden is not fixed: a packhouse that takes more than the recorded
orchard sold stands for more orchards like it, and each kilogram brings its own emissions. Two things do not scale with
demand, and there the sum is checked. A **residue** (prunings, manure) comes without a burden, as much as its season
left: more of it would be taken for nothing. A **lasting store of carbon** (biochar, captured CO2) is claimed once:
more takers than product would claim one tonne twice. Growth of trees and soils is told as temporary and follows the
harvest; it needs no check.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from lca_models.errors import Problem, RecordError
from lca_models.flows import Output, Process
from lca_models.real import Real, total

_ROUNDING = 1e-9


def check_supply(processes: Sequence[Process]) -> None:
    """Raise when a residue, or what a lasting store of carbon came from, is taken more than once.

    Args:
        processes: on central values; draws of several takers stray about what was recorded and need not add up.

    Raises:
        RecordError: every product taken beyond what was given, with the giver and each taker.
    """
    problems = [
        problem
        for giver in processes
        if _is_residue(giver) or _stores_for_good(giver)
        for output in giver.outputs
        for problem in _overdrawn(giver, output, processes)
    ]
    if problems:
        raise RecordError(*problems)


def _overdrawn(giver: Process, output: Output, processes: Sequence[Process]) -> Iterator[Problem]:
    takers = {
        process.name: amount
        for process in processes
        if np.any(amount := _taken_by(process, output.product, processes, frozenset()))
    }
    given, taken = np.broadcast_arrays(output.amount, total(takers.values()))
    if np.any(wrong := taken > given * (1 + _ROUNDING)):
        what = f"gives {given[wrong][0]:.0f} {output.unit} of {output.product!r}"
        amounts = zip(takers, np.broadcast_arrays(given, *takers.values())[1:], strict=True)
        each = " and ".join(f"{name} takes {amount[wrong][0]:.0f}" for name, amount in amounts)
        why = f"{each}: {taken[wrong][0]:.0f} {output.unit} together"
        yield Problem(giver.name, what, why, "enter what was really given, and what each of them really took")


def _taken_by(process: Process, product: str, processes: Sequence[Process], passed: frozenset[str]) -> Real:
    """What one process takes of a product in its season."""
    wanted = total(link.amount for link in process.links if link.product == product)
    return wanted * _runs(process, processes, passed) if np.any(wanted) else 0.0


def _runs(process: Process, processes: Sequence[Process], passed: frozenset[str]) -> Real:
    # A truck or a bag is recorded per kilogram: it runs as often as those behind it ask for.
    if np.any(np.not_equal(process.reference.amount, 1.0)):
        return 1.0
    if process.name in passed:
        return 0.0
    passed |= {process.name}
    carried = process.reference.product
    return total(_taken_by(other, carried, processes, passed) for other in processes)


def _is_residue(process: Process) -> bool:
    return not (process.links or process.exchanges or process.storages)


def _stores_for_good(process: Process) -> bool:
    return any(storage.lasts for storage in process.storages)
