"""A validation and a deduction as lines of text: what was found, what it may be, whose rule it is."""

from collections.abc import Iterator
from decimal import Decimal

from footprint.mrv.cut_off import CutOff
from footprint.mrv.result import Against, Check, Deducted, Validation
from footprint.terminal import filled, printable

MARKS = {"passed": "✓", "failed": "✗", "widened": "~"}
_NAMES = {"static": "yesterday's stock", "dynamic": "control plots", "hybrid": "control plots, else model"}


def told_validation(found: Validation) -> Iterator[str]:
    """Numbers, checks and every residual."""
    yield printable(f"{found.model} {found.model_version}, {found.depth_cm.normalize():f} cm, t C/ha")
    fitted = (
        f"fitted on {found.calibration_sites} other sites" if found.calibration_sites else "nothing fitted"
    )
    yield f"{found.observations} changes at {found.validation_sites} sites, {fitted}, seed {found.seed}"
    for parameter in found.parameters:
        if parameter.standard_error is not None:
            at = "  at its bound: the data do not determine it" if parameter.at_bound else ""
            yield printable(f"  {parameter.name} {parameter.value:.4f} ± {parameter.standard_error:.4f}{at}")
    yield ""
    low, high = found.bias_interval
    yield f"  bias          {found.bias:+.3f}  (90 % {low:+.3f} to {high:+.3f})"
    yield f"  RMSE          {found.rmse:.3f}"
    yield f"  efficiency    {_or_none(found.efficiency)}   R² {_or_none(found.r_squared)}"
    yield f"  PMU           {found.pooled_measurement_uncertainty:.3f}{_weights(found)}"
    yield f"  holds up to   {found.median_duration_years.normalize():f} years (median of the sites)"
    yield ""
    yield from (_check(check) for check in found.checks)
    if found.deducted_variance > found.error_variance:
        wide = float(found.deducted_variance / found.error_variance) ** 0.5
        yield f"    ~ intervals made {wide:.2f} times as wide, so that 90 % lie inside; that error is what is deducted"
    yield ""
    yield from _residuals(found)


def told_deduction(found: Deducted) -> Iterator[str]:
    """Every baseline side by side, and the one chosen."""
    yield f"{found.area_ha.normalize():f} ha, {found.period_years} years, rule {found.rule} ({found.rule_source})"
    yield f"all in t C/ha but the last column; errors between strata correlated {found.site_correlation:.2f}"
    yield ""
    heads = (
        "against",
        "project",
        "baseline",
        "removal",
        "loss avoided",
        "SE",
        "±90 %",
        "deducted",
        "t CO2 left",
    )
    yield _row(heads)
    for one in found.against:
        yield _row(_cells(one))
    yield ""
    for one in found.against:
        if one.why_not is not None:
            yield f"  {one.baseline}: {printable(one.why_not)}"
    for part in found.result.errors:
        yield f"  error of {part.name}: variance {part.variance:.4f}; {part.how}"
    yield ""
    left = found.result.credited_t_co2
    yield f"chosen: {found.chosen}, {_NAMES[found.chosen]}: {left:.1f} t CO2, before any buffer"


def told_cut_off(found: CutOff) -> Iterator[str]:
    """Sources, the largest first."""
    for one in found.sources:
        mark = "included" if one.included else f"left out: {printable(one.reason)}"
        yield f"  {filled(printable(one.source), 32)} {one.amount_t_co2e:>12.2f} t CO2e  {one.share:>6.1%}  {mark}"
    yield f"left out {found.left_out:.1%}, below {found.limit:.0%}: {found.rule}"


def _check(check: Check) -> str:
    found = "cannot be told" if check.found is None else f"{check.found:.3f}"
    return f"  {MARKS[check.status]} {check.name}: {found}, limit {check.limit:.3f} — {check.rule} — {check.source}"


def _residuals(found: Validation) -> Iterator[str]:
    yield "  site                      years       measured  ±SE     predicted  error"
    for row in found.residuals:
        mark = "" if row.inside else "  outside its interval"
        yield (
            f"  {filled(printable(row.site)[:24], 24)}  {row.since}–{row.year}  {row.observed:>8.2f}  "
            f"{row.observed_se:>5.2f}  {row.predicted:>9.2f}  {row.error:>+6.2f}{mark}"
        )


def _weights(found: Validation) -> str:
    return "" if found.replicates_known else "  (replicates not given: all measurements weigh the same)"


def _or_none(value: Decimal | None) -> str:
    return "  –  " if value is None else f"{value:.3f}"


def _row(cells: tuple[str, ...]) -> str:
    return "  " + filled(cells[0], 9) + "".join(f"{cell:>13}" for cell in cells[1:])


def _cells(one: Against) -> tuple[str, ...]:
    amounts = (one.project, one.reference, one.removal, one.avoided_loss, one.standard_error)
    shares = (one.half_width, one.deduction)
    return (
        one.baseline,
        *("–" if amount is None else f"{amount:.3f}" for amount in amounts),
        *("–" if share is None else f"{share:.1%}" for share in shares),
        f"{one.credited_t_co2:.1f}",
    )
