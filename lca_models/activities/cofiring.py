"""Coal in a wood fire: its CO2 is fossil, stored or not, and never a removal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

from lca_models.activities.answers import MassAnswer, Record, positive
from lca_models.activities.table_columns import column_value
from lca_models.equations import combustion
from lca_models.flows import Emission
from lca_models.numbers import Numbers
from lca_models.real import Real

_FUEL = "fuel.coal.industrial"
_CO2, _CH4, _N2O = (f"{_FUEL}.combustion.{gas}" for gas in ("co2_fossil", "ch4_fossil", "n2o"))
_MINED = f"{_FUEL}.upstream"


@dataclass(frozen=True, slots=True)
class Coal:
    """What it brings to the fire: its mass, its energy by the lower heating value, the fossil CO2 of its flue gas."""

    kg: Real = 0.0
    energy_mj: Real = 0.0
    co2_kg: Real = 0.0


class Cofired(Record):
    """Coal burnt together with the wood over the season."""

    coal: Annotated[MassAnswer, AfterValidator(positive)]

    def brings(self, numbers: Numbers, name: str) -> Coal:
        """Its energy, and the CO2 it makes before any is captured."""
        kg = self._kg(numbers, name)
        calorific = column_value(
            numbers,
            "fuels.stationary.agriculture",
            "ncv_mj_kg",
            bounds=("ncv_lower", "ncv_upper"),
            interval="95 % confidence limits of the table",
            fuel="other bituminous coal",
        )
        energy = combustion.energy_mj(fuel_kg=kg, lhv_mj_per_kg=calorific.value)
        return Coal(kg, energy, kg * numbers.factor(_CO2))

    def smoke(self, numbers: Numbers, name: str, stored_co2_kg: Real) -> Iterator[Emission]:
        """Its gases, less the fossil CO2 that ends underground, and those of mining it."""
        kg, answers = self._kg(numbers, name), (f"{name}.coal",)
        co2 = kg * numbers.factor(_CO2) - stored_co2_kg
        yield Emission("co2_fossil", co2, "CO2 of coal fired with the wood", answers, (_CO2,))
        for substance, factor in (("ch4_fossil", _CH4), ("n2o", _N2O)):
            word = substance.partition("_")[0].upper()
            yield Emission(
                substance,
                kg * numbers.factor(factor),
                f"{word} of coal fired with the wood",
                answers,
                (factor,),
            )
        mined = numbers.factors[_MINED].substance
        assert mined is not None, "an input's factor says what it emits"  # noqa: S101
        yield Emission(mined, kg * numbers.factor(_MINED), "mining the coal", answers, (_MINED,))

    def _kg(self, numbers: Numbers, name: str) -> Real:
        return self.coal.read(numbers, f"{name}.coal", "kg", "coal fired with the wood")
