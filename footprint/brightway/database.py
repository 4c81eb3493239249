"""A product system as a database of the user's Brightway project, as Activity Browser opens it.

One activity per product, with its allocated share of the process, and one per thing bought; gases and the method
are shared by all exports. Exporting again replaces the database and nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from footprint.brightway.gases import GASES, characterisable, method_name, write_gases, write_method
from footprint.brightway.matrices import Cell, Matrices, Node
from footprint.brightway.nodes import described
from footprint.brightway.project import opened
from footprint.brightway.spread import spread
from footprint.characterisation import BIOGENIC_CO2, Characterisation
from footprint.errors import InputError, Problem
from lca_models.factors import FactorSet, shipped_factors
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem
from lca_models.published import Factor

MARK = "agrifood-footprint"
"""Under this key the metadata of a database say that it is an export, and of what."""
PURCHASED = "purchased"
"""The stage of what is bought: its emissions count where it is used."""
Key = tuple[str, str]
_EDGES = {"production": "production", "consumption": "technosphere", "emission": "biosphere"}


@dataclass(frozen=True)
class Exported:
    """Where the export is."""

    project: str
    database: str
    product: Key
    method: tuple[str, ...]
    activities: int


def export(
    system: ProductSystem,
    *,
    database: str,
    gwp: str | None,
    project: str | None = None,
    route: str | None = None,
    factors: FactorSet | None = None,
) -> Exported:
    """Write a product system, its purchases, its gases and the characterisation into a project.

    Args:
        system: the records.
        database: its name in the project; an earlier export under that name is replaced.
        gwp: warming potentials.
        project: made when there is none of that name; the one that is open when not given.
        route: which place of sale.
        factors: published numbers; the shipped ones when not given.

    Raises:
        FootprintError: the records cannot be assessed.
        InputError: bw2data is missing, or the name belongs to a database that is none of ours.
    """
    factors = factors or shipped_factors()
    characterisation = Characterisation.named(gwp, factors)
    chosen, numbers = system.route(route), Numbers(factors)
    matrices = Matrices.of(system.processes(numbers, chosen), system.sold_at(chosen), numbers)
    matrices.characterised(characterisation)  # refuses a gas without a value before anything is written
    about = {
        "records": system.digest,
        "factors": factors.digest,
        "gwp": characterisation.name,
        "route": chosen.name,
    }
    with opened(project, create=True) as bw2data:
        _refuse_another(bw2data, database)
        gases = sorted({*matrices.gases, *characterisable(characterisation), BIOGENIC_CO2})
        write_gases(bw2data, gases)
        write_method(bw2data, characterisation, gases)
        activities = _Activities(matrices, database, system.product.region).all()
        bw2data.Database(database).write(activities)
        bw2data.databases[database] |= {MARK: about}
        bw2data.databases.flush()
        product = (database, code(matrices.demand))
        return Exported(
            bw2data.projects.current, database, product, method_name(characterisation), len(activities)
        )


def code(node: Node) -> str:
    """What tells an activity from the others of its database."""
    return f"{node.kind}: {node.name}"


def _refuse_another(bw2data: ModuleType, database: str) -> None:
    if database == GASES or (database in bw2data.databases and MARK not in bw2data.databases[database]):
        why = "only an earlier export of ours is replaced"
        fix = "choose another name, or delete it in Brightway"
        raise InputError(Problem(database, "is a database of another origin", why, fix))


@dataclass(frozen=True)
class _Activities:
    """The nodes and edges of one export in the form bw2data writes."""

    matrices: Matrices
    database: str
    region: str

    def all(self) -> dict[Key, dict[str, Any]]:
        by_column: dict[Node, list[Cell]] = {}
        for cell in (*self.matrices.technosphere, *self.matrices.biosphere):
            by_column.setdefault(cell.column, []).append(cell)
        return {
            (self.database, code(node)): self._node(node)
            | {"exchanges": [self._edge(cell) for cell in cells]}
            for node, cells in by_column.items()
        }

    def _node(self, node: Node) -> dict[str, Any]:
        name, unit, location = described(node, self.matrices, self.region)
        made = {"unit": unit, "location": location, "reference product": name, "type": "process"}
        if node.kind == "purchase":
            comment = "\n".join(_cited(factor) for factor in self.matrices.bought[name])
            return made | {"name": name, "comment": comment, "tags": {"stage": PURCHASED}}
        column = next(column for column in self.matrices.outputs if column.output.product == name)
        comment = ""
        if len(column.process.outputs) > 1:
            share, method = float(column.share), column.method
            comment = f"Carries {share:.4%} of {column.process.name}, allocated by {method}."
        stage = {"stage": column.process.stage}
        return made | {"name": column.process.name, "comment": comment, "tags": stage}

    def _edge(self, cell: Cell) -> dict[str, Any]:
        name, unit, _ = described(cell.row, self.matrices, self.region)
        home = GASES if cell.row.kind == "gas" else self.database
        target = cell.row.name if cell.row.kind == "gas" else code(cell.row)
        edge = {
            "input": (home, target),
            "amount": float(cell.amount),
            "type": _EDGES[cell.role],
            "name": name,
            "unit": unit,
            "comment": "\n".join(self._comment(cell)),
        }
        return edge | ((spread(cell.published) or {}) if cell.published else {})

    def _comment(self, cell: Cell) -> Iterator[str]:
        yield cell.label
        known = self.matrices.numbers.factors
        for factor_id in cell.factors:
            if factor_id in known:
                yield _cited(known[factor_id])


def _cited(factor: Factor) -> str:
    """A number with its interval and where it was printed."""
    said = f"{factor.id} = {factor.value:g} ({factor.lower:g} to {factor.upper:g}, {factor.distribution})"
    return f"{said} {factor.unit}: {factor.source}, {factor.locator}"
