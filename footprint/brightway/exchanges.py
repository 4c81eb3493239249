"""The exchanges of a Brightway database, each judged once: carried, or on the list of what cannot be."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from footprint.brightway.gases import GASES
from footprint.brightway.nodes import KILOGRAM, unit_name
from footprint.errors import Problem

Key = tuple[str, str]
_PROCESSES = {"process", "processwithreferenceproduct", None}
_EDGES = {"production", "technosphere", "biosphere"}


class Exchange(NamedTuple):
    """What one activity takes."""

    target: Key
    maker: Key
    amount: float
    label: str


class Emitted(NamedTuple):
    """What one activity emits, kg."""

    gas: str
    amount: float
    label: str


@dataclass
class Exchanges:
    """A database with the flows it names, and every problem found in it."""

    database: str
    nodes: Mapping[Key, Mapping[str, Any]]
    flows: Mapping[Key, Mapping[str, Any]]
    gases: Mapping[Key, str]
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, key: Key, what: str, why: str) -> None:
        """Put something on the list."""
        where = f"{self.database}: {self.nodes[key].get('name', key[1])}"
        problem = Problem(where, what, why, "mend it in Brightway")
        if problem not in self.problems:
            self.problems.append(problem)

    def unit(self, key: Key) -> str:
        """What a node is counted in, in Brightway's spelling."""
        return unit_name(str(self.nodes[key].get("unit")))

    @cached_property
    def makers(self) -> dict[Key, Key]:
        """The one product of every process, by process."""
        found = {}
        for key, node in self.nodes.items():
            if node.get("type") == "product":
                continue
            if node.get("type") not in _PROCESSES:
                self.refuse(key, f"is a node of type {node['type']!r}", "only processes are carried")
                continue
            made = {edge["input"] for edge in self._edges(key, "production")}
            if len(made) > 1:
                self.refuse(key, f"makes {len(made)} products", "one process, one product: allocate it first")
            elif made - self.nodes.keys():
                self.refuse(
                    key, f"makes {next(iter(made))}, which nobody knows", "an exchange must be linked"
                )
            else:
                found[key] = made.pop() if made else key
        return self._only_makers(found)

    def _only_makers(self, found: dict[Key, Key]) -> dict[Key, Key]:
        first: dict[Key, Key] = {}
        for key, made in found.items():
            if first.setdefault(made, key) != key:
                name = self.nodes[first[made]].get("name")
                self.refuse(key, f"makes what {name!r} makes as well", "one product, one process")
        return {key: made for made, key in first.items()}

    @cached_property
    def by_product(self) -> dict[Key, Key]:
        """The process that makes each product."""
        return {made: key for key, made in self.makers.items()}

    def produced(self, key: Key) -> float:
        """How much a process makes; one unit where nothing is said, as Brightway reads it."""
        production = self._edges(key, "production")
        amount = sum(float(edge["amount"]) for edge in production) if production else 1.0
        if not (amount > 0 and math.isfinite(amount)):
            self.refuse(key, f"makes {amount}", "a network is of products: waste treatment is not carried")
            return 1.0
        for edge in production:
            self._same_unit(key, edge, self.nodes[self.makers[key]])
        return amount

    def taken(self, key: Key) -> list[Exchange]:
        """What a process takes from others of the database."""
        found = []
        for edge in self._edges(key, "technosphere"):
            target = edge["input"]
            if target in self.flows:
                why = "that is a background: make a pack of it"
                self.refuse(key, f"takes {target[1]!r} of {target[0]!r}", why)
            elif target not in self.by_product:
                self.refuse(key, f"takes {target[1]!r}, which nobody makes", "an exchange must be linked")
            else:
                self._same_unit(key, edge, self.nodes[target])
                label = str(edge.get("comment") or "").partition("\n")[0]
                found.append(Exchange(target, self.by_product[target], float(edge["amount"]), label))
        return found

    def emitted(self, key: Key) -> list[Emitted]:
        """The gases of a process."""
        found = []
        for edge in self._edges(key, "biosphere"):
            flow, gas = self.flows.get(edge["input"]), self._gas(edge["input"])
            if flow is None:
                self.refuse(key, f"emits {edge['input'][1]!r}, which is no flow here", "it must be linked")
            elif gas is None:
                what = f"emits {flow.get('name')!r} of {edge['input'][0]!r}"
                self.refuse(key, what, "it is none of our gases: name the one it is")
            elif unit_name(str(flow.get("unit"))) != KILOGRAM:
                self.refuse(
                    key, f"emits {flow.get('name')!r} in {flow.get('unit')}", "gases are counted in kg"
                )
            else:
                self._same_unit(key, edge, flow)
                # An export keeps what a gas comes from in the first line of the comment.
                label = str(edge.get("comment") or gas).partition("\n")[0]
                found.append(Emitted(gas, float(edge["amount"]), label))
        return found

    def _gas(self, key: Key) -> str | None:
        return key[1] if key[0] == GASES else self.gases.get(key)

    def _edges(self, key: Key, kind: str) -> Sequence[Mapping[str, Any]]:
        found = []
        for edge in self.nodes[key].get("exchanges", ()):
            if edge["type"] not in _EDGES:
                self.refuse(key, f"has an exchange of type {edge['type']!r}", "it has no place in a network")
            elif not math.isfinite(edge["amount"]):
                self.refuse(key, f"has an amount of {edge['amount']}", f"of {edge['input'][1]!r}")
            elif edge["type"] == kind:
                found.append(edge)
        return found

    def _same_unit(self, key: Key, edge: Mapping[str, Any], other: Mapping[str, Any]) -> None:
        """Brightway multiplies whatever the units are: where both sides say theirs, they must be one."""
        said, meant = edge.get("unit"), other.get("unit")
        if said and meant and unit_name(said) != unit_name(meant):
            self.refuse(key, f"counts {other.get('name')!r} in {said}", f"that is counted in {meant}")
