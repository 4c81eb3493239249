"""Mitigation practices as data: each a file with the switches it means, what it changes, and what to beware of.

A practice is a recipe, not a result: for a given record it becomes a `Scenario` with exact places and amounts,
which anybody could have typed. Only practices whose effect rests on published numbers are here; the numbers
are named, and those nobody has checked are said so.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from footprint.errors import Problem, RecordError
from footprint.practices.step import Step
from footprint.result import Model
from footprint.scenarios import Scenario
from lca_models.product_system import ProductSystem

Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Practice(Model):
    """One practice: its switches, what it changes, what its effect rests on, what to beware of."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{2,40}$")]
    title: Line
    changes: Line = Field(description="what physically becomes different")
    evidence: Line = Field(description="where its effect or its size was published")
    factors: tuple[str, ...] = Field(description="published numbers that decide the effect")
    cautions: Annotated[tuple[Line, ...], Field(min_length=1)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    def scenario(self, system: ProductSystem) -> Scenario:
        """The practice in this record, with exact places and amounts.

        Raises:
            RecordError: the record has nothing this practice would change.
        """
        records: dict[str, Any] = system.model_dump(mode="json", exclude_none=True)
        switch = {path: value for step in self.steps for path, value in step.switches(records)}
        if not switch:
            fit = ", ".join(one.id for one in library().values() if one.fits(records)) or "none"
            where = " or ".join(pattern for step in self.steps for pattern in step.at)
            what, why = "does not fit this record", f"it needs {where}{self._conditions()}"
            raise RecordError(Problem(self.id, what, why, f"those that fit: {fit}"))
        return Scenario(name=self.id, switch=switch, cautions=self.cautions)

    def fits(self, records: dict[str, Any]) -> bool:
        """Whether the record has anything this practice would change."""
        return any(True for step in self.steps for _ in step.switches(records))

    def _conditions(self) -> str:
        said = {name: allowed for step in self.steps for name, allowed in step.where.items()}
        return "".join(f", where {name} is {' or '.join(allowed)}" for name, allowed in said.items())


@cache
def library() -> Mapping[str, Practice]:
    """Every practice that ships, by id."""
    folder = files("footprint.practices")
    texts = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    read = [tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")) for name in texts]
    return {one.id: one for one in map(Practice.model_validate, read)}


def practice(name: str) -> Practice:
    """The practice of that name.

    Raises:
        RecordError: there is none; the message lists them.
    """
    if name not in library():
        fix = f"use one of: {', '.join(library())}"
        raise RecordError(Problem(name[:60], "is not a practice", "practices are a list of their own", fix))
    return library()[name]
