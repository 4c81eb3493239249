"""The five questions of a rapid appraisal, read as strictly as a record."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from footprint.errors import Problem, QuantityError, RecordError
from lca_models.activities.nitrogen import Climate
from lca_models.numbers import Numbers, SourceKind
from lca_models.real import Real
from lca_models.units import Quantity, parse

_CHINA = re.compile(r"CN(-[A-Z]{2})?")
Asked = Literal["area", "yield", "nitrogen"]
ReadT = TypeVar("ReadT")


@dataclass(frozen=True, slots=True)
class Rate:
    """A mass, in total or per area: `9.6 t`, `6 t/ha`, `400 jin/mu`."""

    text: str
    mass: Quantity
    per: Quantity | None = None

    @classmethod
    def read(cls, question: str, text: str) -> "Rate":
        """Read one, strictly.

        >>> Rate.read("yield", "6 t/ha").kg(area_ha=0.8)
        4800.0

        Raises:
            RecordError: not a mass, or not per an area.
        """
        mass, slash, unit = (part.strip() for part in text.partition("/"))
        per = _quantity(question, f"1 {unit}", "area", "ha") if slash else None
        return cls(text, _quantity(question, mass, "mass", "kg"), per)

    def kg(self, *, area_ha: Real) -> Real:
        """The mass of the whole area."""
        return self._of(self.mass.to("kg"), area_ha)

    def drawn_kg(self, numbers: Numbers, question: Asked, source: SourceKind, area_ha: Real) -> Real:
        """The same, as sure as its source."""
        kg = numbers.answer(question, self.mass, source, "kg", label=f"the {question} as answered")
        return self._of(kg, area_ha)

    def _of(self, kg: Real, area_ha: Real) -> Real:
        return kg if self.per is None else kg * area_ha / self.per.to("ha")


@dataclass(frozen=True, slots=True)
class Answers:
    """The five questions, the climate of the place, and which answers are on paper."""

    crop: str
    region: str
    area: Quantity
    harvest: Rate
    nitrogen: Rate
    climate: Climate
    on_paper: frozenset[Asked] = frozenset()

    @classmethod
    def read(
        cls,
        *,
        crop: str,
        region: str,
        area: str,
        harvest: str,
        nitrogen: str,
        climate: Climate,
        on_paper: frozenset[Asked] = frozenset(),
    ) -> "Answers":
        """Read them as typed; every problem at once.

        Args:
            crop: as `appraisal.crops` names it.
            region: ISO 3166-2 code in China.
            area: that was harvested.
            harvest: what was sold, in total or per area; the mean of several seasons where trees alternate.
            nitrogen: in synthetic fertiliser, as N, in total or per area.
            climate: wet, dry, or unknown: a declared default, never silently dry.
            on_paper: answers read off a receipt or a scale rather than remembered.

        Raises:
            RecordError: answers that are no quantities, or a place this appraisal does not know.
        """
        problems = list(_elsewhere(region))
        size = _or_note(problems, lambda: _above_zero("area", _quantity("area", area, "area", "ha")))
        sold = _or_note(problems, lambda: Rate.read("yield", harvest))
        spread = _or_note(problems, lambda: Rate.read("nitrogen", nitrogen))
        if sold is not None:
            _or_note(problems, lambda: _above_zero("yield", sold.mass))
        if problems or size is None or sold is None or spread is None:
            raise RecordError(*problems)
        return cls(crop, region, size, sold, spread, climate, on_paper)

    def source(self, question: Asked) -> SourceKind:
        """Read off paper, or remembered."""
        return "receipt" if question in self.on_paper else "recall"


def _or_note(problems: list[Problem], read: Callable[[], ReadT]) -> ReadT | None:
    """What was read, or its problems with the others."""
    try:
        return read()
    except RecordError as error:
        problems.extend(error.problems)
        return None


def _elsewhere(region: str) -> list[Problem]:
    if _CHINA.fullmatch(region):
        return []
    why = "its numbers for making nitrogen and for the rest of a farm are Chinese"
    fix = "write a Chinese province like CN-GD; elsewhere fill in a record and assess it"
    return [Problem("region", f"{region[:20]!r} is not in China", why, fix)]


def _above_zero(question: str, quantity: Quantity) -> Quantity:
    if float(quantity.number) == 0:
        fix = "enter what was measured"
        raise RecordError(
            Problem(question, "is zero", "the footprint is per kilogram of what grew there", fix)
        )
    return quantity


def _quantity(question: str, text: str, dimension: str, unit: str) -> Quantity:
    try:
        quantity = parse(text)
        quantity.to(unit)
    except QuantityError as error:
        raise RecordError(*(found.under(question) for found in error.problems)) from None
    if quantity.number.startswith("-"):
        fix = "leave the minus sign out"
        raise RecordError(Problem(question, f"{text!r} is negative", f"a {dimension} is not", fix))
    return quantity
