r"""What a few products take from everybody: solved from their side, over the processes that count, on every draw.

For demands $E$, a column per product asked, the supplies and the intensities are

$$ S = E + N^\mathsf{T} S, \qquad H = C^\mathsf{T} S $$

Of twenty thousand processes a few hundred supply all but a billionth of a billionth part of what a product is worth.
Which they are is read off the central solution, the system is solved for them alone, and what they take from all the
others is left in the residual $R = E + N^\mathsf{T} S - S$, which is computed with *every* exchange of the draw.
Nothing is assumed about the rest: with any $v$ for which $w = v - |N| v > 0$ on this draw,

$$ \frac{|H - H^*|_g}{M_{pg}} \le \max_j \frac{q_j}{w_j} \; v^\mathsf{T} |R|, \quad
   q_j = \sum_g \frac{|C_{jg}|}{M_{pg}} $$

because $|C_{jg}| \le M_{pg} \, q_j$ and $(I - |N|)^{-1} q \le v \max_j q_j / w_j$; $M_{pg}$ is what the product $p$
causes before credits. A draw whose bound is too wide is solved whole. To be tight, the $v$ of a product comes from
$m_j = \sum_g M_{jg} / M_{pg}$.

Source:
    Heijungs, Suh (2002), The Computational Structure of Life Cycle Assessment, chapter 2 (supply); Berman, Plemmons
    (1994), Nonnegative Matrices in the Mathematical Sciences, chapter 6, theorem 2.3; Higham (2002), Accuracy and
    Stability of Numerical Algorithms, section 3.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from footprint.background.certificate import UNIT_ROUNDOFF, Majorant, majorant
from footprint.background.hashed import AnyArray
from footprint.background.system import System, starts
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

    def inverse(self, feed: csr_array) -> Array | None:
        r"""$(I - N^\mathsf{T})^{-1}$ among them, or nothing where there is none."""
        try:
            return np.asarray(np.linalg.inv(np.eye(len(self.starts) - 1) - self.among(feed).toarray()))
        except np.linalg.LinAlgError:
            return None


@dataclass(frozen=True)
class Supply:
    """The processes that count for some products."""

    active: AnyArray
    """Their rows."""
    demand: Array
    """$E$ over them."""
    central: Array
    """Their central supply."""
    step: Array
    """What a step of each is measured against: as much as the whole product is worth."""
    worth: Array
    """$1 / M$ of the products asked: a row per product, a column per gas."""
    proof: Majorant
    """A column per product."""
    links: Links
    inverse: Array | None
    """$(I - N^\\mathsf{T})^{-1}$ among them on the central system, where they are few: three corrections with it do
    what ten tiers do."""
    tolerance: float
    """Of the last step."""

    @classmethod
    def of(
        cls, system: System, before_credits: Array, rows: Sequence[int], *, tolerance: float
    ) -> "Supply | None":
        """Ready for draws around a central system, or nothing where its tiers or its proof do not end.

        Args:
            system: the central one.
            before_credits: $M$ of all its products.
            rows: the products asked.
            tolerance: of the draws.
        """
        caused = before_credits[rows]
        if not (caused > _LEAST).all():
            return None
        worth = 1 / caused
        prices = before_credits @ worth.T
        demand = np.zeros(prices.shape)
        demand[rows, range(len(rows))] = 1.0
        whole = np.sum(prices * demand, axis=0)
        with np.errstate(divide="ignore", over="ignore"):  # what causes nothing may be moved at will
            step = whole / prices
        roomy = replace(system, feed=system.feed * _ROOM)  # or most draws would have to look for their own
        proof = majorant(roomy, prices) or majorant(system, prices)
        supply = summed(
            csr_array(system.feed.T), demand, tolerance=max(EXACT, tolerance * _LEFT_OUT), scale=step
        )
        if supply is None or proof is None:
            return None
        active = _counting(np.abs(supply) / step, rows, tolerance * _LEFT_OUT)
        links = Links.of(system.feed, active)
        return cls(
            active,
            demand[active],
            supply[active],
            step[active],
            worth,
            proof,
            links,
            links.inverse(system.feed) if len(active) <= _FEW else None,
            max(EXACT, _STEP * tolerance),
        )

    def intensities(self, system: System) -> tuple[Array, float] | None:
        """What the products cause on one draw, and how sure that is; nothing where its tiers or its proof do not end.

        Args:
            system: the draw, with the structure of the central system.

        Returns:
            kg per unit, a row per product and a column per gas, and the largest error relative to what is caused
            before credits.
        """
        found = self._found(self.links.among(system.feed))
        proof = majorant(system, self.proof.before_credits, self.proof)
        if found is None or proof is None:
            return None
        emitted = system.magnitude_of_emitted @ self.worth.T
        missed = np.sum(proof.reach * self._left(system.feed.data, found, len(emitted)), axis=0)
        error = _largest_ratio(emitted, proof.margin) * missed
        rounding = (len(found) + 2) * UNIT_ROUNDOFF * np.sum(np.abs(found) * emitted[self.active], axis=0)
        supply = np.zeros(emitted.shape)
        supply[self.active] = found
        return (system.emitted.T @ supply).T, float((error + rounding).max(initial=0.0))

    def _found(self, inner: csr_array) -> Array | None:
        """$S$: from the central solution, corrected with the central inverse where there is one."""
        if self.inverse is None:
            return summed(inner, self.demand, start=self.central, tolerance=self.tolerance, scale=self.step)
        found, least = self.central, self.tolerance * self.step
        for _ in range(MOST_TIERS):
            step: Array = self.inverse @ (self.demand + inner @ found - found)
            found = found + step
            if (np.abs(step) <= least).all():
                return found
            if not np.isfinite(step.max()):
                return None
        return None

    def _left(self, amounts: Array, found: Array, size: int) -> Array:
        """$|R|$ of everybody and the rounding of it, which is that of as many links as the busiest giver has."""
        links, left = self.links, np.empty((size, found.shape[1]))
        for product, supply in enumerate(found.T):
            flows = amounts[links.taken] * supply[links.taker]
            residual, sizes = (
                np.bincount(links.giver, flow, minlength=size).astype(np.float64)  # of nothing: whole numbers
                for flow in (flows, np.abs(flows))
            )
            residual[self.active] += self.demand[:, product] - supply
            sizes[self.active] += self.demand[:, product] + np.abs(supply)
            left[:, product] = np.abs(residual) + (len(supply) + 3) * UNIT_ROUNDOFF * sizes
        return left


def _counting(worth: Array, rows: Sequence[int], left_out: float) -> AnyArray:
    """The rows without which each product would miss no more than a part of all that it is worth."""
    counts = np.zeros(len(worth), dtype=bool)
    counts[list(rows)] = True
    for column in worth.T:
        order = np.argsort(column)
        missed = np.cumsum(column[order])
        counts[order[missed > left_out * missed[-1]]] = True
    return np.flatnonzero(counts)


def _largest_ratio(above: Array, below: Array) -> Array:
    """The largest ratio per column; without end where something stands above nothing."""
    ratio = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    ratio[(below <= 0) & (above > 0)] = np.inf
    return np.asarray(ratio.max(axis=0, initial=0.0))
