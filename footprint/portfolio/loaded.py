"""What every worker needs before its first shard; importing this module has it ready.

The fork server imports it once, so that its workers start with modules, published numbers and units in memory that
they share.
"""

import footprint.portfolio.shard  # noqa: F401 - to have it loaded
from lca_models.factors import shipped_factors
from lca_models.units import parse

shipped_factors()
parse("1 kg").to("t")  # the registry of units is read when the first one is converted
