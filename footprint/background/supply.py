r"""What a few products take from everybody: solved from their side, over the processes that count, on every draw.

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

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csc_array, csr_array

from footprint.background.certificate import UNIT_ROUNDOFF, Majorant, majorant
from footprint.background.hashed import AnyArray
from footprint.background.need import MOST_TIERS_OF_A_PROOF, Centre, Need
from footprint.background.part import Part
from footprint.background.system import System
from footprint.background.tiers import EXACT, MOST_TIERS, summed
from lca_models.real import Array

FEW = 512
"""Processes whose inverse is a table that costs no more to read than a tier."""
_STEP = 1e-2
"""Last step of the tiers, relative to the tolerance: many small steps still lie behind it."""


@dataclass(frozen=True)
class Supplied:
    """What some products cause on some draws, and what they miss."""

    intensities: Array
    """Draws × products × gases, kg per unit."""
    left: Array
    """$|r|$ and its rounding: draws × rows of the part × products."""
    rounding: Array
    """Of the intensities, relative to what is caused before credits: draws × products."""


@dataclass(frozen=True)
class Supply:
    """The processes that count for some products, on as many draws at once as their part has copies."""

    needs: Sequence[Need]
    part: Part
    demand: Array
    """$e$: a row for each of the part, a column per product."""
    central: Array
    """Their central supply."""
    least: Array
    """The last step of each."""
    inverse: Array | None
    """$(I - N^\\mathsf{T})^{-1}$ among those of one copy on the central system, where they are few: three corrections
    with it do what ten tiers do."""

    @classmethod
    def of(cls, centre: Centre, needs: Sequence[Need], *, tolerance: float, copies: int) -> "Supply":
        """Ready for draws around a central system.

        Args:
            centre: the central system.
            needs: of the products.
            tolerance: of the draws.
            copies: draws at once.
        """
        active = np.unique(np.concatenate([need.active for need in needs]))
        part = Part.of(centre.whole, active, copies=copies)
        demand, central = np.zeros((2, len(part.rows), len(needs)))
        own = part.active[: len(active)]
        central[own] = np.stack([need.supply[active] for need in needs], axis=1)
        demand[np.searchsorted(part.rows, [need.row for need in needs]), range(len(needs))] = 1.0
        step = np.stack([need.step[part.rows] for need in needs], axis=1)
        inner = part.structure.filled().feed[own][:, own]
        return cls(
            needs,
            part,
            np.tile(demand, (copies, 1)),
            np.tile(central, (copies, 1)),
            np.tile(max(EXACT, _STEP * tolerance) * step, (copies, 1)),
            _inverse(inner) if len(active) <= FEW else None,
        )

    def on(self, drawn: System) -> Supplied | None:
        """What the products cause on each draw; nothing where the tiers do not end.

        Args:
            drawn: the draws of the part.
        """
        found = self._found(drawn.feed.T)
        if found is None:
            return None
        copies, products = self.part.copies, len(self.needs)
        emitted = drawn.magnitude_of_emitted @ np.tile(self._worth, (copies, 1))
        worth = (np.abs(found) * emitted).reshape(copies, -1, products).sum(axis=1)
        caused = (drawn.emitted.T @ found).reshape(copies, -1, products).swapaxes(1, 2)
        count = len(self.part.active) // copies
        return Supplied(
            caused,
            self._left(drawn, found, count).reshape(copies, -1, products),
            (count + 2) * UNIT_ROUNDOFF * worth,
        )

    def errors(
        self, supplied: Supplied, products: Sequence[int], system: System, proof: Majorant | None
    ) -> Array:
        """The largest errors, relative to what is caused before credits: without end without proof.

        Args:
            supplied: on some draws.
            products: which of them.
            system: one of which no entry is smaller than on any of these draws.
            proof: for that system; a product's own is the tightest.

        Returns:
            A row per draw and a column per product.
        """
        if proof is None:
            return np.full((self.part.copies, len(products)), np.inf)
        worst = _largest_ratios(system.magnitude_of_emitted @ self._worth[:, products], proof.margin)
        missed = proof.reach[self.part.rows] @ supplied.left[:, :, products]
        return np.asarray(worst * missed + supplied.rounding[:, products])

    def proved(self, system: System) -> Majorant | None:
        """The proof of all products together for some draws; nothing where it is not found soon.

        Args:
            system: the draw, or one of which no entry is smaller than on any of the draws.
        """
        together = self._together
        return majorant(system, together.before_credits, together, most_tiers=MOST_TIERS_OF_A_PROOF)

    @cached_property
    def _together(self) -> Majorant:
        """The sum of the vectors of all products, each in what is typical of its own gases."""
        caused, reach, margin = (
            np.sum([need.typical * getattr(need.proof, name) for need in self.needs], axis=0)
            for name in ("before_credits", "reach", "margin")
        )
        return Majorant(caused, reach, margin)

    @cached_property
    def _worth(self) -> Array:
        return np.stack([need.worth for need in self.needs], axis=1)

    def _found(self, handed_on: csc_array) -> Array | None:
        """$s$: from the central solution, corrected with the central inverse where there is one."""
        if self.inverse is None:
            return self._by_tiers(handed_on)
        found, active, copies = self.central, self.part.active, self.part.copies
        for _ in range(MOST_TIERS):
            lacking: Array = (self.demand + handed_on @ found - found)[active]
            step = (self.inverse @ lacking.reshape(copies, -1, lacking.shape[1])).reshape(lacking.shape)
            found = found.copy()
            found[active] += step
            if (np.abs(step) <= self.least[active]).all():
                return found
            if not np.isfinite(step.max()):
                return None
        return None

    def _by_tiers(self, handed_on: csc_array) -> Array | None:
        """Those who do not count take nothing on, and what is taken of them is not theirs: it is left."""
        found = summed(handed_on, self.demand, start=self.central, tolerance=1.0, scale=self.least)
        if found is not None:
            others = np.ones(len(found), dtype=bool)
            others[self.part.active] = False
            found[others] = 0.0
        return found

    def _left(self, drawn: System, found: Array, count: int) -> Array:
        """$|r|$ of the part and the rounding of it, which is that of as many links as the busiest giver has."""
        left = np.abs(self.demand + drawn.feed.T @ found - found)
        size = np.abs(found)
        return np.asarray(
            left + (count + 3) * UNIT_ROUNDOFF * (self.demand + drawn.magnitude.T @ size + size)
        )


def _inverse(inner: csr_array) -> Array | None:
    r"""$(I - N^\mathsf{T})^{-1}$ of some processes, or nothing where there is none."""
    try:
        return np.asarray(np.linalg.inv(np.eye(inner.shape[0]) - inner.toarray().T))
    except np.linalg.LinAlgError:
        return None


def _largest_ratios(above: Array, below: Array) -> Array:
    """Of each column; without end where something stands above nothing."""
    positive = below > 0
    ratios = (above[positive] / below[positive, None]).max(axis=0, initial=0.0)
    ratios[(above[~positive] > 0).any(axis=0)] = np.inf
    return np.asarray(ratios)


def batches(needs: Sequence[tuple[int, Need]]) -> "list[list[tuple[int, Need]]]":
    """Products side by side for as long as few processes count for them together."""
    found: list[list[tuple[int, Need]]] = []
    active: AnyArray = np.zeros(0, dtype=int)
    for place, need in needs:
        together = np.union1d(active, need.active)
        if not found or len(together) > FEW:
            found, together = [*found, []], need.active
        found[-1].append((place, need))
        active = together
    return found
