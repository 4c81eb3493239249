"""What no measurement can be: refused by name, in one place, for all equations that need it."""

import warnings
from typing import NoReturn

import numpy as np

from lca_models.errors import Problem, ValidityError, ValidityWarning
from lca_models.real import Array, Real


def need_fraction(where: str, **shares: Real) -> None:
    """Refuse a share outside 0 to 1."""
    for name, value in shares.items():
        middle = _middle(value)
        if not 0 <= middle <= 1:
            what = f"{_words(name)} is {middle:g}"
            refuse(where, what, "a share lies between 0 and 1", "write 12 % as 0.12")


def need_not_negative(where: str, **amounts: Real) -> None:
    """Refuse an amount below zero."""
    for name, value in amounts.items():
        middle = _middle(value)
        if not middle >= 0:
            what = f"{_words(name)} is {middle:g}"
            refuse(where, what, "there is no negative amount of it", "check its sign and unit")


def need_positive(where: str, **amounts: Real) -> None:
    """Refuse zero and less where something is divided by it."""
    for name, value in amounts.items():
        middle = _middle(value)
        if not middle > 0:
            what = f"{_words(name)} is {middle:g}"
            refuse(where, what, "the result is per unit of it", "enter what was measured")


def need_range(where: str, low: float, high: float, why: str, **values: Real) -> None:
    """Refuse a value where the source has no coefficients."""
    for name, value in values.items():
        middle = _middle(value)
        if not low <= middle <= high:
            refuse(
                where, f"{_words(name)} {middle:g} is outside {low:g} to {high:g}", why, "use another method"
            )


def advise_range(where: str, low: float, high: float, why: str, **values: Real) -> None:
    """Warn of a value where the source advises care."""
    for name, value in values.items():
        middle = _middle(value)
        if not low <= middle <= high:
            text = f"{where} — {_words(name)} {middle:g} is outside {low:g} to {high:g} — {why}"
            warnings.warn(text, ValidityWarning, stacklevel=3)


def refuse(where: str, what: str, why: str, fix: str) -> NoReturn:
    """Raise the one error of this room."""
    raise ValidityError(Problem(where, what, why, fix))


def same_kind(value: Array) -> Real:
    """A float for a float, an array for an array."""
    return float(value) if value.ndim == 0 else value


def _middle(value: Real) -> float:
    # An uncertain number may stray over an edge; its middle must not.
    return float(np.median(value))


def _words(name: str) -> str:
    return name.replace("_", " ")
