"""A Brightway datapackage as an inventory: the matrices it builds, with the names beside them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from footprint.background import archive, elementary
from footprint.background.declarations import Declarations
from footprint.background.elementary import Flow, UnknownGasError
from footprint.background.hashed import AnyArray
from footprint.background.inventory import UNCERTAINTY, Activity, Exchanges, Inventory, Product
from footprint.background.unit_names import factor, ours
from footprint.errors import InputError, NetworkError, Problem
from lca_models.published import Source


class Node(NamedTuple):
    """What a number of the matrices stands for."""

    id: str
    name: str
    product: str
    unit: str
    location: str = "GLO"
    compartment: tuple[str, ...] = ("air",)
    cas: str = ""


def read_datapackage(path: Path, source: Source, declarations: Declarations | None = None) -> Inventory:
    """Read a datapackage with a table of names, as `footprint.brightway.datapackage` writes them.

    Args:
        path: a zip file or a folder.
        source: whose data it is.
        declarations: gases and omissions the user has declared.

    Raises:
        InputError: no datapackage, or one beyond the limits.
        NetworkError: products nobody makes, flows without a name, gases we do not know; all of them.
    """
    from bw_processing import load_datapackage  # noqa: PLC0415 - see the room's docstring
    from fsspec.implementations.dirfs import DirFileSystem  # noqa: PLC0415
    from fsspec.implementations.local import LocalFileSystem  # noqa: PLC0415
    from fsspec.implementations.zip import ZipFileSystem  # noqa: PLC0415

    if path.is_dir():
        files = DirFileSystem(path=str(path), fs=LocalFileSystem())
    else:
        with archive.opened(path):
            files = ZipFileSystem(str(path))
    try:
        package = load_datapackage(files)
        nodes = dict(_named(package))
    except (KeyError, ValueError, OSError, TypeError) as error:
        fix = "give a folder or zip file that bw_processing wrote"
        raise InputError(Problem(str(path), "is no datapackage", str(error)[:200], fix)) from error
    return from_packages([package], nodes, source, declarations or Declarations())


def from_packages(
    packages: Sequence[Any], nodes: Mapping[int, Node], source: Source, declarations: Declarations
) -> Inventory:
    """Read the matrices of some datapackages together.

    Args:
        packages: of bw_processing.
        nodes: what each number stands for.
        source: whose data it is.
        declarations: gases and omissions the user has declared.

    Raises:
        NetworkError: products nobody makes, flows without a name, gases we do not know; all of them.
    """
    reading = _Reading(nodes, declarations)
    technosphere = reading.made(_cells(packages, "technosphere_matrix"))
    emissions = reading.characterised(_cells(packages, "biosphere_matrix"))
    if reading.problems:
        raise NetworkError(*reading.listed())
    columns = np.unique(technosphere.col)
    rows = np.unique(technosphere.row)
    gases = sorted({reading.gases[number] for number in emissions.row.tolist()})
    places = {number: gases.index(reading.gases[number]) for number in set(emissions.row.tolist())}
    inside = np.isin(emissions.col, columns)
    return Inventory(
        source,
        tuple(reading.product(number) for number in rows.tolist()),
        tuple(reading.activity(number) for number in columns.tolist()),
        tuple(gases),
        _placed(technosphere, rows, columns),
        _placed_gases(emissions.taken(np.flatnonzero(inside)), places, columns),
        left_out=dict(sorted(reading.left_out.items())),
    )


def unit_problem(name: str, unit: str, wanted: str, where: str) -> Problem | None:
    """What is wrong with an exchange in one unit of a product counted in another; Brightway does not look.

    Args:
        name: the product.
        unit: of the exchange.
        wanted: of the product.
        where: the process.
    """
    if factor(unit, wanted) == 1.0:
        return None
    why = f"the product is counted in {ours(wanted)}, and the amount would be read so"
    return Problem(where, f"takes {name} in {unit}", why, "mend the unit or the amount")


def _named(package: Any) -> Iterator[tuple[int, Node]]:  # noqa: ANN401 - bw_processing is untyped
    for resource in package.resources:
        if resource.get("mediatype") != "text/csv":
            continue
        table, _ = package.get_resource(resource["name"])
        table = table.reset_index() if table.index.name else table
        if {"id", "name", "unit"} <= set(table.columns):
            for row in table.to_dict("records"):
                name, unit = str(row["name"]), str(row["unit"])
                yield int(row["id"]), Node(str(row["id"]), name, name, unit, str(row.get("location", "GLO")))


def _cells(packages: Sequence[Any], matrix: str) -> Exchanges:
    parts: list[Exchanges] = []
    for package in packages:
        add_up = bool(package.metadata.get("sum_inter_duplicates"))
        for group in dict.fromkeys(
            r["group"] for r in package.resources if r.get("matrix") == matrix and r["category"] == "vector"
        ):
            part = _group(package, group)
            if not add_up and parts:  # what a later group says of a cell replaces what an earlier one said
                taken = set(zip(part.row.tolist(), part.col.tolist(), strict=True))
                parts = [_without(earlier, taken) for earlier in parts]
            parts.append(part)
    if not parts:
        return Exchanges(*(np.empty(0, kind) for kind in (np.int64, np.int64, float, bool, UNCERTAINTY)))
    return Exchanges(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("row", "col", "amount", "flip", "uncertainty")
        )
    )


def _without(exchanges: Exchanges, taken: set[tuple[int, int]]) -> Exchanges:
    pairs = zip(exchanges.row.tolist(), exchanges.col.tolist(), strict=True)
    return exchanges.taken(np.array([n for n, pair in enumerate(pairs) if pair not in taken], dtype=np.int64))


def _group(package: Any, group: str) -> Exchanges:  # noqa: ANN401 - bw_processing is untyped
    found = {
        resource["kind"]: package.get_resource(resource["name"])[0]
        for resource in package.resources
        if resource.get("group") == group
    }
    if "data" not in found or "indices" not in found or not isinstance(found["data"], np.ndarray):
        fix = "a background is read from stored vectors"
        raise InputError(Problem(group, "has no numbers in the package", "they come from elsewhere", fix))
    indices, size = found["indices"], len(found["data"])
    flip = np.asarray(found.get("flip", np.zeros(size, dtype=bool)), dtype=bool)
    amount = np.asarray(found["data"], dtype=np.float64)
    uncertainty = np.zeros(size, dtype=UNCERTAINTY)
    for name in UNCERTAINTY.names or ():
        uncertainty[name] = found["distributions"][name] if "distributions" in found else 0
    return Exchanges(
        indices["row"].astype(np.int64),
        indices["col"].astype(np.int64),
        np.where(flip, -amount, amount),
        flip,
        uncertainty,
    )


def _placed(exchanges: Exchanges, rows: AnyArray, columns: AnyArray) -> Exchanges:
    return Exchanges(
        np.searchsorted(rows, exchanges.row),
        np.searchsorted(columns, exchanges.col),
        exchanges.amount,
        exchanges.flip,
        exchanges.uncertainty,
    )


def _placed_gases(exchanges: Exchanges, places: Mapping[int, int], columns: AnyArray) -> Exchanges:
    rows = np.array([places[number] for number in exchanges.row.tolist()], dtype=np.int64)
    moved = Exchanges(rows, exchanges.col, exchanges.amount, exchanges.flip, exchanges.uncertainty)
    return _placed(moved, np.arange(len(set(places.values()))), columns)


@dataclass
class _Reading:
    """What is found out about rows and columns."""

    nodes: Mapping[int, Node]
    declared: Declarations
    gases: dict[int, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    problems: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))

    def product(self, number: int) -> Product:
        node = self._node(number)
        return Product(node.id, node.product or node.name, ours(node.unit))

    def activity(self, number: int) -> Activity:
        node = self._node(number)
        return Activity(node.id, node.name, node.location)

    def made(self, cells: Exchanges) -> Exchanges:
        """The technosphere without what is left out; a product that nobody makes is a problem."""
        made = np.isin(cells.row, np.unique(cells.row[~cells.flip]))
        for place in np.flatnonzero(~made).tolist():
            node = self._node(int(cells.row[place]))
            if reason := self.declared.omitted(node.id, node.name, node.product):
                self.left_out[f"declared: {reason}"] += 1
            else:
                self.problems[node.name, "is made by none"].add(int(cells.col[place]))
        return cells.taken(np.flatnonzero(made))

    def characterised(self, cells: Exchanges) -> Exchanges:
        """The biosphere's greenhouse gases."""
        for number in np.unique(cells.row).tolist():
            if (gas := self._gas(number, cells)) is not None:
                self.gases[number] = gas
        return cells.taken(np.flatnonzero(np.isin(cells.row, list(self.gases))))

    def listed(self) -> Iterator[Problem]:
        fix = "declare it: a gas or an omission"
        for (name, what), users in sorted(self.problems.items(), key=lambda item: -len(item[1])):
            first = self._node(min(users)).name
            more = f" and {len(users) - 1} more" if len(users) > 1 else ""
            yield Problem(name, what, f"in {first}{more}", fix)

    def _gas(self, number: int, cells: Exchanges) -> str | None:
        node = self._node(number)
        users = set(cells.col[cells.row == number].tolist())
        if reason := self.declared.omitted(node.id, node.name):
            self.left_out[f"declared: {reason}"] += len(users)
            return None
        known = self.declared.named_gas(node.id, node.name)
        if known is None and (node.name in elementary.names() or node.name.startswith("co2e:")):
            known = node.name
        try:
            found = known or elementary.gas(Flow(node.id, node.name, node.compartment, node.cas))
        except UnknownGasError:
            self.problems[node.name, "looks like a greenhouse gas, and is none we know"] |= users
            return None
        if found is None:
            self.left_out["flow without effect on the climate"] += len(users)
        elif factor(node.unit, "kg") != 1.0:
            self.problems[node.name, f"is given in {node.unit}, not in kg"] |= users
        return found

    def _node(self, number: int) -> Node:
        found = self.nodes.get(number)
        if found is None:
            self.problems[str(number), "stands in the matrices and has no name"].add(number)
            return Node(str(number), str(number), "", "")
        return found


def edges_in_other_units(edges: Iterable[tuple[str, str, str, str]]) -> Iterator[Problem]:
    """The edges whose unit is not that of the product they lead to.

    Args:
        edges: name of the product, unit of the edge, unit of the product, name of the process.
    """
    for name, unit, wanted, where in edges:
        if problem := unit_problem(name, unit, wanted, where):
            yield problem
