"""One row of a published table as a number that can be drawn, remembered as used like any factor."""

from typing import NamedTuple

from lca_models import lookup
from lca_models.factors import Factor
from lca_models.numbers import Numbers
from lca_models.real import Real


class RowValue(NamedTuple):
    """A number with the id of the row it stands in."""

    value: Real
    id: str


def row_value(numbers: Numbers, table: str, **conditions: str) -> RowValue:
    """The one row that fits, at its central value or drawn.

    Raises:
        FactorError: no such row, or more than one; a miss never becomes another row.
    """
    return drawn(numbers, lookup.factor(numbers.factors.table(table), **conditions))


def drawn(numbers: Numbers, factor: Factor) -> RowValue:
    """The same for a row already found."""
    return RowValue(numbers.take(factor), factor.id)
