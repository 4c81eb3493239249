"""Sharing a process between its products: ISO 14044:2006, clause 4.3.4."""

from collections.abc import Sequence

from lca_models.equations._bounds import need_not_negative, need_positive
from lca_models.real import Real, total


def share(*, index: int, weights: Sequence[Real]) -> Real:
    r"""The share of a process that one of its products carries.

    $$ a_i = w_i / \sum_j w_j $$

    Args:
        index: which product.
        weights: the key of each product: kg (mass), kg × price (economic), MJ by lower heating value (energy),
            MJ × Carnot factor (exergy), a biophysical share, or 1 for the product a process is run for and 0 for
            those that displace something elsewhere (substitution).

    Returns:
        Fraction; the shares of all products add up to 1.

    Raises:
        ValidityError: a negative key, or keys that add up to nothing.

    Source:
        ISO 14044:2006, 4.3.4.2 steps 1 (system expansion), 2 (physical) and 3 (other, such as value);
        ISO 14067:2018, 6.4.6.

    Example:
        8 t of first grade at 14 CNY/kg and 2 t of second grade at 4 CNY/kg, by mass and by value:

        >>> share(index=0, weights=[8000, 2000])
        0.8
        >>> round(share(index=0, weights=[8000 * 14, 2000 * 4]), 3)
        0.933
    """
    need_not_negative("allocation", **{f"key_{i}": weight for i, weight in enumerate(weights, start=1)})
    whole = total(weights)
    need_positive("allocation", sum_of_all_keys=whole)
    return weights[index] / whole
