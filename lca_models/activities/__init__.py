"""What somebody did, one file per kind: a typed record and its inventory side by side."""

from lca_models.activities.answers import Answer
from lca_models.activities.fertilisers import Fertiliser, Manure
from lca_models.activities.orchard import Harvest, LandUse, Lime, Orchard, Prunings, Spray
from lca_models.activities.packhouse import ColdRoom, Grade, Package, Packhouse
from lca_models.activities.pyrolysis import Kiln
from lca_models.activities.shop import Shop
from lca_models.activities.transport import Reefer, Transport

__all__ = [
    "Answer",
    "ColdRoom",
    "Fertiliser",
    "Grade",
    "Harvest",
    "Kiln",
    "LandUse",
    "Lime",
    "Manure",
    "Orchard",
    "Package",
    "Packhouse",
    "Prunings",
    "Reefer",
    "Shop",
    "Spray",
    "Transport",
]
