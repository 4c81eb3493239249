"""What two records must have in common to be computed side by side: everything but their amounts and their names.

Inventories read every amount through `Numbers.answer`, so two records that differ in amounts only run through the
same equations, take the same factors and draw the same streams. What decides the way through an inventory stays in
the shape: choices, sources, what was not answered, and whether an amount is zero.
"""

from collections.abc import Hashable, Iterator, Mapping
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


def shaped(system: ProductSystem, known: Mapping[int, Part] | None = None) -> Shaped:
    """The shape of a system and its amounts.

    Args:
        system: the records.
        known: parts of a template, by which object they are, whose shape need not be looked at again.
    """
    found = part(system, known)
    return Shaped(system, found.shape, found.amounts)


def part(value: Any, known: Mapping[int, Part] | None = None) -> Part:  # noqa: ANN401 - whatever a record holds
    """The shape of a part of a record.

    Args:
        value: the part.
        known: as for `shaped`.
    """
    amounts: list[Quantity] = []
    return Part(_shape(value, amounts, known or {}), tuple(amounts))


def parts(value: Any) -> Iterator[tuple[int, Part]]:  # noqa: ANN401 - whatever a record holds
    """Every part of a record that another record may share, by which object it is.

    Args:
        value: the record; whoever keeps what is found keeps it too, so that no other object takes its place.
    """
    inner = value.__dict__.values() if isinstance(value, BaseModel) else value
    for each in inner:
        if isinstance(each, BaseModel):
            yield id(each), part(each)
        if isinstance(each, BaseModel | tuple):
            yield from parts(each)


def _shape(value: Any, amounts: list[Quantity], known: Mapping[int, Part]) -> Hashable:  # noqa: ANN401
    if (found := known.get(id(value))) is not None:
        amounts.extend(found.amounts)
        return found.shape
    if isinstance(value, Quantity):
        amounts.append(value)
        return (value.dimension, _is_zero(value))
    if isinstance(value, BaseModel):
        return (type(value), tuple(_fields(value, amounts, known)))
    if isinstance(value, tuple):
        return tuple(_shape(item, amounts, known) for item in value)
    return value if isinstance(value, Hashable) else repr(value)


def _fields(model: BaseModel, amounts: list[Quantity], known: Mapping[int, Part]) -> Iterator[Hashable]:
    unread = _TOLD | _NAMES if isinstance(model, About) else _TOLD
    for name, value in model.__dict__.items():
        if name not in unread and value is not None:
            yield (name, _shape(value, amounts, known))


def _is_zero(quantity: Quantity) -> bool:
    return not quantity.number.strip("-0.")
