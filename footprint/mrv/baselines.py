"""What the carbon of a project is compared with: yesterday's stock, control plots, or control plots and a model.

static   the stock at the start, as if nothing would have changed without the project
dynamic  control plots beside it, under the old practice, measured at the same times
hybrid   control plots where a stratum has them, a model of the old practice where it has none
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from footprint.mrv.project import Project, Role, Stratum
from footprint.mrv.result import Baseline
from lca_models.equations import model_error

BASELINES: tuple[Baseline, ...] = ("static", "dynamic", "hybrid")


@dataclass(frozen=True, slots=True)
class Compared:
    """The mean change of a project and of its baseline, t C/ha over the whole area, and how well sampled they are."""

    project: float
    baseline: float
    sampling_variance: float
    degrees_of_freedom: float
    roles: tuple[Role | None, ...]
    """With what each stratum was compared; nothing for yesterday's stock."""

    @property
    def change(self) -> float:
        """Project less baseline."""
        return self.project - self.baseline

    @property
    def removal(self) -> float:
        """What came to stand in the soil: max(0, project) − max(0, baseline), VM0042 v2.2 Equation 40."""
        return max(0.0, self.project) - max(0.0, self.baseline)

    @property
    def avoided_loss(self) -> float:
        """What was not lost: a reduction of emissions, never a removal; VM0042 v2.2 Equation 37."""
        return min(0.0, self.project) - min(0.0, self.baseline)


def compare(project: Project, baseline: Baseline) -> Compared | str:
    """The project against one baseline, or the reason why that cannot be told.

    The variances of project and control are added: control plots are taken as independent, which is the careful side
    (VM0042 v2.2, section 8.6.2, Equation 70).
    """
    found = [_ROLE[baseline](stratum) for stratum in project.strata]
    lacking = [s.id for s, role in zip(project.strata, found, strict=True) if role == "lacking"]
    if lacking:
        return f"no {_LACKING[baseline]} in {', '.join(lacking)}"
    roles: tuple[Role | None, ...] = tuple(role for role in found if role != "lacking")
    share = project.areas_ha / project.area_ha
    means = [0.0 if role is None else s.mean(role) for s, role in zip(project.strata, roles, strict=True)]
    parts, free = _sampling(project, roles)
    return Compared(
        project=float(share @ [s.mean("project") for s in project.strata]),
        baseline=float(share @ means),
        sampling_variance=float(np.sum(parts)),
        degrees_of_freedom=model_error.effective_degrees_of_freedom(
            variances=np.array(parts), degrees_of_freedom=np.array(free)
        ),
        roles=roles,
    )


def _sampling(project: Project, roles: tuple[Role | None, ...]) -> tuple[list[float], list[float]]:
    """The part of every stratum and role in the variance of the mean, and its degrees of freedom."""
    parts, free = [], []
    for stratum, role in zip(project.strata, roles, strict=True):
        for one in ("project", role) if role else ("project",):
            plots = stratum.changes_t_c_per_ha[one]  # type: ignore[index] # a role, or nothing and then left out
            variance = model_error.sampling_variance(changes=[plots], areas_ha=np.array([stratum.area_ha]))
            parts.append((stratum.area_ha / project.area_ha) ** 2 * variance)
            free.append(len(plots) - 1.0)
    return parts, free


_Found = Role | Literal["lacking"] | None


def _control(stratum: Stratum) -> _Found:
    return "control" if "control" in stratum.changes_t_c_per_ha else "lacking"


def _control_or_model(stratum: Stratum) -> _Found:
    has = stratum.changes_t_c_per_ha
    return "control" if "control" in has else "baseline" if "baseline" in has else "lacking"


_ROLE: Mapping[Baseline, Callable[[Stratum], _Found]] = {
    "static": lambda _: None,
    "dynamic": _control,
    "hybrid": _control_or_model,
}
_LACKING: Mapping[Baseline, str] = {
    "dynamic": "control plots",
    "hybrid": "control plots and no modelled baseline",
}
