"""Energy for a step: bought, or heat and electricity that another activity of the network makes."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator

from lca_models.activities.answers import (
    Answer,
    EnergyAnswer,
    MassAnswer,
    Name,
    Record,
    VolumeAnswer,
    positive,
)
from lca_models.activities.table_columns import column_value
from lca_models.flows import Link, Output, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real
from lca_models.units import Mass, Volume

MJ_PER_KWH = 3.6
Carrier = Literal["electricity", "coal", "firewood"]
"""Those whose amount can be reckoned from the energy they must have given."""
_SOLID = {
    "coal": ("fuel.coal.industrial", "other bituminous coal"),
    "firewood": ("fuel.wood.stove", "wood"),
}
# field, unit its factor is per, product, word
_FUELS = (
    ("diesel", "litre", "fuel.diesel.agricultural", "diesel"),
    ("lpg", "litre", "fuel.lpg", "liquefied gas"),
    ("natural_gas", "m3", "fuel.natural_gas", "natural gas"),
    ("coal", "kg", "fuel.coal.industrial", "coal"),
    ("firewood", "kg", "fuel.wood.stove", "firewood"),
)


class EnergyUse(Record):
    """Energy bought. A line left out: there was none. Firewood: gathering it is not counted."""

    electricity: EnergyAnswer | None = None
    diesel: VolumeAnswer | None = None
    lpg: VolumeAnswer | None = None
    natural_gas: VolumeAnswer | None = None
    coal: MassAnswer | None = None
    firewood: MassAnswer | None = None

    def bought(self, numbers: Numbers, name: str, region: str, purpose: str) -> Iterator[Purchase]:
        """One purchase per line.

        Args:
            numbers: central values or draws.
            name: where the record asks for them.
            region: ISO 3166-2 code of the electricity grid.
            purpose: what it was for, as labels say it.
        """
        if self.electricity is not None:
            kwh = self.electricity.read(numbers, f"{name}.electricity", "kWh", f"electricity, {name}")
            label = f"electricity for {purpose}"
            yield Purchase(f"electricity.{region}", kwh, label, (f"{name}.electricity",))
        for field, unit, product, word in _FUELS:
            answer: Answer[Mass | Volume] | None = getattr(self, field)
            if answer is not None:
                amount = answer.read(numbers, f"{name}.{field}", unit, f"{word}, {name}")
                yield Purchase(product, amount, f"{word} for {purpose}", (f"{name}.{field}",))


class TakeEnergy(Record):
    """Heat or electricity of another activity that goes in, counted in MJ."""

    product: Name
    amount: Annotated[EnergyAnswer, AfterValidator(positive)]

    def link(self, numbers: Numbers, name: str) -> Link:
        """The network's side of it, MJ."""
        mj = self.amount.read(numbers, name, "MJ", f"{self.product} taken in")
        return Link(self.product, mj, unit="MJ")


class GiveEnergy(Record):
    """Heat or electricity that leaves for use elsewhere, counted in MJ."""

    product: Name
    amount: Annotated[EnergyAnswer, AfterValidator(positive)]

    def output(self, numbers: Numbers, name: str) -> Output:
        """The network's side of it, MJ."""
        mj = self.amount.read(numbers, f"{name}.amount", "MJ", f"{self.product} made")
        return Output(self.product, mj, unit="MJ")


def energy_bought(
    numbers: Numbers, carrier: Carrier, energy_mj: Real, region: str, label: str, answers: tuple[str, ...]
) -> Purchase:
    """So much energy as electricity, or as fuel by its lower heating value.

    Args:
        numbers: central values or draws.
        carrier: what is bought.
        energy_mj: how much energy is in it.
        region: ISO 3166-2 code of the electricity grid.
        label: of the purchase.
        answers: those behind the energy.
    """
    if carrier == "electricity":
        return Purchase(f"electricity.{region}", energy_mj / MJ_PER_KWH, label, answers)
    product, row = _SOLID[carrier]
    calorific = column_value(
        numbers,
        "fuels.stationary.agriculture",
        "ncv_mj_kg",
        bounds=("ncv_lower", "ncv_upper"),
        interval="95 % confidence limits of the table",
        fuel=row,
    )
    return Purchase(product, energy_mj / calorific.value, label, answers, (calorific.id,))
