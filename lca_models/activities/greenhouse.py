"""Vegetables under glass or film: an annual crop that is heated and lit, picked many times."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from lca_models.activities.annual_crop import AnnualCrop
from lca_models.activities.answers import MassAnswer
from lca_models.activities.energy import EnergyUse
from lca_models.activities.soil_stock import Use
from lca_models.flows import Emission, Purchase
from lca_models.numbers import Numbers


class Greenhouse(AnnualCrop):
    """One season of one crop in soil under cover.

    The cover is a film of `films`; glass and steel are capital goods. `carbon_dioxide` is gas bought to feed the
    plants: what they take up leaves again with the crop and its residue, so all of it counts as emitted.
    """

    activity: Literal["greenhouse"] = "greenhouse"
    place: ClassVar[str] = "greenhouse"
    use: ClassVar[Use] = "annual_crops"
    energy: EnergyUse | None = None
    carbon_dioxide: MassAnswer | None = None

    def _of_its_kind(self, numbers: Numbers, region: str) -> Iterator[Emission | Purchase]:
        if self.energy is not None:
            yield from self.energy.bought(numbers, f"{self.name}.energy", region, "the greenhouse")
        if self.carbon_dioxide is not None:
            name = f"{self.name}.carbon_dioxide"
            kg = self.carbon_dioxide.read(numbers, name, "kg", "CO2 bought for the plants")
            yield Emission("co2_fossil", kg, "CO2 bought for the plants", (name,))
