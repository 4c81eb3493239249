"""A model is judged on sites it has not seen: by its bias, and by whether its intervals hold."""

import numpy as np
import pytest

from footprint.errors import InputError
from footprint.mrv import Bounds, SoilModel, read_stocks, validate
from footprint.mrv.chart import chart
from footprint.mrv.page import page
from footprint.mrv.telling import told_validation
from tests.mrv.conftest import HEAD, row, steady, world


def _status(found, name):
    return next(check.status for check in found.checks if check.name == name)


def test_two_sites_by_hand(table):
    """Errors +1 and −0.5: bias 0.25, RMSE √(1.25/2), variance 1.125, efficiency 1 − 1.25/0.125."""
    rows = [row("A", 2000, 40), row("A", 2010, 43), row("B", 2000, 50), row("B", 2010, 54.5)]
    found = validate(steady(0.4), read_stocks(table(HEAD, rows)))
    assert float(found.bias) == pytest.approx(0.25)
    assert float(found.rmse) == pytest.approx((1.25 / 2) ** 0.5, abs=1e-6)
    assert float(found.error_variance) == pytest.approx(1.125)
    assert float(found.pooled_measurement_uncertainty) == pytest.approx(0.5 * 2**0.5, abs=1e-6)
    assert float(found.efficiency) == pytest.approx(1 - 1.25 / (2 * 0.75**2), abs=1e-4)
    assert found.r_squared is None, "the model says the same everywhere: there is nothing to correlate"
    assert _status(found, "independent coverage") == "failed", "two sites cannot show that intervals hold"


def test_the_worked_example_of_the_module(table):
    """VMD0053 v2.1, Figure 5: three studies, five pairs; mean bias −0.30, variance of the errors 35.2."""
    said = {"1": (1.1, 12.2), "2": (0.6,), "3": (-3.3, 4.5)}
    seen = {"1": (4.5, 3.1), "2": (1.2,), "3": (3.5, 4.0)}
    rows = [row(s, 2000, 40) for s in seen]
    rows += [row(s, 2001 + i, 40 + change) for s, found in seen.items() for i, change in enumerate(found)]
    model = SoilModel("printed", "1", lambda site, _: 40 + np.array([0.0, *said[site.id]]))
    found = validate(model, read_stocks(table(HEAD, rows)))
    assert float(found.bias) == pytest.approx(-0.30, abs=1e-6)
    assert float(found.error_variance) == pytest.approx(35.2, abs=0.05)


def test_a_right_model_passes_and_one_that_promises_too_much_fails(table):
    rows = world(20, seed=3)
    right, eager = (validate(steady(gain), read_stocks(table(HEAD, rows))) for gain in (0.4, 0.7))
    assert right.passed
    assert _status(eager, "bias") == "failed"
    assert _status(eager, "independent coverage") == "failed"
    assert eager.bias > 2.5


def test_nine_of_ten_sites_lie_inside_a_ninety_percent_interval(table):
    """Sixty worlds of fifteen sites; the interval at each site is made from the fourteen others."""
    inside = []
    for seed in range(60):
        found = validate(steady(), read_stocks(table(HEAD, world(15, seed=seed))))
        check = next(one for one in found.checks if one.name == "independent coverage")
        inside.append(float(check.found))
    assert np.mean(inside) / 15 == pytest.approx(0.90, abs=0.02)


def test_what_scatters_more_is_deducted_more(table):
    one, other = (
        validate(steady(), read_stocks(table(HEAD, world(20, noise=noise, seed=5)))) for noise in (0.4, 1.2)
    )
    assert other.deducted_variance > 5 * one.deducted_variance


def test_intervals_that_hold_too_few_are_widened_until_they_hold_ninety_percent(table):
    """Two of twelve sites far off: within 1.64 s lie ten of twelve, too few; eleven are asked for."""
    errors = [0.1, -0.1] * 5 + [3.0, -3.0]
    rows = [r for i, e in enumerate(errors) for r in (row(f"S{i}", 2000, 40), row(f"S{i}", 2010, 44 - e))]
    found = validate(steady(), read_stocks(table(HEAD, rows)))
    assert _status(found, "coverage") == "widened"
    assert float(found.coverage) == pytest.approx(10 / 12, abs=1e-4)
    assert float(found.deducted_variance) == pytest.approx((3.0 / 1.644854) ** 2, abs=1e-4)
    assert sum(one.inside for one in found.residuals) == 12


def test_a_fit_sees_calibration_sites_only(table):
    """The calibration sites gain 0.3 a year, the validation sites 0.8: fitted, it says 0.3 and fails."""
    kept = world(12, gain=0.8, noise=0.2, seed=2)
    seen = [(f"c{r[0]}", *r[1:7], "calibration") for r in world(12, gain=0.3, noise=0.2, seed=4)]
    found = validate(steady(1.5), read_stocks(table(HEAD, seen + kept)), fit={"gain": Bounds(0.0, 2.0)})
    (gain,) = found.parameters
    assert float(gain.value) == pytest.approx(0.3, abs=0.05)
    assert not gain.at_bound
    assert found.calibration_sites == 12
    assert not found.passed


def test_a_parameter_against_its_bound_says_so(table):
    rows = world(6, gain=0.8, seed=2, calibration=6)
    found = validate(steady(0.1), read_stocks(table(HEAD, rows)), fit={"gain": Bounds(0.0, 0.5)})
    assert found.parameters[0].at_bound
    assert any("does not determine" in line or "do not determine" in line for line in told_validation(found))


def test_the_same_data_model_and_seed_give_the_same_bytes(table):
    path = table(HEAD, world(8, calibration=8))
    once, again = (
        validate(steady(0.1), read_stocks(path), fit={"gain": Bounds(0, 2)}, seed=7).model_dump_json()
        for _ in range(2)
    )
    assert once == again
    other = validate(steady(0.2), read_stocks(path), fit={"gain": Bounds(0, 2)}, seed=7)
    assert other.digests.model not in once, "another starting value is another model"


def test_a_model_that_gives_no_numbers_is_refused(table):
    lost = SoilModel("lost", "1", lambda site, _: np.full(len(site.years), np.nan))
    with pytest.raises(InputError, match="lost — gives"):
        validate(lost, read_stocks(table(HEAD, world(3))))


def test_sites_with_measurements_of_one_year_bring_no_bias_by_how_many_years_they_have(table):
    """One site measured six times does not outvote two others: the bias is the mean of the sites."""
    many = [row("often", 2000 + i, 40 + 0.4 * i - (1.0 if i else 0.0)) for i in range(7)]
    few = [r for s in "AB" for r in (row(s, 2000, 40), row(s, 2010, 44))]
    found = validate(steady(), read_stocks(table(HEAD, many + few)))
    assert float(found.bias) == pytest.approx(1 / 3, abs=1e-6)


def test_the_picture_marks_what_lies_outside_and_escapes_names(table):
    rows = [(f"<b>{r[0]}", *r[1:]) for r in world(20, seed=8)]
    found = validate(steady(), read_stocks(table(HEAD, rows)))
    drawn = chart(found)
    assert drawn.count("<circle") == sum(one.inside for one in found.residuals)
    assert drawn.count("<path") == sum(not one.inside for one in found.residuals)
    assert "<b>" not in drawn
    assert "<b>" not in page(found)
    assert "validation passed" in page(found)
