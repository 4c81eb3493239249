"""What somebody did, one file per kind: a typed record and its inventory side by side."""

from typing import Annotated

from pydantic import Field

from lca_models.activities.activity import Activity, Give, Take
from lca_models.activities.answers import Answer
from lca_models.activities.fertilisers import Fertiliser, Manure
from lca_models.activities.orchard import Harvest, LandUse, Lime, Orchard, Prunings, Spray
from lca_models.activities.packhouse import ColdRoom, Grade, Package, Packhouse
from lca_models.activities.processing import Processing
from lca_models.activities.pyrolysis import Kiln
from lca_models.activities.shop import Retail, Shop
from lca_models.activities.transport import Leg, Reefer, Transport

AnyActivity = Annotated[Leg | Orchard | Processing | Retail, Field(discriminator="activity")]
"""Every kind a network may hold, told apart by `activity`."""

__all__ = [
    "Activity",
    "Answer",
    "AnyActivity",
    "ColdRoom",
    "Fertiliser",
    "Give",
    "Grade",
    "Harvest",
    "Kiln",
    "LandUse",
    "Leg",
    "Lime",
    "Manure",
    "Orchard",
    "Package",
    "Packhouse",
    "Processing",
    "Prunings",
    "Reefer",
    "Retail",
    "Shop",
    "Spray",
    "Take",
    "Transport",
]
