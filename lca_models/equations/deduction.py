r"""What is taken off a removal because nobody is sure of it, and what is set aside because it may be lost again.

One function per published rule; each gives a share of the mean, 0.08 for 8 %. They differ in what they ask for: a
standard error, a half-width, a sample, or nothing at all. None makes an estimate unbiased: a deduction is for scatter.

The lower 5 % bound of a normal estimate is a deduction of exactly `half_width_frac` at 90 % confidence.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from lca_models.equations._bounds import (
    need_fraction,
    need_not_negative,
    need_positive,
    need_range,
    refuse,
    same_kind,
)
from lca_models.real import Array, Real

WHERE = "deduction"


def half_width_frac(
    *,
    mean: Real,
    standard_error: Real,
    degrees_of_freedom: Real = np.inf,
    confidence_frac: float = 0.90,
) -> Real:
    r"""Half the width of the two-sided confidence interval, as a share of the mean.

    $$ U = \frac{t_{(1 + c)/2, \, \nu} \cdot SE}{\bar x} $$

    Args:
        mean: x̄, the estimate, in any unit; above zero.
        standard_error: SE of the mean, in the same unit.
        degrees_of_freedom: ν of the standard error; infinity for a large sample or a known error.
        confidence_frac: c, 0.90 unless a rule says otherwise.

    Returns:
        Share of the mean; 0.10 is the precision that sampling is planned for.

    Validity:
        An estimate whose error is about normal.

    Source:
        Cochran (1977), Sampling Techniques, 3rd edition, section 2.8, equation 2.23; 90 % as in Verra, VCS Methodology
        Requirements v4.4, section 2.4.

    Raises:
        ValidityError: a mean of zero or less (nothing to credit), a negative error, a confidence outside 0 to 1.

    Example:
        >>> round(float(half_width_frac(mean=5.0, standard_error=1.0)), 3)
        0.329
        >>> round(float(half_width_frac(mean=5.0, standard_error=1.0, degrees_of_freedom=9)), 3)
        0.367
    """
    _need_gain(mean)
    need_not_negative(WHERE, standard_error=standard_error)
    _need_confidence(confidence_frac)
    return _share(_t((1 + confidence_frac) / 2, degrees_of_freedom), standard_error, mean)


def within(*, half_width_frac: Real, limit_frac: Real) -> bool | NDArray[np.bool_]:
    r"""Whether an estimate is precise enough.

    $$ U \le U_{max} $$

    Args:
        half_width_frac: U at 90 % confidence.
        limit_frac: 0.10 for the target of a sampling design, 1.00 for the most that may still be credited.

    Returns:
        Yes or no, of each estimate.

    Source:
        Verra, VCS Methodology Requirements v4.4, section 2.4, pages 12 and 13: up to 10 % random uncertainty may be
        left out; above 100 % a project is not eligible.

    Raises:
        ValidityError: a negative width or limit.

    Example:
        >>> within(half_width_frac=0.329, limit_frac=0.10), within(half_width_frac=0.329, limit_frac=1.0)
        (False, True)
    """
    need_not_negative(WHERE, half_width=half_width_frac, limit=limit_frac)
    met = np.asarray(half_width_frac) <= limit_frac
    return bool(met) if met.ndim == 0 else met


def vm0042_frac(
    *, mean: Real, standard_error: Real, degrees_of_freedom: Real = np.inf, confidence_frac: float = 0.667
) -> Real:
    r"""Rule VM0042 v2: the credited number is one that the truth exceeds in two cases of three.

    $$ UNC = \frac{\sqrt{s^2_{\bar\Delta}}}{\bar\Delta} \cdot t_{0.667, \, \nu} $$

    Args:
        mean: Δ̄, the mean change, t CO2e/ha or any other unit; above zero.
        standard_error: square root of the variance of that mean, model and sampling error together, same unit.
        degrees_of_freedom: ν, appropriate to the sampling design; infinity for a large sample.
        confidence_frac: one-sided, 0.667.

    Returns:
        Share to take off; above 1 where the error exceeds 2.3 times the mean, and then nothing is credited.

    Validity:
        Every pool and gas by itself. No threshold below which nothing is taken off.

    Source:
        Verra VM0042 v2.2 (2025), section 8.6.4, Equation 74, page 82. The equation prints 0.667, the VCS Methodology
        Requirements v4.4, section 2.4, print 66.67 % and t = 0.4307; the second decimal of a percent is the difference.

    Raises:
        ValidityError: a mean of zero or less, a negative error, a confidence outside 0 to 1.

    Example:
        The example of the VCS Methodology Requirements, page 12: a half-width of 32.9 % gives 8.6 %.

        >>> standard_error = 0.329 / 1.6449
        >>> round(float(vm0042_frac(mean=1.0, standard_error=standard_error)), 3)
        0.086
    """
    _need_gain(mean)
    need_not_negative(WHERE, standard_error=standard_error)
    _need_confidence(confidence_frac)
    return _share(_t(confidence_frac, degrees_of_freedom), standard_error, mean)


def vm0042_v1_frac(*, half_width_frac: Real, allowance_frac: float) -> Real:
    r"""Rule VM0042 v1: what the half-width of the 90 % interval has above an allowance.

    $$ UNC = \max(0, \; U_{90} - 0.15) $$

    Args:
        half_width_frac: U at 90 % confidence (`half_width_frac`).
        allowance_frac: 0.15.

    Returns:
        Share to take off.

    Source:
        Verra VM0042 v1.0 (2020), uncertainty section; replaced by v2.0 in 2023. Known second-hand.

    Raises:
        ValidityError: a negative width, an allowance outside 0 to 1.

    Example:
        >>> [round(float(vm0042_v1_frac(half_width_frac=width, allowance_frac=0.15)), 3) for width in (0.1, 0.329)]
        [0.0, 0.179]
    """
    need_not_negative(WHERE, half_width=half_width_frac)
    need_fraction(WHERE, allowance=allowance_frac)
    return same_kind(np.asarray(np.maximum(0.0, np.asarray(half_width_frac) - allowance_frac)))


def margin_frac(*, margin_frac: Real) -> Real:
    r"""Rule of a fixed security margin: the same share off every estimate, however it was made.

    $$ UNC = m $$

    Args:
        margin_frac: m, 0.10 in the C-sink standards for industrial biochar, as far as known.

    Returns:
        Share to take off.

    Validity:
        The standard that sets the margin, and the errors it says the margin stands for.

    Source:
        Carbon Standards International, Global C-Sink, security margin. Known second-hand.

    Raises:
        ValidityError: a margin outside 0 to 1.

    Example:
        >>> margin_frac(margin_frac=0.10)
        0.1
    """
    need_fraction(WHERE, margin=margin_frac)
    return margin_frac


def lower_bound_frac(*, sample: Array, probability_frac: float = 0.05) -> Real:
    r"""Rule of the conservative bound: the lower 5 % of a sample in the place of its mean.

    $$ UNC = 1 - \frac{Q_{0.05}}{\bar x} $$

    Args:
        sample: draws of the removal along the last axis, any unit; mean above zero.
        probability_frac: of the bound, 0.05.

    Returns:
        Share to take off; above 1 where the bound is below zero, and then nothing is credited.

    Validity:
        Weak evidence: answers remembered or assumed. 5 % one-sided is the lower end of a two-sided interval of 90 %.

    Source:
        Ours, after the principle of conservativeness of ISO 14064-2:2019, clause 4; the 5 % is the lower end of the
        90 % interval of the VCS Methodology Requirements v4.4, section 2.4.

    Raises:
        ValidityError: a mean of zero or less, an empty sample, a probability outside 0 to 0.5.

    Example:
        >>> round(float(lower_bound_frac(sample=np.arange(50.0, 151.0))), 3)
        0.45
    """
    need_range(WHERE, 0.0, 0.5, "a bound below the middle is asked for", probability=probability_frac)
    drawn = np.asarray(sample, dtype=float)
    if not drawn.size:
        refuse(WHERE, "the sample is empty", "a bound is taken from draws", "draw first")
    mean = np.mean(drawn, axis=-1)
    _need_gain(mean)
    return same_kind(np.asarray(1.0 - np.quantile(drawn, probability_frac, axis=-1) / mean))


def risk_buffer_frac(*, risk_rating: Real, least_rating: float, largest_rating: float) -> Real:
    r"""Rule of the VCS buffer: the rating of non-permanence, in whole percent, is the share set aside.

    $$ b = \frac{\max(R_{min}, R^{+})}{100}, \qquad R \le R_{max} $$

    with $R^{+}$ the rating rounded up to a whole percent.

    Args:
        risk_rating: R, internal, external and natural risk added up, points.
        least_rating: 12: no project sets less aside.
        largest_rating: 60: a project rated above fails.

    Returns:
        Share of the net change of the stock, to set aside and not to sell.

    Source:
        Verra, AFOLU Non-Permanence Risk Tool v4.2 (2023), sections 2.5.2 to 2.5.4. Known second-hand.

    Raises:
        ValidityError: a rating above the largest, or below zero.

    Example:
        >>> [float(risk_buffer_frac(risk_rating=r, least_rating=12, largest_rating=60)) for r in (5, 27.63)]
        [0.12, 0.28]
    """
    why = "rated above it, a project fails the risk analysis and nothing is credited"
    need_range(WHERE, 0.0, largest_rating, why, risk_rating=risk_rating)
    return same_kind(np.asarray(np.maximum(np.ceil(risk_rating), least_rating) / 100.0))


def stated_buffer_frac(*, share_frac: Real, least_frac: float, most_frac: float) -> Real:
    r"""Rule of a buffer by a standard's own questionnaire: a share within what the standard allows.

    $$ b \quad \text{with} \quad b_{min} \le b \le b_{max} $$

    Args:
        share_frac: b, what the questionnaire or the contract says.
        least_frac: least share of the standard; 0.02 with Isometric, 0.20 with Gold Standard land use.
        most_frac: largest share of the standard; 0.20 with both.

    Returns:
        Share to set aside.

    Source:
        Isometric Standard, buffer pool (2 % to 20 % by the reversal-risk questionnaire); Gold Standard, GHG Emissions
        Reductions and Sequestration Product Requirements v2.0, section 11.1.1 (20 % flat). Known second-hand.

    Raises:
        ValidityError: a share outside what the standard allows.

    Example:
        >>> stated_buffer_frac(share_frac=0.05, least_frac=0.02, most_frac=0.20)
        0.05
    """
    need_fraction(WHERE, share=share_frac)
    need_range(WHERE, least_frac, most_frac, "the standard sets aside no such share", share=share_frac)
    return share_frac


def _t(probability: float, degrees_of_freedom: Real) -> Array:
    need_positive(WHERE, degrees_of_freedom=degrees_of_freedom)
    return np.asarray(stdtrit(degrees_of_freedom, probability), dtype=float)


def _share(t: Array, standard_error: Real, mean: Real) -> Real:
    return same_kind(np.asarray(t * standard_error / mean))


def _need_gain(mean: Real) -> None:
    if not np.all(np.asarray(mean) > 0):
        worst = float(np.min(mean))
        why = "a share of nothing is no deduction: without a gain there is no removal"
        refuse(WHERE, f"the mean is {worst:g}", why, "show the loss as what it is; credit nothing")


def _need_confidence(confidence_frac: float) -> None:
    if not 0 < confidence_frac < 1:
        what = f"a confidence of {confidence_frac:g}"
        refuse(WHERE, what, "it lies between 0 and 1", "write 90 % as 0.90")
