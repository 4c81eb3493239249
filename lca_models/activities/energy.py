"""Energy for a step: bought, or heat and electricity that another activity of the network makes."""

from collections.abc import Iterator
from typing import Annotated

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
from lca_models.flows import Link, Output, Purchase
from lca_models.numbers import Numbers
from lca_models.units import Mass, Volume

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
