"""Biochar worked into a soil: where its carbon is put, when, how much of it, and with which machine."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, Field

from lca_models.activities.answers import AreaAnswer, Name, TemperatureAnswer, VolumeAnswer, positive
from lca_models.activities.char_mass import CharMass
from lca_models.flows import Link, Output, Process, Purchase, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real


class Application(CharMass):
    """One field the char of a kiln went to. A record of it is the evidence that it was not burnt as charcoal."""

    takes: Name
    """The char as it arrives, straight from the kiln or over a road."""
    gives: Name
    """The same char in the soil."""
    area: Annotated[AreaAnswer, AfterValidator(positive)]
    spread: date = Field(strict=False)
    soil_temperature: TemperatureAnswer
    diesel: VolumeAnswer | None = None

    def spread_kg(self, numbers: Numbers, where: str) -> Real:
        """Dry biochar put into the soil."""
        return self.dry_kg(numbers, where, "spread")

    def soil_c(self, numbers: Numbers, where: str) -> Real:
        """Mean annual temperature of that soil."""
        return self.soil_temperature.read(numbers, self.soil_answer(where), "degC", "soil temperature")

    def soil_answer(self, where: str) -> str:
        """Where the record asks for it."""
        return f"{where}.soil_temperature"

    def process(self, numbers: Numbers, where: str, storage: Storage) -> Process:
        """The field's inventory, with the carbon it keeps."""
        kg = self.spread_kg(numbers, where)
        self._tell_rate(numbers, where, kg)
        return Process(
            name=where,
            stage="field",
            outputs=(Output(self.gives, kg),),
            links=(Link(self.takes, kg),),
            exchanges=tuple(self._fuel(numbers, where)),
            storages=(storage,),
        )

    def evidence(self, where: str) -> tuple[str, ...]:
        """The answers that say it was spread."""
        return (*self.mass_answers(where), f"{where}.area")

    def _tell_rate(self, numbers: Numbers, where: str, kg: Real) -> None:
        area_ha = self.area.read(numbers, f"{where}.area", "ha", "land the biochar was spread on")
        rate = kg / area_ha / 1000
        if np.ndim(rate) == 0:  # of one product at central values
            numbers.note(
                f"{where}: {rate:.2f} t dry biochar per hectare, spread on {self.spread.isoformat()}."
            )

    def _fuel(self, numbers: Numbers, where: str) -> Iterator[Purchase]:
        if self.diesel is not None:
            name = f"{where}.diesel"
            litres = self.diesel.read(numbers, name, "litre", "diesel to spread biochar")
            yield Purchase("fuel.diesel.agricultural", litres, "diesel to spread biochar", (name,))
