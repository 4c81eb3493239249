"""Scenarios: a record with some answers switched, assessed with the same draws and compared with it.

The same factor is the same draw on both sides, so what they share cancels: the difference of two uncertain
footprints is far surer than either. Removals are told beside both and never subtracted.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import Field, StringConstraints, ValidationError, model_validator

from footprint.assess import solved
from footprint.assessment import Assessment
from footprint.comparison import (
    ONE_MILLIONTH,
    CauseDifference,
    Change,
    Comparison,
    ScenarioResult,
    Side,
    StageDifference,
)
from footprint.errors import Problem, RecordError
from footprint.records import read_answers
from footprint.result import Footprint, Model
from footprint.setting import Setting
from footprint.switches import Place, Switch, find, written
from footprint.uncertainty import interval
from lca_models.faults import fault, problem
from lca_models.product_system import ProductSystem
from lca_models.real import Array

_SHARE = Decimal("0.0001")
Text = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$")]
Where = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class Scenario(Model):
    """Answers to switch and lines to leave out, under one name.

    >>> Scenario(name="retort", switch={"kiln.kind": "retort"}).switch
    {'kiln.kind': 'retort'}
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^\S(.*\S)?$")]
    switch: Annotated[dict[Where, Any], Field(default_factory=dict, max_length=100)]
    leave_out: Annotated[tuple[Where, ...], Field(max_length=100)] = ()
    cautions: Annotated[tuple[Text, ...], Field(max_length=10)] = ()

    @classmethod
    def of(cls, name: str, switches: Sequence[str], leave_out: Sequence[str] = ()) -> "Scenario":
        """A scenario as typed on a command line.

        Raises:
            RecordError: a switch that is none, or two for one place.
        """
        read = [Switch.read(text) for text in switches]
        twice = {one.path for one in read if sum(one.path == other.path for other in read) > 1}
        if twice:
            fix = "say it once; several scenarios go into a file for --scenarios"
            raise RecordError(
                *(Problem(path, "is switched twice", "only one can hold", fix) for path in twice)
            )
        return cls(name=name, switch={one.path: one.value for one in read}, leave_out=tuple(leave_out))

    @model_validator(mode="after")
    def _changes_something(self) -> "Scenario":
        if not self.switch and not self.leave_out:
            fix = 'write switch = { "kiln.kind" = "retort" }'
            raise fault(f"{self.name} switches nothing", "it would be its base", fix)
        return self

    def apply(self, system: ProductSystem) -> tuple[ProductSystem, tuple[Change, ...]]:
        """The record with the answers switched, and each change told.

        Raises:
            RecordError: a place that is not in the record, or an answer the record does not take.
        """
        records: dict[str, Any] = system.model_dump(mode="json", exclude_none=True)
        try:
            changes = (*self._switched(records), *self._left_out(records))
            changed = ProductSystem.of(records)
        except RecordError as error:
            raise RecordError(*(_of(self.name, found) for found in error.problems)) from None
        if changed.digest == system.digest:
            why = "a scenario that is its base compares nothing"
            raise RecordError(
                Problem(self.name, "changes nothing in this record", why, "switch something else")
            )
        return changed, changes

    def _switched(self, records: dict[str, Any]) -> Iterator[Change]:
        for place in _find_all(records, self.switch):
            was = written(place.now)
            place.put(copy.deepcopy(self.switch[place.path]))
            yield Change(path=place.path, was=was, becomes=written(place.now))

    def _left_out(self, records: dict[str, Any]) -> Iterator[Change]:
        places = _find_all(records, self.leave_out)
        missing = [place.path for place in places if place.now is None]
        if missing:
            why, fix = "what is not there cannot be left out", "look the place up in the record"
            raise RecordError(*(Problem(path, "is not in the record", why, fix) for path in missing))
        yield from [Change(path=place.path, was=written(place.now), becomes=None) for place in places]
        # From the end of each list: taking one entry out must not move the others.
        for place in sorted(places, key=lambda place: str(place.key).zfill(9), reverse=True):
            place.take_out()


def _find_all(records: dict[str, Any], paths: Iterable[str]) -> list[Place]:
    """Every place, or every problem at once."""
    places: list[Place] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            places.append(find(records, path))
        except RecordError as error:
            problems.extend(error.problems)
    if problems:
        raise RecordError(*problems)
    return places


def _of(scenario: str, found: Problem) -> Problem:
    where = f"{scenario}: {found.where}" if found.where else scenario
    return Problem(where, found.what, found.why, found.fix)


@dataclass(frozen=True, slots=True)
class _Assessed:
    """A footprint and the draws behind its interval: the n-th of two systems share every number they use."""

    footprint: Footprint
    gross_kg_co2e: Array

    @classmethod
    def of(cls, assessment: Assessment) -> "_Assessed":
        return cls(assessment.footprint(), assessment.gross_draws)


class _File(Model):
    scenarios: Annotated[tuple[Scenario, ...], Field(min_length=1, max_length=50)]


