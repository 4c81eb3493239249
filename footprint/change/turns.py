"""The inputs of an assessment, and every single thing that can be turned from old to new in them."""

import copy
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from footprint.change.answers import Difference, differences, put
from footprint.change.edition import Edition, probed
from footprint.change.published import Renewed, joined, renewed, told, with_subject
from footprint.comparison import Change
from footprint.errors import Problem, RecordError
from footprint.result import Footprint
from footprint.setting import Setting
from footprint.switches import written
from lca_models.product_system import ProductSystem

METHOD_QUESTIONS = frozenset({"allocation", "n2o"})
"""Questions of a record that choose how to compute and not what happened."""
Side = Literal["old", "new"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an assessment is made from, as plain as the file of records."""

    records: dict[str, Any]
    setting: Setting

    def said(self, **choices: Any) -> "Inputs":  # noqa: ANN401 - a choice of any kind
        """The same records with other choices."""
        return replace(self, setting=replace(self.setting, **choices))

    def footprint(self) -> Footprint:
        """Assessed by this engine.

        Raises:
            FootprintError: half old and half new, they do not fit together.
        """
        return probed(ProductSystem.of(self.records), self.setting)


def inputs(old: Edition, new: Edition) -> dict[Side, Inputs]:
    """The inputs of both editions, each with the published numbers only the other has."""
    before, after = joined(old.setting.factors, new.setting.factors)
    return {
        "old": Inputs(_records(old), old.setting).said(factors=before),
        "new": Inputs(_records(new), new.setting).said(factors=after),
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
    """The GWP set, the route or the terms of the removals."""

    name: Literal["gwp", "route", "removals"]
    old: str
    new: str

    @property
    def change(self) -> Change:
        """The two names."""
        return Change(path=self.name, was=self.old, becomes=self.new)

    def put(self, to: Inputs, side: Side) -> Inputs:
        """Chosen as on that side."""
        return to.said(**{self.name: self.old if side == "old" else self.new})


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
        return to.said(factors=with_subject(to.setting.factors, self.renewed.subject, rows))


def answers(sides: dict[Side, Inputs]) -> list[Answer]:
    """Every answer that differs."""
    return [Answer(found) for found in differences(sides["old"].records, sides["new"].records)]


def choices(sides: dict[Side, Inputs]) -> Iterator[Choice]:
    """GWP set and route, where they differ, and the terms of the removals, where amounts depend on them."""
    old, new = sides["old"].setting, sides["new"].setting
    if old.gwp != new.gwp:
        yield Choice("gwp", str(old.gwp), str(new.gwp))
    if old.route != new.route:
        yield Choice("route", str(old.route), str(new.route))
    if not old.terms.keeps_as(new.terms):
        yield Choice("removals", str(old.terms), str(new.terms))


def numbers(sides: dict[Side, Inputs], used: set[str]) -> list[Number]:
    """Every published number that differs and that either footprint used."""
    return [Number(one) for one in renewed(sides["old"].setting.factors, sides["new"].setting.factors, used)]
