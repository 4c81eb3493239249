"""A product system as openLCA's JSON-LD (schema version 2): processes, flows, units, the product system, a method.

One process per product, with its allocated share, and one per thing bought, as in the export to Brightway. Stores of
carbon stay out: they are a ledger of their own. Ids are made of names, so that exporting again updates.
"""

import io
import json
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any
from uuid import uuid5

from footprint.brightway.matrices import Cell, Matrices, Node
from footprint.characterisation import Characterisation
from footprint.passport.canonical import CONTENT_NAMESPACE, VOCABULARY
from lca_models.factors import FactorSet, shipped_factors
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem

AIR = "Elementary flows/Emission to air/unspecified"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The same records give the same bytes: no member has a date."""

Document = dict[str, Any]


def openlca_zip(
    system: ProductSystem, *, gwp: str | None, route: str | None = None, factors: FactorSet | None = None
) -> bytes:
    """Records as a zip file that openLCA imports.

    Args:
        system: the records.
        gwp: warming potentials of the method that goes along.
        route: which place of sale.
        factors: published numbers; the shipped ones when not given.

    Raises:
        FootprintError: the records cannot be assessed.
    """
    factors = factors or shipped_factors()
    characterisation = Characterisation.named(gwp, factors)
    chosen, numbers = system.route(route), Numbers(factors)
    matrices = Matrices.of(system.processes(numbers, chosen), system.sold_at(chosen), numbers)
    return _zipped(_Export(matrices, system.product.region, characterisation).documents())


def made_id(kind: str, *names: str) -> str:
    """The id of something, made of its names.

    Args:
        kind: what it is, as `flow` or `process`.
        *names: what tells it from others of its kind.

    Example:
        >>> made_id("flow", "gas", "n2o") == made_id("flow", "gas", "n2o")
        True
    """
    return str(uuid5(CONTENT_NAMESPACE, "/".join((f"{VOCABULARY}openlca", kind, *names))))


def gas_id(substance: str) -> str:
    """The id of the flow of a gas.

    Args:
        substance: our name.
    """
    return made_id("flow", "gas", substance)


def _zipped(documents: Iterable[tuple[str, Document]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "openlca.json", {"schemaVersion": 2})
        for folder, document in documents:
            _put(archive, f"{folder}/{document['@id']}.json", document)
    return buffer.getvalue()


def _put(archive: zipfile.ZipFile, name: str, document: Document) -> None:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, json.dumps(document, ensure_ascii=False, sort_keys=True))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit with its group and what it measures."""

    id: str
    name: str
    group: str
    property: str
    measures: str


