r"""Tier by tier up the supply chain: the Neumann series of the background, stopped when it no longer moves.

$$ X = \sum_{k=0}^{\infty} N^k C $$

The k-th term is what the k-th tier of suppliers emits. A good first guess, the intensities before a few amounts
changed, leaves few tiers to go.
"""

import numpy as np
from scipy.sparse import csc_array, csr_array

from lca_models.real import Array

MOST_TIERS = 600
EXACT = 2.0**-48
"""Relative to what adds up, sixteen units in the last place: below it a further tier is rounding."""


NOTHING = 1e-9
"""A gas that is less than this part of the largest of its product is only known relative to that: no warming
potential makes it count, and it may have come through a thousand tiers."""


def sized(amounts: Array) -> Array:
    """What an error of each entry is measured against: itself, or nearly nothing of its product's largest gas."""
    size = np.abs(amounts)
    return np.asarray(np.maximum(size, NOTHING * size.max(axis=1, keepdims=True, initial=0.0)))


def summed(
    feed: csr_array | csc_array,
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
        scale: what the step is measured against; the size of the entries when not given.
    """
    found: Array = own.copy() if start is None else start
    least = None if scale is None else tolerance * scale
    for _ in range(MOST_TIERS):
        further = feed @ found
        further += own
        step = np.abs(further - found)
        found = further
        if (step <= (tolerance * sized(found) if least is None else least)).all():
            return found
        if not np.isfinite(step.max()):
            return None
    return None
