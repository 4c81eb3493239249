"""Fits named parameters of a model to the calibration sites, and to those only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from footprint.errors import InputError, Problem
from footprint.mrv.model import SoilModel
from footprint.mrv.stocks import Site
from footprint.uncertainty import probabilities
from lca_models.real import Array

STARTS = 8
_AT_BOUND = 1e-6


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what a parameter may be fitted."""

    low: float
    high: float

    @classmethod
    def parse(cls, text: str) -> tuple[str, "Bounds"]:
        """Name and bounds from `plant_input=0.5:2`.

        Raises:
            InputError: not of that form, or the low one is not below the high one.

        Example:
            >>> Bounds.parse("plant_input=0.5:2")
            ('plant_input', Bounds(low=0.5, high=2.0))
        """
        name, _, limits = text.partition("=")
        low, _, high = limits.partition(":")
        try:
            found = cls(float(low), float(high))
        except ValueError:
            found = cls(0.0, 0.0)
        if not name or not found.low < found.high or not np.isfinite(found.high - found.low):
            why = "a parameter is fitted between two bounds that somebody answers for"
            raise InputError(
                Problem("fit", f"{text[:60]!r} is not understood", why, "write plant_input=0.5:2")
            )
        return name, found


@dataclass(frozen=True, slots=True)
class Fitted:
    """One parameter after the fit."""

    name: str
    value: float
    standard_error: float
    bounds: Bounds

    @property
    def at_bound(self) -> bool:
        """Whether the data push it against a bound: then it is not determined by them."""
        span = self.bounds.high - self.bounds.low
        return min(self.value - self.bounds.low, self.bounds.high - self.value) < _AT_BOUND * span


def calibrate(
    model: SoilModel, sites: Sequence[Site], bounds: Mapping[str, Bounds], *, seed: int
) -> tuple[SoilModel, tuple[Fitted, ...]]:
    r"""The model with the parameters that bring it nearest to the measured changes.

    $$ \min_\theta \sum_j \left( \frac{\Delta_j(\theta) - \Delta_j}{\sigma_j} \right)^2 $$

    Args:
        model: with starting values for its parameters.
        sites: those of the calibration part.
        bounds: of each parameter that is fitted; the others stay.
        seed: of the further starting points within the bounds, against a local minimum.

    Raises:
        InputError: no such parameter, no calibration site, or more parameters than measured changes.
    """
    _check(model, sites, bounds)
    names = tuple(bounds)
    low, high = (np.array([getattr(bounds[name], end) for name in names]) for end in ("low", "high"))

    def residuals(theta: Array) -> Array:
        return _residuals(model.with_parameters(_named(names, theta)), sites)

    starts = _starts(model, names, low, high, seed)
    found = min(
        (least_squares(residuals, start, bounds=(low, high), x_scale=high - low) for start in starts),
        key=lambda fit: float(fit.cost),
    )
    errors = _standard_errors(np.asarray(found.jac), found.fun)
    theta = [float(value) for value in found.x]
    fitted = tuple(
        Fitted(name, value, error, bounds[name])
        for name, value, error in zip(names, theta, errors, strict=True)
    )
    return model.with_parameters(_named(names, theta)), fitted


def _residuals(model: SoilModel, sites: Sequence[Site]) -> Array:
    return np.concatenate(
        [
            (model.changes_t_c_per_ha(site) - site.changes_t_c_per_ha) / site.change_errors_t_c_per_ha
            for site in sites
        ]
    )


def _starts(model: SoilModel, names: Sequence[str], low: Array, high: Array, seed: int) -> list[Array]:
    drawn = probabilities(seed=seed, draws=STARTS - 1)
    shares = np.array([drawn(f"mrv.start.{name}") for name in names])
    first = np.clip([model.parameters[name] for name in names], low, high)
    return [first, *(low + share * (high - low) for share in shares.T)]


def _standard_errors(jacobian: Array, residuals: Array) -> list[float]:
    free = len(residuals) - jacobian.shape[1]
    spread = float(residuals @ residuals) / max(free, 1)
    covariance = np.linalg.pinv(jacobian.T @ jacobian) * spread
    return [float(error) for error in np.sqrt(np.diag(covariance))]


def _named(names: Sequence[str], values: Sequence[float] | Array) -> dict[str, float]:
    return {name: float(value) for name, value in zip(names, values, strict=True)}


def _check(model: SoilModel, sites: Sequence[Site], bounds: Mapping[str, Bounds]) -> None:
    problems = [
        Problem(
            "fit", f"{model.name} has no parameter {name!r}", "", f"it has: {', '.join(model.parameters)}"
        )
        for name in bounds
        if name not in model.parameters
    ]
    if not sites:
        why = "parameters are fitted to calibration sites, never to those they are judged by"
        problems.append(Problem("fit", "there is no calibration site", why, "mark some sites `calibration`"))
    changes = sum(len(site.years) - 1 for site in sites)
    if sites and changes <= len(bounds):
        what = f"{len(bounds)} parameters for {changes} measured changes"
        problems.append(Problem("fit", what, "they would fit anything", "fit fewer, or measure more"))
    if problems:
        raise InputError(*problems)
