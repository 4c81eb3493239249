"""One edition of a footprint: everything that went into it, and what it printed."""

from dataclasses import dataclass

from footprint.assess import assess
from footprint.result import Footprint
from lca_models.factors import FactorSet, shipped_factors
from lca_models.product_system import ProductSystem

PROBE_DRAWS = 16
"""Only central values are compared: hardly any draws are needed."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The inputs of a footprint and what was printed of it."""

    system: ProductSystem
    gwp: str
    route: str
    factors: FactorSet
    removals: str
    printed: Footprint
    notes: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        system: ProductSystem,
        *,
        gwp: str | None,
        route: str | None = None,
        factors: FactorSet | None = None,
        removals: str = "on_product",
    ) -> "Edition":
        """The edition this engine makes of a record today.

        Args:
            system: the records.
            gwp: warming potentials; there is no default.
            route: which place of sale; the first of the records when not named.
            factors: published numbers; the shipped ones when not given.
            removals: what becomes of stored carbon.

        Raises:
            FootprintError: the records give no footprint.
        """
        numbers, sold_at = factors or shipped_factors(), system.route(route).name
        printed = assess(
            system, gwp=gwp, route=sold_at, factors=numbers, removals=removals, draws=PROBE_DRAWS
        )
        return cls(system, printed.gwp, sold_at, numbers, removals, printed)

    def remade(self) -> Footprint:
        """The footprint this engine makes of the same inputs, with hardly any draws.

        Raises:
            FootprintError: the inputs give none.
        """
        return assess(
            self.system,
            gwp=self.gwp,
            route=self.route,
            factors=self.factors,
            removals=self.removals,
            draws=PROBE_DRAWS,
        )
