"""Any database of the user's own Brightway project as an inventory: ecoinvent, Agribalyse, USLCI, one of their own."""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from footprint.background.declarations import Declarations
from footprint.background.inventory import Inventory
from footprint.brightway.inventories import Node, edges_in_other_units, from_packages
from footprint.brightway.project import opened
from footprint.errors import InputError, NetworkError, Problem
from lca_models.published import Source


def read_database(
    database: str, source: Source, declarations: Declarations | None = None, *, project: str | None = None
) -> Inventory:
    """Read a database and every other one it draws on.

    Args:
        database: its name in the project.
        source: whose data it is.
        declarations: gases and omissions the user has declared.
        project: its name; the one that is open when not given.

    Raises:
        InputError: bw2data is missing, or there is no such project or database.
        NetworkError: edges in another unit than their product, products nobody makes, unknown gases; all of them.
    """
    with opened(project) as bw2data:
        if database not in bw2data.databases:
            fix = f"databases: {', '.join(sorted(bw2data.databases))}"
            raise InputError(Problem(database, "is no database of the project", "", fix))
        names = _together(bw2data, database)
        nodes = {node.id: _node(node) for name in names for node in bw2data.Database(name)}
        problems = list(edges_in_other_units(_edges(names)))
        if problems:
            raise NetworkError(*problems)
        packages = [bw2data.Database(name).datapackage() for name in names]
        return from_packages(packages, nodes, source, declarations or Declarations())


def _together(bw2data: ModuleType, database: str) -> list[str]:
    """The database and those it draws on, directly or not."""
    return sorted(bw2data.Database(database).find_graph_dependents() | {database})


def _node(node: Any) -> Node:  # noqa: ANN401 - bw2data is untyped
    categories = node.get("categories") or ()
    name = " ".join(str(node.get("name", "")).split())
    product = " ".join(str(node.get("reference product") or name).split())
    return Node(
        id=f"{node['database']} {node['code']}",
        name=name,
        product=product,
        unit=str(node.get("unit", "")),
        location=str(node.get("location") or "GLO"),
        compartment=tuple(map(str, categories)),
        cas=str(node.get("CAS number") or ""),
    )


def _edges(names: list[str]) -> Iterator[tuple[str, str, str, str]]:
    """Every edge that says its unit, read from the table itself: node by node would take minutes."""
    from bw2data.backends.schema import ActivityDataset, ExchangeDataset  # noqa: PLC0415 - see the room's docstring

    described = {
        (row.database, row.code): (row.name, str(row.data.get("unit", "")))
        for row in ActivityDataset.select().where(ActivityDataset.database.in_(names))
    }
    for edge in ExchangeDataset.select().where(ExchangeDataset.output_database.in_(names)):
        unit = edge.data.get("unit")
        target = described.get((edge.input_database, edge.input_code))
        if unit and target and target[1]:
            where = described.get((edge.output_database, edge.output_code), ("", ""))[0]
            yield str(target[0]), str(unit), target[1], str(where)
