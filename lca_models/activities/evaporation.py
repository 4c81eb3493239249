"""Drying whose energy nobody metered: estimated from the water it took out."""

from lca_models.activities.answers import Record, TemperatureAnswer
from lca_models.activities.energy import Carrier, energy_bought
from lca_models.activities.shares import EstimableShare, ShareAnswer, at_most_all
from lca_models.equations import drying, heat
from lca_models.flows import Balance, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real


class Evaporation(Record):
    """The produce before and after, the air that dried it, and what heated the air."""

    moisture_in: ShareAnswer
    moisture_out: ShareAnswer
    starts_at: TemperatureAnswer
    dries_at: TemperatureAnswer
    heated_by: Carrier
    efficiency: EstimableShare
    """Least heat over energy taken in. Not for heat pumps, whose electricity has a meter."""

    def balance(self, numbers: Numbers, name: str, *, fresh_kg: Real, came_out_kg: Real) -> Balance:
        """No more can come out than the dry matter and the water left in it."""
        before, after = self._moistures(numbers, name)
        dried = drying.dried_kg(fresh_kg=fresh_kg, moisture_in_frac=before, moisture_out_frac=after)
        fix = "weigh what came out, or measure its water again"
        return Balance("mass", f"{name}.moisture_out", dried, came_out_kg, fix, tolerance=0.05)

    def purchase(self, numbers: Numbers, name: str, *, fresh_kg: Real, region: str) -> Purchase:
        """The energy it must have taken, bought."""
        energy = drying.dryer_energy_mj(
            heat_mj=self._least_heat_mj(numbers, name, fresh_kg),
            efficiency_frac=self._efficiency(numbers, name),
        )
        label = f"{self.heated_by} for drying, from the water it took out"
        answers = tuple(f"{name}.{field}" for field in ("moisture_in", "moisture_out", "dries_at"))
        return energy_bought(numbers, self.heated_by, energy, region, label, answers)

    def _efficiency(self, numbers: Numbers, name: str) -> Real:
        default = "drying.efficiency.convective"
        share = self.efficiency.read(
            numbers, f"{name}.efficiency", "", "efficiency of the dryer", default=default
        )
        return at_most_all(share)

    def _least_heat_mj(self, numbers: Numbers, name: str, fresh_kg: Real) -> Real:
        before, after = self._moistures(numbers, name)
        start = self.starts_at.read(numbers, f"{name}.starts_at", "degC", "produce goes in at")
        hot = self.dries_at.read(numbers, f"{name}.dries_at", "degC", "drying temperature")
        return drying.heat_mj(
            fresh_kg=fresh_kg,
            water_removed_kg=drying.water_removed_kg(
                fresh_kg=fresh_kg, moisture_in_frac=before, moisture_out_frac=after
            ),
            specific_heat_mj_per_kg_c=heat.specific_heat_mj_per_kg_c(moisture_frac=before),
            warming_c=hot - start,
            latent_heat_mj_per_kg=heat.latent_heat_mj_per_kg(temperature_c=hot),
        )

    def _moistures(self, numbers: Numbers, name: str) -> tuple[Real, Real]:
        before = self.moisture_in.read(numbers, f"{name}.moisture_in", "", "water in the produce, fresh")
        after = self.moisture_out.read(numbers, f"{name}.moisture_out", "", "water in the produce, dried")
        return at_most_all(before), after
