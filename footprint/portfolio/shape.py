"""What two records must have in common to be computed side by side: everything but their amounts and their names.

Inventories read every amount through `Numbers.answer`, so two records that differ in amounts only run through the
same equations, take the same factors and draw the same streams. What decides the way through an inventory stays in
the shape: choices, sources, what was not answered, and whether an amount is zero.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from lca_models.product_system import About, ProductSystem
from lca_models.units import Quantity

_TOLD = frozenset({"note", "description"})
"""Fields that are printed and never computed with, in whatever model."""
_NAMES = frozenset({"name", "producer"})
"""The same of `About`; the name of an activity is where its answers are kept."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """A system with its shape and, in the order of the shape, its amounts."""

    system: ProductSystem
    shape: Hashable
    amounts: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The shape of a part of a record, and its amounts in the order of the shape."""

    shape: Hashable
    amounts: tuple[Quantity, ...]


def shaped(system: ProductSystem) -> Shaped:
    """The shape of a system and its amounts.

    Args:
        system: the records.
    """
    found = part(system)
    return Shaped(system, found.shape, found.amounts)


def part(value: Any) -> Part:  # noqa: ANN401 - whatever a record holds
    """The shape of a part of a record.

    Args:
        value: the part.
    """
    amounts: list[Quantity] = []
    return Part(_shape(value, amounts), tuple(amounts))


def unread(model: BaseModel, field: str) -> bool:
    """Whether a field is printed and never computed with.

    Args:
        model: that has it.
        field: its name.
    """
    return field in _TOLD or (isinstance(model, About) and field in _NAMES)


def _shape(value: Any, amounts: list[Quantity]) -> Hashable:  # noqa: ANN401 - whatever a record holds
    if isinstance(value, Quantity):
        amounts.append(value)
        return (value.dimension, _is_zero(value))
    if isinstance(value, BaseModel):
        return (type(value), tuple(_fields(value, amounts)))
    if isinstance(value, tuple):
        return tuple(_shape(item, amounts) for item in value)
    return value if isinstance(value, Hashable) else repr(value)


def _fields(model: BaseModel, amounts: list[Quantity]) -> Iterator[Hashable]:
    for name, value in model.__dict__.items():
        if value is not None and not unread(model, name):
            yield (name, _shape(value, amounts))


def _is_zero(quantity: Quantity) -> bool:
    return not quantity.number.strip("-0.")
