"""What becomes of carbon that a piece of land loses or gains in a season: a gas, freed nitrogen, a temporary store."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lca_models.activities.nitrogen import Nitrogen
from lca_models.equations import n2o
from lca_models.equations.soil_carbon import CO2_PER_C
from lca_models.flows import Emission, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real


@dataclass(frozen=True, slots=True)
class CarbonChange:
    """CO2 given off and CO2 taken up in a season, each zero or more: one is never taken off the other.

    `soil_lost_kg` is the carbon lost by mineral soil alone, negative for a gain; `c_to_n` names its C:N.
    """

    substance: Literal["co2_luc", "co2_soil"]
    emitted_kg_co2: Real
    taken_up_kg_co2: Real
    soil_lost_kg: Real
    c_to_n: str
    kind: Literal["land", "soil"]
    method: str
    label: str
    answers: tuple[str, ...]
    factors: tuple[str, ...]
    baseline: str | None = None

    def emission(self) -> Emission:
        """What was given off."""
        return Emission(self.substance, self.emitted_kg_co2, self.label, self.answers, self.factors)

    def nitrogen(self, numbers: Numbers) -> Nitrogen:
        """Nitrogen set free with lost soil carbon; it volatilises nothing (Equation 11.9 has no F_SOM)."""
        lost = np.maximum(self.soil_lost_kg, 0.0)
        kg = n2o.mineralised_n_kg(carbon_loss_kg=lost, c_to_n_ratio=numbers.factor(self.c_to_n))
        first, *others = self.answers
        return Nitrogen(first, kg, None, also=tuple(others), factors=(*self.factors, self.c_to_n))

    def storage(self) -> Storage:
        """What was taken up."""
        return Storage(
            self.kind,
            self.taken_up_kg_co2 / CO2_PER_C,
            self.label,
            quantified_by=self.method,
            answers=self.answers,
            factors=self.factors,
            baseline=self.baseline,
        )
