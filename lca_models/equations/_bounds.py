"""What no measurement can be: refused by name, in one place, for all equations that need it.

An uncertain number may stray over an edge; its middle must not, whichever of several products it is of.
"""

import warnings
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np

from lca_models.errors import Problem, ValidityError, ValidityWarning
from lca_models.real import Array, Real, middle


def straying(value: Real, holds: Callable[[Any], Any]) -> float | None:
    """The first middle for which a condition does not hold; `None` when there is none.

    Args:
        value: one number, its draws, or those of several products.
        holds: the condition, on floats and arrays alike; not a number never holds.

    Example:
        >>> straying(np.array([[0.2, 0.9], [1.1, 1.5]]), lambda share: share <= 1)
        1.3
    """
    if np.all(holds(value)):  # no draw strays: no need to look for the middle
        return None
    middles = np.atleast_1d(middle(value))
    wrong = middles[~np.atleast_1d(holds(middles))]
    return float(wrong.flat[0]) if wrong.size else None


def need_fraction(where: str, **shares: Real) -> None:
    """Refuse a share outside 0 to 1."""
    for name, value in shares.items():
        wrong = straying(value, lambda share: (share >= 0) & (share <= 1))
        if wrong is not None:
            what = f"{_words(name)} is {wrong:g}"
            refuse(where, what, "a share lies between 0 and 1", "write 12 % as 0.12")


def need_not_negative(where: str, **amounts: Real) -> None:
    """Refuse an amount below zero."""
    for name, value in amounts.items():
        wrong = straying(value, lambda amount: amount >= 0)
        if wrong is not None:
            what = f"{_words(name)} is {wrong:g}"
            refuse(where, what, "there is no negative amount of it", "check its sign and unit")


def need_positive(where: str, **amounts: Real) -> None:
    """Refuse zero and less where something is divided by it."""
    for name, value in amounts.items():
        wrong = straying(value, lambda amount: amount > 0)
        if wrong is not None:
            what = f"{_words(name)} is {wrong:g}"
            refuse(where, what, "the result is per unit of it", "enter what was measured")


def need_range(where: str, low: float, high: float, why: str, **values: Real) -> None:
    """Refuse a value where the source has no coefficients."""
    for name, value in values.items():
        wrong = straying(value, _within(low, high))
        if wrong is not None:
            what = f"{_words(name)} {wrong:g} is outside {low:g} to {high:g}"
            refuse(where, what, why, "use another method")


def advise_range(where: str, low: float, high: float, why: str, **values: Real) -> None:
    """Warn of a value where the source advises care."""
    for name, value in values.items():
        wrong = straying(value, _within(low, high))
        if wrong is not None:
            text = f"{where} — {_words(name)} {wrong:g} is outside {low:g} to {high:g} — {why}"
            warnings.warn(text, ValidityWarning, stacklevel=3)


def refuse(where: str, what: str, why: str, fix: str) -> NoReturn:
    """Raise the one error of this room."""
    raise ValidityError(Problem(where, what, why, fix))


def same_kind(value: Array) -> Real:
    """A float for a float, an array for an array."""
    return float(value) if value.ndim == 0 else value


def _within(low: float, high: float) -> Callable[[Any], Any]:
    return lambda value: (value >= low) & (value <= high)


def _words(name: str) -> str:
    return name.replace("_", " ")
