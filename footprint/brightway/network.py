"""A database of the user's Brightway project read back as a network of our processes.

What we exported comes back to the same numbers; so does a small foreground made by hand. Nothing is guessed: an
exchange that cannot be carried is listed, and none is left out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import ModuleType
from typing import Any, NamedTuple

from footprint.brightway.database import PURCHASED
from footprint.brightway.exchanges import Exchange, Exchanges, Key
from footprint.brightway.project import opened
from footprint.errors import NetworkError, Problem
from lca_models.flows import Emission, Link, Output, Process, Unit

MAX_ACTIVITIES = 2000
"""A foreground; what is larger is a background."""


class Counting(NamedTuple):
    """How a network counts what Brightway counts in another unit."""

    unit: Unit
    scale: float


COUNTED: Mapping[str, Counting] = {
    "kilogram": Counting("kg", 1.0),
    "megajoule": Counting("MJ", 1.0),
    "kilowatt hour": Counting("MJ", 3.6),
}


def read_network(
    database: str, *, project: str | None = None, gases: Mapping[Key, str] | None = None
) -> tuple[Process, ...]:
    """The activities of a database as processes, at their central amounts.

    Args:
        database: its name in the project.
        project: the one that is open when not given.
        gases: our name for each flow of another biosphere that is emitted, by its key.

    Returns:
        One process per activity, its product named as in the database and counted in kg or MJ. What is bought, or
        counted in anything else and takes from nobody, is not a process: its gases count where it is used.

    Raises:
        InputError: bw2data is missing, or there is no such project.
        NetworkError: no such database, or exchanges that cannot be carried: every one of them.
    """
    with opened(project) as bw2data:
        nodes, flows = _loaded(bw2data, database)
    exchanges = Exchanges(database, nodes, flows, gases or {})
    processes = tuple(_Foreground(exchanges).processes())
    if exchanges.problems:
        raise NetworkError(*exchanges.problems)
    if not processes:
        raise NetworkError(Problem(database, "has no process", "", "check that it is the right database"))
    return processes


def _loaded(bw2data: ModuleType, database: str) -> tuple[dict[Key, Any], dict[Key, Any]]:
    """The nodes of the database, and the flows of other databases that its exchanges name."""
    if database not in bw2data.databases:
        fix = f"databases: {', '.join(sorted(bw2data.databases)) or 'none'}"
        raise NetworkError(Problem(database, "is no database of this project", "", fix))
    if len(bw2data.Database(database)) > MAX_ACTIVITIES:
        why, fix = f"a foreground has at most {MAX_ACTIVITIES} activities", "make a background pack of it"
        raise NetworkError(Problem(database, "is too large for a foreground", why, fix))
    nodes = bw2data.Database(database).load()
    named = {edge["input"] for node in nodes.values() for edge in node.get("exchanges", ())}
    flows: dict[Key, Any] = {}
    for key in sorted(key for key in named if key[0] != database):
        try:
            flows[key] = dict(bw2data.get_node(key=key))
        except (KeyError, bw2data.errors.UnknownObject):
            continue  # unlinked, and listed as such when its exchange is read
    return nodes, flows


class _Foreground:
    """The processes of one database."""

    def __init__(self, exchanges: Exchanges) -> None:
        self.exchanges = exchanges

    def processes(self) -> Iterator[Process]:
        for key, made in self.exchanges.makers.items():
            unit = self.exchanges.unit(made)
            if key in self.folded:
                continue
            if unit not in COUNTED:
                why = f"a network counts in {', '.join(COUNTED)}"
                self.exchanges.refuse(key, f"is counted in {unit} and takes from others", why)
                continue
            yield self._process(key, made)

    def _process(self, key: Key, made: Key) -> Process:
        node, counting = self.exchanges.nodes[key], COUNTED[self.exchanges.unit(made)]
        amount = self.exchanges.produced(key)
        output = Output(self.names[made], amount * counting.scale, unit=counting.unit)
        links = [self._link(edge) for edge in self.exchanges.taken(key) if edge.maker not in self.folded]
        stage = node.get("tags", {}).get("stage", node["name"])
        return Process(str(node["name"]), str(stage), (output,), tuple(links), tuple(self._emitted(key)))

    def _link(self, edge: Exchange) -> Link:
        # A supplier in another unit is refused when its own turn comes.
        counting = COUNTED.get(self.exchanges.unit(edge.target), COUNTED["kilogram"])
        return Link(self.names[edge.target], edge.amount * counting.scale, counting.unit)

    def _emitted(self, key: Key) -> Iterator[Emission]:
        for own in self.exchanges.emitted(key):
            yield Emission(own.gas, own.amount, own.label)
        for edge in self.exchanges.taken(key):
            if edge.maker in self.folded:
                runs = edge.amount / self.exchanges.produced(edge.maker)
                for emitted in self.exchanges.emitted(edge.maker):
                    yield Emission(emitted.gas, emitted.amount * runs, edge.label or emitted.label)

    @cached_property
    def folded(self) -> set[Key]:
        """Those whose gases count where they are used: what is bought, and services that take from nobody."""
        return {
            key
            for key, made in self.exchanges.makers.items()
            if not any(self.exchanges.taken(key))
            and (self._is_bought(key) or self.exchanges.unit(made) not in COUNTED)
        }

    def _is_bought(self, key: Key) -> bool:
        return bool(self.exchanges.nodes[key].get("tags", {}).get("stage") == PURCHASED)

    @cached_property
    def names(self) -> dict[Key, str]:
        """What each node is called; where two are called the same, with the code behind."""
        nodes = self.exchanges.nodes
        plain = {key: str(node.get("reference product") or node["name"]) for key, node in nodes.items()}
        kept = Counter(plain[made] for key, made in self.exchanges.makers.items() if key not in self.folded)
        return {key: name if kept[name] <= 1 else f"{name} [{key[1]}]" for key, name in plain.items()}
