"""A kiln that turns prunings into biochar, and the biochar's way back into the soil."""

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator

from lca_models.activities.answers import (
    EstimableFraction,
    MassAnswer,
    MolarRatioAnswer,
    Name,
    Record,
    TemperatureAnswer,
    VolumeAnswer,
    positive,
)
from lca_models.equations import biochar
from lca_models.equations.lime_urea import CO2_PER_C
from lca_models.flows import Balance, Char, Emission, Output, Process, Purchase, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real

KilnKind = Literal["uncontrolled", "flame_curtain", "retort"]
Feedstock = Literal["dry", "wet", "unknown"]
"""Dry: below 15 % water; wet: above 40 %. It decides the methane of a flame-curtain kiln."""
CARBONISED = "prunings, carbonised"
"""The service the orchard uses: its prunings taken care of."""


class Charring(Record):
    """What is asked of everything that carbonises wood."""

    name: Name
    kind: KilnKind
    feedstock: Feedstock
    biochar_dry: Annotated[MassAnswer, AfterValidator(positive)]
    organic_carbon: EstimableFraction
    h_to_corg: MolarRatioAnswer
    temperature: TemperatureAnswer | None = None
    """The highest while the char was made; a meter's counts as logged."""
    start_up_diesel: VolumeAnswer | None = None

    def _char_kg(self, numbers: Numbers) -> Real:
        return self.biochar_dry.read(numbers, f"{self.name}.biochar_dry", "kg", "biochar made, dry")

    def _char_carbon_kg(self, numbers: Numbers) -> Real:
        carbon_frac = self.organic_carbon.read(
            numbers,
            f"{self.name}.organic_carbon",
            "",
            "organic carbon of the biochar",
            default=f"biochar.carbon.wood{'.flame_curtain' if self.kind == 'flame_curtain' else ''}",
        )
        return biochar.carbon_kg(dry_mass_kg=self._char_kg(numbers), organic_carbon_frac=carbon_frac)

    def _exchanges(self, numbers: Numbers, carbon_lost: Real) -> Iterator[Emission | Purchase]:
        answers, char = (f"{self.name}.biochar_dry",), self._char_kg(numbers)
        for substance, gas, factor in (
            ("ch4_biogenic", "ch4", self._methane_factor(numbers)),
            ("n2o", "n2o", f"kiln.n2o.{self.kind}"),
        ):
            kg = biochar.kiln_gas_kg(biochar_kg=char, emission_factor=numbers.factor(factor))
            yield Emission(substance, kg, f"{gas.upper()} from the kiln", answers, (factor,))
        yield Emission(
            "co2_biogenic",
            carbon_lost * CO2_PER_C,
            "CO2 from the kiln",
            answers,
            ("prunings.carbon_content", "prunings.dry_matter"),
        )
        if self.start_up_diesel is not None:
            name = f"{self.name}.start_up_diesel"
            amount = self.start_up_diesel.read(numbers, name, "litre", "diesel to light the kiln")
            yield Purchase("fuel.diesel.agricultural", amount, "diesel to light the kiln", (name,))

    def _methane_factor(self, numbers: Numbers) -> str:
        if self.kind != "flame_curtain":
            return f"kiln.ch4.{self.kind}"
        if self.feedstock == "unknown":
            return numbers.declare("how dry the wood was", "kiln.ch4.flame_curtain")
        return f"kiln.ch4.flame_curtain.{self.feedstock}"

    def _storage(self, numbers: Numbers, carbon: Real, soil_temperature_c: Real, label: str) -> Storage:
        ratio, heat = f"{self.name}.h_to_corg", f"{self.name}.temperature"
        char = Char(
            h_to_corg=self.h_to_corg.read(numbers, ratio, "mol/mol", "H/C_org of the biochar"),
            soil_temperature_c=soil_temperature_c,
            made_at_c=self._made_at_c(numbers),
            temperature_logged=self.temperature is not None and self.temperature.source == "meter",
            answers={"h_to_corg": ratio} | ({} if self.temperature is None else {"temperature": heat}),
        )
        amount = (f"{self.name}.biochar_dry", f"{self.name}.organic_carbon")
        return Storage("biochar", carbon, label, char=char, answers=amount)

    def _made_at_c(self, numbers: Numbers) -> Real | None:
        if self.temperature is None:
            return None
        return self.temperature.read(
            numbers, f"{self.name}.temperature", "degC", "highest temperature in the kiln"
        )

    def _carbon_balance(self, carbon_in: Real, carbon: Real) -> Balance:
        fix = "enter the biochar dry, and every load of prunings that went in"
        return Balance("carbon", f"{self.name}.biochar_dry", carbon_in, carbon, fix)


class Kiln(Charring):
    """One season of a kiln fed with the orchard's prunings."""

    name: Name = "kiln"

    def process(
        self,
        numbers: Numbers,
        *,
        prunings: MassAnswer,
        prunings_name: str,
        soil_temperature: TemperatureAnswer,
        orchard: str,
    ) -> Process:
        """The season's inventory.

        Args:
            numbers: central values or draws.
            prunings: fresh prunings brought to the kiln.
            prunings_name: where the record asks for them.
            soil_temperature: of the orchard the biochar goes back to.
            orchard: its name.
        """
        fresh = prunings.read(numbers, prunings_name, "kg", "prunings brought to the kiln")
        carbon_in = fresh * numbers.factor("prunings.dry_matter") * numbers.factor("prunings.carbon_content")
        carbon = self._char_carbon_kg(numbers)
        soil = soil_temperature.read(numbers, f"{orchard}.soil_temperature", "degC", "soil temperature")
        return Process(
            name=self.name,
            stage="kiln",
            outputs=(Output(CARBONISED, fresh),),
            exchanges=tuple(self._exchanges(numbers, np.maximum(carbon_in - carbon, 0.0))),
            storages=(self._storage(numbers, carbon, soil, "biochar in the orchard's soil"),),
            balances=(self._carbon_balance(carbon_in, carbon),),
        )
