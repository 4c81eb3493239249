"""The tests a model has to pass, each by a rule that is named with its source."""

import numpy as np
from scipy.special import stdtrit

from footprint.mrv.pairs import CONFIDENCE, Pairs
from footprint.mrv.result import Check
from footprint.rounding import CO2E, SHARE, decimal
from lca_models.equations import model_error
from lca_models.factors import shipped_factors
from lca_models.real import Array

_BIAS_SOURCE = "Verra VMD0053 v2.1, section 5.2.4 (known second-hand)"
_COVERAGE_SOURCE = "Verra VMD0053 v2.1, section 5.2.5 (known second-hand)"
_LIMITS_SOURCE = "Clopper, Pearson (1934), Biometrika 26:404"


def checks(pairs: Pairs, trained: Pairs, *, parameters: int, coverage: float) -> tuple[Check, ...]:
    """All tests of a validation.

    Args:
        pairs: of the validation sites.
        trained: of the calibration sites after the fit; none when nothing was fitted.
        parameters: how many were fitted.
        coverage: share of the measurements inside the interval of the validation's own scatter.
    """
    return (_bias(pairs), _coverage(coverage), _independent(pairs, trained, parameters))


def _bias(pairs: Pairs) -> Check:
    bias, pooled = pairs.bias, pairs.pooled_uncertainty
    return Check(
        name="bias",
        status="passed" if abs(bias) <= pooled else "failed",
        found=decimal(abs(bias), CO2E),
        limit=decimal(pooled, CO2E),
        rule="|mean bias| at most the pooled uncertainty of the measurements, t C/ha",
        source=_BIAS_SOURCE,
    )


def _coverage(share: float) -> Check:
    least = shipped_factors()["mrv.coverage.vmd0053"].value
    return Check(
        name="coverage",
        status="passed" if share >= least else "widened",
        found=decimal(share, SHARE),
        limit=decimal(least, SHARE),
        rule="share of measurements inside the 90 % interval of the validation's own scatter, at least",
        source=_COVERAGE_SOURCE,
    )


def _independent(pairs: Pairs, trained: Pairs, parameters: int) -> Check:
    half = _independent_half_widths(pairs, trained, parameters)
    sites = len(pairs.sites)
    least, _ = model_error.coverage_limits(observations=sites, coverage_frac=CONFIDENCE)
    inside = None if half is None else int(np.sum(np.abs(pairs.residuals[pairs.last]) <= half))
    return Check(
        name="independent coverage",
        status="passed" if inside is not None and inside >= least else "failed",
        found=None if inside is None else decimal(inside, SHARE),
        limit=decimal(least, SHARE),
        rule=f"of {sites} sites, those inside a 90 % interval made without them, at least (95 % binomial limit)",
        source=_LIMITS_SOURCE,
    )


def _independent_half_widths(pairs: Pairs, trained: Pairs, parameters: int) -> Array | None:
    """Of the last change at each site: from the calibration sites, or else from all the other sites."""
    seen = trained.residuals[trained.last]
    free = len(seen) - parameters
    if free >= 2:
        spread = np.sqrt(np.sum(np.square(seen)) / free)
        return np.full(len(pairs.sites), stdtrit(free, (1 + CONFIDENCE) / 2) * spread)
    last = pairs.residuals[pairs.last]
    if len(last) < 3:
        return None
    others = np.array([np.std(np.delete(last, one), ddof=1) for one in range(len(last))])
    return np.asarray(stdtrit(len(last) - 2, (1 + CONFIDENCE) / 2) * others)
