"""Activities linked into one network that delivers a product.

Two forms of record: the orchard's, `OrchardChain`, with sections a grower recognises; and the general one,
`Network`, a list of activities linked by what they give and take. `ProductSystem.of` reads either.
"""

from lca_models.product_system.about import About, Destination, Exclusion
from lca_models.product_system.balances import check_balances
from lca_models.product_system.links import check_links
from lca_models.product_system.network import Network
from lca_models.product_system.orchard_chain import OrchardChain, Route
from lca_models.product_system.supply import check_supply
from lca_models.product_system.system import ProductSystem

__all__ = [
    "About",
    "Destination",
    "Exclusion",
    "Network",
    "OrchardChain",
    "ProductSystem",
    "Route",
    "check_balances",
    "check_links",
    "check_supply",
]
