"""What is taken off a removal because it is uncertain: by a published rule, or by how good the evidence is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from footprint.rounding import CO2E, decimal
from lca_models.flows import Storage
from lca_models.numbers import Numbers
from lca_models.real import Array

if TYPE_CHECKING:
    from footprint.removals.kept import Kept

Rule = Callable[[Array, Numbers], float]
BY_EVIDENCE = "evidence"
_MEASURED = ("meter", "receipt")


def _none(sample: Array, numbers: Numbers) -> float:  # noqa: ARG001 - said out loud: nothing is taken off
    return 0.0


def _lower_bound(sample: Array, numbers: Numbers) -> float:  # noqa: ARG001
    return 1.0 - float(np.quantile(sample, 0.05)) / float(np.mean(sample))


USUAL = "none"
RULES: Mapping[str, Rule] = {"none": _none, "lower-bound": _lower_bound}


@dataclass(frozen=True, slots=True)
class Deduction:
    """A share of what is kept, and the rule that says so."""

    rule: str
    share: Decimal

    @classmethod
    def of(cls, rule: str, kept: "Kept", storage: Storage, numbers: Numbers) -> "Deduction":
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
        return cls(name, min(decimal(max(RULES[name](kept.sample, numbers), 0.0), CO2E), Decimal(1)))


def _by_evidence(kept: "Kept", storage: Storage, numbers: Numbers) -> str:
    """Measured or on paper: the published rule. Remembered, or a default: the lower bound in place of the mean."""
    sources = (numbers.reading.sources[name] for name in evidence(kept, storage))
    return USUAL if all(source in _MEASURED for source in sources) else "lower-bound"


def evidence(kept: "Kept", storage: Storage) -> tuple[str, ...]:
    """The answers that decide how much is stored and, by this method, how much of it stays."""
    char = storage.char
    asked = [char.answers[need] for need in kept.card.needs if need in char.answers] if char else []
    return (*storage.answers, *asked)
