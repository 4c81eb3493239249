"""Grass or legumes under the trees: mown and left, their nitrogen goes back to the soil."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lca_models.activities.answers import Estimable, Name, Record, positive
from lca_models.activities.crop_residues import CropNumbers
from lca_models.activities.nitrogen import Nitrogen
from lca_models.equations import residues
from lca_models.flows import Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real
from lca_models.units import Mass

Cover = Literal["grass_clover", "perennial_grass", "nitrogen_fixing_forage", "other_forage"]
GROWN = "ground_cover.dry_matter"
MOWING = "ground_cover.mowing_diesel"


class GroundCover(Record):
    """A cover that is sown or let grow, and stays on the land.

    `grown` is all that was cut over the season, dry; with `source = "default"` a published mean per hectare stands in.
    `mowings` are those whose fuel is not in the orchard's `diesel`: with a fuel book there are none to enter.
    """

    kind: Cover
    grown: Annotated[Estimable[Mass], AfterValidator(positive)]
    mowings: Annotated[int, Field(ge=0, le=20)] = 0
    renewed_every_years: Annotated[int, Field(ge=1, le=100)] | None = None

    def nitrogen(self, numbers: Numbers, name: Name, area_ha: Real) -> Nitrogen:
        """Of what is mown and left, and of the roots that die when the cover is renewed: F_CR of Equation 11.6."""
        crop = CropNumbers.of(numbers, self.kind)
        answer = f"{name}.ground_cover.grown"
        above = self._grown_kg(numbers, answer, area_ha)
        below = residues.below_ground_kg(
            dry_yield_kg=0.0,
            above_ground_kg=above,
            below_ratio=crop.below_ratio,
            renewed_frac=1 / self.renewed_every_years if self.renewed_every_years else 0.0,
        )
        return Nitrogen(answer, above * crop.n_above + below * crop.n_below, None, factors=crop.factors)

    def mowing(self, numbers: Numbers, name: Name, area_ha: Real) -> Purchase:
        """Diesel of the mowings, by the litre and hectare."""
        litres = self.mowings * area_ha * numbers.factor(MOWING)
        answers = (f"{name}.area",)
        return Purchase("fuel.diesel.agricultural", litres, "diesel to mow the cover", answers, (MOWING,))

    def _grown_kg(self, numbers: Numbers, answer: str, area_ha: Real) -> Real:
        label = "ground cover cut and left, dry"
        if self.grown.amount is None:
            return area_ha * 1000 * numbers.factor(numbers.declare(label, GROWN))
        return self.grown.read(numbers, answer, "kg", label)
