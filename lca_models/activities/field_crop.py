"""A crop in the open: grain, beans, tubers, vegetables, upland rice."""

from typing import ClassVar, Literal

from lca_models.activities.annual_crop import AnnualCrop
from lca_models.activities.soil_stock import Use


class FieldCrop(AnnualCrop):
    """One season of one crop on one field. A new crop is a row of the residue table, not a new kind."""

    activity: Literal["field_crop"] = "field_crop"
    place: ClassVar[str] = "field"
    use: ClassVar[Use] = "annual_crops"
