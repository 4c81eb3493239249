"""What a validation and a deduction say: frozen, decimals as text, the same bytes for the same data, model and seed."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from footprint.result import Amount, Model, Share, Whole

Baseline = Literal["static", "dynamic", "hybrid"]


class Digests(Model):
    """SHA-256 of what went in."""

    data: str
    model: str


class Check(Model):
    """One test of a validation: what was found, what it may be, and whose rule that is."""

    name: str
    status: Literal["passed", "failed", "widened"] = Field(
        description="widened: the interval was made wider until it holds, and the wider error is deducted"
    )
    found: Amount | None = Field(description="nothing when the data cannot tell")
    limit: Amount
    rule: str
    source: str


class Parameter(Model):
    """A parameter of the model; its standard error where it was fitted."""

    name: str
    value: Amount
    standard_error: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    at_bound: bool = False


class Residual(Model):
    """One change at one validation site, predicted and measured, t C/ha since the first year."""

    site: str
    since: Whole
    year: Whole
    observed: Amount
    observed_se: Amount
    predicted: Amount
    error: Amount
    low: Amount
    high: Amount
    inside: bool


class Validation(Model):
    """Whether a model may be used where it was not fitted. All stocks and changes in t C/ha."""

    schema_version: Literal["1"] = "1"
    model: str
    model_version: str
    engine: str
    parameters: tuple[Parameter, ...]
    seed: Whole
    digests: Digests
    depth_cm: Amount
    calibration_sites: Whole
    validation_sites: Whole
    observations: Whole
    median_duration_years: Amount = Field(description="the errors hold for periods up to this long")
    bias: Amount = Field(description="mean over sites of predicted less observed")
    bias_interval: tuple[Amount, Amount] = Field(description="90 %, from the scatter between sites")
    pooled_measurement_uncertainty: Amount
    replicates_known: bool
    rmse: Amount
    efficiency: Amount | None = Field(description="1 − Σ(P−O)²/Σ(O−Ō)²; nothing when all sites changed alike")
    r_squared: Amount | None
    error_variance: Amount = Field(
        description="of single predictions, (t C/ha)²; the measurements' own is in it"
    )
    deducted_variance: Amount = Field(
        description="the same, widened until 90 % of the measurements lie inside"
    )
    coverage: Share = Field(description="inside the 90 % interval before it was widened")
    checks: tuple[Check, ...]
    residuals: tuple[Residual, ...]

    @property
    def passed(self) -> bool:
        """Whether no check is failed."""
        return all(check.status != "failed" for check in self.checks)


class ErrorPart(Model):
    """One source of error in the mean change, (t C/ha)²."""

    name: Literal["model", "sampling", "scaling"]
    variance: Amount
    degrees_of_freedom: Amount | None = Field(description="nothing where it is taken as known")
    how: str


class Against(Model):
    """The mean change against one baseline, t C/ha over the period; why not, where it cannot be told or credited."""

    baseline: Baseline
    project: Amount | None
    reference: Amount | None = Field(default=None, description="what the baseline itself changed")
    removal: Amount | None = Field(default=None, description="max(0, project) − max(0, reference)")
    avoided_loss: Amount | None = Field(default=None, description="a reduction of emissions, never a removal")
    standard_error: Amount | None = None
    degrees_of_freedom: Amount | None = Field(default=None, description="nothing: taken as known")
    half_width: Amount | None = Field(
        default=None, description="of the 90 % interval, as a share of the change"
    )
    meets_target: bool | None = None
    deduction: Share | None = None
    credited_t_co2: Amount = Field(
        description="removal on the whole area, after the deduction, before a buffer"
    )
    errors: tuple[ErrorPart, ...] = ()
    why_not: str | None = None

    @property
    def change(self) -> Decimal | None:
        """Project less reference, t C/ha."""
        return None if self.project is None or self.reference is None else self.project - self.reference


class Deducted(Model):
    """What is left of a project's soil carbon after its uncertainty; every baseline is shown, one is chosen."""

    schema_version: Literal["1"] = "1"
    engine: str
    data: str
    validation: str | None = Field(description="digest of the validation used; nothing when all was measured")
    period_years: Whole
    area_ha: Amount
    rule: str
    rule_source: str
    site_correlation: Share
    scenario_correlation: Amount
    chosen: Baseline
    against: tuple[Against, ...]

    @property
    def result(self) -> Against:
        """Against the baseline chosen."""
        return next(one for one in self.against if one.baseline == self.chosen)
