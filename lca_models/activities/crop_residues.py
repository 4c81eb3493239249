"""What an annual crop leaves on the field: how much, how much nitrogen, and what burning it gives off."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, model_validator

from lca_models import lookup
from lca_models.activities.answers import MassAnswer, Name, Record, positive
from lca_models.activities.shares import ShareAnswer
from lca_models.equations import burning, residues
from lca_models.faults import fault
from lca_models.flows import Emission
from lca_models.numbers import Numbers
from lca_models.real import Real

TABLE = "residue.crops"
GENERIC = "generic"
_UNSURE = ("above_ratio", "n_above", "below_ratio", "n_below")
_BURNS_LIKE = ("rice", "wheat", "maize", "sugarcane")
_GASES = (("ch4_biogenic", "ch4"), ("n2o", "n2o"), ("co2_biogenic", "co2"))


class Residues(Record):
    """Straw, stalks, leaves: the shares carried off and set on fire; the rest stays on the field.

    `like` names another crop of the table where the crop has no row of its own; `generic` is a declared default.
    `weighed_dry` is the above-ground residue where somebody weighed it.
    """

    removed: ShareAnswer
    burnt: ShareAnswer
    like: Name | None = None
    weighed_dry: Annotated[MassAnswer, AfterValidator(positive)] | None = None

    @model_validator(mode="after")
    def _no_more_than_there_is(self) -> "Residues":
        shares = [answer.amount.to("") for answer in (self.removed, self.burnt) if answer.amount]
        if sum(shares) > 1 + 1e-9:
            what = f"removed and burnt are {sum(shares):.0%} together"
            raise fault(
                what, "both are shares of all above-ground residue", "let them add up to 100 % or less"
            )
        return self


@dataclass(frozen=True, slots=True)
class CropNumbers:
    """What the table says about one crop, on central values or draws."""

    crop: str
    dry_matter: Real
    above_ratio: Real
    n_above: Real
    below_ratio: Real
    n_below: Real
    factors: tuple[str, ...]

    @classmethod
    def of(cls, numbers: Numbers, crop: str) -> "CropNumbers":
        """A crop of the shipped table, or of a table `residue.crops.<crop>` in a factor file of one's own.

        Raises:
            FactorError: neither has it; the message lists the nearest.
        """
        crop = crop.lower().replace(" ", "_")
        own = f"{TABLE}.{crop}"
        if own in numbers.factors.tables:
            quantities = ("dry_matter", *_UNSURE)
            read = {quantity: numbers.row(own, quantity=quantity) for quantity in quantities}
            return cls(crop, **read, factors=tuple(f"{own}.{quantity}" for quantity in quantities))
        found = lookup.row(numbers.factors.table(TABLE), crop=crop)
        spreads = {column: numbers.factor(f"residue.spread.{column}") for column in _UNSURE}
        unsure = {column: float(found[column]) * spreads[column] for column in _UNSURE}
        used = (TABLE, *(f"residue.spread.{column}" for column in _UNSURE))
        return cls(crop, dry_matter=float(found["dry_matter"]), **unsure, factors=used)


@dataclass(frozen=True, slots=True)
class FieldResidues:
    """Above- and below-ground residue of one harvest, kg dry matter, and where each answer stands."""

    crop: CropNumbers
    above_kg: Real
    below_kg: Real
    removed_frac: Real
    burnt_frac: Real
    answers: tuple[str, ...]

    def nitrogen_kg(self, numbers: Numbers) -> Real:
        """Returned to the soil: F_CR of Equation 11.6."""
        return residues.nitrogen_kg(
            above_ground_kg=self.above_kg,
            below_ground_kg=self.below_kg,
            n_above=self.crop.n_above,
            n_below=self.crop.n_below,
            removed_frac=self.removed_frac,
            burnt_frac=self.burnt_frac,
            combustion_factor=numbers.factor(self._combustion_factor),
        )

    def burning(self, numbers: Numbers) -> Iterator[Emission]:
        """Gases of what is set on fire: Equation 2.27."""
        available = burning.residue_available_kg(
            above_ground_dry_kg=self.above_kg, burnt_frac=self.burnt_frac
        )
        for substance, gas in _GASES:
            factor = f"burning.{gas}.agricultural_residues"
            kg = burning.open_burning_kg(
                dry_matter_kg=available,
                combustion_factor=numbers.factor(self._combustion_factor),
                emission_factor=numbers.factor(factor),
            )
            used = (factor, self._combustion_factor, *self.crop.factors)
            yield Emission(substance, kg, "burning residues in the field", self.answers, used)

    @property
    def _combustion_factor(self) -> str:
        words = self.crop.crop.split("_")
        kind = next((known for known in _BURNS_LIKE if known in words), "other_crops")
        return f"burning.combustion_factor.{kind}"
