r"""How far a model of soil carbon is from what was measured, and what that does to the mean of a project.

First the two tests of a validation (is it biased, do its intervals hold), then the variances that add up to the
standard error of a mean change. Any unit will do as long as it is one: t C/ha, t CO2e/ha; variances are in its square.
"""

from collections.abc import Sequence

import numpy as np
from scipy.special import bdtr, ndtri

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, need_range, refuse
from lca_models.real import Array

WHERE = "model error"


def mean_bias(*, predicted: Array, observed: Array, study: Sequence[str]) -> float:
    r"""How far a model is off on average, every study counting once.

    $$ bias_s = \frac{1}{n_s} \sum_i (P_i - O_i), \qquad \overline{bias} = \frac{1}{S} \sum_s bias_s $$

    Args:
        predicted: P, by the model.
        observed: O, measured, same unit.
        study: the study or site of each pair.

    Returns:
        In the unit of the data; above zero when the model promises more than there is.

    Source:
        Verra VMD0053 v2.1 (2025), section 5.2.4, Equation 1. Known second-hand.

    Raises:
        ValidityError: no pairs, or lists of different length.

    Example:
        The module's own example (Figure 5), three studies of reduced tillage:

        >>> predicted = np.array([1.1, 12.2, 0.6, -3.3, 4.5])
        >>> observed = np.array([4.5, 3.1, 1.2, 3.5, 4.0])
        >>> round(mean_bias(predicted=predicted, observed=observed, study=["1", "1", "2", "3", "3"]), 2)
        -0.3
    """
    error = _errors(predicted, observed)
    if len(study) != len(error):
        refuse(
            WHERE, f"{len(study)} studies for {len(error)} pairs", "every pair is of one study", "name each"
        )
    names, number = np.unique(np.asarray(study), return_inverse=True)
    return float(np.mean([error[number == one].mean() for one in range(len(names))]))


def pooled_measurement_uncertainty(*, standard_error: Array, replicates: Array) -> float:
    r"""How sure the measurements themselves are, pooled: the most that a model may be off.

    $$ PMU = \sqrt{\frac{\sum_j \sigma_j^2 (n_j - 1)}{\sum_j (n_j - 1)}} $$

    Args:
        standard_error: σ of each observation.
        replicates: n of each observation, 2 or more.

    Returns:
        In the unit of the data; a model passes while |mean bias| is not above it.

    Source:
        Verra VMD0053 v2.1 (2025), section 5.2.4, Equation 2. Known second-hand.

    Raises:
        ValidityError: a negative error, or an observation without replicates.

    Example:
        >>> round(pooled_measurement_uncertainty(
        ...     standard_error=np.array([1.0, 2.0]), replicates=np.array([4, 4])), 3)
        1.581
    """
    need_not_negative(WHERE, standard_error=standard_error)
    if not np.all(np.asarray(replicates) >= 2):
        why = "one sample shows no error of its own"
        refuse(
            WHERE, "an observation has fewer than 2 replicates", why, "leave it out, or find its replicates"
        )
    weight = np.asarray(replicates, dtype=float) - 1.0
    return float(np.sqrt(np.sum(np.square(standard_error) * weight) / np.sum(weight)))


def prediction_variance(*, predicted: Array, observed: Array) -> float:
    r"""How far single predictions scatter about what was measured.

    $$ s^2_{model} = \frac{1}{k - 1} \sum_j \left( (P_j - O_j) - \overline{P - O} \right)^2 $$

    Args:
        predicted: P.
        observed: O, same unit.

    Returns:
        Variance, in the square of that unit. The error of the measurements is in it.

    Validity:
        At least two pairs; a model without bias.

    Source:
        Verra VMD0053 v2.1 (2025), section 5.2.5 (known second-hand); VM0042 v2.2, section 8.6.1.1.1.

    Raises:
        ValidityError: fewer than two pairs.

    Example:
        The module's own example gives 35.2:

        >>> predicted = np.array([1.1, 12.2, 0.6, -3.3, 4.5])
        >>> observed = np.array([4.5, 3.1, 1.2, 3.5, 4.0])
        >>> round(prediction_variance(predicted=predicted, observed=observed), 1)
        35.2
    """
    error = _errors(predicted, observed)
    if len(error) < 2:
        refuse(
            WHERE, "one pair of prediction and measurement", "it shows no scatter", "validate on more sites"
        )
    return float(np.var(error, ddof=1))


