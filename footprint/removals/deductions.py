"""What is taken off a removal because it is uncertain: by a published rule, or by how good the evidence is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from footprint.removals.kept import Kept
from footprint.rounding import CO2E, decimal
from lca_models.equations import deduction
from lca_models.flows import Storage
from lca_models.numbers import Numbers
from lca_models.real import Array, Real

Rule = Callable[[Array], Real]
"""The share taken off a sample of what is kept."""

BY_EVIDENCE = "evidence"
USUAL, CAREFUL = "vm0042-2", "lower-bound"
_MEASURED = ("meter", "receipt")


def _vm0042(sample: Array) -> Real:
    # The spread of the draws is the standard error of the estimate: each draw is one way the truth may be.
    return deduction.vm0042_frac(mean=float(np.mean(sample)), standard_error=float(np.std(sample, ddof=1)))


RULES: Mapping[str, Rule] = {
    "none": lambda sample: 0.0,  # noqa: ARG005 - said out loud: nothing is taken off
    USUAL: _vm0042,
    CAREFUL: lambda sample: deduction.lower_bound_frac(sample=sample),
}


@dataclass(frozen=True, slots=True)
class Deduction:
    """A share of what is kept, and the rule that says so."""

    rule: str
    share: Decimal

    @classmethod
    def of(cls, rule: str, kept: Kept, storage: Storage, numbers: Numbers) -> "Deduction":
        """The deduction from one store.

        Args:
            rule: of `RULES`, or `evidence`: the lower bound where the evidence is weak.
            kept: the store by the method chosen, over the draws.
            storage: what is known of it.
            numbers: whence the answers came.
        """
        if not np.any(kept.sample > 0):
            return cls("none", Decimal(0))
        name = rule if rule != BY_EVIDENCE else _by_evidence(kept, storage, numbers)
        return cls(name, min(decimal(float(RULES[name](kept.sample)), CO2E), Decimal(1)))


def _by_evidence(kept: Kept, storage: Storage, numbers: Numbers) -> str:
    """Measured or on paper: the published rule. Remembered, or a default: the lower bound in place of the mean."""
    sources = (numbers.reading.sources[name] for name in deciding(kept, storage))
    return USUAL if all(source in _MEASURED for source in sources) else CAREFUL


def deciding(kept: Kept, storage: Storage) -> tuple[str, ...]:
    """The answers that decide how much is stored and what, by this method, was measured of the char.

    The temperature of the soil is told and does not decide: a degree moves what is kept by less than a hundredth, and
    its own spread is in the draws.
    """
    char = storage.char
    asked = [char.answers[need] for need in kept.card.needs if need in char.answers] if char else []
    return (*storage.answers, *asked)
