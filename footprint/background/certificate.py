r"""How far a solution can be from the truth, proved after the fact from its residual.

Let $R = C + N X - X$ be the residual of some $X$, however it was found. If any positive $v$ has
$w = v - |N| v > 0$, then $I - |N|$ is an M-matrix, $I - N$ an H-matrix, $|(I - N)^{-1}| \le (I - |N|)^{-1}$, and
every entry is known to

$$ |X - X^*| \le v \cdot \max_j \frac{|R_j|}{w_j} $$

The vector $v$ also proves that no loop feeds on itself. To be tight for a screw and a power plant alike, $v$ is
made for each gas from $m = (I - |N|)^{-1} |C|$: what would be caused if nothing were credited, or a billionth of the
product's largest gas where that is more.

Source:
    Berman, Plemmons (1994), Nonnegative Matrices in the Mathematical Sciences, chapter 6, theorem 2.3 (I27, N38);
    Ostrowski (1937), Commentarii Mathematici Helvetici 10:69 (H-matrices); Higham (2002), Accuracy and Stability of
    Numerical Algorithms, section 3.1 (rounding of the residual itself).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from footprint.background.system import System
from footprint.background.tiers import MOST_TIERS
from lca_models.real import Array

UNIT_ROUNDOFF = 2.0**-53
KEPT = 0.5
"""Part of $m$ that $w$ has to keep: enough for the bound, and soon reached."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """How much is known about an error, relative to what is caused before credits."""

    kind: Literal["proved", "estimated"]
    relative_error: float
    """The largest of all products and gases; where nothing is credited, relative to the intensity itself."""


@dataclass(frozen=True)
class Majorant:
    """The vectors $v$ and $w$ of the proof, a column per gas, and $m$."""

    before_credits: Array
    reach: Array
    """$v$."""
    margin: Array
    """$w$."""


def majorant(
    system: System, before_credits: Array, similar: Majorant | None = None, *, most_tiers: int = MOST_TIERS
) -> Majorant | None:
    """The vectors of the proof, or nothing when they are not found.

    Args:
        system: $N$.
        before_credits: $m$, or nearly; `sized`.
        similar: the proof of similar equations, to start from.
        most_tiers: after which they are taken as not found.
    """
    reach = before_credits.copy() if similar is None else similar.reach
    for _ in range(most_tiers):
        passed_on = system.magnitude @ reach
        margin = reach - passed_on
        if (margin >= KEPT * before_credits).all():
            return Majorant(before_credits, reach, margin)
        reach = before_credits + passed_on
    return None


def proved(system: System, found: Array, proof: Majorant) -> Certificate:
    """The certificate of a solution.

    Args:
        system: the equations.
        found: $X$.
        proof: for these equations.
    """
    # Rounding: of the residual (γ times the sizes that entered it), and of w, which has room to spare.
    inputs = int(np.diff(system.feed.indptr).max(initial=0)) + 3
    sizes = np.abs(system.own) + system.magnitude @ np.abs(found) + np.abs(found)
    residual = np.abs(system.residual(found)) + inputs * UNIT_ROUNDOFF * sizes
    counted = proof.before_credits > 0
    if (residual[~counted] > 0).any():
        return Certificate("proved", float("inf"))
    worst = np.divide(residual, proof.margin, out=np.zeros_like(residual), where=counted).max(
        axis=0, initial=0.0
    )
    bound = proof.reach * worst
    relative = np.divide(bound, proof.before_credits, out=np.zeros_like(bound), where=counted)
    return Certificate("proved", float(relative.max(initial=0.0)))