def interval_half_width(*, standard_deviation: float, confidence_frac: float = 0.90) -> float:
    r"""Half the width of the interval in which a single measurement is expected.

    $$ h = z_{(1 + c)/2} \cdot s_{model} $$

    Args:
        standard_deviation: s, root of `prediction_variance`.
        confidence_frac: c, 0.90.

    Returns:
        In the unit of the data; z is 1.645 at 90 %, printed as 1.64 in the source.

    Source:
        Verra VMD0053 v2.1 (2025), section 5.2.5. Known second-hand.

    Raises:
        ValidityError: a negative deviation, a confidence outside 0 to 1.

    Example:
        >>> round(interval_half_width(standard_deviation=5.9), 1)
        9.7
    """
    need_not_negative(WHERE, standard_deviation=standard_deviation)
    need_fraction(WHERE, confidence=confidence_frac)
    return float(ndtri((1 + confidence_frac) / 2) * standard_deviation)


def coverage_limits(
    *, observations: int, coverage_frac: float = 0.90, confidence_frac: float = 0.95
) -> tuple[int, int]:
    r"""How many of n measurements may lie in their intervals before one doubts that the intervals are right.

    $$ P(K < k_{low}) \le \frac{1 - c}{2}, \qquad P(K > k_{high}) \le \frac{1 - c}{2}, \qquad K \sim Bin(n, p) $$

    Args:
        observations: n, independent of each other.
        coverage_frac: p that the intervals claim.
        confidence_frac: c.

    Returns:
        The least and the largest number, both included.

    Validity:
        Independent observations: count sites, not years at one site.

    Source:
        Clopper, Pearson (1934), Biometrika 26:404 (exact binomial limits).

    Raises:
        ValidityError: no observations, a share outside 0 to 1.

    Example:
        Of 20 sites 15 to 20 agree with 90 %; of 5 sites hardly anything contradicts it:

        >>> coverage_limits(observations=20), coverage_limits(observations=5)
        ((15, 20), (3, 5))
    """
    need_positive(WHERE, observations=observations)
    need_range(WHERE, 0.0, 1.0, "a share", coverage=coverage_frac, confidence=confidence_frac)
    tail = (1.0 - confidence_frac) / 2
    within = bdtr(np.arange(observations + 1), observations, coverage_frac)
    low = int(np.argmax(within > tail))
    high = int(np.argmax(within >= 1.0 - tail))
    return low, high


def variance_of_difference(*, variance: float, correlation: float) -> float:
    r"""Variance of a modelled change against a modelled baseline.

    $$ s^2_{\Delta} = 2 \, s^2 (1 - \rho) $$

    Args:
        variance: s² of the error in one scenario.
        correlation: ρ of the errors in both, from side-by-side trials; 0 when nobody measured it.

    Returns:
        In the unit of s².

    Validity:
        The same error variance in both scenarios.

    Source:
        Verra VM0042 v2.2 (2025), section 8.6.1.1.1, Equations 60 and 61, pages 65 and 66.

    Raises:
        ValidityError: a negative variance, a correlation outside −1 to 1.

    Example:
        >>> [round(variance_of_difference(variance=4.0, correlation=rho), 1) for rho in (0.0, 0.75)]
        [8.0, 2.0]
    """
    need_not_negative(WHERE, variance=variance)
    need_range(WHERE, -1.0, 1.0, "a correlation", correlation=correlation)
    return 2.0 * variance * (1.0 - correlation)


