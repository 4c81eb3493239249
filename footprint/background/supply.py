r"""What a product takes from everybody: solved from its side, over the processes that count, on every draw.

With the demand $e$ for a product, the supplies and the intensities are

$$ s = e + N^\mathsf{T} s, \qquad h = C^\mathsf{T} s $$

Of twenty thousand processes a few hundred supply all but a billionth of a billionth part of what a product is worth.
Which they are is read off the central solution, the system is solved for them alone, and what they take from all the
others is left in the residual $r = e + N^\mathsf{T} s - s$. Nothing is assumed about the rest: with any $v$ for
which $w = v - |N| v > 0$ on this draw, and $m$ what the product causes before credits,

$$ \frac{|h - h^*|_g}{m_g} \le \max_j \frac{q_j}{w_j} \; v^\mathsf{T} |r|, \quad
   q_j = \sum_g \frac{|C_{jg}|}{m_g} $$

because $|C_{jg}| \le m_g \, q_j$ and $(I - |N|)^{-1} q \le v \max_j q_j / w_j$. The residual is that of the few who
count and their suppliers; all others enter by $w$ and $q$ only, and there anything will do that is as large as they
are on the draw. A draw whose bound is too wide is solved whole.

Source:
    Heijungs, Suh (2002), The Computational Structure of Life Cycle Assessment, chapter 2 (supply); Berman, Plemmons
    (1994), Nonnegative Matrices in the Mathematical Sciences, chapter 6, theorem 2.3; Higham (2002), Accuracy and
    Stability of Numerical Algorithms, section 3.1.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from footprint.background.certificate import UNIT_ROUNDOFF, Majorant, majorant
from footprint.background.hashed import AnyArray
from footprint.background.part import Part
from footprint.background.system import Network, System, starts
from footprint.background.tiers import EXACT, MOST_TIERS, summed
from lca_models.real import Array

_STEP = 1e-2
"""Last step of the tiers, relative to the tolerance: many small steps still lie behind it."""
_LEAST = 1e-200
"""kg that a product causes; of less, one part in a million is no number any more."""
_ROOM = 1.3
"""How much more than the central system draws may pass on within the central proof."""
_FEW = 512
"""Processes whose inverse is a table that costs no more to read than a tier."""
_LEFT_OUT = 1e-4
"""What the processes left out may supply, relative to the tolerance: draws differ from the central solution."""
MOST_TIERS_OF_A_PROOF = 40
"""Of draws: to solve them for all products is cheaper than many more."""


@dataclass(frozen=True)
class Centre:
    """The central system that draws are around, made ready once for all products."""

    whole: Network
    system: System

    @cached_property
    def handed_on(self) -> csr_array:
        r"""$N^\mathsf{T}$."""
        return csr_array(self.system.feed.T)

    @cached_property
    def roomy(self) -> System:
        """The same with more of everything: or most draws would have to look for a proof of their own."""
        return replace(self.system, feed=self.system.feed * _ROOM)


@dataclass(frozen=True)
class Links:
    """Where the amounts stand that some processes take, from each other and from everybody."""

    taken: AnyArray
    """The places of all of them in $N$,"""
    taker: AnyArray
    """who takes it, by its number among those processes,"""
    giver: AnyArray
    """and from whom."""
    inner: AnyArray
    """The places of those from each other, giver by giver,"""
    columns: AnyArray
    """their takers,"""
    starts: AnyArray
    """and where each giver begins."""

    @classmethod
    def of(cls, feed: csr_array, active: AnyArray) -> "Links":
        """The links of some rows of $N$."""
        counts = np.diff(feed.indptr)[active]
        taker = np.repeat(np.arange(len(active)), counts)
        taken = np.arange(counts.sum()) + np.repeat(feed.indptr[active] - np.cumsum(counts) + counts, counts)
        giver = feed.indices[taken]
        number = np.full(feed.shape[0], -1)
        number[active] = np.arange(len(active))
        within = np.flatnonzero(number[giver] >= 0)
        within = within[np.argsort(number[giver[within]], kind="stable")]
        begins = starts(number[giver[within]], len(active))
        return cls(taken, taker, giver, taken[within], taker[within], begins)

    def among(self, feed: csr_array) -> csr_array:
        r"""$N^\mathsf{T}$ among those processes."""
        size = len(self.starts) - 1
        return csr_array((feed.data[self.inner], self.columns, self.starts), shape=(size, size))


@dataclass(frozen=True)
class Supply:
    """The processes that count for a product, on as many draws at once as its part has copies."""

    part: Part
    demand: Array
    """$e$ over them."""
    central: Array
    """Their central supply."""
    step: Array
    """What a step of each is measured against: as much as the whole product is worth."""
    worth: Array
    """$1 / m$, per gas."""
    proof: Majorant
    links: Links
    inverse: Array | None
    """$(I - N^\\mathsf{T})^{-1}$ among those of one copy on the central system, where they are few: three corrections
    with it do what ten tiers do."""
    tolerance: float
    """Of the last step."""

    @classmethod
    def of(
        cls, centre: Centre, before_credits: Array, row: int, *, tolerance: float, copies: int
    ) -> "Supply | None":
        """Ready for draws around a central system, or nothing where its tiers or its proof do not end.

        Args:
            centre: the central system.
            before_credits: $m$ of all its products.
            row: the product asked.
            tolerance: of the draws.
            copies: draws at once.
        """
        if not (before_credits[row] > _LEAST).all():
            return None
        worth = 1 / before_credits[row]
        prices = before_credits @ worth
        demand = np.zeros(len(prices))
        demand[row] = 1.0
        with np.errstate(divide="ignore", over="ignore"):  # what causes nothing may be moved at will
            step = prices[row] / prices
        proof = majorant(centre.roomy, prices) or majorant(centre.system, prices)
        supply = summed(centre.handed_on, demand, tolerance=max(EXACT, tolerance * _LEFT_OUT), scale=step)
        if supply is None or proof is None:
            return None
        active = _counting(np.abs(supply) / step, row, tolerance * _LEFT_OUT)
        part = Part.of(centre.whole, active, copies=copies)
        feed = part.structure.filled().feed
        links = Links.of(feed, part.active)
        return cls(
            part,
            np.tile(demand[active], copies),
            np.tile(supply[active], copies),
            np.tile(step[active], copies),
            worth,
            proof,
            links,
            _inverse(links.among(feed)[: len(active), : len(active)]) if len(active) <= _FEW else None,
            max(EXACT, _STEP * tolerance),
        )

    def proved(self, system: System) -> Majorant | None:
        """The vectors of the proof for some draws; nothing where they are not found soon.

        Args:
            system: the draw, or one of which no entry is smaller than on any of the draws.
        """
        return majorant(system, self.proof.before_credits, self.proof, most_tiers=MOST_TIERS_OF_A_PROOF)

    def intensities(self, drawn: System, system: System, proof: Majorant | None) -> tuple[Array, Array]:
        """What the product causes on each draw, and how sure that is: not at all without proof.

        Args:
            drawn: the draws of its part.
            system: one of which no entry is smaller than on any of these draws.
            proof: for that system; its own is the tightest.

        Returns:
            kg per unit, a row per draw and a column per gas, and per draw the largest error relative to what is
            caused before credits.
        """
        copies = self.part.copies
        found = None if proof is None else self._found(self.links.among(drawn.feed))
        if found is None or proof is None:
            return np.full((copies, len(self.worth)), np.nan), np.full(copies, np.inf)
        worst = _largest_ratio(system.magnitude_of_emitted @ self.worth, proof.margin)
        missed = self._left(drawn.feed.data, found).reshape(copies, -1) @ proof.reach[self.part.rows]
        supply = np.zeros(copies * len(self.part.rows))
        supply[self.part.active] = found
        emitted = drawn.magnitude_of_emitted @ np.tile(self.worth, copies)
        worth = (np.abs(supply) * emitted).reshape(copies, -1).sum(axis=1)
        rounding = (len(found) // copies + 2) * UNIT_ROUNDOFF * worth
        return (drawn.emitted.T @ supply).reshape(copies, -1), worst * missed + rounding

    def _found(self, inner: csr_array) -> Array | None:
        """$s$: from the central solution, corrected with the central inverse where there is one."""
        if self.inverse is None:
            return summed(inner, self.demand, start=self.central, tolerance=self.tolerance, scale=self.step)
        found, least, inverse = self.central, self.tolerance * self.step, self.inverse.T
        for _ in range(MOST_TIERS):
            lacking = (self.demand + inner @ found - found).reshape(self.part.copies, -1)
            step: Array = (lacking @ inverse).ravel()
            found = found + step
            if (np.abs(step) <= least).all():
                return found
            if not np.isfinite(step.max()):
                return None
        return None

    def _left(self, amounts: Array, found: Array) -> Array:
        """$|r|$ of the part and the rounding of it, which is that of as many links as the busiest giver has."""
        links, size = self.links, self.part.copies * len(self.part.rows)
        flows = amounts[links.taken] * found[links.taker]
        left, sizes = (
            np.bincount(links.giver, flow, minlength=size).astype(np.float64)  # of nothing: whole numbers
            for flow in (flows, np.abs(flows))
        )
        left[self.part.active] += self.demand - found
        sizes[self.part.active] += self.demand + np.abs(found)
        return np.asarray(np.abs(left) + (len(found) + 3) * UNIT_ROUNDOFF * sizes)


def _inverse(inner: csr_array) -> Array | None:
    r"""$(I - N^\mathsf{T})^{-1}$ of some processes, or nothing where there is none."""
    try:
        return np.asarray(np.linalg.inv(np.eye(inner.shape[0]) - inner.toarray()))
    except np.linalg.LinAlgError:
        return None


def _counting(worth: Array, row: int, left_out: float) -> AnyArray:
    """The rows without which the product would miss no more than a part of all that it is worth."""
    order = np.argsort(worth)
    missed = np.cumsum(worth[order])
    return np.union1d(order[missed > left_out * missed[-1]], [row])


def _largest_ratio(above: Array, below: Array) -> float:
    """Without end where something stands above nothing."""
    if (above[below <= 0] > 0).any():
        return np.inf
    return float(np.divide(above, below, out=np.zeros_like(above), where=below > 0).max(initial=0.0))
