"""Nine shapes by their quantiles: against scipy.stats, and refused by name when a factor's fields do not fit."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats

from lca_models.distributions import Z_975, correlated
from lca_models.published import Factor, Source

SOURCE = Source(
    id="own-2025",
    title="Measurements of our own (SAMPLE)",
    publisher="Sample Co-operative",
    year=2025,
    url="https://example.org/own",
    licence="not for redistribution",
)
P = np.linspace(0.0005, 0.9995, 1999)
CARDS = [
    {"name": "card A", "value": 0.58, "weight": 1},
    {"name": "card B", "value": 0.76, "weight": 2},
    {"name": "card C", "value": 0.80, "weight": 1},
]


def number(distribution: str, value: float, lower: float, upper: float, **fields: object) -> Factor:
    described = {
        "id": "own.number", "name": "A number", "unit": "kg/kg", "region": "GLO", "year": 2025,
        "locator": "sheet 1", "interval": "as measured", "licence": "own", "verified": True, "source": SOURCE,
    }  # fmt: skip
    shape = {"value": value, "lower": lower, "upper": upper, "distribution": distribution}
    return Factor.model_validate(described | shape | fields)


@pytest.mark.parametrize(
    ("shape", "theirs"),
    [
        (number("uniform", 2, 1, 4), stats.uniform(1, 3)),
        (number("triangular", 2, 1, 4), stats.triang(1 / 3, 1, 3)),
        (number("triangular", 1, 1, 4), stats.triang(0, 1, 3)),
        (number("pert", 3, 2, 6), stats.beta(2, 4, loc=2, scale=4)),
        (number("pert", 2, 2, 6), stats.beta(1, 5, loc=2, scale=4)),
        (number("normal", 10, 8, 12), stats.norm(10, 2 / Z_975)),
        (number("lognormal", 1, 0.5, 2), stats.lognorm(np.log(2) / Z_975)),
        (
            number("truncated_normal", 0.1, -0.1, 0.3, minimum=0.0),
            stats.truncnorm(-0.1 / (0.2 / Z_975), np.inf, 0.1, 0.2 / Z_975),
        ),
        (
            number("truncated_normal", 0.8, 0.4, 1.2, minimum=0.0, maximum=1.0),
            stats.truncnorm(-0.8 / (0.4 / Z_975), 0.2 / (0.4 / Z_975), 0.8, 0.4 / Z_975),
        ),
    ],
    ids=lambda of: of.distribution if isinstance(of, Factor) else "",
)
def test_each_shape_is_the_one_scipy_has_under_its_name(shape, theirs):
    np.testing.assert_allclose(shape.quantile(P), theirs.ppf(P), rtol=1e-9)


def test_a_pert_estimate_has_the_mean_of_the_rule_of_six():
    """(a + 4 m + b) / 6, Malcolm et al. 1959."""
    u = (np.arange(100_000) + 0.5) / 100_000
    assert number("pert", 3, 2, 6).quantile(u).mean() == pytest.approx((2 + 4 * 3 + 6) / 6, rel=1e-6)


def test_halves_of_their_own_keep_value_and_bounds():
    skewed = number("two_piece_normal", 0.24, 0.01, 0.73)
    assert skewed.quantile(np.array([0.025, 0.5, 0.975])) == pytest.approx([0.01, 0.24, 0.73])
    cut = number("truncated_normal", 0.24, 0.01, 0.73, maximum=1.0).quantile(P)
    assert cut.max() < 1
    assert (cut <= skewed.quantile(P) + 1e-12).all()


def test_a_choice_is_drawn_as_often_as_it_weighs():
    drawn = number("discrete", 0.76, 0.58, 0.80, choices=CARDS).quantile((np.arange(1000) + 0.5) / 1000)
    values, counts = np.unique(drawn, return_counts=True)
    assert dict(zip(values.tolist(), counts.tolist(), strict=True)) == {0.58: 250, 0.76: 500, 0.8: 250}


@given(
    st.lists(st.floats(1e-3, 1e3), min_size=2, max_size=20),
    st.floats(min_value=0, max_value=1, exclude_min=True, exclude_max=True),
)
def test_every_probability_draws_one_of_the_choices(weights, probability):
    choices = [{"name": f"card {i}", "value": i, "weight": weight} for i, weight in enumerate(weights)]
    found = number("discrete", 0, 0, len(weights) - 1, choices=choices).quantile(np.array([probability]))
    assert found[0] in range(len(weights))


SHAPES = {
    "uniform": {},
    "triangular": {},
    "pert": {},
    "normal": {},
    "lognormal": {},
    "two_piece_normal": {},
    "truncated_normal": {"minimum": 0.5, "maximum": 5.0},
    "discrete": {"choices": [{"name": str(v), "value": v, "weight": 1} for v in (1.0, 2.0, 4.0)]},
}


@pytest.mark.parametrize("distribution", SHAPES)
def test_more_probable_is_never_less_and_all_are_finite(distribution):
    drawn = number(distribution, 2, 1, 4, **SHAPES[distribution]).quantile(P)
    assert np.isfinite(drawn).all()
    assert all(one <= other for one, other in pairwise(drawn))


@given(st.floats(0, 1), st.integers(0, 1000))
def test_a_group_gives_the_correlation_it_says_and_leaves_each_number_as_it_is(rho, seed):
    from footprint.uncertainty import probabilities

    draw = probabilities(seed=seed, draws=4096)
    one, other = (correlated(draw(name), draw("group"), rho) for name in ("one", "other"))
    scores = stats.norm.ppf([one, other])
    assert np.corrcoef(scores)[0, 1] == pytest.approx(rho, abs=0.06)
    assert stats.kstest(one, "uniform").statistic < 0.03


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (("truncated_normal", 2, 1, 4, {}), "needs at least one of them"),
        (("normal", 2, 1, 4, {"minimum": 0}), "belong to `truncated_normal`"),
        (("truncated_normal", 2, 1, 4, {"minimum": 2}), "inside minimum and maximum"),
        (("truncated_normal", 2, 1, 4, {"minimum": 5, "maximum": 3}), "inside minimum and maximum"),
        (("truncated_normal", 2, 2, 4, {"minimum": 0}), "inside its bounds"),
        (("discrete", 2, 1, 4, {}), "it needs them"),
        (("uniform", 2, 1, 4, {"choices": CARDS}), "belong to `discrete`"),
        (("discrete", 0.7, 0.58, 0.80, {"choices": CARDS}), "is one of its choices"),
        (("discrete", 0.76, 0.5, 0.9, {"choices": CARDS}), "its least and its largest choice"),
        (("discrete", 0.76, 0.58, 0.80, {"choices": [*CARDS, CARDS[0]]}), "the same name"),
        (("discrete", 0.76, 0.58, 0.80, {"choices": [{**CARDS[0], "weight": 0}]}), "greater than 0"),
        (("exact", 2, 2, 2, {"group": {"name": "own.group", "correlation": 0.5}}), "correlates with nothing"),
        (
            ("uniform", 2, 1, 4, {"group": {"name": "own.group", "correlation": 1.5}}),
            "less than or equal to 1",
        ),
        (("uniform", 2, 1, 4, {"minimum": float("nan")}), "finite"),
        (("beta", 2, 1, 4, {}), "'exact', 'uniform'"),
    ],
)
def test_fields_that_do_not_fit_the_shape_are_refused_by_name(fields, message):
    *shape, more = fields
    with pytest.raises(ValidationError, match=message):
        number(*shape, **more)
