"""Validates a model of soil carbon on sites it has never seen, by rules that are named with their source."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from footprint.mrv.calibration import Bounds, Fitted, calibrate
from footprint.mrv.checks import checks
from footprint.mrv.model import SoilModel
from footprint.mrv.pairs import CONFIDENCE, Pairs
from footprint.mrv.result import Digests, Parameter, Residual, Validation
from footprint.mrv.stocks import Stocks
from footprint.provenance import ENGINE
from footprint.rounding import CO2E, SHARE, decimal
from lca_models.equations import model_error

# The interval was made from the very residual that lies on its edge: a last bit must not put it outside.
_ROUNDING = 1 + 1e-9


def validate(
    model: SoilModel, stocks: Stocks, *, fit: Mapping[str, Bounds] | None = None, seed: int = 1
) -> Validation:
    """Calibrate where asked to, then compare with the validation sites, which nothing was fitted to.

    Args:
        model: see `SoilModel`.
        stocks: measured; changes since the first year of each site are compared.
        fit: parameters to fit on the calibration sites, with their bounds; none to take the model as it is.
        seed: of the starting points of the fit.

    Raises:
        InputError: a fit that cannot be made, or predictions that are none.
    """
    given, fitted = model, tuple[Fitted, ...]()
    if fit:
        model, fitted = calibrate(model, stocks.calibration, fit, seed=seed)
    trained = Pairs.of(model, stocks.calibration if fit else ())
    pairs = Pairs.of(model, stocks.validation)
    inside = float(np.mean(np.abs(pairs.residuals) <= _half_width(pairs.variance)))
    low, high = pairs.bias_interval
    return Validation(
        model=model.name,
        model_version=model.version,
        engine=ENGINE,
        parameters=_parameters(model, fitted),
        seed=seed,
        digests=Digests(data=stocks.digest, model=given.digest),
        depth_cm=decimal(stocks.depth_cm, CO2E),
        calibration_sites=len(stocks.calibration) if fit else 0,
        validation_sites=len(pairs.sites),
        observations=len(pairs.observed),
        median_duration_years=decimal(float(np.median([s.duration_years for s in pairs.sites])), CO2E),
        bias=decimal(pairs.bias, CO2E),
        bias_interval=(decimal(low, CO2E), decimal(high, CO2E)),
        pooled_measurement_uncertainty=decimal(pairs.pooled_uncertainty, CO2E),
        replicates_known=pairs.replicates_known,
        rmse=decimal(pairs.rmse, CO2E),
        efficiency=_share(pairs.efficiency),
        r_squared=_share(pairs.r_squared),
        error_variance=decimal(pairs.variance, CO2E),
        deducted_variance=decimal(pairs.widened_variance, CO2E),
        coverage=decimal(inside, SHARE),
        checks=checks(pairs, trained, parameters=len(fitted), coverage=inside),
        residuals=_residuals(pairs, _half_width(pairs.widened_variance)),
    )


def _half_width(variance: float) -> float:
    return model_error.interval_half_width(standard_deviation=variance**0.5, confidence_frac=CONFIDENCE)


def _share(value: float | None) -> Decimal | None:
    return None if value is None else decimal(value, SHARE)


def _parameters(model: SoilModel, fitted: Sequence[Fitted]) -> tuple[Parameter, ...]:
    found = {one.name: _fitted(one) for one in fitted}
    return tuple(
        found.get(name, Parameter(name=name, value=decimal(value, CO2E)))
        for name, value in model.parameters.items()
    )


def _fitted(one: Fitted) -> Parameter:
    return Parameter(
        name=one.name,
        value=decimal(one.value, CO2E),
        standard_error=decimal(one.standard_error, CO2E),
        low=decimal(one.bounds.low, CO2E),
        high=decimal(one.bounds.high, CO2E),
        at_bound=one.at_bound,
    )


def _residuals(pairs: Pairs, half: float) -> tuple[Residual, ...]:
    years = [(site.years[0], year) for site in pairs.sites for year in site.years[1:]]
    rows = zip(pairs.study, years, pairs.observed, pairs.errors, pairs.predicted, strict=True)
    return tuple(
        Residual(
            site=site,
            since=since,
            year=year,
            observed=decimal(observed, CO2E),
            observed_se=decimal(error, CO2E),
            predicted=decimal(predicted, CO2E),
            error=decimal(predicted - observed, CO2E),
            low=decimal(predicted - half, CO2E),
            high=decimal(predicted + half, CO2E),
            inside=bool(abs(predicted - observed) <= half * _ROUNDING),
        )
        for site, (since, year), observed, error, predicted in rows
    )
