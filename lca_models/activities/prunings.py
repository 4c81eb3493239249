"""Branches cut in an orchard, by what became of them: burnt, left, carbonised, taken by others."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator

from lca_models.activities.answers import MassAnswer, Name, Record, positive
from lca_models.activities.nitrogen import Nitrogen
from lca_models.equations import burning
from lca_models.flows import Emission, Output, Process
from lca_models.numbers import Numbers
from lca_models.real import Real

GASES = (("ch4_biogenic", "ch4"), ("n2o", "n2o"), ("co2_biogenic", "co2"))
BURNS_LIKE = "burning.combustion_factor.prunings"


class Prunings(Record):
    """Branches cut after harvest, fresh weight, by what became of them."""

    burnt: MassAnswer
    left: MassAnswer
    kiln: MassAnswer
    given: Annotated[MassAnswer, AfterValidator(positive)] | None = None
    """Taken by another activity of the network: a fire, a kiln of its own, mushrooms."""

    @property
    def go_to_kiln(self) -> bool:
        """Whether any of them are carbonised."""
        return self.kiln.amount is None or float(self.kiln.amount.number) > 0

    def nitrogen(self, numbers: Numbers, name: Name) -> Nitrogen:
        """Of the branches left under the trees."""
        # They decompose like crop residues: N2O in the soil, but no ammonia (Eq 11.9 has no F_CR).
        answer = f"{name}.prunings.left"
        fresh = self.left.read(numbers, answer, "kg", "prunings left under the trees")
        kg = fresh * numbers.factor("prunings.dry_matter") * numbers.factor("prunings.n_content")
        return Nitrogen(answer, kg, None)

    def burning(self, numbers: Numbers, name: Name) -> Iterator[Emission]:
        """Gases of the branches set on fire: Equation 2.27."""
        answer = f"{name}.prunings.burnt"
        burnt = self.burnt.read(numbers, answer, "kg", "prunings burnt")
        dry = burnt * numbers.factor("prunings.dry_matter")
        yield from open_fire(
            numbers, dry, "burning prunings in the open", (answer,), ("prunings.dry_matter",)
        )

    def given_away(self, numbers: Numbers, name: Name, crop: Name) -> Iterator[Process]:
        """What others of the network take."""
        # A residue: it leaves without a share of the trees, which the fruit carries alone (cut-off).
        if self.given is not None:
            kg = self.given.read(numbers, f"{name}.prunings.given", "kg", "prunings taken by others")
            yield Process(f"{name}, prunings", "orchard", (Output(f"{crop} prunings", kg),))


def open_fire(
    numbers: Numbers, dry_kg: Real, label: str, answers: tuple[str, ...], factors: tuple[str, ...] = ()
) -> Iterator[Emission]:
    """Gases of branches set on fire in the open: Equation 2.27.

    Args:
        numbers: central values or draws.
        dry_kg: dry matter set on fire.
        label: of the emissions.
        answers: those behind the dry matter.
        factors: those behind it.
    """
    for substance, gas in GASES:
        factor = f"burning.{gas}.agricultural_residues"
        kg = burning.open_burning_kg(
            dry_matter_kg=dry_kg,
            combustion_factor=numbers.factor(BURNS_LIKE),
            emission_factor=numbers.factor(factor),
        )
        yield Emission(substance, kg, label, answers, (factor, BURNS_LIKE, *factors))