def variance_of_model_mean(*, variances: Array, areas_ha: Array, correlation: float) -> float:
    r"""Variance of the mean of model errors over the strata of a project.

    $$ s^2_{\overline{model}} = \rho_s \left( \sum_h w_h s_h \right)^2 + (1 - \rho_s) \sum_h w_h^2 s_h^2,
       \qquad w_h = \frac{A_h}{A} $$

    Args:
        variances: s² of the model error in each stratum.
        areas_ha: A of each stratum, ha.
        correlation: ρ_s between the errors in two strata; 1 when it is not known.

    Returns:
        In the unit of s². With ρ_s = 0 it is VM0042's sum over strata, which assumes that a model errs anew in each;
        with ρ_s = 1 one error is shared by all and nothing averages out.

    Validity:
        One correlation for all pairs of strata.

    Source:
        Verra VM0042 v2.2 (2025), section 8.6.1.1.4, Equation 64, page 69, for ρ_s = 0; Cochran (1977), Sampling
        Techniques, 3rd edition, section 8.3, for correlated errors.

    Raises:
        ValidityError: a negative variance, no area, a correlation outside 0 to 1.

    Example:
        >>> strata = dict(variances=np.full(4, 4.0), areas_ha=np.full(4, 25.0))
        >>> [variance_of_model_mean(**strata, correlation=rho) for rho in (1.0, 0.0)]
        [4.0, 1.0]
    """
    need_not_negative(WHERE, variances=variances)
    need_positive(WHERE, area=np.asarray(areas_ha, dtype=float))
    need_fraction(WHERE, correlation=correlation)
    parts = np.asarray(areas_ha, dtype=float) / np.sum(areas_ha) * np.sqrt(variances)
    return float(correlation * np.sum(parts) ** 2 + (1.0 - correlation) * np.sum(np.square(parts)))


def sampling_variance(*, changes: Sequence[Array], areas_ha: Array) -> float:
    r"""Variance of a mean change because only points of an area were looked at.

    $$ s^2_{sampling} = \frac{1}{A^2} \sum_h \frac{A_h^2}{n_h (n_h - 1)} \sum_i (\Delta_{h,i} - \bar\Delta_h)^2 $$

    Args:
        changes: Δ at the points of each stratum; project less baseline where the baseline was measured beside.
        areas_ha: A_h of each stratum, ha.

    Returns:
        Variance of the mean over the whole area, in the square of the unit of the changes.

    Validity:
        Points placed at random in each stratum.

    Source:
        Verra VM0042 v2.2 (2025), section 8.6.1.1.3, Equation 62, page 68, over A² as in Equation 63. Of measured
        changes at the same points it is Equation 71 over A².

    Raises:
        ValidityError: a stratum with fewer than two points, or without area.

    Example:
        >>> round(sampling_variance(
        ...     changes=[np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0])], areas_ha=np.array([10.0, 30.0])), 5)
        0.16146
    """
    need_positive(WHERE, area=np.asarray(areas_ha, dtype=float))
    if any(len(points) < 2 for points in changes):
        refuse(
            WHERE,
            "a stratum has fewer than 2 points",
            "one point shows no scatter",
            "add points, or merge strata",
        )
    share = np.asarray(areas_ha, dtype=float) / np.sum(areas_ha)
    means = np.array([np.var(points, ddof=1) / len(points) for points in changes])
    return float(np.sum(share**2 * means))


def effective_degrees_of_freedom(*, variances: Array, degrees_of_freedom: Array) -> float:
    r"""Degrees of freedom of a variance put together from several.

    $$ \nu = \frac{\left( \sum_i v_i \right)^2}{\sum_i v_i^2 / \nu_i} $$

    Args:
        variances: v, of the parts of the mean.
        degrees_of_freedom: ν of each part; infinity where it is taken as known.

    Returns:
        Degrees of freedom; infinity when nothing varies.

    Source:
        Satterthwaite (1946), Biometrics Bulletin 2:110, Equation 17. VM0042 v2.2 asks for degrees of freedom
        appropriate to the design and names no formula.

    Raises:
        ValidityError: a negative variance, degrees of freedom of zero or less.

    Example:
        >>> effective_degrees_of_freedom(variances=np.array([1.0, 1.0]), degrees_of_freedom=np.array([4.0, 4.0]))
        8.0
    """
    need_not_negative(WHERE, variances=variances)
    need_positive(WHERE, degrees_of_freedom=degrees_of_freedom)
    spread = float(np.sum(np.square(variances) / degrees_of_freedom))
    return float(np.sum(variances)) ** 2 / spread if spread > 0 else float("inf")


def _errors(predicted: Array, observed: Array) -> Array:
    one, other = np.asarray(predicted, dtype=float), np.asarray(observed, dtype=float)
    if one.shape != other.shape or not one.size:
        what = f"{one.size} predictions for {other.size} measurements"
        refuse(WHERE, what, "they are compared one by one", "give one prediction for each measurement")
    if not (np.all(np.isfinite(one)) and np.all(np.isfinite(other))):
        refuse(
            WHERE, "a prediction or measurement is not a number", "nothing fills a gap", "leave the pair out"
        )
    return np.asarray(one - other)
