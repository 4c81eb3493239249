"""Heat and power from wood, with or without capture of the CO2."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.activity import Activity
from lca_models.activities.answers import (
    DistanceAnswer,
    EnergyAnswer,
    Estimable,
    FractionAnswer,
    Record,
    TemperatureAnswer,
    below_one,
)
from lca_models.activities.energy import GiveEnergy
from lca_models.activities.firewood import Burnt, Fire, Firewood, flue_carbon_kg, smoke
from lca_models.activities.shares import EstimableShare, at_most_all
from lca_models.equations import beccs, bioenergy, transport
from lca_models.faults import fault
from lca_models.flows import Balance, Emission, Link, Output, Process, Purchase, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real, total
from lca_models.units import Energy

MJ_PER_KWH = 3.6
_CARBON_FRAC = {"co2_biogenic": 1 / beccs.CO2_PER_C, "ch4_biogenic": 12 / 16}
_ROUNDING = 1e-9


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
        """kg CO2 captured."""
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

    def own_power_mj(self, numbers: Numbers, captured_kg: Real) -> Real:
        """Electricity the plant could have made or sold, had it not captured; MJ."""
        heat = beccs.capture_heat_mj(
            captured_kg=captured_kg, heat_gj_per_t=numbers.factor("beccs.capture_heat")
        )
        lost = heat * numbers.factor("beccs.steam_to_power")
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

    def storage(self, stored_kg: Real, answers: tuple[str, ...]) -> Storage:
        """The carbon underground: all of it biogenic, because only wood is burnt here."""
        return Storage(
            "geological", stored_kg / beccs.CO2_PER_C, "CO2 of wood in a reservoir", answers=answers
        )


class Bioenergy(Activity):
    """One season of a wood-fired plant that gives heat, electricity or both."""

    activity: Literal["bioenergy"] = "bioenergy"
    fire: Fire
    wood: Annotated[tuple[Firewood, ...], Field(min_length=1, strict=False)]
    heat: GiveEnergy | None = None
    electricity: GiveEnergy | None = None
    allocation: Literal["energy", "exergy"] | None = None
    heat_temperature: TemperatureAnswer | None = None
    own_electricity: EnergyAnswer | None = None
    capture: Capture | None = None

    @model_validator(mode="after")
    def _gives_something(self) -> Self:
        if self.heat is None and self.electricity is None:
            why = "the footprint is per unit of it"
            raise fault("neither heat nor electricity is given", why, "enter heat, electricity or both")
        if self._both and (self.allocation is None or self.heat_temperature is None):
            what = "heat and electricity share one fire, but it is not said how"
            fix = 'add allocation = "energy" or "exergy", and heat_temperature'
            raise fault(what, "both ways are shown in the result", fix)
        return self

    @property
    def _both(self) -> bool:
        return self.heat is not None and self.electricity is not None

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        outputs = tuple(self._outputs(numbers))
        burnt = self._burnt(numbers)
        captured = self._captured(numbers, burnt)
        self._check_energy(numbers, burnt, outputs, captured)
        stored = self._stored(numbers, captured)
        smoked = tuple(smoke(numbers, burnt, self.fire, "burning wood", stored_co2_kg=stored))
        yield Process(
            name=self.name,
            stage="heat and power",
            outputs=outputs,
            links=self._links(numbers),
            exchanges=(*smoked, *self._purchases(numbers, region, captured)),
            storages=tuple(self._storages(stored)),
            allocation=self.allocation or "energy",
            keys={"exergy": self._exergy_shares(numbers, outputs)} if self._both else {},
            balances=(self._carbon_balance(burnt, smoked, stored),),
        )

    def _outputs(self, numbers: Numbers) -> Iterator[Output]:
        for field, give in (("heat", self.heat), ("electricity", self.electricity)):
            if give is not None:
                yield give.output(numbers, f"{self.name}.{field}")

    def _burnt(self, numbers: Numbers) -> Burnt:
        return Burnt.together([wood.burnt(numbers, name) for name, wood in self._lots()])

    def _links(self, numbers: Numbers) -> tuple[Link, ...]:
        return tuple(wood.link(numbers, name) for name, wood in self._lots())

    def _lots(self) -> Iterator[tuple[str, Firewood]]:
        for number, wood in enumerate(self.wood, start=1):
            yield f"{self.name}.wood.{number}", wood

    def _captured(self, numbers: Numbers, burnt: Burnt) -> Real:
        if self.capture is None:
            return 0.0
        carbon = flue_carbon_kg(numbers, burnt, self.fire)
        return self.capture.captured_kg(numbers, f"{self.name}.capture", burnt.dry_kg, carbon)

    def _stored(self, numbers: Numbers, captured: Real) -> Real:
        if self.capture is None:
            return 0.0
        return self.capture.stored_kg(numbers, f"{self.name}.capture", captured)

    def _storages(self, stored: Real) -> Iterator[Storage]:
        if self.capture is not None:
            name = f"{self.name}.capture"
            yield self.capture.storage(stored, (f"{self.name}.wood.1.amount", f"{name}.rate", f"{name}.loss"))

    def _purchases(self, numbers: Numbers, region: str, captured: Real) -> Iterator[Emission | Purchase]:
        if self.own_electricity is not None:
            name = f"{self.name}.own_electricity"
            kwh = self.own_electricity.read(numbers, name, "kWh", f"electricity bought, {self.name}")
            yield Purchase(f"electricity.{region}", kwh, "electricity for fans and pumps", (name,))
        if self.capture is not None:
            yield from self.capture.purchases(numbers, f"{self.name}.capture", region, captured)

    def _check_energy(
        self, numbers: Numbers, burnt: Burnt, outputs: tuple[Output, ...], captured: Real
    ) -> None:
        by_product = {output.product: output.amount for output in outputs}
        power = by_product[self.electricity.product] if self.electricity is not None else 0.0
        taken = self.capture.own_power_mj(numbers, captured) if self.capture is not None else 0.0
        bioenergy.losses_mj(
            fuel_mj=burnt.energy_mj,
            heat_mj=by_product[self.heat.product] if self.heat is not None else 0.0,
            electricity_mj=power + taken,
        )

    def _carbon_balance(self, burnt: Burnt, smoked: tuple[Emission, ...], stored_co2_kg: Real) -> Balance:
        gases = total(gas.kg * _CARBON_FRAC[gas.substance] for gas in smoked if gas.substance in _CARBON_FRAC)
        fix = "check the wood and the share of the CO2 captured"
        came_out = gases + stored_co2_kg / beccs.CO2_PER_C
        return Balance("carbon", f"{self.name}.wood", burnt.carbon_kg, came_out, fix, tolerance=_ROUNDING)

    def _exergy_shares(self, numbers: Numbers, outputs: tuple[Output, ...]) -> tuple[Real, Real]:
        assert self.heat_temperature is not None, "checked on reading"  # noqa: S101
        heat, electricity = outputs
        name = f"{self.name}.heat_temperature"
        quality = bioenergy.carnot_frac(
            heat_c=self.heat_temperature.read(numbers, name, "degC", "heat delivered at")
        )
        of_heat = bioenergy.heat_share_frac(
            heat_mj=heat.amount, electricity_mj=electricity.amount, carnot_frac=quality
        )
        return of_heat, 1.0 - of_heat
