"""A store, cold or not, between harvest and sale: electricity, refrigerant, and what spoils."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.activity import Activity, Take
from lca_models.activities.answers import (
    DurationAnswer,
    Estimable,
    FractionAnswer,
    MassAnswer,
    Name,
    Record,
    VolumeAnswer,
    below_one,
    positive,
)
from lca_models.activities.disposal import FoodWaste
from lca_models.activities.refrigerants import RefrigerantName, composition
from lca_models.equations import refrigeration, storage
from lca_models.faults import fault
from lca_models.flows import Balance, Emission, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real
from lca_models.units import Energy

_PARTS = ("initial_loss", "leak", "lifetime", "remaining", "recovered")
Region = Annotated[str, Field(pattern=r"^(lifecycle\.)?[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
"""Of an electricity grid: `CN-GD` takes its official direct factor, `lifecycle.FR` the life-cycle one of a country."""


class Spoilage(Record):
    """What spoils: of what was put in, over the whole stay or each day."""

    share: Annotated[FractionAnswer, AfterValidator(below_one)]
    per: Literal["stay", "day"]

    def kept_frac(self, numbers: Numbers, name: str, days: Real) -> Real:
        """What comes out of a kilogram put in."""
        lost = self.share.read(numbers, f"{name}.share", "", f"spoilt per {self.per}")
        return np.power(1.0 - lost, days if self.per == "day" else 1.0)


class Cooling(Record):
    """The machine, and how long it served this product."""

    refrigerant: RefrigerantName
    charge: Annotated[MassAnswer, AfterValidator(positive)]
    served: DurationAnswer

    def leaks(self, numbers: Numbers, name: str) -> Iterator[Emission]:
        """Loss at filling, in operation and at the end of life, by the time of service."""
        factors = {part: f"refrigeration.{part}.industrial" for part in _PARTS}
        years = self.served.read(numbers, f"{name}.served", "year", "cooling machine used")
        kg = years * refrigeration.life_cycle_kg_per_year(
            charge_kg=self.charge.read(numbers, f"{name}.charge", "kg", "refrigerant in the store"),
            initial_loss_frac=numbers.factor(factors["initial_loss"]),
            leak_rate_per_year=numbers.factor(factors["leak"]),
            lifetime_years=numbers.factor(factors["lifetime"]),
            remaining_frac=numbers.factor(factors["remaining"]),
            recovered_frac=numbers.factor(factors["recovered"]),
        )
        answers = (f"{name}.charge", f"{name}.served")
        label = "refrigerant lost by the cold store"
        for substance, share in composition(numbers, self.refrigerant).items():
            yield Emission(substance, kg * share, label, answers, tuple(factors.values()))


class ColdStore(Activity):
    """One season of a store."""

    activity: Literal["storage"] = "storage"
    takes: Take
    gives: Name
    days: DurationAnswer
    """Mean stay of a kilogram."""
    spoilage: Spoilage
    spoilt: FoodWaste | None = None
    electricity: Estimable[Energy] | None = None
    """Over the season. Left out: nothing is cooled."""
    volume: Annotated[VolumeAnswer, AfterValidator(positive)] | None = None
    """Of everything put in over the season with its boxes; asked when the electricity is not known."""
    cooling: Cooling | None = None
    region: Region | None = None
    """Of its electricity grid, where that is not the producer's."""

    @model_validator(mode="after")
    def _volume_known(self) -> Self:
        if self.electricity is not None and self.electricity.amount is None and self.volume is None:
            why = "then it is estimated from the room the product takes up"
            raise fault(
                "neither electricity nor volume is known", why, 'add volume = { amount = "30 m3", … }'
            )
        return self

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        link = self.takes.link(numbers, f"{self.name}.takes.amount")
        days = self.days.read(numbers, f"{self.name}.days", "day", f"days in {self.name}")
        kept = link.kg * self.spoilage.kept_frac(numbers, f"{self.name}.spoilage", days)
        yield Process(
            name=self.name,
            stage="storage",
            outputs=(Output(self.gives, kept),),
            links=(link,),
            exchanges=tuple(self._exchanges(numbers, self.region or region, days, link.kg - kept)),
            balances=(Balance("mass", f"{self.name}.spoilage", link.kg, kept, "weigh both again"),),
        )

    def _exchanges(
        self, numbers: Numbers, region: str, days: Real, spoilt_kg: Real
    ) -> Iterator[Emission | Purchase]:
        if self.electricity is not None:
            yield self._power(numbers, region, days, self.electricity)
        if self.cooling is not None:
            yield from self.cooling.leaks(numbers, f"{self.name}.cooling")
        if self.spoilt is not None:
            yield from self.spoilt.exchanges(numbers, f"{self.name}.spoilt", spoilt_kg, "spoilt in store")

    def _power(self, numbers: Numbers, region: str, days: Real, answer: Estimable[Energy]) -> Purchase:
        name, default = f"{self.name}.electricity", "storage.cold_store.electricity"
        amount = answer.read(numbers, name, "kWh", f"electricity, {self.name}", default=default)
        if answer.amount is not None:
            return Purchase(f"electricity.{region}", amount, "electricity for the store", (name,))
        assert self.volume is not None, "checked on reading"  # noqa: S101
        kwh = storage.electricity_kwh(
            specific_kwh_per_m3_year=amount,
            product_m3=self.volume.read(numbers, f"{self.name}.volume", "m3", "room the product takes up"),
            filled_frac=numbers.factor("storage.cold_store.filled"),
            days=days,
        )
        factors = (default, "storage.cold_store.filled")
        label = "electricity for the store, by its volume"
        return Purchase(f"electricity.{region}", kwh, label, (f"{self.name}.volume",), factors)
