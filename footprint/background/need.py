"""What a product needs: the processes that count for it on the central solution, and what proves that others do not."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from footprint.background.certificate import Majorant, majorant
from footprint.background.hashed import AnyArray
from footprint.background.system import Network, System
from footprint.background.tiers import EXACT, summed
from lca_models.real import Array

MOST_TIERS_OF_A_PROOF = 40
"""Of draws: to solve them for all products is cheaper than many more."""
_LEAST = 1e-200
"""kg that a product causes; of less, one part in a million is no number any more."""
_ROOM = 1.3
"""How much more than the central system draws may pass on within the central proof."""
_LEFT_OUT = 1e-4
"""What the processes left out may supply, relative to the tolerance: draws differ from the central solution."""


@dataclass(frozen=True)
class Centre:
    """The central system that draws are around, made ready once for all products."""

    whole: Network
    system: System
    before_credits: Array
    """What every product causes before credits."""

    @cached_property
    def handed_on(self) -> csr_array:
        r"""$N^\mathsf{T}$."""
        return csr_array(self.system.feed.T)

    @cached_property
    def roomy(self) -> System:
        """The same with more of everything: or most draws would have to look for a proof of their own."""
        return replace(self.system, feed=self.system.feed * _ROOM)


@dataclass(frozen=True)
class Need:
    """What one product needs of everybody."""

    row: int
    active: AnyArray
    """The rows that count."""
    supply: Array
    """$s$ of all rows on the central system."""
    step: Array
    """What a step of each is measured against: as much as the whole product is worth."""
    worth: Array
    """$1 / m$, per gas."""
    proof: Majorant

    @classmethod
    def of(cls, centre: Centre, row: int, *, tolerance: float) -> "Need | None":
        """What a product needs, or nothing where its tiers or its proof do not end.

        Args:
            centre: the central system.
            row: of the product.
            tolerance: of the draws.
        """
        caused = centre.before_credits
        if not (caused[row] > _LEAST).all():
            return None
        worth = 1 / caused[row]
        prices = caused @ worth
        demand = np.zeros(len(prices))
        demand[row] = 1.0
        with np.errstate(divide="ignore", over="ignore"):  # what causes nothing may be moved at will
            step = prices[row] / prices
        proof = majorant(centre.roomy, prices) or majorant(centre.system, prices)
        left_out = tolerance * _LEFT_OUT
        supply = summed(centre.handed_on, demand, tolerance=max(EXACT, left_out), scale=step)
        if supply is None or proof is None:
            return None
        return cls(row, _counting(np.abs(supply) / step, row, left_out), supply, step, worth, proof)

    @property
    def typical(self) -> float:
        """What the product causes of a gas, in the middle."""
        return float(np.exp(-np.log(self.worth).mean()))

    def proved(self, system: System) -> Majorant | None:
        """The vectors of the proof for some draws; nothing where they are not found soon.

        Args:
            system: the draw, or one of which no entry is smaller than on any of the draws.
        """
        return majorant(system, self.proof.before_credits, self.proof, most_tiers=MOST_TIERS_OF_A_PROOF)


def _counting(worth: Array, row: int, left_out: float) -> AnyArray:
    """The rows without which the product would miss no more than a part of all that it is worth."""
    order = np.argsort(worth)
    missed = np.cumsum(worth[order])
    return np.union1d(order[missed > left_out * missed[-1]], [row])
