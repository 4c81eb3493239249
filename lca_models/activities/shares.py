"""Shares of something: never above all of it, neither as answered nor as drawn."""

from typing import Annotated, Any

import numpy as np
from pydantic import AfterValidator

from lca_models.activities.answers import Answer, EstimableFraction, FractionAnswer
from lca_models.faults import fault
from lca_models.real import Real


def _at_most_all(answer: Answer[Any]) -> Answer[Any]:
    if answer.amount is not None and answer.amount.to("") > 1:
        why = "a share is part of the whole"
        raise fault(f"a share of {str(answer.amount)!r}", why, "enter 100 % or less")
    return answer


ShareAnswer = Annotated[FractionAnswer, AfterValidator(_at_most_all)]
EstimableShare = Annotated[EstimableFraction, AfterValidator(_at_most_all)]


def at_most_all(share: Real) -> Real:
    """A drawn share cut at 1; a float in gives a float out.

    >>> at_most_all(1.02)
    1.0
    """
    cut = np.minimum(share, 1.0)
    return float(cut) if np.ndim(share) == 0 else cut
