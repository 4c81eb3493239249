"""The background: a whole database as one pack, and what a unit of each of its products causes.

    pack = build(embedded(), path)             # build, inventory: checked, paired, sorted, written
    pack = Pack.open(path)                     # pack, hashed: every byte compared with the manifest
    scores = Scores.of(pack, cache)            # scores, solve, tiers: each product, each gas, once
    scores.gases("diesel")                     # {'co2_fossil': …}
    Scenarios.on(pack).scores([…])             # scenario: some processes replaced
    sample(pack, ["diesel"], draws=…, seed=…)  # samples, spreads: correlated draws
    Background.open(pack, purchases)           # purchases: in the place of embedded factors

The comments name the files to read. Importers of other formats are `embedded`, `openlca` and, in the Brightway room,
`inventories` and `databases`.
"""

from footprint.background.build import build
from footprint.background.certificate import Certificate
from footprint.background.inventory import Inventory
from footprint.background.pack import Entry, Pack
from footprint.background.purchases import Background, Purchases
from footprint.background.samples import Samples, sample
from footprint.background.scenario import Replacement, Scenarios
from footprint.background.scores import Scores

__all__ = [
    "Background",
    "Certificate",
    "Entry",
    "Inventory",
    "Pack",
    "Purchases",
    "Replacement",
    "Samples",
    "Scenarios",
    "Scores",
    "build",
    "sample",
]
