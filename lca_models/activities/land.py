"""A piece of land over one season: what everything that grows on it has in common."""

from typing import ClassVar

from lca_models.activities.activity import Activity
from lca_models.activities.answers import Name
from lca_models.activities.husbandry import Husbandry
from lca_models.activities.land_carbon import LandCarbon
from lca_models.activities.land_use import LandUse

__all__ = ["Land", "LandUse"]


class Land(Husbandry, LandCarbon, Activity):
    """What is asked of every piece of land: where it is, what it was, what went onto it, the fuel burnt on it."""

    place: ClassVar[str]
    """As labels name it: `diesel in the orchard`."""
    crop: Name
