r"""Tier by tier up the supply chain: the Neumann series of the background, stopped when it no longer moves.

$$ X = \sum_{k=0}^{\infty} N^k C $$

The k-th term is what the k-th tier of suppliers emits. A good first guess, the intensities before a few amounts
changed, leaves few tiers to go.
"""

import numpy as np
from scipy.sparse import csr_array

from lca_models.real import Array

MOST_TIERS = 600
EXACT = 2.0**-52
"""Relative to what adds up: below it a further tier is rounding."""


def summed(
    feed: csr_array,
    own: Array,
    *,
    start: Array | None = None,
    tolerance: float = EXACT,
    scale: Array | None = None,
) -> Array | None:
    """The fixed point of $X = C + N X$, or nothing when its tiers do not die out.

    Args:
        feed: $N$.
        own: $C$.
        start: a first guess; what each process emits itself when not given.
        tolerance: largest last step of any entry, relative to `scale`.
        scale: what the step is measured against; the entries themselves when not given.
    """
    found: Array = own.copy() if start is None else start
    for _ in range(MOST_TIERS):
        further = own + feed @ found
        step = np.abs(further - found)
        found = further
        if (step <= tolerance * (np.abs(found) if scale is None else scale)).all():
            return found
        if not np.isfinite(step.max()):
            return None
    return None
