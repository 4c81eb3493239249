"""Wood made into biochar: a kiln of a network, beside `pyrolysis.Kiln` of the orchard's form."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.activity import Activity
from lca_models.activities.answers import MassAnswer, Name, TemperatureAnswer, positive
from lca_models.activities.application import Application
from lca_models.activities.pyrolysis import CARBONISED, Charring, Fed
from lca_models.activities.shares import EstimableShare, at_most_all
from lca_models.faults import fault
from lca_models.flows import Balance, Link, Output, Process, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real, total

_SCALES_AGREE_WITHIN = 0.02


class Carbonisation(Charring, Activity):
    """One season of a kiln. It either makes biochar to sell, or serves the orchard that feeds it.

    With `takes` and `gives` the biochar is the product, and carries the smoke and the carbon it stores. With
    neither, it is the orchard's own kiln: `prunings.kiln` of the orchard is what it carbonises, the biochar
    goes back to the trees, and the fruit carries both.

    The carbon is stored where the char is put. With `applications` that is each field it was spread on; with a
    `soil_temperature` alone, somewhere in a soil like that.
    """

    activity: Literal["carbonisation"] = "carbonisation"
    wood: Annotated[MassAnswer, AfterValidator(positive)]
    dry_matter: EstimableShare
    takes: Name | None = None
    gives: Name | None = None
    soil_temperature: TemperatureAnswer | None = None
    """Of the soil the biochar is worked into; left out when it is not known to end in a soil."""
    applications: Annotated[tuple[Application, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _serves_or_sells(self) -> Self:
        if (self.takes is None) != (self.gives is None):
            why = "a kiln that sells biochar takes wood and gives biochar; the orchard's own names neither"
            raise fault("takes and gives do not go together", why, "enter both, or neither")
        return self

    @model_validator(mode="after")
    def _stores_once(self) -> Self:
        if self.applications and self.soil_temperature is not None:
            fix = "leave soil_temperature of the kiln out; each application has its own"
            raise fault("one char is stored twice", "it is put into a soil where it is spread", fix)
        if self.applications and self.gives is None:
            why = "the orchard's own char goes back to its trees with the fruit's season"
            raise fault("char is spread that has no name", why, "enter takes and gives of the kiln")
        return self

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """The kiln, and each field its char was spread on."""
        wood = self.wood.read(numbers, f"{self.name}.wood", "kg", "wood brought to the kiln")
        fed = Fed(wood, self._dry_frac(numbers), (f"{self.name}.wood", f"{self.name}.dry_matter"))
        made = self._char_kg(numbers)
        carbon_in, carbon = fed.carbon_kg(numbers), self._char_carbon_kg(numbers, made)
        spread = [field.spread_kg(numbers, where) for where, field in self._fields()]
        yield Process(
            name=self.name,
            stage="kiln",
            outputs=(self._output(wood, made),),
            links=() if self.takes is None else (Link(self.takes, wood),),
            exchanges=tuple(self._exchanges(numbers, np.maximum(carbon_in - carbon, 0.0))),
            storages=tuple(self._stored_by_soil(numbers, carbon, fed, region)),
            balances=(self._carbon_balance(numbers, carbon_in, carbon), *self._spread(made, spread)),
        )
        for (where, field), kg in zip(self._fields(), spread, strict=True):
            yield field.process(
                numbers, where, self._stored_by_field(numbers, where, field, fed.part(kg / made), region)
            )

    def _fields(self) -> Iterator[tuple[str, Application]]:
        for number, field in enumerate(self.applications, start=1):
            yield f"{self.name}.applications.{number}", field

    def _dry_frac(self, numbers: Numbers) -> Real:
        name = f"{self.name}.dry_matter"
        share = self.dry_matter.read(
            numbers, name, "", "dry matter of the wood", default="prunings.dry_matter"
        )
        return at_most_all(share)

    def _output(self, wood: Real, made: Real) -> Output:
        return Output(CARBONISED, wood) if self.gives is None else Output(self.gives, made)

    def _spread(self, made: Real, spread: list[Real]) -> Iterator[Balance]:
        if spread:
            fix = "weigh what was made and what was spread, both without their water"
            where = f"{self.name}.applications"
            yield Balance("mass", where, made, total(spread), fix, tolerance=_SCALES_AGREE_WITHIN)

    def _stored_by_soil(self, numbers: Numbers, carbon: Real, fed: Fed, region: str) -> Iterator[Storage]:
        if self.applications:
            return
        if self.soil_temperature is None:
            numbers.note(f"{self.name}: where its biochar ends is not known; no stored carbon is counted.")
            return
        name = f"{self.name}.soil_temperature"
        yield self._storage(
            numbers,
            carbon,
            self.soil_temperature.read(numbers, name, "degC", "soil temperature"),
            "biochar in the soil",
            soil_answer=name,
            otherwise=self._otherwise(numbers, fed, region),
            evidence=self.mass_answers(self.name),
        )

    def _stored_by_field(
        self, numbers: Numbers, where: str, field: Application, fed: Fed, region: str
    ) -> Storage:
        return self._storage(
            numbers,
            self._char_carbon_kg(numbers, field.spread_kg(numbers, where)),
            field.soil_c(numbers, where),
            f"biochar spread: {field.gives}",
            soil_answer=field.soil_answer(where),
            otherwise=self._otherwise(numbers, fed, region),
            evidence=field.evidence(where),
        )
