"""Mitigation practices as data: each a file with the switches it means, what it changes, and what to beware of.

A practice is a recipe, not a result: for a given record it becomes a `Scenario` with exact places and amounts,
which anybody could have typed. Only practices whose effect rests on published numbers are here; the numbers
are named, and those nobody has checked are said so.
"""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from footprint.errors import Problem, QuantityError, RecordError
from footprint.result import Model
from footprint.scenarios import Scenario
from footprint.switches import Place, find_all, is_answer
from lca_models.product_system import ProductSystem
from lca_models.units import Quantity, parse

Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Step(Model):
    """One switch of a practice, wherever its pattern fits and its neighbours say so.

    Exactly one of `becomes` (this answer), `times` (so many times the amount) and `added_to` (the whole amount
    goes to the neighbour of that name, and nothing is left here).
    """

    at: Annotated[tuple[str, ...], Field(min_length=1)] = Field(description="places; `*` is any list entry")
    where: dict[str, tuple[str, ...]] = Field(default={}, description="neighbours, and what they may say")
    becomes: str | None = None
    times: Annotated[Decimal, Field(ge=0)] | None = None
    added_to: str | None = None
    new: bool = Field(default=False, description="the line may be missing: the practice adds it")

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Step":
        if sum(what is not None for what in (self.becomes, self.times, self.added_to)) != 1:
            raise ValueError("a step has one of becomes, times, added_to")
        return self

    def switches(self, records: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Places of this record and what they become."""
        for pattern in self.at:
            for place in find_all(records, pattern):
                known = self.new or place.now is not None
                if known and isinstance(place.container, dict) and self._fits(place.container):
                    yield from self._switch(place, place.container)

    def _fits(self, neighbours: Mapping[str, Any]) -> bool:
        return all(neighbours.get(name) in allowed for name, allowed in self.where.items())

    def _switch(self, place: Place, neighbours: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if self.becomes is not None:
            yield place.path, self.becomes
            return
        amount = _quantity(place.path, place.now)
        if Decimal(amount.number) == 0:
            return
        if self.times is not None:
            yield place.path, _text(Decimal(amount.number) * self.times, amount.unit)
        elif self.added_to is not None:
            beside = f"{place.path.rpartition('.')[0]}.{self.added_to}"
            other = _quantity(beside, neighbours.get(self.added_to))
            moved = (
                Decimal(str(amount.to(other.unit))) if amount.unit != other.unit else Decimal(amount.number)
            )
            yield place.path, f"0 {amount.unit}"
            yield beside, _text(Decimal(other.number) + moved, other.unit)


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


def _quantity(path: str, answer: Any) -> Quantity:  # noqa: ANN401 - whatever the record holds
    try:
        return parse(answer.get("amount") if is_answer(answer) else answer)
    except QuantityError:
        why, fix = "a practice changes a known amount", "answer it, or switch it by hand"
        raise RecordError(Problem(path, "has no amount", why, fix)) from None


def _text(number: Decimal, unit: str) -> str:
    """A quantity with at most six decimals, as a record writes it.

    >>> _text(Decimal("6400") * Decimal("0.84"), "kg")
    '5376 kg'
    """
    written = f"{number:.6f}".rstrip("0").rstrip(".")
    return f"{written} {unit}".rstrip()
