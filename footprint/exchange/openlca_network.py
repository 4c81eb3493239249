"""openLCA's JSON-LD read back as a network of our processes: the reader of backgrounds, for a small foreground.

What we exported comes back to the same numbers. Nothing is guessed: what cannot be carried is listed, none of it left
out in silence.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from footprint.background import archive
from footprint.background.declarations import Declarations, NamedGas
from footprint.background.inventory import Exchanges, Inventory
from footprint.background.openlca import read_openlca
from footprint.errors import NetworkError, Problem
from footprint.exchange.openlca import gas_id
from lca_models.flows import Emission, Link, Output, Process, Unit
from lca_models.published import Source

MAX_PROCESSES = 2000
"""A foreground; what is larger is a background."""

_COUNTED: Mapping[str, tuple[Unit, float]] = {"kg": ("kg", 1.0), "MJ": ("MJ", 1.0), "kWh": ("MJ", 3.6)}
"""How a network counts what a file counts in another unit."""

_SOURCE = Source(
    id="openlca-file",
    title="JSON-LD export of openLCA",
    publisher="its author",
    year=2025,
    url="https://www.openlca.org",
    licence="as its author says",
)


def read_network(path: Path, declarations: Declarations | None = None) -> tuple[Process, ...]:
    """The processes of an export, at their central amounts.

    Args:
        path: the zip file.
        declarations: gases, suppliers and omissions, as for a background.

    Returns:
        One process per product, counted in kg or MJ. What is counted in anything else and takes from nobody is not a
        process: its gases count where it is used.

    Raises:
        InputError: no zip file, one beyond the limits, or not JSON.
        NetworkError: everything that cannot be carried, at once.
    """
    declared = declarations or Declarations()
    ours = [NamedGas(flow=gas_id(gas), gas=gas) for gas in _own_gases(path)]
    inventory = read_openlca(path, _SOURCE, declared.model_copy(update={"gas": [*declared.gas, *ours]}))
    if not inventory.processes:
        raise NetworkError(Problem(path.name, "has no process", "", "check that it is the right file"))
    if len(inventory.processes) > MAX_PROCESSES:
        what = f"holds {len(inventory.processes)} processes"
        why, fix = f"a foreground has at most {MAX_PROCESSES}", "make a background pack of it"
        raise NetworkError(Problem(path.name, what, why, fix))
    network = _Network(inventory)
    if problems := tuple(network.problems()):
        raise NetworkError(*problems)
    return tuple(network.processes())


def _own_gases(path: Path) -> Iterator[str]:
    """Flows of our own export: those whose id is made of the gas they say they are."""
    with archive.opened(path) as opened:
        for flow in archive.objects(opened, "flows"):
            said = flow.get("description")
            if isinstance(said, str) and flow.get("@id") == gas_id(said):
                yield said


@dataclass(frozen=True)
class _Network:
    """An inventory, column by column."""

    inventory: Inventory

    def problems(self) -> Iterator[Problem]:
        for column, own in enumerate(self.rows):
            name, unit = self.inventory.processes[column].name, self.inventory.products[own].unit
            takes = [row for row in self.technosphere[column] if row != own]
            if self.technosphere[column].get(own, 0.0) <= 0:
                yield self._refused(name, "makes nothing, or treats a waste", "a network has products only")
            elif any(self.technosphere[column][row] > 0 for row in takes):
                yield self._refused(name, "avoids a product", "nothing is subtracted here")
            elif unit not in _COUNTED and column not in self.folded:
                why = f"a network counts in {', '.join(_COUNTED)}"
                yield self._refused(name, f"is counted in {unit} and takes from others", why)

    def _refused(self, name: str, what: str, why: str) -> Problem:
        return Problem(name, what, why, "mend it in openLCA, or make a background pack of it")

    def processes(self) -> Iterator[Process]:
        for column, own in enumerate(self.rows):
            if column in self.folded:
                continue
            unit, scale = _COUNTED[self.inventory.products[own].unit]
            output = Output(self.names[own], self.technosphere[column][own] * scale, unit=unit)
            name = self.inventory.processes[column].name
            yield Process(name, name, (output,), tuple(self._links(column)), tuple(self._emitted(column)))

    def _links(self, column: int) -> Iterator[Link]:
        for row, amount in self.technosphere[column].items():
            if row != self.rows[column] and self.makers[row] not in self.folded:
                unit, scale = _COUNTED[self.inventory.products[row].unit]
                yield Link(self.names[row], -amount * scale, unit)

    def _emitted(self, column: int) -> Iterator[Emission]:
        label = self.inventory.processes[column].name
        for gas, kg in self.emissions[column].items():
            yield Emission(self.inventory.gases[gas], kg, label)
        for row, amount in self.technosphere[column].items():
            maker = self.makers[row]
            if row != self.rows[column] and maker in self.folded:
                runs, label = -amount / self.technosphere[maker][row], self.inventory.processes[maker].name
                for gas, kg in self.emissions[maker].items():
                    yield Emission(self.inventory.gases[gas], kg * runs, label)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The row each process is run for."""
        assert self.inventory.reference is not None  # noqa: S101 - the reader of openLCA always says it
        return self.inventory.reference

    @cached_property
    def makers(self) -> Mapping[int, int]:
        return {row: column for column, row in enumerate(self.rows)}

    @cached_property
    def folded(self) -> frozenset[int]:
        """Those whose gases count where they are used: counted in other units, and taking from nobody."""
        return frozenset(
            column
            for column, own in enumerate(self.rows)
            if self.inventory.products[own].unit not in _COUNTED and set(self.technosphere[column]) == {own}
        )

    @cached_property
    def names(self) -> Mapping[int, str]:
        """What each product is called; where two are called the same, with the id behind."""
        products = self.inventory.products
        times = Counter(product.name for product in products)
        return {
            row: product.name if times[product.name] == 1 else f"{product.name} [{product.id}]"
            for row, product in enumerate(products)
        }

    @cached_property
    def technosphere(self) -> Mapping[int, Mapping[int, float]]:
        return _by_column(self.inventory.technosphere)

    @cached_property
    def emissions(self) -> Mapping[int, Mapping[int, float]]:
        return _by_column(self.inventory.emissions)


def _by_column(exchanges: Exchanges) -> Mapping[int, Mapping[int, float]]:
    """Amounts by column and row; several of one cell add up."""
    found: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row, column, amount in zip(exchanges.row, exchanges.col, exchanges.amount, strict=True):
        found[int(column)][int(row)] += float(amount)
    return found
