"""Washing, drying, fermenting, distilling, roasting, freezing: a product goes in, others come out."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from lca_models.activities.activity import Activity, Give, Take
from lca_models.activities.answers import EnergyAnswer, Record, VolumeAnswer
from lca_models.flows import Allocation, Balance, Emission, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import total

Step = Literal["washing", "drying", "fermenting", "distilling", "roasting", "freezing", "milling", "cooking"]


class Water(Record):
    """Tap water used, and whether the products may hold some of it: then mass out may exceed mass in."""

    amount: VolumeAnswer
    stays_in_product: bool


class Processing(Activity):
    """One season of one processing step."""

    activity: Literal["processing"] = "processing"
    step: Step
    takes: Annotated[tuple[Take, ...], Field(min_length=1, strict=False)]
    gives: Annotated[tuple[Give, ...], Field(min_length=1, strict=False)]
    allocation: Allocation
    electricity: EnergyAnswer | None = None
    diesel: VolumeAnswer | None = None
    water: Water | None = None

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        links = tuple(
            take.link(numbers, f"{self.name}.takes.{i}") for i, take in enumerate(self.takes, start=1)
        )
        outputs = tuple(
            give.output(numbers, f"{self.name}.gives.{i}") for i, give in enumerate(self.gives, start=1)
        )
        taken_in, came_out = total(link.kg for link in links), total(output.kg for output in outputs)
        fix = "weigh both over the same days; water that stays in the product is said under [water]"
        balance = Balance("mass", f"{self.name}.takes", taken_in, came_out, fix, tolerance=0.02)
        wet = self.water is not None and self.water.stays_in_product
        yield Process(
            name=self.name,
            stage="processing",
            outputs=outputs,
            links=links,
            exchanges=tuple(self._purchases(numbers, region)),
            allocation=self.allocation,
            balances=() if wet else (balance,),
        )

    def _purchases(self, numbers: Numbers, region: str) -> Iterator[Emission | Purchase]:
        if self.electricity is not None:
            name = f"{self.name}.electricity"
            kwh = self.electricity.read(numbers, name, "kWh", f"electricity, {self.name}")
            yield Purchase(f"electricity.{region}", kwh, f"electricity for {self.step}", (name,))
        if self.diesel is not None:
            name = f"{self.name}.diesel"
            litres = self.diesel.read(numbers, name, "litre", f"diesel, {self.name}")
            yield Purchase("fuel.diesel.agricultural", litres, f"diesel for {self.step}", (name,))
        if self.water is not None:
            name = f"{self.name}.water"
            cubic_metres = self.water.amount.read(numbers, name, "m3", f"water, {self.name}")
            yield Purchase("water.supply", cubic_metres, f"water for {self.step}", (name,))
