"""A piece of land as a rapid appraisal sees it: its nitrogen computed, everything else one number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from footprint.appraisal_answers import Answers
from footprint.characterisation import Characterisation
from footprint.engine import Entry, solve
from footprint.errors import Problem, RecordError
from lca_models import lookup
from lca_models.activities.nitrogen import Nitrogen, field_n2o
from lca_models.errors import FactorError
from lca_models.factors import FactorSet
from lca_models.flows import Emission, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Array, Real

CROPS = "appraisal.crops"
NITROGEN = "fertiliser.nitrogen.average"
REST_BASIS = "co2e:AR5-100"
"""Warming potentials of the surveys behind the rest; their abstracts do not say, AR5 is assumed."""


def kind_of(crop: str, factors: FactorSet) -> str:
    """The kind of land a crop is taken for.

    Raises:
        RecordError: a crop this appraisal does not know, or knows that it cannot appraise.
    """
    try:
        kind = str(lookup.row(factors.table(CROPS), crop=crop)["kind"])
    except FactorError:
        known = ", ".join(map(str, factors.table(CROPS).column("crop")))
        why = "how much it emits beside its nitrogen needs a source"
        raise RecordError(Problem("crop", f"{crop[:40]!r} is not known", why, f"it knows {known}")) from None
    if kind == "paddy":
        why = "most of it is methane, which water and straw decide and five questions do not ask"
        fix = "fill in a record of a paddy and assess it"
        raise RecordError(Problem("crop", f"{crop} cannot be appraised from five questions", why, fix))
    return kind


@dataclass(frozen=True)
class Sample:
    """One set of draws, kept by name so that any of them can be held still later."""

    source: Callable[[str], Array]
    still: frozenset[str] = frozenset()

    def numbers(self, factors: FactorSet) -> Numbers:
        """Numbers that draw from it."""
        return Numbers(factors, self._draw)

    def holding(self, *names: str) -> "Sample":
        """The same draws with some numbers held at their middle."""
        return replace(self, still=self.still | set(names))

    def _draw(self, name: str) -> Array:
        u = self.source(name)
        return np.full_like(u, 0.5) if name in self.still else u


@dataclass(frozen=True)
class Land:
    """The answers as a process, and what one kilogram from it emits."""

    answers: Answers
    kind: str
    characterisation: Characterisation

    @property
    def rest(self) -> str:
        """The number that stands for everything but synthetic nitrogen."""
        return f"appraisal.rest.{self.kind}"

    def entries(self, numbers: Numbers) -> tuple[Entry, ...]:
        """Cause by cause, kg of each gas per kilogram harvested."""
        process = self._process(numbers)
        return solve([process], process.reference.product, numbers).entries

    def gross(self, numbers: Numbers) -> Array:
        """kg CO2e per kilogram harvested."""
        kg: list[Real] = [
            entry.kg * self.characterisation.co2e_per_kg(entry.substance) for entry in self.entries(numbers)
        ]
        return np.asarray(sum(kg[1:], start=kg[0]))

    def _process(self, numbers: Numbers) -> Process:
        asked = self.answers
        area = numbers.answer("area", asked.area, asked.source("area"), "ha", label="the area as answered")
        sold = asked.harvest.drawn_kg(numbers, "yield", asked.source("yield"), area)
        return Process(
            name="farm",
            stage="farm",
            outputs=(Output(f"{asked.crop}, at farm gate", sold),),
            exchanges=tuple(self._exchanges(numbers, area)),
        )

    def _exchanges(self, numbers: Numbers, area: Real) -> Iterator[Emission | Purchase]:
        asked = self.answers
        kg = asked.nitrogen.drawn_kg(numbers, "nitrogen", asked.source("nitrogen"), area)
        synthetic = [Nitrogen("nitrogen", kg, "n2o.frac_gasf.aggregated")]
        for emission in field_n2o(numbers, asked.climate, synthetic=synthetic, organic=[]):
            if emission.answers:
                yield emission
        yield Purchase(NITROGEN, kg, "making the nitrogen fertiliser", ("nitrogen",))
        label = "everything else on the farm, as published surveys have it"
        yield Emission(REST_BASIS, area * numbers.factor(self.rest), label, ("area",), (self.rest,))
