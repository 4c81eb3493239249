"""An annual crop: what it leaves on the field by its row of the residue table; straw may be a co-product."""

from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.activity import MassOrValue
from lca_models.activities.answers import MassAnswer, Name, PriceAnswer, Record, positive
from lca_models.activities.crop_residues import GENERIC, TABLE, CropNumbers, FieldResidues, Residues
from lca_models.activities.cropland import Cropland
from lca_models.activities.shares import at_most_all
from lca_models.equations import residues
from lca_models.faults import fault
from lca_models.flows import Allocation, Balance, Output
from lca_models.numbers import Numbers
from lca_models.real import Real

STRAW_TOLERANCE = 0.5
"""Straw sold may outweigh the estimated dry residue by its water (a sixth) and the table's ±25 %, not by more."""


class Straw(Record):
    """Residue carried off and sold."""

    product: Name
    amount: Annotated[MassAnswer, AfterValidator(positive)]
    price: PriceAnswer
    note: str = Field(default="", max_length=500)


class AnnualCrop(Cropland):
    """One season of one annual crop, wherever it grows."""

    residues: Residues
    price: PriceAnswer | None = None
    straw: Straw | None = None
    allocation: MassOrValue | None = None

    @model_validator(mode="after")
    def _straw_has_a_share(self) -> "AnnualCrop":
        if self.straw is not None and (self.allocation is None or self.price is None):
            why = "straw that is sold carries a part of the field, and the result under the other choice is shown"
            fix = "add allocation and the price of the main product, or leave straw out: it then carries nothing"
            raise fault("straw is sold, but price or allocation is missing", why, fix)
        return self

    @property
    def _shared_by(self) -> Allocation:
        return self.allocation or "mass"

    def _outputs(self, numbers: Numbers) -> tuple[Output, ...]:
        if self.straw is None or self.price is None:
            return super()._outputs(numbers)
        price = self.price.read(numbers, f"{self.name}.price", "CNY/kg", f"price of {self.crop}")
        straw_kg = self.straw.amount.read(numbers, self._straw_answer, "kg", "straw sold")
        straw_price = self.straw.price.read(numbers, f"{self.name}.straw.price", "CNY/kg", "price of straw")
        return (
            Output(self.product, self.sold_kg(numbers), price),
            Output(self.straw.product, straw_kg, straw_price),
        )

    @property
    def _straw_answer(self) -> str:
        return f"{self.name}.straw.amount"

    def _residues(self, numbers: Numbers) -> FieldResidues:
        asked = self.residues
        if asked.like == GENERIC:
            numbers.declare(f"residues of {self.crop}", f"{TABLE}.{GENERIC}")
        crop = CropNumbers.of(numbers, asked.like or self.crop)
        dry = residues.dry_yield_kg(
            fresh_yield_kg=self._grown_kg(numbers), dry_matter_frac=self._dry_matter(numbers, crop)
        )
        above, answers = self._above(numbers, crop, dry)
        below = residues.below_ground_kg(
            dry_yield_kg=dry, above_ground_kg=above, below_ratio=crop.below_ratio
        )
        removed = self._share(numbers, "removed")
        burnt = np.minimum(self._share(numbers, "burnt"), 1.0 - removed)
        return FieldResidues(crop, above, below, removed, burnt, answers)

    def _dry_matter(self, numbers: Numbers, crop: CropNumbers) -> Real:
        if self.dry_matter is None:
            return crop.dry_matter
        return at_most_all(
            self.dry_matter.read(numbers, f"{self.name}.dry_matter", "", "dry matter of the harvest")
        )

    def _above(self, numbers: Numbers, crop: CropNumbers, dry_kg: Real) -> tuple[Real, tuple[str, ...]]:
        shares = (f"{self.name}.residues.removed", f"{self.name}.residues.burnt")
        if self.residues.weighed_dry is None:
            sold = (f"{self._picking(number + 1)}.sold" for number in range(len(self.harvests)))
            above = residues.above_ground_by_ratio_kg(dry_yield_kg=dry_kg, above_ratio=crop.above_ratio)
            return above, (*sold, *shares)
        weighed = f"{self.name}.residues.weighed_dry"
        above = self.residues.weighed_dry.read(numbers, weighed, "kg", "residue, dry")
        return above, (weighed, *shares)

    def _share(self, numbers: Numbers, field: Literal["removed", "burnt"]) -> Real:
        # Draws about a large share would stray above all there is.
        answer = self.residues.removed if field == "removed" else self.residues.burnt
        name = f"{self.name}.residues.{field}"
        return at_most_all(answer.read(numbers, name, "", f"share of residue {field}"))

    def _balances(self, numbers: Numbers, left: FieldResidues) -> tuple[Balance, ...]:
        if self.straw is None:
            return ()
        sold = self.straw.amount.read(numbers, self._straw_answer, "kg", "straw sold")
        fix = "enter the share removed that this straw is, or weigh it"
        taken = left.above_kg * left.removed_frac
        return (Balance("mass", self._straw_answer, taken, sold, fix, tolerance=STRAW_TOLERANCE),)
