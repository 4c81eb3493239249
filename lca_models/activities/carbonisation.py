"""Wood made into biochar: a kiln of a network, beside `pyrolysis.Kiln` of the orchard's form."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import AfterValidator, model_validator

from lca_models.activities.activity import Activity
from lca_models.activities.answers import MassAnswer, Name, TemperatureAnswer, positive
from lca_models.activities.pyrolysis import CARBONISED, Charring
from lca_models.activities.shares import EstimableShare, at_most_all
from lca_models.faults import fault
from lca_models.flows import Link, Output, Process, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real


class Carbonisation(Charring, Activity):
    """One season of a kiln. It either makes biochar to sell, or serves the orchard that feeds it.

    With `takes` and `gives` the biochar is the product, and carries the smoke and the carbon it stores. With
    neither, it is the orchard's own kiln: `prunings.kiln` of the orchard is what it carbonises, the biochar
    goes back to the trees, and the fruit carries both.
    """

    activity: Literal["carbonisation"] = "carbonisation"
    wood: Annotated[MassAnswer, AfterValidator(positive)]
    dry_matter: EstimableShare
    takes: Name | None = None
    gives: Name | None = None
    soil_temperature: TemperatureAnswer | None = None
    """Of the soil the biochar is worked into; left out when it is not known to end in a soil."""

    @model_validator(mode="after")
    def _serves_or_sells(self) -> Self:
        if (self.takes is None) != (self.gives is None):
            why = "a kiln that sells biochar takes wood and gives biochar; the orchard's own names neither"
            raise fault("takes and gives do not go together", why, "enter both, or neither")
        return self

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:  # noqa: ARG002 - no electricity
        """One process."""
        wood = self.wood.read(numbers, f"{self.name}.wood", "kg", "wood brought to the kiln")
        carbon_in = self._dry_kg(numbers, wood) * numbers.factor("prunings.carbon_content")
        carbon = self._char_carbon_kg(numbers)
        yield Process(
            name=self.name,
            stage="kiln",
            outputs=(self._output(numbers, wood),),
            links=() if self.takes is None else (Link(self.takes, wood),),
            exchanges=tuple(self._exchanges(numbers, np.maximum(carbon_in - carbon, 0.0))),
            storages=tuple(self._storages(numbers, carbon)),
            balances=(self._carbon_balance(carbon_in, carbon),),
        )

    def _dry_kg(self, numbers: Numbers, wood: Real) -> Real:
        name = f"{self.name}.dry_matter"
        share = self.dry_matter.read(
            numbers, name, "", "dry matter of the wood", default="prunings.dry_matter"
        )
        return wood * at_most_all(share)

    def _output(self, numbers: Numbers, wood: Real) -> Output:
        return Output(CARBONISED, wood) if self.gives is None else Output(self.gives, self._char_kg(numbers))

    def _storages(self, numbers: Numbers, carbon: Real) -> Iterator[Storage]:
        if self.soil_temperature is None:
            numbers.note(f"{self.name}: where its biochar ends is not known; no stored carbon is counted.")
            return
        name = f"{self.name}.soil_temperature"
        soil = self.soil_temperature.read(numbers, name, "degC", "soil temperature")
        yield self._storage(numbers, carbon, soil, "biochar in the soil")
