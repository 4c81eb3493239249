"""The rules by which uncertainty is taken off a mean change: each names its function, its constants and its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from footprint.errors import InputError, Problem
from lca_models.equations import deduction
from lca_models.factors import shipped_factors


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean above zero, its standard error and the degrees of freedom of that."""

    value: float
    standard_error: float
    degrees_of_freedom: float

    @property
    def half_width(self) -> float:
        """Of the 90 % interval, as a share of the mean."""
        return float(
            deduction.half_width_frac(
                mean=self.value,
                standard_error=self.standard_error,
                degrees_of_freedom=self.degrees_of_freedom,
            )
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule for the share taken off."""

    name: str
    source: str
    share: Callable[[Mean], float]


def _number(name: str) -> float:
    return shipped_factors()[name].value


def _vm0042(mean: Mean) -> float:
    return float(
        deduction.vm0042_frac(
            mean=mean.value,
            standard_error=mean.standard_error,
            degrees_of_freedom=mean.degrees_of_freedom,
            confidence_frac=_number("deduction.vm0042.confidence"),
        )
    )


def _vm0042_v1(mean: Mean) -> float:
    allowance = _number("deduction.vm0042_v1.allowance")
    return float(deduction.vm0042_v1_frac(half_width_frac=mean.half_width, allowance_frac=allowance))


def _lower_bound(mean: Mean) -> float:
    return mean.half_width


def _margin(mean: Mean) -> float:  # noqa: ARG001 - the same share off whatever it is
    return float(deduction.margin_frac(margin_frac=_number("deduction.c_sink.margin")))


RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("vm0042", "Verra VM0042 v2.2, section 8.6.4, Equation 74", _vm0042),
        Rule("vm0042-v1", "Verra VM0042 v1.0 (not verified)", _vm0042_v1),
        Rule("lower-bound", "lower end of the 90 % interval in the place of the mean", _lower_bound),
        Rule("margin", "Global C-Sink, fixed security margin (not verified)", _margin),
    )
}


def rule(name: str) -> Rule:
    """The rule of that name.

    Raises:
        InputError: there is none.
    """
    if name not in RULES:
        fix = f"rules: {', '.join(RULES)}"
        raise InputError(Problem("rule", f"there is no rule {name[:40]!r}", "none is taken silently", fix))
    return RULES[name]
