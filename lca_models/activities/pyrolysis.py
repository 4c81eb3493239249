"""A kiln that turns prunings into biochar, and the biochar's way back into the soil."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lca_models.activities.answers import (
    EstimableFraction,
    MassAnswer,
    MolarRatioAnswer,
    Name,
    TemperatureAnswer,
    VolumeAnswer,
)
from lca_models.activities.char_mass import CharMass
from lca_models.activities.counterfactual import Counterfactual
from lca_models.activities.firewood import wood_of
from lca_models.equations import biochar
from lca_models.equations.lime_urea import CO2_PER_C
from lca_models.flows import Balance, Char, Choice, Emission, Otherwise, Output, Process, Purchase, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real

KilnKind = Literal["uncontrolled", "flame_curtain", "retort", "afterburner"]
"""Afterburner: a screw, drum or shaft whose gas is burnt in a chamber of its own."""
Feedstock = Literal["dry", "wet", "unknown"]
"""Dry: below 15 % water; wet: above 40 %. It decides the methane of a flame-curtain kiln."""
CARBONISED = "prunings, carbonised"
"""The service the orchard uses: its prunings taken care of."""


_CARBON = "prunings.carbon_content"


@dataclass(frozen=True, slots=True)
class Fed:
    """Wood as it went into a kiln."""

    kg: Real
    dry_frac: Real
    answers: tuple[str, ...]

    def carbon_kg(self, numbers: Numbers) -> Real:
        """What it holds."""
        return self.kg * self.dry_frac * numbers.factor(_CARBON)

    def part(self, share: Real) -> "Fed":
        """So much of it."""
        return Fed(self.kg * share, self.dry_frac, self.answers)


class Charring(CharMass):
    """What is asked of everything that carbonises wood."""

    name: Name
    kind: KilnKind
    feedstock: Feedstock
    organic_carbon: EstimableFraction
    h_to_corg: MolarRatioAnswer
    temperature: TemperatureAnswer | None = None
    """The highest while the char was made; a meter's counts as logged."""
    start_up_diesel: VolumeAnswer | None = None
    otherwise: Counterfactual | None = None
    """What would have become of the wood; unasked, the removal has no stated counterfactual."""

    def _char_kg(self, numbers: Numbers) -> Real:
        return self.dry_kg(numbers, self.name, "made")

    def _char_carbon_kg(self, numbers: Numbers, char_kg: Real) -> Real:
        return biochar.carbon_kg(dry_mass_kg=char_kg, organic_carbon_frac=self._carbon_frac(numbers))

    def _carbon_frac(self, numbers: Numbers) -> Real:
        return self.organic_carbon.read(
            numbers,
            f"{self.name}.organic_carbon",
            "",
            "organic carbon of the biochar",
            default=f"biochar.carbon.wood{'.flame_curtain' if self.kind == 'flame_curtain' else ''}",
        )

    def _exchanges(self, numbers: Numbers, carbon_lost: Real) -> Iterator[Emission | Purchase]:
        answers, char = self.mass_answers(self.name), self._char_kg(numbers)
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
            (_CARBON, "prunings.dry_matter"),
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

    def _otherwise(self, numbers: Numbers, fed: Fed, region: str) -> Otherwise | None:
        if self.otherwise is None:
            return None
        wood = wood_of(numbers, fed.kg, 1.0 - fed.dry_frac, _CARBON, fed.answers)
        return self.otherwise.otherwise(numbers, f"{self.name}.otherwise", wood, region)

    def _storage(
        self,
        numbers: Numbers,
        carbon: Real,
        soil_temperature_c: Real,
        label: str,
        *,
        soil_answer: str,
        otherwise: Otherwise | None,
        evidence: tuple[str, ...],
    ) -> Storage:
        ratio, heat = f"{self.name}.h_to_corg", f"{self.name}.temperature"
        char = Char(
            h_to_corg=self.h_to_corg.read(numbers, ratio, "mol/mol", "H/C_org of the biochar"),
            soil_temperature_c=soil_temperature_c,
            made_at_c=self._made_at_c(numbers),
            temperature_logged=self.temperature is not None and self.temperature.source == "meter",
            answers={"h_to_corg": ratio} | ({} if self.temperature is None else {"temperature": heat}),
            soil_answer=soil_answer,
        )
        answers = (*evidence, f"{self.name}.organic_carbon")
        return Storage(
            "biochar", carbon, label, char=char, answers=answers, choices=self._choices(), otherwise=otherwise
        )

    def _choices(self) -> tuple[Choice, ...]:
        """What the factors of its gases were chosen by."""
        return (
            Choice(f"{self.name}.kind", "kind of kiln", self.kind),
            Choice(f"{self.name}.feedstock", "how dry the wood was", self.feedstock),
        )

    def _made_at_c(self, numbers: Numbers) -> Real | None:
        if self.temperature is None:
            return None
        return self.temperature.read(
            numbers, f"{self.name}.temperature", "degC", "highest temperature in the kiln"
        )

    def _carbon_balance(self, numbers: Numbers, carbon_in: Real, carbon: Real) -> Balance:
        most = biochar.MOST_CARBON_KEPT_FRAC
        if (
            np.ndim(carbon) == 0 and most * carbon_in < carbon <= carbon_in
        ):  # of one product at central values
            kept = carbon / carbon_in
            numbers.note(
                f"{self.name}: {kept:.0%} of the wood's carbon is in the biochar, more than the {most:.0%} that slow "
                "pyrolysis leaves at 350 °C (Woolf et al. 2014): weigh wood and biochar again, and dry a sample of "
                "both."
            )
        fix = "enter the biochar dry, and every load of prunings that went in"
        return Balance("carbon", self.mass_answers(self.name)[0], carbon_in, carbon, fix)


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
        region: str,
    ) -> Process:
        """The season's inventory.

        Args:
            numbers: central values or draws.
            prunings: fresh prunings brought to the kiln.
            prunings_name: where the record asks for them.
            soil_temperature: of the orchard the biochar goes back to.
            orchard: its name.
            region: ISO 3166-2 code of the electricity grid.
        """
        fresh = prunings.read(numbers, prunings_name, "kg", "prunings brought to the kiln")
        fed = Fed(fresh, numbers.factor("prunings.dry_matter"), (prunings_name,))
        carbon_in, carbon = fed.carbon_kg(numbers), self._char_carbon_kg(numbers, self._char_kg(numbers))
        soil = f"{orchard}.soil_temperature"
        store = self._storage(
            numbers,
            carbon,
            soil_temperature.read(numbers, soil, "degC", "soil temperature"),
            "biochar in the orchard's soil",
            soil_answer=soil,
            otherwise=self._otherwise(numbers, fed, region),
            evidence=self.mass_answers(self.name),
        )
        return Process(
            name=self.name,
            stage="kiln",
            outputs=(Output(CARBONISED, fresh),),
            exchanges=tuple(self._exchanges(numbers, np.maximum(carbon_in - carbon, 0.0))),
            storages=(store,),
            balances=(self._carbon_balance(numbers, carbon_in, carbon),),
        )
