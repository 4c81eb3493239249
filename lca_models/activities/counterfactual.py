"""What would have become of the feedstock of a removal: left to rot, burnt in the open, or used as fuel by others.

A removal is measured against it. What would still be there anyway is no removal; what others burn in place of the
feedstock is charged; and the smoke of an open fire that was not lit is told and never credited.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lca_models.activities.answers import FractionAnswer, Record, positive
from lca_models.activities.energy import Carrier, energy_bought
from lca_models.activities.firewood import Burnt
from lca_models.activities.prunings import open_fire
from lca_models.activities.shares import EstimableShare, at_most_all
from lca_models.flows import Otherwise
from lca_models.numbers import Numbers

STILL_THERE = "feedstock.still_there"


class LeftToRot(Record):
    """Left where it grew."""

    fate: Literal["left"]
    still_there: EstimableShare
    """Share of its carbon that would still be in soil or wood after 100 years."""

    def otherwise(self, numbers: Numbers, where: str, feedstock: Burnt, region: str) -> Otherwise:  # noqa: ARG002 - nothing is bought
        """What would have been stored anyway."""
        name, words = f"{where}.still_there", "carbon of rotting feedstock still there after 100 years"
        share = at_most_all(self.still_there.read(numbers, name, "", words, default=STILL_THERE))
        return Otherwise(
            "left", stored_carbon_kg=feedstock.carbon_kg * share, answers=(*feedstock.answers, name)
        )


class BurntInTheOpen(Record):
    """Set on fire in the field."""

    fate: Literal["burnt"]

    def otherwise(self, numbers: Numbers, where: str, feedstock: Burnt, region: str) -> Otherwise:  # noqa: ARG002 - nothing is asked
        """The methane and N2O of the fire that was not lit: an emission avoided, never a removal."""
        label = "open fire that was not lit"
        smoke = open_fire(numbers, feedstock.dry_kg, label, feedstock.answers)
        avoided = tuple(gas for gas in smoke if gas.substance != "co2_biogenic")
        return Otherwise("burnt", avoided=avoided, answers=feedstock.answers)


class UsedAsFuel(Record):
    """Somebody's fuel, who now burns something else."""

    fate: Literal["fuel"]
    replaced_by: Carrier
    ratio: Annotated[FractionAnswer, AfterValidator(positive)] | None = None
    """Energy of the replacing fuel per energy of the wood, by lower heating value; left out: one for one."""

    def otherwise(self, numbers: Numbers, where: str, feedstock: Burnt, region: str) -> Otherwise:
        """What is burnt in its place: leakage, charged to the removal."""
        energy, answers = feedstock.energy_mj, feedstock.answers
        if self.ratio is None:
            numbers.note(
                f"{where}: {self.replaced_by} is taken to replace the wood megajoule for megajoule; "
                "a better stove needs less of it."
            )
        else:
            name = f"{where}.ratio"
            energy = energy * self.ratio.read(numbers, name, "", "energy burnt in place of the wood's")
            answers = (*answers, name)
        label = f"{self.replaced_by} burnt by others in place of the wood"
        instead = energy_bought(numbers, self.replaced_by, energy, region, label, answers)
        return Otherwise("fuel", caused=(instead,), answers=answers)


Counterfactual = Annotated[LeftToRot | BurntInTheOpen | UsedAsFuel, Field(discriminator="fate")]
"""Told apart by `fate`."""
