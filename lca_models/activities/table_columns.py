"""One column of one row of a published table as a number that can be drawn."""

from lca_models import lookup
from lca_models.activities.table_rows import RowValue, drawn
from lca_models.factors import Factor
from lca_models.numbers import Numbers

Bounds = tuple[str, str] | tuple[float, float]
"""The two columns that hold the interval, or what the value is multiplied by to reach its ends."""


def column_value(
    numbers: Numbers, table_id: str, column: str, *, bounds: Bounds, interval: str, **conditions: str
) -> RowValue:
    """The number where a row and a column meet, at its central value or drawn lognormally.

    Args:
        numbers: central values or draws.
        table_id: the table.
        column: which of its numbers.
        bounds: its interval.
        interval: where the interval stands, in words.
        conditions: column = entry of the one row that is meant.

    Raises:
        FactorError: no such row, or more than one.
    """
    table = numbers.factors.table(table_id)
    value, (lower, upper) = lookup.number(table, column, **conditions), bounds
    ends = [
        lookup.number(table, end, **conditions) if isinstance(end, str) else value * end
        for end in (lower, upper)
    ]
    row = ".".join(entry.replace(" ", "_").replace(",", "") for entry in conditions.values())
    described = table.model_dump(exclude={"columns", "rows", "override"}) | {
        "id": f"{table_id}.{row}.{column}",
        "name": f"{table.name}: {', '.join(conditions.values())}, {column}",
        "value": value,
        "lower": ends[0],
        "upper": ends[1],
        "distribution": "lognormal",
        "interval": interval,
    }
    return drawn(numbers, Factor.model_validate(described))