def load_scenarios(path: Path | str) -> tuple[Scenario, ...]:
    """Named scenarios from a TOML file: `[[scenarios]]` with `name`, `switch` and `leave_out`.

    Raises:
        RecordError: the file cannot be read, or holds something else; every problem at once.
    """
    file = Path(path)
    try:
        return _File.model_validate(read_answers(file)).scenarios
    except ValidationError as error:
        fix = 'write [[scenarios]] with name = "…" and switch = { "kiln.kind" = "retort" }'
        found = (problem(details, fix=fix) for details in error.errors())
        raise RecordError(*(one.under(file.name) for one in found)) from error


def compare(system: ProductSystem, scenarios: Sequence[Scenario], setting: Setting) -> Comparison:
    """A record and its scenarios side by side, draw by draw.

    Args:
        system: the base.
        scenarios: at least one, each with a name of its own.
        setting: every choice beside them, the same for all; stored carbon is told, whatever it says, never claimed.

    Raises:
        FootprintError: no scenario, one that does not fit the record, or one that is about something else.
    """
    _check_names(scenarios)
    setting = replace(setting, removals="disclosed").sampled()
    changed = [(scenario, *scenario.apply(system)) for scenario in scenarios]
    base = _Assessed.of(solved(system, setting))
    results = [
        _result(scenario, changes, base, _Assessed.of(solved(other, setting)))
        for scenario, other, changes in changed
    ]
    footprint = base.footprint
    return Comparison(
        engine=footprint.engine,
        product=footprint.product.name,
        producer=footprint.product.producer,
        functional_unit=footprint.functional_unit,
        declared_unit=footprint.declared_unit,
        boundary=footprint.boundary,
        gwp=footprint.gwp,
        base=_side(footprint),
        scenarios=tuple(results),
        sampling=footprint.sampling,
        factors=footprint.digests.factors,
    )


def _check_names(scenarios: Sequence[Scenario]) -> None:
    names = [scenario.name for scenario in scenarios]
    if not names:
        fix = "name a practice, a switch or a file of scenarios"
        raise RecordError(Problem("scenarios", "there is none", "a comparison needs two sides", fix))
    for name in sorted({name for name in names if names.count(name) > 1}):
        raise RecordError(Problem(name, "names two scenarios", "they are told apart by it", "rename one"))


def _result(
    scenario: Scenario, changes: tuple[Change, ...], base: _Assessed, other: _Assessed
) -> ScenarioResult:
    one, two = base.footprint, other.footprint
    if one.functional_unit != two.functional_unit:
        what = f"is about {two.functional_unit!r}, the base about {one.functional_unit!r}"
        fix = "switch how it is made, not what it is or where it is sold"
        raise RecordError(Problem(scenario.name, what, "only the same thing can be compared", fix))
    paired = other.gross_kg_co2e - base.gross_kg_co2e
    return ScenarioResult(
        name=scenario.name,
        changes=changes,
        cautions=scenario.cautions,
        scenario=_side(two),
        difference_kg_co2e=two.gross_kg_co2e - one.gross_kg_co2e,
        difference_interval=interval(paired, ONE_MILLIONTH),
        probability_lower=Decimal(float(np.mean(paired < 0))).quantize(_SHARE),
        by_stage=tuple(_by_stage(one, two)),
        by_cause=tuple(_by_cause(one, two)),
    )


def _side(footprint: Footprint) -> Side:
    return Side(
        gross_kg_co2e=footprint.gross_kg_co2e,
        interval=footprint.gross.interval,
        removals=footprint.removals,
        declared_defaults=footprint.quality.declared_defaults,
        unverified_share=footprint.quality.unverified_share,
        records=footprint.digests.records,
    )


def _by_stage(base: Footprint, other: Footprint) -> Iterator[StageDifference]:
    before, after = base.gross.by_stage(), other.gross.by_stage()
    for stage in dict.fromkeys((*base.stages, *other.stages)):
        was, becomes = before.get(stage, Decimal(0)), after.get(stage, Decimal(0))
        yield StageDifference(
            stage=stage, base_kg_co2e=was, scenario_kg_co2e=becomes, difference_kg_co2e=becomes - was
        )


def _by_cause(base: Footprint, other: Footprint) -> list[CauseDifference]:
    before, after = _causes(base), _causes(other)
    found = []
    for stage, cause in dict.fromkeys((*before, *after)):
        was, becomes = (side.get((stage, cause), Decimal(0)) for side in (before, after))
        if was != becomes:
            found.append(
                CauseDifference(
                    stage=stage,
                    cause=cause,
                    base_kg_co2e=was,
                    scenario_kg_co2e=becomes,
                    difference_kg_co2e=becomes - was,
                )
            )
    return sorted(found, key=lambda part: (-abs(part.difference_kg_co2e), part.stage, part.cause))


def _causes(footprint: Footprint) -> Mapping[tuple[str, str], Decimal]:
    return {(cause.stage, cause.label): cause.kg_co2e for cause in footprint.contributions}
