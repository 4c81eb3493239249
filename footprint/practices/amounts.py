"""Amounts of a record read and written by a practice."""

from decimal import Decimal
from typing import Any

from footprint.errors import Problem, QuantityError, RecordError
from footprint.switches import is_answer
from lca_models.units import Quantity, parse


def quantity(path: str, answer: Any) -> Quantity:  # noqa: ANN401 - whatever the record holds
    """The amount of an answer.

    Raises:
        RecordError: nobody knows it.
    """
    try:
        return parse(answer.get("amount") if is_answer(answer) else answer)
    except QuantityError:
        why, fix = "a practice changes a known amount", "answer it, or switch it by hand"
        raise RecordError(Problem(path, "has no amount", why, fix)) from None


def written(number: Decimal, unit: str) -> str:
    """A quantity with at most six decimals, as a record writes it.

    >>> written(Decimal("6400") * Decimal("0.84"), "kg")
    '5376 kg'
    """
    written = f"{number:.6f}".rstrip("0").rstrip(".")
    return f"{written} {unit}".rstrip()
