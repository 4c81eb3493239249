"""The inputs of an assessment, and every single thing that can be turned from old to new in them."""

import copy
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from footprint.assess import assess
from footprint.change.answers import Difference, differences, put
from footprint.change.edition import PROBE_DRAWS, Edition
from footprint.change.published import Renewed, joined, renewed, told, with_subject
from footprint.comparison import Change
from footprint.errors import Problem, RecordError
from footprint.result import Footprint
from footprint.switches import written
from lca_models.factors import FactorSet
from lca_models.product_system import ProductSystem

METHOD_QUESTIONS = frozenset({"allocation", "n2o"})
"""Questions of a record that choose how to compute and not what happened."""
Side = Literal["old", "new"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an assessment is made from, as plain as the file of records."""

    records: dict[str, Any]
    gwp: str
    route: str
    factors: FactorSet

    def footprint(self) -> Footprint:
        """Assessed by this engine.

        Raises:
            FootprintError: half old and half new, they do not fit together.
        """
        return assess(
            ProductSystem.of(self.records),
            gwp=self.gwp,
            route=self.route,
            factors=self.factors,
            draws=PROBE_DRAWS,
        )


def inputs(old: Edition, new: Edition) -> dict[Side, Inputs]:
    """The inputs of both editions, each with the published numbers only the other has."""
    before, after = joined(old.factors, new.factors)
    return {
        "old": Inputs(_records(old), old.gwp, old.route, before),
        "new": Inputs(_records(new), new.gwp, new.route, after),
    }


def _records(edition: Edition) -> dict[str, Any]:
    return edition.system.model_dump(mode="json", exclude_none=True)


@dataclass(frozen=True, slots=True)
class Turn(ABC):
    """One thing that differs between old and new inputs."""

    @property
    @abstractmethod
    def change(self) -> Change:
        """What it was, and what it becomes."""

    @abstractmethod
    def put(self, to: Inputs, side: Side) -> Inputs:
        """The inputs with this one thing as on that side.

        Raises:
            FootprintError: the inputs have no place for it.
        """


@dataclass(frozen=True, slots=True)
class Choice(Turn):
    """The GWP set or the route."""

    name: Literal["gwp", "route"]
    old: str
    new: str

    @property
    def change(self) -> Change:
        """The two names."""
        return Change(path=self.name, was=self.old, becomes=self.new)

    def put(self, to: Inputs, side: Side) -> Inputs:
        """Chosen as on that side."""
        chosen = self.old if side == "old" else self.new
        return replace(to, gwp=chosen) if self.name == "gwp" else replace(to, route=chosen)


@dataclass(frozen=True, slots=True)
class Answer(Turn):
    """An answer, a line or a section of the record."""

    difference: Difference

    @property
    def change(self) -> Change:
        """The two answers, as written."""
        found = self.difference
        return Change(path=found.path, was=written(found.was), becomes=written(found.becomes))

    @property
    def is_method(self) -> bool:
        """Whether both records answer a question of method."""
        found = self.difference
        return found.steps[-1] in METHOD_QUESTIONS and None not in (found.was, found.becomes)

    def put(self, to: Inputs, side: Side) -> Inputs:
        """Answered as on that side."""
        records = copy.deepcopy(to.records)
        try:
            put(records, self.difference, self.difference.was if side == "old" else self.difference.becomes)
        except LookupError as error:
            why, fix = "it belongs to a section the other does not have", "look at the section as a whole"
            raise RecordError(Problem(self.difference.path, "has no place", why, fix)) from error
        return replace(to, records=records)


@dataclass(frozen=True, slots=True)
class Number(Turn):
    """A published parameter or table, or the numbers of one product."""

    renewed: Renewed

    @property
    def change(self) -> Change:
        """The numbers that differ."""
        one = self.renewed
        path = ", ".join(one.ids)
        return Change(path=path, was=told(one.was, one.ids), becomes=told(one.becomes, one.ids))

    def put(self, to: Inputs, side: Side) -> Inputs:
        """Published as on that side."""
        rows = self.renewed.was if side == "old" else self.renewed.becomes
        return replace(to, factors=with_subject(to.factors, self.renewed.subject, rows))


def answers(sides: dict[Side, Inputs]) -> list[Answer]:
    """Every answer that differs."""
    return [Answer(found) for found in differences(sides["old"].records, sides["new"].records)]


def choices(sides: dict[Side, Inputs]) -> Iterator[Choice]:
    """GWP set and route, where they differ."""
    old, new = sides["old"], sides["new"]
    if old.gwp != new.gwp:
        yield Choice("gwp", old.gwp, new.gwp)
    if old.route != new.route:
        yield Choice("route", old.route, new.route)


def numbers(sides: dict[Side, Inputs], used: set[str]) -> list[Number]:
    """Every published number that differs and that either footprint used."""
    return [Number(one) for one in renewed(sides["old"].factors, sides["new"].factors, used)]
