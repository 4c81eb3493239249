"""openLCA's JSON-LD export (schema versions 1 and 2) as an inventory."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from footprint.background import archive, elementary
from footprint.background.declarations import Declarations
from footprint.background.elementary import Flow, UnknownGasError
from footprint.background.inventory import Activity, ExchangeList, Inventory, Product
from footprint.background.openlca_exchange import ELEMENTARY, WASTE, Exchange, FormatError, Units
from footprint.errors import NetworkError, Problem
from lca_models.published import Source

_ALLOCATED = {"PHYSICAL_ALLOCATION", "ECONOMIC_ALLOCATION"}


def read_openlca(path: Path, source: Source, declarations: Declarations | None = None) -> Inventory:
    """Read an export.

    Args:
        path: the zip file.
        source: whose data it is.
        declarations: gases, suppliers and omissions the user has declared.

    Raises:
        InputError: no zip file, one beyond the limits, or not JSON.
        NetworkError: links without a supplier or with several, units that do not match, flows that look like
            greenhouse gases and are none we know, co-products without allocation; listed by flow.
    """
    with archive.opened(path) as opened:
        units = Units.of(
            archive.objects(opened, "unit_groups"),
            archive.objects(opened, "flow_properties"),
            archive.objects(opened, "flows"),
            archive.objects(opened, "categories"),
        )
        reading = _Reading(units, declarations or Declarations())
        for process in archive.objects(opened, "processes"):
            reading.take(process)
    return reading.inventory(source)


@dataclass
class _Column:
    """A process, or one product of it with its share."""

    id: str
    name: str
    location: str
    reference: Exchange
    share: float
    exchanges: list[Exchange]


@dataclass
class _Reading:
    """What is collected while the processes pass by."""

    units: Units
    declared: Declarations
    columns: list[_Column] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    problems: dict[tuple[str, ...], list[str]] = field(default_factory=lambda: defaultdict(list))

    def take(self, process: Mapping[str, Any]) -> None:
        """One process: its exchanges in the reference units of their flows, its columns by product."""
        name = " ".join(str(process.get("name", "")).split())
        if reason := self.declared.omitted(str(process.get("@id"))):
            self.left_out[f"declared: {reason}"] += 1
            return
        exchanges = []
        for entry in process.get("exchanges", []):
            try:
                exchanges.append(self.units.exchange(entry))
            except FormatError as error:
                self.problems[error.args].append(name)
        references = [exchange for exchange in exchanges if exchange.reference]
        if len(references) != 1 or not references[0].amount:
            self.problems[f"{name} ({process.get('@id')})", "is run for no product, or for several"].append(
                name
            )
            return
        location = str((process.get("location") or {}).get("name") or "GLO")
        for reference, share, kept in self._shares(process, name, references[0], exchanges):
            column_id = str(process["@id"])
            if reference is not references[0]:
                column_id = f"{column_id} {reference.flow}"
            self.columns.append(_Column(column_id, name, location, reference, share, kept))

    def _shares(
        self, process: Mapping[str, Any], name: str, reference: Exchange, exchanges: list[Exchange]
    ) -> Iterator[tuple[Exchange, float, list[Exchange]]]:
        made = [e for e in exchanges if e.makes]
        others = [e for e in exchanges if not e.makes and e is not reference]
        if len(made) < 2:
            yield reference, 1.0, others
            return
        factors = _allocation(process)
        if factors is not None and all(product.flow in factors for product in made):
            for product in made:
                if factors[product.flow]:
                    yield product, factors[product.flow], others
            return
        for product in made:
            if product is reference:
                continue
            if self.declared.omitted(product.flow, product.name) is None:
                self.problems[product.name, "is a co-product, and no allocation says its share"].append(name)
            else:
                self.left_out["co-product, its process charged to the reference product"] += 1
        yield reference, 1.0, others

    def inventory(self, source: Source) -> Inventory:
        """Link the columns.

        Raises:
            NetworkError: everything that does not fit.
        """
        makers: dict[str, list[int]] = defaultdict(list)
        for number, column in enumerate(self.columns):
            makers[column.reference.flow].append(number)
        ids = {column.id: number for number, column in enumerate(self.columns)}
        technosphere, emitted = ExchangeList(), []
        for number, column in enumerate(self.columns):
            own = column.reference
            technosphere.add(number, number, -own.amount if own.input else own.amount)
            for exchange in column.exchanges:
                if exchange.kind == ELEMENTARY:
                    if gas := self._gas(exchange, column):
                        emitted.append((gas, number, exchange, column.share))
                elif (row := self._supplier(exchange, column, makers, ids)) is not None:
                    amount, spread = exchange.scaled(column.share)
                    flip = exchange.input and not exchange.avoided
                    technosphere.add(row, number, -amount if flip else amount, flip=flip, spread=spread)
        if self.problems:
            raise NetworkError(*_listed(self.problems))
        gases = sorted({gas for gas, *_ in emitted})
        emissions = ExchangeList()
        for gas, number, exchange, share in emitted:
            amount, spread = exchange.scaled(share)
            emissions.add(gases.index(gas), number, amount, spread=spread)
        return Inventory(
            source,
            tuple(Product(c.id, c.reference.name, c.reference.unit) for c in self.columns),
            tuple(Activity(c.id, c.name, c.location) for c in self.columns),
            tuple(gases),
            technosphere.done(),
            emissions.done(),
            tuple(range(len(self.columns))),
            dict(sorted(self.left_out.items())),
        )

    def _gas(self, exchange: Exchange, column: _Column) -> str | None:
        if exchange.input:
            self.left_out["taken from nature"] += 1
            return None
        if reason := self.declared.omitted(exchange.flow, exchange.name):
            self.left_out[f"declared: {reason}"] += 1
            return None
        try:
            flow = Flow(exchange.flow, exchange.name, exchange.compartment, exchange.cas)
            found = self.declared.named_gas(exchange.flow, exchange.name) or elementary.gas(flow)
        except UnknownGasError:
            self.problems[exchange.name, "looks like a greenhouse gas, and is none we know"].append(
                column.name
            )
            return None
        if found is None:
            self.left_out["emission without effect on the climate"] += 1
        elif exchange.unit != "kg":
            self.problems[exchange.name, f"is given in {exchange.unit}, not in kg"].append(column.name)
        return found

    def _supplier(
        self, exchange: Exchange, column: _Column, makers: Mapping[str, list[int]], ids: Mapping[str, int]
    ) -> int | None:
        words = exchange.flow, exchange.name
        if reason := self.declared.omitted(*words):
            self.left_out[f"declared: {reason}"] += 1
            return None
        candidates = makers.get(exchange.flow, [])
        if (declared := self.declared.supplying(*words)) is not None:
            candidates = [ids[declared]] if declared in ids else []
        elif exchange.provider is not None:
            known = {ids.get(exchange.provider), ids.get(f"{exchange.provider} {exchange.flow}")}
            candidates = [number for number in candidates if number in known]
        if len(candidates) == 1:
            made = self.columns[candidates[0]].reference.unit
            if made != exchange.unit:
                self.problems[exchange.name, f"is made in {made} and taken in {exchange.unit}"].append(
                    column.name
                )
            return candidates[0]
        what = "is treated" if exchange.kind == WASTE and not exchange.input else "is made"
        why = (
            f"{what} by {len(candidates)} processes, and no link says which"
            if candidates
            else f"{what} by none"
        )
        self.problems[exchange.name, why].append(column.name)
        return None


def _allocation(process: Mapping[str, Any]) -> dict[str, float] | None:
    """The share of each product under the default allocation of a process, or nothing where it has none."""
    method = process.get("defaultAllocationMethod")
    if method not in _ALLOCATED:
        return None
    return {
        str((entry.get("product") or {}).get("@id") or entry.get("productId")): float(entry.get("value", 0.0))
        for entry in process.get("allocationFactors") or []
        if entry.get("allocationType") == method
    }


def _listed(problems: Mapping[tuple[str, ...], Iterable[str]]) -> Iterator[Problem]:
    fix = "declare it: a supplier, a gas or an omission"
    listed = sorted(problems.items(), key=lambda item: (-len(list(item[1])), item[0]))
    for (what, why), users in listed:
        names = list(dict.fromkeys(users))
        yield Problem(what, why, f"in {names[0]}" + (f" and {len(names) - 1} more" if names[1:] else ""), fix)
