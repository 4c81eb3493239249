"""Grass cut for hay or silage. What animals graze is asked of the herd; here is what a machine carries off."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lca_models.activities.answers import Name
from lca_models.activities.crop_residues import CropNumbers, FieldResidues
from lca_models.activities.cropland import Cropland, DryMatter
from lca_models.activities.shares import at_most_all
from lca_models.activities.soil_stock import Use
from lca_models.equations import residues
from lca_models.numbers import Numbers

Sward = Literal[
    "perennial_grass",
    "grass_clover",
    "non_legume_hay",
    "alfalfa",
    "nitrogen_fixing_forage",
    "other_forage",
]


class Grassland(Cropland):
    """One year of a meadow. `renewed_every_years` is left out where it is never ploughed up.

    Losses on the field (stubble, leaves) stay there; roots die when the sward is renewed.
    """

    activity: Literal["grassland"] = "grassland"
    place: ClassVar[str] = "meadow"
    use: ClassVar[Use] = "grassland"
    crop: Name = "hay"
    sward: Sward
    dry_matter: DryMatter
    renewed_every_years: Annotated[int, Field(ge=1, le=100)] | None = None

    def _residues(self, numbers: Numbers) -> FieldResidues:
        crop = CropNumbers.of(numbers, self.sward)
        share = self.dry_matter.read(numbers, f"{self.name}.dry_matter", "", "dry matter of the cut grass")
        dry = residues.dry_yield_kg(
            fresh_yield_kg=self._grown_kg(numbers), dry_matter_frac=at_most_all(share)
        )
        above = residues.above_ground_by_ratio_kg(dry_yield_kg=dry, above_ratio=crop.above_ratio)
        below = residues.below_ground_kg(
            dry_yield_kg=dry,
            above_ground_kg=above,
            below_ratio=crop.below_ratio,
            renewed_frac=1 / self.renewed_every_years if self.renewed_every_years else 0.0,
        )
        cuts = tuple(f"{self._picking(number + 1)}.sold" for number in range(len(self.harvests)))
        answers = (*cuts, f"{self.name}.dry_matter")
        return FieldResidues(crop, above, below, removed_frac=0.0, burnt_frac=0.0, answers=answers)
