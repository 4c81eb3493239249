"""One step of a practice: which answers of a record it finds, and what they become."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, model_validator

from footprint.practices.amounts import quantity, written
from footprint.practices.organic import as_organic
from footprint.result import Model
from footprint.switches import Place, find_all

Becomes = str | dict[str, Any]


class Organic(Model):
    """Part of the nitrogen from bags given as manure or compost instead, kilogram for kilogram of nitrogen."""

    kind: str
    share: Annotated[Decimal, Field(gt=0, le=1)]


class Step(Model):
    """One switch of a practice, wherever its pattern fits and its neighbours say so.

    Exactly one of `becomes` (this answer or section), `times` (so many times the amount),
    `added_to` (the whole amount goes to the neighbour of that name, and nothing is left here) and `organic` (a list of
    fertilisers gives part of its nitrogen to the manures beside it). With `added_to`, answers of `along` grow as the
    neighbour does: more wood in the kiln is more biochar out of it.
    """

    at: Annotated[tuple[str, ...], Field(min_length=1)] = Field(description="places; `*` is any list entry")
    where: dict[str, tuple[str, ...]] = Field(default={}, description="neighbours, and what they may say")
    without: tuple[str, ...] = Field(default=(), description="neighbours that must not be there")
    becomes: Becomes | None = None
    times: Annotated[Decimal, Field(ge=0)] | None = None
    added_to: str | None = None
    along: tuple[str, ...] = Field(default=(), description="places of the record, each with a point in it")
    organic: Organic | None = None
    new: bool = Field(default=False, description="the line may be missing: the practice adds it")

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Step":
        if sum(what is not None for what in (self.becomes, self.times, self.added_to, self.organic)) != 1:
            raise ValueError("a step has one of becomes, times, added_to, organic")
        return self

    def switches(self, records: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """Places of this record and what they become."""
        for pattern in self.at:
            for place in find_all(records, pattern):
                known = self.new or place.now is not None
                if known and isinstance(place.container, dict) and self._fits(place.container):
                    yield from self._switch(records, place, place.container)

    def _fits(self, neighbours: Mapping[str, Any]) -> bool:
        fits = all(neighbours.get(name) in allowed for name, allowed in self.where.items())
        return fits and not any(name in neighbours for name in self.without)

    def _switch(
        self, records: dict[str, Any], place: Place, neighbours: Mapping[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        if self.organic is not None:
            yield from as_organic(place, neighbours, self.organic.kind, self.organic.share)
        elif self.becomes is not None:
            yield place.path, self.becomes
        elif self.times is not None:
            amount = quantity(place.path, place.now)
            if Decimal(amount.number):
                yield place.path, written(Decimal(amount.number) * self.times, amount.unit)
        elif self.added_to is not None:
            yield from self._moved(records, place, neighbours, self.added_to)

    def _moved(
        self, records: dict[str, Any], place: Place, neighbours: Mapping[str, Any], to: str
    ) -> Iterator[tuple[str, str]]:
        amount = quantity(place.path, place.now)
        beside = f"{place.path.rpartition('.')[0]}.{to}"
        if not Decimal(amount.number):
            return
        other = quantity(beside, neighbours.get(to))
        if self.along and not Decimal(other.number):
            return
        moved = Decimal(str(amount.to(other.unit))) if amount.unit != other.unit else Decimal(amount.number)
        yield place.path, f"0 {amount.unit}"
        yield beside, written(Decimal(other.number) + moved, other.unit)
        for pattern in self.along:
            for more in find_all(records, pattern):
                if more.now is None:
                    continue  # the record answers another of them: a char is weighed wet or dry
                grown = quantity(more.path, more.now)
                times = 1 + moved / Decimal(other.number)
                yield more.path, written(Decimal(grown.number) * times, grown.unit)
