r"""Who uses a process, $Z_r = (I - N)^{-1} e_r$, and how well that is known.

The residual $R_r = e_r + N Z_r - Z_r$ is computed afresh, however $Z_r$ was found, and the rounding of that is bounded
and added: with at most $n$ suppliers, $(n + 3) u$ of what enters it, which is no more than $2 Z_r + |R_r|$ where
nothing is credited. What is kept of it is, per gas, how far it stands above what a proof has to spare.

Source:
    Higham (2002), Accuracy and Stability of Numerical Algorithms, section 3.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from footprint.background.certificate import UNIT_ROUNDOFF, Majorant
from footprint.background.hubs import Hubs
from footprint.background.system import System
from footprint.background.tiers import sized, summed
from lca_models.real import Array

_FEW = 0.1  # of all products: then picking them out is quicker than counting with nothing


@dataclass(frozen=True)
class Users:
    """A column of $Z$, and per gas the largest $|R_Z| / w$ and $Z / X$."""

    reach: Array
    worst: Array
    relative: Array


@dataclass(frozen=True)
class Measure:
    """What users are measured by: the solution of a background where nothing is credited, and its proof."""

    system: System
    caused: Array
    """$X$, `sized`."""
    per_caused: Array
    """$1 / X$, a row per gas."""
    per_margin: Array
    """$1 / w$, a row per gas."""
    worst: Array
    """The largest $|R| / w$, per gas."""
    reached: Array
    """The largest $v / X$, per gas."""

    @classmethod
    def of(cls, system: System, found: Array, proof: Majorant) -> "Measure":
        """Made once for a solution.

        Args:
            system: the equations, where nothing is credited.
            found: $X$.
            proof: for these equations.
        """
        caused = sized(found)
        with np.errstate(divide="ignore"):  # of a product that causes nothing, without end
            per_caused, per_margin = (np.ascontiguousarray(1 / sizes.T) for sizes in (caused, proof.margin))
        left = np.abs(system.residual(found))
        left += _rounding(system) * (2 * found + left)
        worst, reached = largest(left.T, per_margin), largest(proof.reach.T, per_caused)
        return cls(system, caused, per_caused, per_margin, worst, reached)

    def users(self, rows: Sequence[int], hubs: Hubs | None) -> list[Users]:
        """Who uses some processes; nothing where the tiers of one do not end, or it causes nothing.

        Args:
            rows: of the processes.
            hubs: where they are known.
        """
        if not self.caused[rows].all():
            return []
        found = self._by_tiers(rows) if hubs is None else hubs.users(rows)
        if found is None:
            return []
        return [self._measured(row, reach) for row, reach in zip(rows, found, strict=True)]

    def _measured(self, row: int, reach: Array) -> Users:
        left = self.system.feed @ reach - reach
        left[row] += 1.0
        left = np.abs(left)
        left += _rounding(self.system) * (2 * reach + left)
        some = np.flatnonzero(left)
        counted = some if len(some) < _FEW * len(left) else slice(None)
        worst, relative = (
            largest(amounts[counted], per[:, counted])
            for amounts, per in ((left, self.per_margin), (reach, self.per_caused))
        )
        return Users(reach, worst, relative)

    def _by_tiers(self, rows: Sequence[int]) -> Array | None:
        """A product uses a process for no more than it causes: what is less than rounding of that is nothing."""
        units = np.zeros((len(self.caused), len(rows)))
        units[rows, range(len(rows))] = 1.0
        least = np.stack([(self.caused * self.per_caused[:, row]).min(axis=1) for row in rows], axis=1)
        found = summed(self.system.feed, units, scale=least)
        return None if found is None else np.ascontiguousarray(found.T)


def largest(amounts: Array, per: Array) -> Array:
    """The largest amount per something, for each gas, which is a row; nothing per nothing is nothing."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.fmax.reduce(amounts * per, axis=1, initial=0.0))


def _rounding(system: System) -> float:
    return (int(np.diff(system.feed.indptr).max(initial=0)) + 3) * UNIT_ROUNDOFF
