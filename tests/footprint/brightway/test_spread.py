"""What Brightway draws from the fields has the interval that was published; what it has no shape for is left out."""

import numpy as np
import pytest

from footprint.brightway.spread import spread
from lca_models.factors import shipped_factors

UREA = shipped_factors()["fertiliser.urea.manufacture"]


def _number(distribution, lower, value, upper):
    return UREA.model_copy(
        update={"distribution": distribution, "lower": lower, "value": value, "upper": upper}
    )


@pytest.mark.parametrize(
    ("number", "tails"),
    [
        (_number("lognormal", 5.0, 10.0, 20.0), (0.025, 0.975)),
        (_number("normal", 8.0, 10.0, 12.0), (0.025, 0.975)),
        (_number("two_piece_normal", 8.0, 10.0, 12.0), (0.025, 0.975)),
        (_number("uniform", 8.0, 10.0, 12.0), (0.0, 1.0)),
        (_number("triangular", 8.0, 9.0, 12.0), (0.0, 1.0)),
    ],
    ids=lambda value: getattr(value, "distribution", None),
)
def test_brightway_draws_the_published_interval(number, tails):
    from stats_arrays import UncertaintyBase, uncertainty_choices

    fields = {name.replace(" ", "_"): value for name, value in spread(number).items()}
    parameters = UncertaintyBase.from_dicts(fields)
    bounds = uncertainty_choices[fields["uncertainty_type"]].ppf(parameters, np.array([tails]))
    np.testing.assert_allclose(bounds.ravel(), [number.lower, number.upper], rtol=1e-5)


@pytest.mark.parametrize(
    "number",
    [
        _number("two_piece_normal", 8.0, 10.0, 20.0),
        _number("lognormal", 5.0, 10.0, 40.0),
        _number("uniform", 8.0, 9.0, 12.0),
    ],
    ids=lambda number: number.distribution,
)
def test_a_lopsided_number_is_not_made_to_fit(number):
    assert spread(number) is None


def test_an_exact_number_has_no_spread():
    assert spread(_number("exact", 2.0, 2.0, 2.0))["uncertainty type"] == 1
