"""Energy, tap water and cooling of a barn, a pond or a honey room over one season."""

from collections.abc import Iterator

from lca_models.activities.answers import VolumeAnswer
from lca_models.activities.energy import EnergyUse
from lca_models.activities.packhouse import ColdRoom
from lca_models.activities.refrigerants import leak_emissions
from lca_models.flows import Emission, Purchase
from lca_models.numbers import Numbers


class Supplies(EnergyUse):
    """What is left out there was none of."""

    petrol: VolumeAnswer | None = None
    tap_water: VolumeAnswer | None = None
    cooling: ColdRoom | None = None

    def exchanges(
        self, numbers: Numbers, where: str, region: str, purpose: str
    ) -> Iterator[Emission | Purchase]:
        """What they cause.

        Args:
            numbers: central values or draws.
            where: the record asks for them.
            region: ISO 3166-2 code of the electricity grid.
            purpose: what it was for, as labels say it.
        """
        yield from self.bought(numbers, where, region, purpose)
        if self.petrol is not None:
            name = f"{where}.petrol"
            litres = self.petrol.read(numbers, name, "litre", f"petrol, {where}")
            yield Purchase("fuel.petrol.agricultural", litres, f"petrol for {purpose}", (name,))
        if self.tap_water is not None:
            name = f"{where}.tap_water"
            cubic_metres = self.tap_water.read(numbers, name, "m3", f"tap water, {where}")
            yield Purchase("water.supply", cubic_metres, f"tap water for {purpose}", (name,))
        if self.cooling is not None:
            yield from _leaks(numbers, f"{where}.cooling", self.cooling)


def _leaks(numbers: Numbers, where: str, room: ColdRoom) -> Iterator[Emission]:
    charge, used = f"{where}.charge", f"{where}.used"
    yield from leak_emissions(
        numbers,
        refrigerant=room.refrigerant,
        charge_kg=room.charge.read(numbers, charge, "kg", "refrigerant in tank or cold room"),
        years=room.used.read(numbers, used, "year", "tank or cold room used"),
        leak_factor="refrigeration.leak.commercial",
        label="refrigerant leaking from tank or cold room",
        answers=(charge, used),
    )
