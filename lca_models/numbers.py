"""Where an inventory takes its numbers from: central values, or one array of draws per uncertain number.

An activity asks for `numbers.factor("n2o.ef5")` or `numbers.answer("orchard.diesel", …)` and computes with
what it gets. Whoever runs it decides whether that is a float or an array: give `Numbers` a source of
probabilities and the same inventory becomes a Monte Carlo sample. One name is one draw wherever it is asked
for, so a factor used in ten places moves in all ten together.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from scipy.special import ndtri

from lca_models import lookup
from lca_models.distributions import correlated
from lca_models.errors import Problem, RecordError
from lca_models.factors import Factor, FactorSet
from lca_models.real import Array, Real
from lca_models.units import Quantity

SourceKind = Literal["meter", "receipt", "recall", "default"]

# How sure an answer is, as the reliability score 1-5 of the ecoinvent data quality guideline: read off an
# instrument or measured in a laboratory; on paper; remembered (a qualified estimate); nobody knows.
_RELIABILITY: dict[SourceKind, int] = {"meter": 1, "receipt": 2, "recall": 4, "default": 5}


def reliability(source: SourceKind) -> int:
    """How sure an answer of this source is, 1 (best) to 5.

    Args:
        source: where the answer was read.
    """
    return _RELIABILITY[source]


@dataclass(slots=True)
class Reading:
    """What was asked of the numbers: enough to list sources, defaults and data quality afterwards."""

    factors: dict[str, Factor] = field(default_factory=dict)
    sources: dict[str, SourceKind] = field(default_factory=dict)
    amounts: dict[str, Quantity | None] = field(default_factory=dict)
    """Of every answer, as it was written; `None`: nobody knows."""
    remarks: dict[str, str] = field(default_factory=dict)
    """What the record writes beside an answer: the sheet, the page, the instrument it was read from."""
    labels: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)


class Numbers:
    """Central values (`probabilities=None`) or arrays of draws."""

    def __init__(self, factors: FactorSet, probabilities: Callable[[str], Array] | None = None) -> None:
        self.factors = factors
        self.probabilities = probabilities
        self.reading = Reading()
        self._sigmas: dict[SourceKind, tuple[dict[str, Factor], float]] = {}

    def factor(self, factor_id: str) -> Real:
        """The value of a published number, remembered as used."""
        return self.take(self.factors[factor_id])

    def row(self, table_id: str, **conditions: str | float) -> Real:
        """The value of the one row of a table that fits all conditions; a miss is an error.

        Raises:
            FactorError: no row fits, or more than one; the message lists the nearest.
        """
        return self.take(lookup.factor(self.factors.table(table_id), **conditions))

    def take(self, factor: Factor) -> Real:
        """The value of a factor already found; one id is one draw wherever it is used, one group one common part."""
        self.reading.factors[factor.id] = factor
        self.reading.labels[factor.id] = factor.name
        if self.probabilities is None or factor.distribution == "exact":
            return factor.value
        return factor.quantile(self._probability(factor, self.probabilities))

    def _probability(self, factor: Factor, probabilities: Callable[[str], Array]) -> Array:
        if factor.group is None:
            return probabilities(factor.id)
        common = f"group.{factor.group.name}"
        self.reading.labels[common] = f"what {factor.group.name} have in common"
        if factor.group.correlation == 1:
            return probabilities(common)
        return correlated(probabilities(factor.id), probabilities(common), factor.group.correlation)

    def answer(
        self,
        name: str,
        amount: Quantity | None,
        source: SourceKind,
        unit: str,
        *,
        label: str,
        default: str | None = None,
        remark: str = "",
    ) -> Real:
        """The amount somebody answered, in `unit`; an unknown one becomes the named default and is declared.

        A positive answer is lognormal about what was said, ln-variance by the reliability of its source
        plus the basic uncertainty of agricultural inputs (ecoinvent data quality guideline v3, pedigree).

        Raises:
            RecordError: the answer is unknown and there is no published default for it.
        """
        self.reading.sources[name] = source
        self.reading.amounts[name] = amount
        self.reading.remarks[name] = remark
        self.reading.labels[name] = label
        if amount is None:
            return self._default(name, label, default)
        central = self.central(amount, unit)
        if self.probabilities is None or not (np.any(central) if np.ndim(central) else central):
            return central
        return central * self.spread(name, self._sigma(source))

    def central(self, amount: Quantity, unit: str) -> Real:
        """What was said, in `unit`."""
        return amount.to(unit)

    def spread(self, name: str, sigma: float) -> Array:
        """The factor by which a lognormal answer strays at each draw; ones at central values."""
        if self.probabilities is None:
            return np.ones(1)
        return np.asarray(np.exp(sigma * ndtri(self.probabilities(name))))

    def standard_normal(self, name: str, label: str) -> Real:
        """A residual of a published regression: zero, or standard normal draws."""
        self.reading.labels[name] = label
        return 0.0 if self.probabilities is None else np.asarray(ndtri(self.probabilities(name)))

    def declare(self, question: str, default: str) -> str:
        """Use a published default where the record says that nobody knows; the result names it."""
        self.reading.defaults[question] = default
        return default

    def note(self, text: str) -> None:
        """Something the reader of the result must know."""
        self.reading.notes[text] = None

    def spread_left(self, name: str) -> float:
        """The part of its spread that a number would keep if it were measured.

        Of an answer what a meter leaves, 1 when a meter it is; of a published number nothing: measured at home
        it would no longer be taken from a publication.
        """
        source = self.reading.sources.get(name)
        if source is None:
            return 0.0
        measured, today = (self._pedigree(kind)[1] for kind in ("meter", source))
        return measured / today

    def _sigma(self, source: SourceKind) -> float:
        if source not in self._sigmas:
            self._sigmas[source] = self._pedigree(source)
        used, sigma = self._sigmas[source]
        self.reading.factors |= used
        return sigma

    def _pedigree(self, source: SourceKind) -> tuple[dict[str, Factor], float]:
        reliability = self.factors[f"pedigree.reliability.{_RELIABILITY[source]}"]
        basic = self.factors["pedigree.basic.agricultural"]
        used = {reliability.id: reliability, basic.id: basic}
        return used, float(np.sqrt(reliability.value + basic.value))

    def _default(self, name: str, label: str, default: str | None) -> Real:
        if default is None:
            fix = 'measure it, look it up on a receipt, or estimate it and say source = "recall"'
            raise RecordError(Problem(name, "is not known", "there is no published default for it", fix))
        return self.factor(self.declare(label, default))
