"""What somebody did, one file per kind: a typed record and its inventory side by side."""

from typing import Annotated

from pydantic import Field

from lca_models.activities.activity import Activity, Give, Take
from lca_models.activities.answers import Answer
from lca_models.activities.aquaculture import Aquaculture
from lca_models.activities.beekeeping import Beekeeping
from lca_models.activities.bioenergy import Bioenergy
from lca_models.activities.bought import Bought
from lca_models.activities.carbonisation import Carbonisation
from lca_models.activities.fertilisers import Fertiliser, Manure
from lca_models.activities.field_crop import FieldCrop
from lca_models.activities.grassland import Grassland
from lca_models.activities.greenhouse import Greenhouse
from lca_models.activities.herd import Herd
from lca_models.activities.mariculture import Mariculture
from lca_models.activities.mushrooms import Mushrooms
from lca_models.activities.orchard import Harvest, LandUse, Lime, Orchard, Prunings, Spray
from lca_models.activities.packaging import Packaging
from lca_models.activities.packhouse import ColdRoom, Grade, Package, Packhouse
from lca_models.activities.paddy import Paddy
from lca_models.activities.processing import Processing
from lca_models.activities.pyrolysis import Kiln
from lca_models.activities.shop import Retail, Shop
from lca_models.activities.storage import ColdStore
from lca_models.activities.transport import Leg, Reefer, Transport
from lca_models.activities.use import HomeUse

AnyActivity = Annotated[
    Aquaculture
    | Beekeeping
    | Bioenergy
    | Bought
    | Carbonisation
    | ColdStore
    | FieldCrop
    | Grassland
    | Greenhouse
    | Herd
    | HomeUse
    | Leg
    | Mariculture
    | Mushrooms
    | Orchard
    | Packaging
    | Paddy
    | Processing
    | Retail,
    Field(discriminator="activity"),
]
"""Every kind a network may hold, told apart by `activity`."""

__all__ = [
    "Activity",
    "Answer",
    "AnyActivity",
    "Aquaculture",
    "Beekeeping",
    "Bioenergy",
    "Bought",
    "Carbonisation",
    "ColdRoom",
    "ColdStore",
    "Fertiliser",
    "FieldCrop",
    "Give",
    "Grade",
    "Grassland",
    "Greenhouse",
    "Harvest",
    "Herd",
    "HomeUse",
    "Kiln",
    "LandUse",
    "Leg",
    "Lime",
    "Manure",
    "Mariculture",
    "Mushrooms",
    "Orchard",
    "Package",
    "Packaging",
    "Packhouse",
    "Paddy",
    "Processing",
    "Prunings",
    "Reefer",
    "Retail",
    "Shop",
    "Spray",
    "Take",
    "Transport",
]
