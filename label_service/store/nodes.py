"""Nodes of the tree, fetched all at once: the answer to a query costs more than its rows."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import Connection

from footprint.passport import merkle
from label_service.store.errors import unavailable

Place = tuple[int, int]
"""Level and position."""

Result = TypeVar("Result")


def with_nodes(connection: Connection, compute: Callable[[merkle.Node], Result]) -> Result:
    """What `compute` makes of the nodes it asks for; it is run twice, first to see which these are.

    Raises:
        StoreError: the log is damaged.
    """
    asked: dict[Place, None] = {}

    def noted(level: int, position: int) -> bytes:
        asked[level, position] = None
        return merkle.EMPTY_ROOT

    compute(noted)
    found = nodes_at(connection, asked)
    if len(found) < len(asked):
        raise unavailable("nodes of the log are missing in it")
    return compute(lambda level, position: found[level, position])


def nodes_at(connection: Connection, places: Iterable[Place]) -> dict[Place, bytes]:
    """The hashes at these places.

    A join, because SQLite looks through the whole table for `(level, position) IN (…)`. The places stand in the text,
    they are numbers of ours; both databases name the columns of a list of values alike.
    """
    values = ",".join(f"({level:d},{position:d})" for level, position in places)
    if not values:
        return {}
    rows = connection.exec_driver_sql(
        "SELECT n.level, n.position, n.hash "  # noqa: S608 - whole numbers only
        f"FROM (VALUES {values}) AS v "
        "JOIN log_nodes AS n ON n.level = v.column1 AND n.position = v.column2"
    )
    return {(level, position): bytes(digest) for level, position, digest in rows}
