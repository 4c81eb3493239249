"""The bridge to Brightway: product systems out as datapackages and databases, back in, and cross-checked.

The only room that imports Brightway, and only inside its functions: importing bw2calc takes a second or
more, and bw2data creates a project folder in HOME.
"""

from footprint.brightway.crosscheck import CrossCheck, crosscheck
from footprint.brightway.database import Exported, export
from footprint.brightway.datapackage import Package, datapackage
from footprint.brightway.network import read_network

__all__ = [
    "CrossCheck",
    "Exported",
    "Package",
    "crosscheck",
    "datapackage",
    "export",
    "read_network",
]
