"""Wood of another activity that is burnt: the energy and carbon in it, and the part of its smoke that counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator

from lca_models.activities.answers import MassAnswer, Name, Record, positive
from lca_models.activities.shares import ShareAnswer, at_most_all
from lca_models.activities.table_columns import Bounds, column_value
from lca_models.equations import combustion
from lca_models.flows import Emission, Link
from lca_models.numbers import Numbers
from lca_models.real import Real, total

Fire = Literal["stove", "boiler"]
"""Stove: an oven, a small dryer, an open hearth. Boiler: a fired plant with a blower and a stack."""
C_PER_CH4 = 12 / 16
_LHV, _CARBON = "biomass.lhv.wood_dry", "biomass.carbon.wood_dry"
_TABLES: dict[Fire, str] = {
    "stove": "fuels.stationary.agriculture",
    "boiler": "fuels.stationary.manufacturing",
}
_FACTOR_THREE = "within a factor 3 either way (IPCC 2006 V2 Ch2, section 2.3.3)"


class Firewood(Record):
    """One lot of wood, as it was weighed before it was burnt."""

    product: Name
    amount: Annotated[MassAnswer, AfterValidator(positive)]
    moisture: ShareAnswer

    def link(self, numbers: Numbers, name: str) -> Link:
        """The network's side of it."""
        return Link(self.product, self._kg(numbers, name))

    def burnt(self, numbers: Numbers, name: str) -> "Burnt":
        """The energy and carbon it holds."""
        kg = self._kg(numbers, name)
        water = self.moisture.read(numbers, f"{name}.moisture", "", f"water in the {self.product}")
        moisture = at_most_all(water)
        return wood_of(numbers, kg, moisture, _CARBON, (f"{name}.amount", f"{name}.moisture"))

    def _kg(self, numbers: Numbers, name: str) -> Real:
        return self.amount.read(numbers, f"{name}.amount", "kg", f"{self.product} burnt")


@dataclass(frozen=True, slots=True)
class Burnt:
    """What a fire was fed: dry matter in kg, MJ on the lower heating value, kg C, and who said so."""

    dry_kg: Real
    energy_mj: Real
    carbon_kg: Real
    answers: tuple[str, ...]

    @classmethod
    def together(cls, lots: Sequence["Burnt"]) -> "Burnt":
        """Several lots in one fire."""
        return cls(
            total(lot.dry_kg for lot in lots),
            total(lot.energy_mj for lot in lots),
            total(lot.carbon_kg for lot in lots),
            tuple(answer for lot in lots for answer in lot.answers),
        )


def wood_of(
    numbers: Numbers, kg: Real, moisture: Real, carbon_factor: str, answers: tuple[str, ...]
) -> Burnt:
    """What so much wood holds, its water left out.

    Args:
        numbers: central values or draws.
        kg: as weighed.
        moisture: water of that mass.
        carbon_factor: published carbon of its dry matter.
        answers: those behind mass and water.
    """
    lhv = combustion.lhv_as_received_mj_per_kg(lhv_dry_mj_per_kg=numbers.factor(_LHV), moisture_frac=moisture)
    dry_kg, energy = kg * (1 - moisture), combustion.energy_mj(fuel_kg=kg, lhv_mj_per_kg=lhv)
    return Burnt(dry_kg, energy, dry_kg * numbers.factor(carbon_factor), answers)


@dataclass(frozen=True, slots=True)
class Gas:
    """One gas of the smoke, kg, with the factor it was reckoned by."""

    kg: Real
    factor: str


def smoke_gas(numbers: Numbers, burnt: Burnt, fire: Fire, gas: Literal["ch4", "n2o"]) -> Gas:
    """CH4 or N2O by the energy burnt: IPCC 2006 V2 Ch2, Equation 2.1."""
    bounds: Bounds = (f"{gas}_lower", f"{gas}_upper") if fire == "stove" else (1 / 3, 3.0)
    interval = "95 % confidence limits of the table" if fire == "stove" else _FACTOR_THREE
    factor = column_value(
        numbers, _TABLES[fire], f"{gas}_kg_tj", bounds=bounds, interval=interval, fuel="wood"
    )
    kg = combustion.gas_kg(energy_mj=burnt.energy_mj, emission_factor_kg_per_tj=factor.value)
    return Gas(kg, factor.id)


def flue_carbon_kg(numbers: Numbers, burnt: Burnt, fire: Fire) -> Real:
    """Carbon that leaves the fire as CO2: what does not leave as CH4."""
    return burnt.carbon_kg - smoke_gas(numbers, burnt, fire, "ch4").kg * C_PER_CH4


def smoke(
    numbers: Numbers, burnt: Burnt, fire: Fire, label: str, *, stored_co2_kg: Real = 0.0
) -> Iterator[Emission]:
    """The gases of a wood fire: CH4, N2O, and CO2 that counts in the biogenic ledger only.

    Args:
        numbers: central values or draws.
        burnt: what the fire was fed.
        fire: which table of the guideline holds.
        label: of the emissions.
        stored_co2_kg: CO2 of the flue gas that ends underground.
    """
    ch4, n2o = smoke_gas(numbers, burnt, fire, "ch4"), smoke_gas(numbers, burnt, fire, "n2o")
    yield Emission("ch4_biogenic", ch4.kg, f"CH4 of {label}", burnt.answers, (ch4.factor, _LHV))
    yield Emission("n2o", n2o.kg, f"N2O of {label}", burnt.answers, (n2o.factor, _LHV))
    co2 = flue_carbon_kg(numbers, burnt, fire) * combustion.CO2_PER_C - stored_co2_kg
    yield Emission("co2_biogenic", co2, f"CO2 of {label}", burnt.answers, (_CARBON,))
