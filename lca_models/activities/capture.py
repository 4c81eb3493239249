"""CO2 taken out of the flue gas of a wood-fired plant and brought to a reservoir."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator

from lca_models.activities.answers import DistanceAnswer, Estimable, FractionAnswer, Record, below_one
from lca_models.activities.energy import MJ_PER_KWH
from lca_models.activities.shares import EstimableShare, at_most_all
from lca_models.equations import beccs, transport
from lca_models.flows import Otherwise, Purchase, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real
from lca_models.units import Energy


class Capture(Record):
    """CO2 taken out of the flue gas and brought to a permitted reservoir."""

    rate: EstimableShare
    """Share of the CO2 in the flue gas that is captured."""
    loss: Annotated[FractionAnswer, AfterValidator(below_one)]
    """Share of the captured CO2 lost by transport and injection."""
    electricity: Estimable[Energy] | None = None
    """Bought for compression. Left out: the plant makes it, and the electricity it gives is net of it."""
    road: DistanceAnswer | None = None
    """To the reservoir, by tank truck."""

    def captured_kg(self, numbers: Numbers, name: str, fuel_dry_kg: Real, flue_carbon_kg: Real) -> Real:
        """CO2 captured of the carbon in a flue gas; kg."""
        rate = self.rate.read(
            numbers, f"{name}.rate", "", "share of the CO2 captured", default="beccs.capture"
        )
        return beccs.captured_co2_kg(
            fuel_dry_kg=fuel_dry_kg,
            carbon_frac=flue_carbon_kg / fuel_dry_kg,
            capture_frac=at_most_all(rate),
        )

    def stored_kg(self, numbers: Numbers, name: str, captured_kg: Real) -> Real:
        """kg CO2 underground."""
        loss = self.loss.read(numbers, f"{name}.loss", "", "CO2 lost on the way to the reservoir")
        return beccs.stored_co2_kg(captured_kg=captured_kg, loss_frac=loss)

    def own_energy_mj(self, numbers: Numbers, captured_kg: Real, *, makes_power: bool) -> Real:
        """Heat or electricity the plant could have sold, had it not captured; MJ.

        Args:
            numbers: central values or draws.
            captured_kg: CO2 captured.
            makes_power: steam for the solvent is drawn off a turbine and costs part of itself in electricity; where
                there is no turbine it costs itself in heat.
        """
        steam = beccs.capture_heat_mj(
            captured_kg=captured_kg, heat_gj_per_t=numbers.factor("beccs.capture_heat")
        )
        lost = steam * numbers.factor("beccs.steam_to_power") if makes_power else steam
        if self.electricity is not None:
            return lost
        work = numbers.factor("beccs.compression")
        return lost + MJ_PER_KWH * beccs.compression_kwh(captured_kg=captured_kg, work_kwh_per_t=work)

    def purchases(self, numbers: Numbers, name: str, region: str, captured_kg: Real) -> Iterator[Purchase]:
        """Power bought for compression, and the road."""
        if self.electricity is not None:
            label = "electricity to compress CO2"
            kwh = self._bought_kwh(numbers, f"{name}.electricity", label, captured_kg)
            yield Purchase(f"electricity.{region}", kwh, label, (f"{name}.electricity",))
        if self.road is not None:
            distance = self.road.read(numbers, f"{name}.road", "km", "road to the reservoir")
            t_km = transport.activity_t_km(mass_kg=captured_kg, distance_km=distance)
            yield Purchase("transport.truck.artic33", t_km, "CO2 on the road", (f"{name}.road",))

    def _bought_kwh(self, numbers: Numbers, name: str, label: str, captured_kg: Real) -> Real:
        assert self.electricity is not None, "asked for by the caller"  # noqa: S101
        amount = self.electricity.read(numbers, name, "kWh", label, default="beccs.compression")
        if self.electricity.amount is not None:
            return amount
        return beccs.compression_kwh(captured_kg=captured_kg, work_kwh_per_t=amount)

    def storage(
        self, biogenic_co2_kg: Real, answers: tuple[str, ...], otherwise: Otherwise | None
    ) -> Storage:
        """The carbon underground that plants had taken from the air."""
        return Storage(
            "geological",
            biogenic_co2_kg / beccs.CO2_PER_C,
            "CO2 of wood in a reservoir",
            answers=answers,
            otherwise=otherwise,
        )
