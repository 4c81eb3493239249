"""Sharing a process between its products: ISO 14044:2006, clause 4.3.4."""

from collections.abc import Sequence

import numpy as np

from lca_models.real import Real


def share(*, index: int, weights: Sequence[Real]) -> Real:
    r"""The share of a process that one of its products carries.

    $$ a_i = w_i / \sum_j w_j $$

    Args:
        index: which product.
        weights: kg of each product (mass allocation) or kg × price (economic allocation).

    Returns:
        Fraction; the shares of all products add up to 1.

    Source:
        ISO 14044:2006, 4.3.4.2 step 3; ISO 14067:2018, 6.4.6.

    Example:
        8 t of first grade at 14 CNY/kg and 2 t of second grade at 4 CNY/kg, by mass and by value:

        >>> share(index=0, weights=[8000, 2000])
        0.8
        >>> round(share(index=0, weights=[8000 * 14, 2000 * 4]), 3)
        0.933
    """
    return (
        weights[index] / np.sum(np.broadcast_arrays(*weights), axis=0)
        if _any_array(weights)
        else weights[index] / sum(weights)
    )


def _any_array(weights: Sequence[Real]) -> bool:
    return any(isinstance(weight, np.ndarray) for weight in weights)