@cache
def _data() -> Mapping[str, Any]:
    text = files("footprint.exchange").joinpath("openlca_units.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _unit(ours: str) -> _Unit:
    for entry in _data()["groups"].values():
        for unit in entry["units"]:
            if unit["ours"] == ours:
                return _Unit(unit["id"], unit["name"], entry["group"], entry["property"], entry["name"])
    own = (made_id(kind, ours) for kind in ("unit", "unit group", "flow property"))
    identifier, group, measured = own
    return _Unit(identifier, ours, group, measured, f"Amount in {ours}")


def _ref(kind: str, identifier: str, name: str) -> Document:
    return {"@type": kind, "@id": identifier, "name": name}


@dataclass(frozen=True)
class _Export:
    """The documents of one export."""

    matrices: Matrices
    region: str
    characterisation: Characterisation

    def documents(self) -> Iterator[tuple[str, Document]]:
        yield from _unit_documents(sorted({self._counted(node) for node in (*self.columns, *self.gases)}))
        for node in (*self.columns, *self.gases):
            yield "flows", self._flow(node)
        for place in sorted({self._place(node) for node in self.columns}):
            yield "locations", {**self._location(place), "code": place}
        for node, cells in self.columns.items():
            yield "processes", self._process(node, cells)
        yield "product_systems", self._system()
        yield "lcia_categories", self._category()
        yield "lcia_methods", self._method()

    @cached_property
    def columns(self) -> Mapping[Node, Sequence[Cell]]:
        """Everything made or bought, with what it takes and emits."""
        found: dict[Node, list[Cell]] = {}
        for cell in (*self.matrices.technosphere, *self.matrices.biosphere):
            found.setdefault(cell.column, []).append(cell)
        return found

    @cached_property
    def gases(self) -> tuple[Node, ...]:
        return tuple(Node("gas", gas) for gas in self.matrices.gases)

    def _counted(self, node: Node) -> str:
        """Our unit of what a node is counted in."""
        if node.kind == "gas":
            return "kg"
        if node.kind == "purchase":
            return str(self.matrices.bought[node.name][0].per)
        return next(out.output.unit for out in self.matrices.outputs if out.output.product == node.name)

    def _place(self, node: Node) -> str:
        return self.matrices.bought[node.name][0].region if node.kind == "purchase" else self.region

    def _location(self, place: str) -> Document:
        return _ref("Location", made_id("location", place), place)

    def _flow(self, node: Node) -> Document:
        unit = _unit(self._counted(node))
        gas = node.kind == "gas"
        return {
            **_flow_ref(node),
            "description": node.name,
            "category": AIR if gas else f"agrifood-footprint/{node.kind}",
            "flowType": "ELEMENTARY_FLOW" if gas else "PRODUCT_FLOW",
            "flowProperties": [
                {
                    "@type": "FlowPropertyFactor",
                    "isRefFlowProperty": True,
                    "conversionFactor": 1.0,
                    "flowProperty": _ref("FlowProperty", unit.property, unit.measures),
                }
            ],
        }

    def _process(self, node: Node, cells: Sequence[Cell]) -> Document:
        exchanges = [self._exchange(number, cell) for number, cell in enumerate(cells, start=1)]
        return {
            **self._process_ref(node),
            "category": f"agrifood-footprint/{node.kind}",
            "processType": "UNIT_PROCESS",
            "location": self._location(self._place(node)),
            "lastInternalId": len(exchanges),
            "exchanges": exchanges,
        }

    def _process_ref(self, node: Node) -> Document:
        name = node.name
        if node.kind == "product":
            columns = (column for column in self.matrices.outputs if column.output.product == name)
            name = f"{next(columns).process.name}: {name}"
        return _ref("Process", made_id("process", node.kind, node.name), name)

    def _exchange(self, number: int, cell: Cell) -> Document:
        unit = _unit(self._counted(cell.row))
        taken = cell.role == "consumption"
        return {
            "@type": "Exchange",
            "internalId": number,
            "flow": _flow_ref(cell.row),
            "flowProperty": _ref("FlowProperty", unit.property, unit.measures),
            "unit": _ref("Unit", unit.id, unit.name),
            "amount": float(cell.amount),
            "isInput": taken,
            "isQuantitativeReference": cell.role == "production",
            "description": cell.label,
            **({"defaultProvider": self._process_ref(cell.row)} if taken else {}),
        }

    def _system(self) -> Document:
        demand = self.matrices.demand
        unit = _unit(self._counted(demand))
        links = [
            {
                "provider": self._process_ref(cell.row),
                "process": self._process_ref(node),
                "flow": _flow_ref(cell.row),
                "exchange": {"internalId": number},
            }
            for node, cells in self.columns.items()
            for number, cell in enumerate(cells, start=1)
            if cell.role == "consumption"
        ]
        own = next(n for n, cell in enumerate(self.columns[demand], start=1) if cell.role == "production")
        return {
            **_ref("ProductSystem", made_id("product system", demand.name), demand.name),
            "refProcess": self._process_ref(demand),
            "refExchange": {"@type": "Exchange", "internalId": own},
            "targetAmount": 1.0,
            "targetUnit": _ref("Unit", unit.id, unit.name),
            "targetFlowProperty": _ref("FlowProperty", unit.property, unit.measures),
            "processes": [self._process_ref(node) for node in self.columns],
            "processLinks": links,
        }

    def _category(self) -> Document:
        unit = _unit("kg")
        factors = [
            {
                "@type": "ImpactFactor",
                "flow": _flow_ref(cell.row),
                "flowProperty": _ref("FlowProperty", unit.property, unit.measures),
                "unit": _ref("Unit", unit.id, unit.name),
                "value": float(cell.amount),
            }
            for cell in self.matrices.characterised(self.characterisation)
        ]
        return {**self._category_ref(), "refUnit": "kg CO2e", "impactFactors": factors}

    def _category_ref(self) -> Document:
        name = f"climate change, GWP {self.characterisation.name}"
        return _ref("ImpactCategory", made_id("impact category", name), name)

    def _method(self) -> Document:
        name = f"agrifood-footprint, GWP {self.characterisation.name}"
        said = "Biogenic CO2 has no value: it is kept in a ledger of its own."
        return {
            **_ref("ImpactMethod", made_id("impact method", name), name),
            "description": said,
            "impactCategories": [self._category_ref()],
        }


def _flow_ref(node: Node) -> Document:
    name = _data()["names"].get(node.name, node.name) if node.kind == "gas" else node.name
    return _ref("Flow", made_id("flow", node.kind, node.name), name)


def _unit_documents(counted: Iterable[str]) -> Iterator[tuple[str, Document]]:
    groups = {entry["group"]: entry["units"] for entry in _data()["groups"].values()}
    for unit in {one.group: one for one in map(_unit, counted)}.values():
        measured = _ref("FlowProperty", unit.property, unit.measures)
        group = _ref("UnitGroup", unit.group, f"Units of {unit.measures.lower()}")
        listed = groups.get(unit.group, [{"id": unit.id, "name": unit.name, "per_reference": 1.0}])
        units = [
            {
                **_ref("Unit", one["id"], one["name"]),
                "conversionFactor": one["per_reference"],
                "isRefUnit": one["per_reference"] == 1.0,
            }
            for one in listed
        ]
        yield "unit_groups", {**group, "defaultFlowProperty": measured, "units": units}
        yield "flow_properties", {**measured, "flowPropertyType": "PHYSICAL_QUANTITY", "unitGroup": group}
