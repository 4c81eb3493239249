"""The uncertainty of a published number in the fields of stats_arrays, where that knows the shape."""

import math
from collections.abc import Callable, Mapping

from lca_models.distributions import Z_975
from lca_models.published import Factor

NO_UNCERTAINTY, LOGNORMAL, NORMAL, UNIFORM, TRIANGULAR = 1, 2, 3, 4, 5
"""Ids of stats_arrays (stats_arrays/distributions)."""
SAME = 0.01
"""Halves of an interval that differ by no more than this are one width: bounds are printed rounded."""

Fields = dict[str, float | int]


def spread(number: Factor) -> Fields | None:
    r"""The fields that tell Brightway how a number spreads.

    $$ \sigma = \frac{\ln(u / l)}{2 \, z_{0.975}} \quad \text{(lognormal)}, \qquad
       \sigma = \frac{u - l}{2 \, z_{0.975}} \quad \text{(normal)} $$

    Args:
        number: with its bounds: the 2.5 % and 97.5 % quantiles, or the ends of a uniform or triangle.

    Returns:
        `uncertainty type` and its parameters; `None` for a shape stats_arrays does not have, which are the
        intervals whose two halves differ: those are told in words and travel exactly as presampled draws.

    Source:
        stats_arrays 4.0, module `distributions`: ids and the meaning of loc, scale, minimum and maximum.

    Example:
        >>> from lca_models.factors import shipped_factors
        >>> spread(shipped_factors()["fertiliser.urea.manufacture"])["uncertainty type"]
        2
    """
    shape = _SHAPES.get(number.distribution)
    return shape(number) if shape else None


def _exact(number: Factor) -> Fields:
    return {"uncertainty type": NO_UNCERTAINTY, "loc": number.value}


def _uniform(number: Factor) -> Fields | None:
    if not math.isclose(number.value, (number.lower + number.upper) / 2, rel_tol=SAME):
        return None  # Brightway's central value of a uniform number is its middle; ours is what was published
    return {
        "uncertainty type": UNIFORM,
        "loc": number.value,
        "minimum": number.lower,
        "maximum": number.upper,
    }


def _triangular(number: Factor) -> Fields:
    return {
        "uncertainty type": TRIANGULAR,
        "loc": number.value,
        "minimum": number.lower,
        "maximum": number.upper,
    }


def _lognormal(number: Factor) -> Fields | None:
    below, above = math.log(number.value / number.lower), math.log(number.upper / number.value)
    if not math.isclose(below, above, rel_tol=SAME):
        return None
    scale = (below + above) / 2 / Z_975
    return {"uncertainty type": LOGNORMAL, "loc": math.log(number.value), "scale": scale}


def _normal(number: Factor) -> Fields | None:
    below, above = number.value - number.lower, number.upper - number.value
    if not math.isclose(below, above, rel_tol=SAME):
        return None
    fields: Fields = {"uncertainty type": NORMAL, "loc": number.value, "scale": (below + above) / 2 / Z_975}
    return fields | ({"minimum": 0.0} if number.lower >= 0 else {})


_SHAPES: Mapping[str, Callable[[Factor], Fields | None]] = {
    "exact": _exact,
    "uniform": _uniform,
    "triangular": _triangular,
    "normal": _normal,
    "lognormal": _lognormal,
    "two_piece_normal": _normal,
}
