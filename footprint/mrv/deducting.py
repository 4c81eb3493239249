"""From the errors of model, sampling and scaling to what may be credited, against every baseline side by side."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from footprint.errors import InputError, Problem
from footprint.mrv.baselines import BASELINES, Compared, compare
from footprint.mrv.project import Project
from footprint.mrv.result import Against, Baseline, Deducted, ErrorPart, Validation
from footprint.mrv.rules import Mean, Rule, rule
from footprint.passport.canonical import digest
from footprint.provenance import ENGINE
from footprint.rounding import CO2E, SHARE, decimal
from lca_models.equations import deduction, model_error
from lca_models.equations.lime_urea import CO2_PER_C
from lca_models.factors import shipped_factors


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody decides and answers for before anything is taken off.

    Args:
        rule: of `RULES`.
        baseline: the one that counts; the others are shown beside it.
        period_years: over which the stocks changed.
        scaling_se_t_c_per_ha: standard error of carrying plots to the whole area (maps, areas); say 0 where every field
            has plots.
        site_correlation: of the model's errors in two strata; 1, the careful end, unless somebody measured it.
        scenario_correlation: of the model's errors under the new and the old practice; 0 unless measured side by side.
    """

    rule: str
    baseline: Baseline
    period_years: int
    scaling_se_t_c_per_ha: float
    site_correlation: float = 1.0
    scenario_correlation: float = 0.0


def deduct(project: Project, plan: Plan, *, validation: Validation | None) -> Deducted:
    """What is left of the change of a project's soil carbon, against every baseline.

    Args:
        project: changes on its plots.
        plan: rule, baseline and what is stated about the errors.
        validation: of the model that gave the changes; nothing when all of them were measured.

    Raises:
        InputError: an unknown rule, a model that failed, or a period longer than it was validated for; a modelled
            baseline without a validation.
    """
    by = rule(plan.rule)
    _check(project, plan, validation)
    return Deducted(
        engine=ENGINE,
        data=project.digest,
        validation=None if validation is None else f"sha256:{digest(validation.model_dump(mode='json'))}",
        period_years=plan.period_years,
        area_ha=decimal(project.area_ha, CO2E),
        rule=by.name,
        rule_source=by.source,
        site_correlation=decimal(plan.site_correlation, SHARE),
        scenario_correlation=decimal(plan.scenario_correlation, SHARE),
        chosen=plan.baseline,
        against=tuple(_against(project, plan, one, by, validation) for one in BASELINES),
    )


def _against(
    project: Project, plan: Plan, baseline: Baseline, by: Rule, validation: Validation | None
) -> Against:
    found = compare(project, baseline)
    if isinstance(found, str):
        return Against(baseline=baseline, project=None, credited_t_co2=Decimal(0), why_not=found)
    parts = _errors(project, plan, found, validation)
    variances = np.array([part.variance for part in parts], dtype=float)
    free = [np.inf if part.degrees_of_freedom is None else float(part.degrees_of_freedom) for part in parts]
    nu = model_error.effective_degrees_of_freedom(variances=variances, degrees_of_freedom=np.array(free))
    mean = Mean(found.change, float(np.sqrt(variances.sum())), nu)
    told = Against(
        baseline=baseline,
        project=decimal(found.project, CO2E),
        reference=decimal(found.baseline, CO2E),
        removal=decimal(found.removal, CO2E),
        avoided_loss=decimal(found.avoided_loss, CO2E),
        standard_error=decimal(mean.standard_error, CO2E),
        degrees_of_freedom=None if np.isinf(nu) else decimal(nu, SHARE),
        credited_t_co2=Decimal(0),
        errors=parts,
    )
    if found.change <= 0:
        return told.model_copy(
            update={"why_not": "no gain against this baseline: it is told, nothing is credited"}
        )
    return told.model_copy(update=_credited(project, found, mean, by))


def _credited(project: Project, found: Compared, mean: Mean, by: Rule) -> dict[str, object]:
    numbers, width = shipped_factors(), mean.half_width
    precise = deduction.within(
        half_width_frac=width, limit_frac=numbers["deduction.vcs.precision_target"].value
    )
    share = decimal(min(by.share(mean), 1.0), SHARE)
    said: dict[str, object] = {
        "half_width": decimal(width, SHARE),
        "meets_target": bool(precise),
        "deduction": share,
    }
    widest = numbers["deduction.vcs.widest"].value
    if not deduction.within(half_width_frac=width, limit_frac=widest):
        why = "the 90 % interval is wider than the change itself: not eligible (VCS Methodology Requirements, 2.4)"
        return said | {"why_not": why}
    if found.removal <= 0:
        return said | {"why_not": "a loss avoided is no removal: it reduces emissions, and stands there"}
    tonnes = found.removal * CO2_PER_C * project.area_ha * (1.0 - float(share))
    return said | {"credited_t_co2": decimal(tonnes, CO2E)}


def _errors(
    project: Project, plan: Plan, found: Compared, validation: Validation | None
) -> tuple[ErrorPart, ...]:
    sampling = ErrorPart(
        name="sampling",
        variance=decimal(found.sampling_variance, CO2E),
        degrees_of_freedom=decimal(found.degrees_of_freedom, SHARE),
        how="plots at random in each stratum; project and control independent (VM0042 v2.2, Equations 62 and 70)",
    )
    scaling = ErrorPart(
        name="scaling",
        variance=decimal(plan.scaling_se_t_c_per_ha**2, CO2E),
        degrees_of_freedom=None,
        how="from plots to the whole area, as stated",
    )
    if validation is None:
        return (sampling, scaling)
    return (_model_error(project, plan, found, validation), sampling, scaling)


def _model_error(project: Project, plan: Plan, found: Compared, validation: Validation) -> ErrorPart:
    one = float(validation.deducted_variance)
    both = model_error.variance_of_difference(variance=one, correlation=plan.scenario_correlation)
    variance = model_error.variance_of_model_mean(
        variances=np.array([both if role == "baseline" else one for role in found.roles]),
        areas_ha=project.areas_ha,
        correlation=plan.site_correlation,
    )
    return ErrorPart(
        name="model",
        variance=decimal(variance, CO2E),
        degrees_of_freedom=decimal(validation.validation_sites - 1, SHARE),
        how=f"of the validation; {plan.site_correlation:g} between strata (VM0042 v2.2, Equations 60 to 64)",
    )


def _check(project: Project, plan: Plan, validation: Validation | None) -> None:
    problems = []
    modelled = [s.id for s in project.strata if "baseline" in s.changes_t_c_per_ha]
    if validation is None and modelled:
        what = f"{', '.join(modelled)} has a modelled baseline, and no validation is given"
        problems.append(
            Problem("validation", what, "a model has an error", "give the validation of the model")
        )
    if validation is not None and not validation.passed:
        failed = ", ".join(check.name for check in validation.checks if check.status == "failed")
        why = "a model that fails on independent sites says nothing about this one"
        problems.append(Problem("validation", f"failed: {failed}", why, "calibrate it, or use another model"))
    if validation is not None and plan.period_years > validation.median_duration_years:
        what = f"{plan.period_years} years, and half the validation is of {validation.median_duration_years:f} or fewer"
        why = "errors grow with time (VM0042 v2.2, section 8.6.1.1.1)"
        problems.append(Problem("period", what.replace(".000000", ""), why, "deduct for shorter periods"))
    if plan.period_years < 1 or plan.scaling_se_t_c_per_ha < 0:
        problems.append(Problem("plan", "a period below a year, or a negative error", "", "check both"))
    if problems:
        raise InputError(*problems)
