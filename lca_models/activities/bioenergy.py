"""Heat and power from wood, with or without capture of the CO2."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from lca_models.activities.activity import Activity
from lca_models.activities.answers import EnergyAnswer, TemperatureAnswer
from lca_models.activities.capture import Capture
from lca_models.activities.cofiring import Coal, Cofired
from lca_models.activities.counterfactual import Counterfactual
from lca_models.activities.energy import GiveEnergy
from lca_models.activities.firewood import Burnt, Fire, Firewood, flue_carbon_kg, smoke
from lca_models.equations import beccs, bioenergy
from lca_models.faults import fault
from lca_models.flows import Balance, Emission, Link, Output, Process, Purchase, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real, total

_CARBON_FRAC = {
    "co2_biogenic": 1 / beccs.CO2_PER_C,
    "co2_fossil": 1 / beccs.CO2_PER_C,
    "ch4_biogenic": 12 / 16,
}
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Underground:
    """CO2 of the flue gas that was captured, and what of it is stored: of wood, and of coal; kg."""

    captured_kg: Real = 0.0
    biogenic_kg: Real = 0.0
    fossil_kg: Real = 0.0


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
    cofired: Cofired | None = None
    otherwise: Counterfactual | None = None
    """What would have become of the wood; unasked, the removal has no stated counterfactual."""

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

    @model_validator(mode="after")
    def _captures_with_what_it_has(self) -> Self:
        if self.capture is None and self.otherwise is not None:
            why, fix = (
                "nothing is stored that it could be held against",
                "take otherwise out, or enter capture",
            )
            raise fault("what would have become of the wood is told, and no CO2 is captured", why, fix)
        if self.capture is not None and self.capture.electricity is None and self.electricity is None:
            fix = 'add capture.electricity, or { source = "default" }'
            raise fault("CO2 is compressed with no electricity", "this plant makes none of its own", fix)
        return self

    @property
    def _both(self) -> bool:
        return self.heat is not None and self.electricity is not None

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        outputs = tuple(self._outputs(numbers))
        burnt, coal = self._burnt(numbers), self._coal(numbers)
        below = self._underground(numbers, burnt, coal)
        self._check_energy(numbers, burnt.energy_mj + coal.energy_mj, outputs, below.captured_kg)
        smoked = (
            *smoke(numbers, burnt, self.fire, "burning wood", stored_co2_kg=below.biogenic_kg),
            *self._coal_smoke(numbers, below.fossil_kg),
        )
        yield Process(
            name=self.name,
            stage="heat and power",
            outputs=outputs,
            links=self._links(numbers),
            exchanges=(*smoked, *self._purchases(numbers, region, below.captured_kg)),
            storages=tuple(self._storages(numbers, burnt, below, region)),
            allocation=self.allocation or "energy",
            keys={"exergy": self._exergy_shares(numbers, outputs)} if self._both else {},
            balances=(self._carbon_balance(burnt, coal, smoked, below),),
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

    def _coal(self, numbers: Numbers) -> Coal:
        return Coal() if self.cofired is None else self.cofired.brings(numbers, f"{self.name}.cofired")

    def _coal_smoke(self, numbers: Numbers, stored_co2_kg: Real) -> Iterator[Emission]:
        if self.cofired is not None:
            yield from self.cofired.smoke(numbers, f"{self.name}.cofired", stored_co2_kg)

    def _underground(self, numbers: Numbers, burnt: Burnt, coal: Coal) -> Underground:
        if self.capture is None:
            return Underground()
        name = f"{self.name}.capture"
        of_wood = flue_carbon_kg(numbers, burnt, self.fire)
        carbon = of_wood + coal.co2_kg / beccs.CO2_PER_C
        captured = self.capture.captured_kg(numbers, name, burnt.dry_kg + coal.kg, carbon)
        stored = self.capture.stored_kg(numbers, name, captured)
        biogenic = beccs.biogenic_co2_kg(stored_kg=stored, biogenic_frac=of_wood / carbon)
        return Underground(captured, biogenic, stored - biogenic)

    def _storages(self, numbers: Numbers, burnt: Burnt, below: Underground, region: str) -> Iterator[Storage]:
        if self.capture is None:
            return
        self._tell_who_carries_it(numbers, below)
        name = f"{self.name}.capture"
        answers = (*burnt.answers, f"{name}.rate", f"{name}.loss")
        otherwise = None
        if self.otherwise is not None:
            otherwise = self.otherwise.otherwise(numbers, f"{self.name}.otherwise", burnt, region)
        yield self.capture.storage(below.biogenic_kg, answers, otherwise)

    def _tell_who_carries_it(self, numbers: Numbers, below: Underground) -> None:
        products = " and ".join(give.product for give in (self.heat, self.electricity) if give is not None)
        how = f", shared by {self.allocation} as the fire is" if self._both else ""
        numbers.note(
            f"{self.name}: the removal goes with {products}{how}. Energy sold as carbon-negative and a removal unit "
            "sold from the same CO2 exclude each other."
        )
        stored = below.fossil_kg + below.biogenic_kg
        if (
            self.cofired is not None and np.ndim(stored) == 0 and stored > 0
        ):  # of one product at central values
            fossil = below.fossil_kg / stored
            numbers.note(
                f"{self.name}: {fossil:.0%} of the CO2 stored is of coal: an emission that did not happen, and no "
                "removal (Regulation (EU) 2024/3012, Article 2)."
            )

    def _purchases(self, numbers: Numbers, region: str, captured: Real) -> Iterator[Emission | Purchase]:
        if self.own_electricity is not None:
            name = f"{self.name}.own_electricity"
            kwh = self.own_electricity.read(numbers, name, "kWh", f"electricity bought, {self.name}")
            yield Purchase(f"electricity.{region}", kwh, "electricity for fans and pumps", (name,))
        if self.capture is not None:
            yield from self.capture.purchases(numbers, f"{self.name}.capture", region, captured)

    def _check_energy(
        self, numbers: Numbers, fuel_mj: Real, outputs: tuple[Output, ...], captured: Real
    ) -> None:
        by_product = {output.product: output.amount for output in outputs}
        power = by_product[self.electricity.product] if self.electricity is not None else 0.0
        taken: Real = 0.0
        if self.capture is not None:
            makes_power = self.electricity is not None
            taken = self.capture.own_energy_mj(numbers, captured, makes_power=makes_power)
        bioenergy.losses_mj(
            fuel_mj=fuel_mj,
            heat_mj=by_product[self.heat.product] if self.heat is not None else 0.0,
            electricity_mj=power + taken,
        )

    def _carbon_balance(
        self, burnt: Burnt, coal: Coal, smoked: tuple[Emission, ...], below: Underground
    ) -> Balance:
        gases = total(gas.kg * _CARBON_FRAC[gas.substance] for gas in smoked if gas.substance in _CARBON_FRAC)
        fix = "check the wood and the share of the CO2 captured"
        came_out = gases + (below.biogenic_kg + below.fossil_kg) / beccs.CO2_PER_C
        taken_in = burnt.carbon_kg + coal.co2_kg / beccs.CO2_PER_C
        return Balance("carbon", f"{self.name}.wood", taken_in, came_out, fix, tolerance=_ROUNDING)

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
