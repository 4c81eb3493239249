"""Predicted and measured changes of several sites side by side, and what they say of the model."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy.special import stdtrit

from footprint.mrv.model import SoilModel
from footprint.mrv.stocks import Site
from lca_models.equations import model_error
from lca_models.real import Array

CONFIDENCE = 0.90


@dataclass(frozen=True, slots=True)
class Pairs:
    """Predicted and measured changes of some sites, one after the other."""

    sites: tuple[Site, ...]
    predicted: Array
    observed: Array
    errors: Array
    study: tuple[str, ...]
    last: Array
    """Whether a pair is the last of its site."""

    @classmethod
    def of(cls, model: SoilModel, sites: Sequence[Site]) -> "Pairs":
        """The changes of these sites since their first years; of no site, none."""
        if not sites:
            return cls((), *(np.empty(0),) * 3, (), np.empty(0, dtype=bool))
        return cls(
            tuple(sites),
            np.concatenate([model.changes_t_c_per_ha(site) for site in sites]),
            np.concatenate([site.changes_t_c_per_ha for site in sites]),
            np.concatenate([site.change_errors_t_c_per_ha for site in sites]),
            tuple(site.id for site in sites for _ in site.years[1:]),
            np.concatenate([np.arange(len(site.years) - 1) == len(site.years) - 2 for site in sites]),
        )

    @property
    def residuals(self) -> Array:
        """Predicted less observed."""
        return np.asarray(self.predicted - self.observed)

    @property
    def bias(self) -> float:
        """Mean over sites of predicted less observed, t C/ha."""
        return model_error.mean_bias(predicted=self.predicted, observed=self.observed, study=self.study)

    @property
    def bias_interval(self) -> tuple[float, float]:
        """90 % interval of the bias, from the scatter between sites."""
        of_site = np.array([self.residuals[np.array(self.study) == site.id].mean() for site in self.sites])
        error = of_site.std(ddof=1) / np.sqrt(len(of_site))
        half = float(stdtrit(len(of_site) - 1, (1 + CONFIDENCE) / 2) * error)
        return self.bias - half, self.bias + half

    @property
    def replicates_known(self) -> bool:
        """Whether every measurement says how many samples are behind it."""
        return all(site.replicates for site in self.sites)

    @property
    def pooled_uncertainty(self) -> float:
        """Of the measured changes, t C/ha; where replicates are unknown every observation weighs the same."""
        counts = [
            min(count, site.replicates[0]) if self.replicates_known and site.replicates else 2
            for site in self.sites
            for count in (site.replicates or site.years)[1:]
        ]
        return model_error.pooled_measurement_uncertainty(
            standard_error=self.errors, replicates=np.array(counts, dtype=float)
        )

    @property
    def variance(self) -> float:
        """Of single predictions, (t C/ha)²."""
        return model_error.prediction_variance(predicted=self.predicted, observed=self.observed)

    @property
    def widened_variance(self) -> float:
        """The same, or as much as it takes for 90 % of the measurements to lie in their intervals."""
        needed = ceil(CONFIDENCE * len(self.observed))
        reach = float(np.sort(np.abs(self.residuals))[needed - 1])
        one = model_error.interval_half_width(standard_deviation=1.0, confidence_frac=CONFIDENCE)
        return max(self.variance, (reach / one) ** 2)

    @property
    def rmse(self) -> float:
        """Root of the mean squared error, t C/ha."""
        return float(np.sqrt(np.mean(np.square(self.residuals))))

    @property
    def efficiency(self) -> float | None:
        """1 less the squared error over the squared scatter of what was measured; none where nothing scatters."""
        spread = float(np.sum(np.square(self.observed - self.observed.mean())))
        return 1 - float(np.sum(np.square(self.residuals))) / spread if spread > 0 else None

    @property
    def r_squared(self) -> float | None:
        """Square of the correlation; none where one side does not vary."""
        if min(np.ptp(self.observed), np.ptp(self.predicted)) <= 0:
            return None
        return float(np.corrcoef(self.observed, self.predicted)[0, 1]) ** 2
