r"""Who uses whom, quickly: through the hubs that nearly everybody buys from, or past them.

$Z_r = (I - N)^{-1} e_r$ says how much of process $r$ a unit of every product uses. Power, transport and fuels make
such a column full and its tiers many; past them it is short, because a bolt is used in few places. So the columns of
the hubs $H$ are made once, and any other one from the tiers $y$ that do not pass a hub:

$$ y = e_r + \bar N y, \qquad Z_r = y + Z_H N_H \, y $$

where $\bar N$ is $N$ without the rows of the hubs and $N_H$ is those rows: the elimination of a bordered system.
Whatever is lost on the way shows in the residual of $Z_r$, which whoever uses it computes.

Source:
    Golub, Van Loan (2013), Matrix Computations, 4th edition, section 3.2 (block elimination).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array, diags_array

from footprint.background import hashed
from footprint.background.hashed import AnyArray
from footprint.background.pack import Pack
from footprint.background.scores import METHOD
from footprint.background.thin_tiers import thin_sums
from footprint.background.tiers import summed
from footprint.errors import InputError, Problem
from lca_models.real import Array

KIND = "agrifood-footprint background hubs, version 1"
MOST_HUBS = 200
_USERS = 30  # a process with fewer is no hub
_COLUMNS = 8  # of the hubs made at a time: they stay in the cache of a core
_PRUNED = 1e-18  # part of a product's worth that is not followed further


@dataclass(frozen=True)
class Hubs:
    """The hubs of a background, and how much of each a unit of every product uses."""

    rows: AnyArray
    """$H$."""
    use: Array
    """$Z_H$, a row per hub."""
    prices: Array
    """What a unit of each product is worth: an amount of it is followed for as long as it is worth something."""
    bought: csr_array
    """$N_H$."""
    handed_on: csr_array
    """$\\bar N^\\mathsf{T}$, by worth."""

    @classmethod
    def of(cls, feed: csr_array, prices: Array, pack: Pack, cache: Path) -> "Hubs | None":
        """The hubs of a system, from the cache or made and kept there; nothing where the tiers of one do not end.

        Args:
            feed: $N$.
            prices: above zero.
            pack: whose system it is.
            cache: a folder for hubs of any number of packs.

        Raises:
            InputError: what the cache holds has changed or is of another method, or cannot be written.
        """
        users = np.bincount(feed.indices, minlength=feed.shape[0])
        rows = np.sort(np.argsort(-users, kind="stable")[:MOST_HUBS])
        rows = rows[users[rows] >= _USERS]
        use = _kept(feed, prices, rows, pack, cache)
        if use is None:
            return None
        past = np.ones(feed.shape[0])
        past[rows] = 0.0
        by_worth = diags_array(prices) @ csr_array(feed.T) @ diags_array(past / prices)
        handed_on = csr_array(by_worth)
        handed_on.eliminate_zeros()
        return cls(rows, use, prices, csr_array(feed[rows]), handed_on)

    def users(self, rows: Sequence[int]) -> Array:
        """$Z$ of some processes, a row each."""
        kept = {hub: place for place, hub in enumerate(self.rows.tolist())}
        hubs = [place for place, row in enumerate(rows) if row in kept]
        if not hubs:
            return self._others(rows)
        others = [place for place in range(len(rows)) if place not in hubs]
        found = np.empty((len(rows), len(self.prices)))
        found[hubs] = self.use[[kept[rows[place]] for place in hubs]]
        found[others] = self._others([rows[place] for place in others])
        return found

    def _others(self, rows: Sequence[int]) -> Array:
        past = thin_sums(self.handed_on, rows, pruned=_PRUNED)
        past *= self.prices
        past /= self.prices[rows][:, None]
        through = np.asarray(self.bought @ past.T)
        counted = through.any(axis=1)
        if counted.any():
            past += through[counted].T @ (self.use if counted.all() else self.use[counted])
        return past


def _kept(feed: csr_array, prices: Array, rows: AnyArray, pack: Pack, cache: Path) -> Array | None:
    kept = cache / f"{pack.id[7:23]}-hubs"
    about = {"pack": pack.id, "method": METHOD, "hubs": rows.tolist()}
    if not kept.exists():
        use = _use(feed, prices, rows)
        if use is None:
            return None
        hashed.write(kept, KIND, about, {"use": use}, {})
    folder = hashed.read(kept, KIND)
    if folder.about != about or folder.arrays["use"].shape != (len(rows), feed.shape[0]):
        fix = "remove the folder; it will be made again"
        raise InputError(Problem(str(kept), "holds other hubs", "they are never used", fix))
    return np.array(folder.arrays["use"])


def _use(feed: csr_array, prices: Array, rows: AnyArray) -> Array | None:
    use = np.empty((len(rows), feed.shape[0]))
    for begin in range(0, len(rows), _COLUMNS):
        some = rows[begin : begin + _COLUMNS]
        units = np.zeros((feed.shape[0], len(some)))
        units[some, range(len(some))] = 1.0
        found = summed(feed, units, scale=prices[:, None] / prices[some])
        if found is None:
            return None
        use[begin : begin + _COLUMNS] = found.T
    return use
