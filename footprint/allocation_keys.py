"""By what the products of one process share it, and which ways its records allow.

Mass, value and energy are read off the outputs; biophysical keys and exergy come from the activity, which knows
its animals and its steam. Under substitution the product that displaces nothing carries the whole process.
"""

from collections.abc import Sequence

from footprint.errors import NetworkError, Problem
from lca_models.equations.allocation import share
from lca_models.flows import Allocation, Output, Process
from lca_models.real import Real

_MISSING: dict[Allocation, tuple[str, str, str]] = {
    "mass": ("is not weighed", "energy has no mass", "allocate by energy or by value"),
    "economic": (
        "has no price",
        "allocation by value needs one",
        "give every product a price, or allocate by mass",
    ),
    "energy": (
        "has no heating value",
        "allocation by energy needs one",
        "give every product a heating_value, or allocate by mass",
    ),
    "substitution": (
        "displaces nothing",
        "the product the process is run for is the one that displaces nothing",
        "say what every other product displaces",
    ),
}
_UNKNOWN = (
    "has no key",
    "this kind of activity does not know that way",
    "allocate by mass, value, energy or substitution",
)


def carried_share(process: Process, output: int, method: Allocation) -> Real:
    """The share of a process that one of its outputs carries.

    Args:
        process: of one product or several.
        output: which one.
        method: the way of allocation.

    Raises:
        NetworkError: the records do not say what this way needs.
        ValidityError: the keys of all products add up to nothing.
    """
    if len(process.outputs) == 1:
        return 1.0
    return share(index=output, weights=_weights(process, method))


def ways(process: Process) -> tuple[Allocation, ...]:
    """Every way of allocation that the records allow, the chosen one first."""
    known: tuple[Allocation, ...] = ("mass", "economic", "energy", *process.keys, "substitution")
    others = (way for way in known if way != process.allocation and not _unknown(process, way))
    return (process.allocation, *others)


def _weights(process: Process, method: Allocation) -> Sequence[Real]:
    if unknown := _unknown(process, method):
        what, why, fix = _MISSING.get(method, _UNKNOWN)
        raise NetworkError(
            *(Problem(process.name, f"{output.product} {what}", why, fix) for output in unknown)
        )
    if method in process.keys:
        return process.keys[method]
    return [weight for output in process.outputs if (weight := _weight(output, method)) is not None]


def _unknown(process: Process, method: Allocation) -> tuple[Output, ...]:
    """The outputs that this way has no key for."""
    if method in process.keys:
        return ()
    if method == "substitution":
        determining = tuple(output for output in process.outputs if output.displaces is None)
        return () if len(determining) == 1 else determining[1:] or process.outputs
    return tuple(output for output in process.outputs if _weight(output, method) is None)


def _weight(output: Output, method: Allocation) -> Real | None:
    if method == "mass":
        return output.kg if output.unit == "kg" else None
    if method == "economic":
        return None if output.price is None else output.amount * output.price
    if method == "energy":
        return output.energy_mj
    if method == "substitution":
        return 1.0 if output.displaces is None else 0.0
    return None
