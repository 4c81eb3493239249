"""From the errors of model, sampling and scaling to what is left: by hand, and by what must hold whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.mrv import Plan, deduct, read_project, read_stocks, validate
from lca_models.equations import deduction, model_error
from lca_models.errors import ValidityError
from lca_models.factors import shipped_factors
from tests.mrv.conftest import HEAD, PLOTS, plots, steady, world

MEASURED = Plan("vm0042", "dynamic", 5, 0.0)


def _against(found, baseline):
    return next(one for one in found.against if one.baseline == baseline)


def test_the_worked_example_of_the_vcs_methodology_requirements():
    """Version 4.4, section 2.4, page 12: a half-width of 32.9 % / 1.6449 × 0.4307 = 8.6 %."""
    share = deduction.vm0042_frac(mean=1.0, standard_error=0.329 / 1.6449)
    assert round(float(share), 3) == 0.086
    half = deduction.half_width_frac(mean=1.0, standard_error=0.329 / 1.6449)
    assert half == pytest.approx(0.329, abs=1e-4)


def test_few_plots_cost_more_by_student():
    """t(0.667) is 0.4316 for a large sample and 0.4447 with ten degrees of freedom, as a table prints it."""
    large, small = (
        deduction.vm0042_frac(mean=1.0, standard_error=1.0, degrees_of_freedom=nu) for nu in (np.inf, 10)
    )
    assert [round(float(t), 4) for t in (large, small)] == [0.4316, 0.4447]


def test_the_bar_of_the_vcs_lies_at_a_deduction_of_26_percent():
    """A half-width of 100 % of the mean: SE = mean/1.6449, and 0.4307/1.6449 = 26.2 % are taken off."""
    assert float(deduction.vm0042_frac(mean=1.0, standard_error=1 / 1.6449)) == pytest.approx(0.262, abs=1e-3)
    assert not deduction.within(half_width_frac=1.001, limit_frac=1.0)


@settings(max_examples=50)
@given(st.floats(0.1, 100), st.floats(0.001, 10), st.floats(1.001, 5))
def test_a_larger_error_is_never_deducted_less(mean, error, more):
    for rule in (deduction.vm0042_frac, deduction.half_width_frac):
        assert rule(mean=mean, standard_error=error * more) > rule(mean=mean, standard_error=error)
    width = float(deduction.half_width_frac(mean=mean, standard_error=error))
    assert deduction.vm0042_v1_frac(half_width_frac=width, allowance_frac=0.15) <= width


@given(st.floats(0.5, 5), st.floats(0.01, 0.2))
@settings(max_examples=20)
def test_the_lower_bound_of_a_normal_sample_is_its_half_width(mean, spread):
    from scipy.special import ndtri

    sample = mean + spread * ndtri((np.arange(4000) + 0.5) / 4000)
    assert deduction.lower_bound_frac(sample=sample) == pytest.approx(
        deduction.half_width_frac(mean=mean, standard_error=spread), rel=1e-2
    )


@pytest.mark.parametrize("mean", [0.0, -1.0, float("nan")])
def test_no_gain_no_deduction_and_no_credit(mean):
    with pytest.raises(ValidityError, match="without a gain there is no removal"):
        deduction.vm0042_frac(mean=mean, standard_error=0.1)


def test_a_project_rated_above_sixty_fails_and_one_of_five_sets_twelve_aside():
    least, largest = (shipped_factors()[f"buffer.vcs.{name}_rating"].value for name in ("least", "largest"))
    limits = {"least_rating": least, "largest_rating": largest}
    assert float(deduction.risk_buffer_frac(risk_rating=5, **limits)) == 0.12
    assert float(deduction.risk_buffer_frac(risk_rating=27.63, **limits)) == 0.28
    with pytest.raises(ValidityError, match="fails the risk analysis"):
        deduction.risk_buffer_frac(risk_rating=60.1, **limits)


def test_a_buffer_outside_its_standard_is_refused():
    with pytest.raises(ValidityError, match="sets aside no such share"):
        deduction.stated_buffer_frac(share_frac=0.01, least_frac=0.02, most_frac=0.20)


def test_what_is_from_memory_ships_unverified():
    numbers = shipped_factors()
    assert numbers["deduction.vm0042.confidence"].verified
    for name in ("deduction.vm0042_v1.allowance", "deduction.c_sink.margin", "buffer.vcs.least_rating"):
        assert not numbers[name].verified


def test_one_stratum_by_hand(table):
    """Project 2, 3, 4 and control 0, 1: change 2.5; variance 1/3 + 0.5/2; Satterthwaite; 100 ha."""
    found = deduct(read_project(table(PLOTS, plots([2, 3, 4], [0, 1]))), MEASURED, validation=None)
    one = found.result
    variance = 1 / 3 + 0.25
    nu = variance**2 / ((1 / 3) ** 2 / 2 + 0.25**2 / 1)
    share = float(
        deduction.vm0042_frac(
            mean=2.5, standard_error=variance**0.5, degrees_of_freedom=nu, confidence_frac=0.667
        )
    )
    assert float(one.change) == pytest.approx(2.5)
    assert float(one.standard_error) == pytest.approx(variance**0.5, abs=1e-6)
    assert float(one.degrees_of_freedom) == pytest.approx(nu, abs=1e-3)
    assert float(one.deduction) == pytest.approx(share, abs=1e-4)
    assert float(one.credited_t_co2) == pytest.approx((3 - 0.5) * 44 / 12 * 100 * (1 - share), rel=1e-3)


def test_strata_weigh_by_their_area(table):
    rows = plots([1, 1.2], [0, 0.2]) + plots([4, 4.2], [0, 0.2], stratum="south", area_ha=300)
    found = deduct(read_project(table(PLOTS, rows)), MEASURED, validation=None)
    assert float(found.result.project) == pytest.approx(0.25 * 1.1 + 0.75 * 4.1)


def test_every_baseline_stands_side_by_side(table):
    found = deduct(read_project(table(PLOTS, plots([2, 3, 4], [0.5, 1.5]))), MEASURED, validation=None)
    assert [(one.baseline, float(one.change)) for one in found.against] == [
        ("static", 3.0),
        ("dynamic", 2.0),
        ("hybrid", 2.0),
    ]
    assert found.chosen == "dynamic"


def test_a_baseline_that_cannot_be_told_says_why(table):
    rows = plots([2, 3], [0, 0.5]) + plots([2, 3], stratum="south")
    found = deduct(read_project(table(PLOTS, rows)), MEASURED, validation=None)
    dynamic = _against(found, "dynamic")
    assert dynamic.why_not == "no control plots in south"
    assert dynamic.credited_t_co2 == 0


def test_a_hybrid_baseline_takes_control_plots_first_and_the_model_where_there_are_none(table):
    checked = validate(steady(), read_stocks(table(HEAD, world(20, noise=0.2, seed=3))))
    modelled = [
        ("south", 100.0, f"b{i}", "baseline", change, "t C/ha") for i, change in enumerate(("0.9", "1.1"))
    ]
    rows = plots([3, 3.2], [0.2, 0.4]) + plots([3, 3.2], stratum="south") + modelled
    found = deduct(read_project(table(PLOTS, rows)), Plan("vm0042", "hybrid", 5, 0.0), validation=checked)
    assert float(found.result.reference) == pytest.approx(0.5 * 0.3 + 0.5 * 1.0)
    part = next(part for part in found.result.errors if part.name == "model")
    one = float(checked.deducted_variance)
    assert float(part.variance) == pytest.approx((0.5 * one**0.5 + 0.5 * (2 * one) ** 0.5) ** 2, rel=1e-4)


def test_a_loss_avoided_is_no_removal(table):
    """The project loses 1, its neighbours lose 3: 2 t C/ha were not emitted, and nothing was removed."""
    found = deduct(read_project(table(PLOTS, plots([-1.1, -0.9], [-3.1, -2.9]))), MEASURED, validation=None)
    one = found.result
    assert (float(one.removal), float(one.avoided_loss)) == (0.0, pytest.approx(2.0))
    assert one.credited_t_co2 == 0
    assert "no removal" in one.why_not


def test_half_a_gain_and_half_a_loss_avoided_are_told_apart(table):
    """The project gains 1, its neighbours lose 1: a removal of 1 and an avoided loss of 1."""
    found = deduct(read_project(table(PLOTS, plots([0.95, 1.05], [-1.05, -0.95]))), MEASURED, validation=None)
    assert (float(found.result.removal), float(found.result.avoided_loss)) == (
        pytest.approx(1),
        pytest.approx(1),
    )
    assert float(found.result.credited_t_co2) < 1 * 44 / 12 * 100


@pytest.mark.parametrize("changes", [[-0.1, 0.1], [-1.0, -1.2]])
def test_no_gain_is_shown_as_what_it_is(table, changes):
    found = deduct(read_project(table(PLOTS, plots(changes, [0, 0.1]))), MEASURED, validation=None)
    assert found.result.credited_t_co2 == 0
    assert found.result.deduction is None
    assert found.result.project is not None


def test_an_interval_wider_than_the_change_is_not_eligible(table):
    found = deduct(read_project(table(PLOTS, plots([0, 6], [0, 0.2]))), MEASURED, validation=None)
    assert found.result.half_width > 1
    assert "not eligible" in found.result.why_not
    assert found.result.credited_t_co2 == 0


def test_a_model_behind_the_changes_costs_its_own_error(table):
    path = table(PLOTS, plots([2.0, 2.2, 2.4, 2.1], [0.0, 0.1, 0.2]))
    checked = validate(steady(), read_stocks(table(HEAD, world(20, noise=0.5, seed=3))))
    bare, behind = (deduct(read_project(path), MEASURED, validation=v) for v in (None, checked))
    added = float(behind.result.standard_error) ** 2 - float(bare.result.standard_error) ** 2
    assert added == pytest.approx(float(checked.deducted_variance), rel=1e-3)
    assert behind.result.credited_t_co2 < bare.result.credited_t_co2
    assert behind.validation is not None
    assert bare.validation is None


def test_errors_that_average_out_over_strata_have_to_be_stated(table):
    rows = [p for name in "abcd" for p in plots([2.0, 2.2], [0.0, 0.1], stratum=name, area_ha=50)]
    checked = validate(steady(), read_stocks(table(HEAD, world(20, noise=0.5, seed=3))))
    path = table(PLOTS, rows)

    def variance(**stated):
        found = deduct(read_project(path), Plan("vm0042", "dynamic", 5, 0.0, **stated), validation=checked)
        return next(float(part.variance) for part in found.result.errors if part.name == "model")

    assert variance(site_correlation=0.0) == pytest.approx(variance() / 4, rel=1e-4)


def test_a_scaling_error_adds_in_quadrature(table):
    path = table(PLOTS, plots([2, 3, 4], [0, 1]))
    one, other = (
        deduct(read_project(path), Plan("vm0042", "dynamic", 5, se), validation=None) for se in (0.0, 0.5)
    )
    added = float(other.result.standard_error) ** 2 - float(one.result.standard_error) ** 2
    assert added == pytest.approx(0.25, abs=1e-5)


def test_the_rules_disagree_and_each_says_whose_it_is(table):
    path = table(PLOTS, plots([2.0, 2.4, 2.2, 2.6, 1.8], [0.0, 0.1, 0.2]))
    shares = {
        name: float(
            deduct(read_project(path), Plan(name, "dynamic", 5, 0.0), validation=None).result.deduction
        )
        for name in ("vm0042", "vm0042-v1", "lower-bound", "margin")
    }
    assert shares["vm0042-v1"] == pytest.approx(max(0.0, shares["lower-bound"] - 0.15), abs=1e-4)
    assert shares["margin"] == 0.1
    assert 0 < shares["vm0042"] < shares["lower-bound"]


def test_the_credited_number_is_below_the_truth_in_two_worlds_of_three(table):
    """VM0042's promise, tried: 400 projects whose truth is 2 t C/ha, ten plots and ten controls each."""
    rng = np.random.default_rng(11)
    below = 0
    for _ in range(400):
        project, control = rng.normal(2, 1, 10), rng.normal(0, 1, 10)
        mean = project.mean() - control.mean()
        error = (project.var(ddof=1) / 10 + control.var(ddof=1) / 10) ** 0.5
        share = deduction.vm0042_frac(mean=mean, standard_error=error, degrees_of_freedom=18)
        below += mean * (1 - float(share)) < 2
    assert below / 400 == pytest.approx(0.667, abs=0.06)


def test_coverage_limits_hold_by_the_binomial_added_up():
    from math import comb

    for n in (3, 5, 12, 20, 60):
        chances = [comb(n, k) * 0.9**k * 0.1 ** (n - k) for k in range(n + 1)]
        low, high = model_error.coverage_limits(observations=n)
        assert sum(chances[:low]) <= 0.025 < sum(chances[: low + 1])
        assert sum(chances[high + 1 :]) <= 0.025 + 1e-12


def test_measured_pairs_by_the_two_ways_the_methodology_writes_it():
    """VM0042 v2.2, Equation 71: variance of the final stocks plus that of the first less twice their covariance."""
    rng = np.random.default_rng(3)
    first = rng.normal(40, 4, 9)
    last = first + rng.normal(2, 1, 9)
    covariance = np.cov(first, last)
    written = (covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]) / 9
    assert model_error.sampling_variance(changes=[last - first], areas_ha=np.array([7.0])) == pytest.approx(
        written
    )
