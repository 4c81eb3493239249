r"""Some processes of the background replaced: new scores from the old ones, with the same certificate.

With $k$ rows of $N$ changed by $D$ and of $C$ by $\Delta$, and $Z = (I - N)^{-1} E$ for the unit vectors $E$ of
these rows (how much of each process a unit of every product uses),

$$ X' = X + Z S, \qquad (I - D Z) \, S = \Delta + D X $$

(Sherman, Morrison, Woodbury). Its residual is $R + R_Z S$, and $v + Z t$ with the $t \ge 0$ that the changed rows
lack is the vector of its proof: the certificate costs no further solution. $Z$ is made on the first use of a
process and kept; a scenario is then a system of $k$ equations.

Source:
    Hager (1989), SIAM Review 31:221, equation 2; Heijungs, Suh (2002), The Computational Structure of Life Cycle
    Assessment, section 6.6 (perturbation).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array, diags_array

from footprint.background.certificate import UNIT_ROUNDOFF, Certificate
from footprint.background.hubs import Hubs
from footprint.background.pack import Pack
from footprint.background.scores import Scores, signed
from footprint.background.solve import ACCEPTED, Solved, solved
from footprint.background.system import Structure, System
from footprint.background.users import Measure, Users, largest
from footprint.errors import InputError, Problem
from lca_models.real import Array

MOST_CHANGED = 20
_PART = 2_048  # products


@dataclass(frozen=True)
class Replacement:
    """One process run another way, per unit of its product as it stands in the database."""

    process: str
    uses: Mapping[str, float]
    """How much of the products of which processes; a waste handed over for treatment is negative."""
    emits: Mapping[str, float]
    """kg of which gases."""


@dataclass
class Scenarios:
    """Scenarios on one background."""

    pack: Pack
    system: System
    base: Solved
    measure: Measure | None
    """Of the base; where something is credited there is none, and a scenario is solved anew."""
    hubs: Hubs | None = None
    _used_by: dict[int, Users] = field(default_factory=dict)
    _stacked: tuple[tuple[int, ...], Array] = field(default=((), np.zeros((0, 0))), init=False)

    @classmethod
    def on(cls, pack: Pack, cache: Path | None = None) -> "Scenarios":
        """Ready for scenarios.

        Args:
            pack: the background.
            cache: a folder that keeps who uses the hubs of any number of packs; with it the first scenario of a
                process is as good as ready. Nothing is kept when not given.

        Raises:
            NetworkError: the pack has no solution.
            InputError: what the cache holds has changed.
        """
        system = Structure(pack).filled()
        base = solved(system, pack)
        if base.proof is None or not system.positive:
            return cls(pack, system, base, None)
        measure = Measure.of(system, base.found, base.proof)
        hubs = None if cache is None else _hubs(system, measure.caused, pack, cache)
        return cls(pack, system, base, measure, hubs)

    def scores(self, replacements: Sequence[Replacement]) -> Scores:
        """The intensities with some processes replaced.

        Args:
            replacements: at most twenty, of different processes.

        Raises:
            InputError: too many, two of one process, or a name the pack does not know.
            NetworkError: the change makes a loop that uses up what it makes.
        """
        rows = self._rows(replacements)
        inputs, own = self._changed(replacements, rows)
        found = self._corrected(rows, inputs, own) or self._again(rows, inputs, own)
        return Scores(self.pack, signed(self.system, found), found.certificate)

    def prepare(self, processes: Sequence[str]) -> None:
        """Make and keep what scenarios of these processes need.

        Args:
            processes: their ids.

        Raises:
            InputError: the pack has no such process.
        """
        rows = [row for row in map(self.pack.column, processes) if row not in self._used_by]
        if rows and self.measure is not None:
            self._used_by.update(zip(rows, self.measure.users(rows, self.hubs), strict=False))

    def _rows(self, replacements: Sequence[Replacement]) -> list[int]:
        rows = [self.pack.column(replacement.process) for replacement in replacements]
        if not 1 <= len(rows) <= MOST_CHANGED or len(set(rows)) != len(rows):
            why = f"1 to {MOST_CHANGED} different processes can be replaced"
            fix = "build a pack of the changed database"
            raise InputError(Problem("scenario", f"replaces {len(rows)} processes", why, fix))
        self.prepare([replacement.process for replacement in replacements])
        return rows

    def _changed(self, replacements: Sequence[Replacement], rows: Sequence[int]) -> tuple[csr_array, Array]:
        """The new rows of $N$ and $C$."""
        size, gases = len(self.pack), {gas: place for place, gas in enumerate(self.pack.gases)}
        own, cells = np.zeros((len(rows), len(gases))), []
        for place, (replacement, row) in enumerate(zip(replacements, rows, strict=True)):
            for gas, kg in replacement.emits.items():
                if gas not in gases:
                    fix = f"its gases: {', '.join(gases)}"
                    raise InputError(Problem(gas, f"is no gas of {self.pack.source.id}", "", fix))
                own[place, gases[gas]] = _finite(replacement, kg)
            for supplier, amount in replacement.uses.items():
                column = self.pack.column(supplier)
                if column == row:
                    fix = "say what is used per unit that leaves the process"
                    raise InputError(Problem(replacement.process, "uses its own product", "", fix))
                cells.append((_finite(replacement, amount) * self.system.sign[column], place, column))
        shares, places, columns = zip(*cells, strict=True) if cells else ((), (), ())
        inputs = csr_array((np.array(shares, dtype=float), (places, columns)), shape=(len(rows), size))
        turned = self.system.sign[rows]  # per unit of a waste, which stands in the database as negative
        return csr_array(inputs.multiply(turned[:, None])), own * turned[:, None]

    def _corrected(self, rows: list[int], inputs: csr_array, own: Array) -> Solved | None:
        """By the formula above, or nothing where its proof does not hold for the changed rows."""
        base, proof, measure = self.base.found, self.base.proof, self.measure
        if proof is None or measure is None or any(row not in self._used_by for row in rows):
            return None
        used_by = self._use(rows)
        own_use, further_use = used_by[rows], inputs @ used_by
        after = own_use - further_use  # I - D Z
        try:
            shift = np.linalg.solve(after, own - base[rows] + inputs @ base)
            lacking = (base[rows] + own_use @ shift) / 2 - proof.reach[rows] + inputs @ proof.reach
            lift = np.maximum(np.linalg.solve(after, np.maximum(lacking, 0.0)), 0.0)
        except np.linalg.LinAlgError:
            return None
        margin = proof.reach[rows] - inputs @ proof.reach + after @ lift
        if (inputs.data < 0).any() or (margin < 0).any():
            return None
        found = _shifted(base, used_by, shift)
        left = np.abs(own + inputs @ found - found[rows])
        entered = np.abs(own) + inputs @ base + base[rows] + (own_use + further_use) @ np.abs(shift)
        left += (int(np.diff(inputs.indptr).max()) + len(rows) + 5) * UNIT_ROUNDOFF * entered
        with np.errstate(divide="ignore"):
            worst = np.maximum(self._worst(measure, rows, shift, lift), largest(left.T, 1 / margin.T))
        certificate = Certificate("proved", self._error(measure, rows, found, shift, lift, worst))
        return Solved(found, certificate, None) if certificate.relative_error <= ACCEPTED else None

    def _error(
        self, measure: Measure, rows: list[int], found: Array, shift: Array, lift: Array, worst: Array
    ) -> float:
        r"""A bound of $v' \max(|R'| / w')$ and of the rounding of $X + Z S$, relative to $X'$.

        From what is known per gas: with $X' \ge r X$ everywhere, $v / X' \le v / (r X)$, and so for $Z$.
        """
        kept = _smallest(found, self.base.found)
        if kept <= 0:
            return np.inf
        use = np.stack([self._used_by[row].relative for row in rows])
        reached = measure.reached + np.sum(use * lift, axis=0)
        rounded = (len(rows) + 2) * UNIT_ROUNDOFF * (1 + np.sum(use * np.abs(shift), axis=0))
        return float((reached * worst + rounded).max(initial=0.0) / kept)

    def _use(self, rows: list[int]) -> Array:
        """$Z$, kept from the last scenario of the same processes."""
        if self._stacked[0] != tuple(rows):
            self._stacked = tuple(rows), np.stack([self._used_by[row].reach for row in rows], axis=1)
        return self._stacked[1]

    def _worst(self, measure: Measure, rows: list[int], shift: Array, lift: Array) -> Array:
        """Largest $|R + R_Z S| / (w - |R_Z| t)$ outside the changed rows, per gas."""
        parts = np.stack([self._used_by[row].worst for row in rows])
        left = 1.0 - np.nansum(parts * lift, axis=0)
        above = measure.worst + np.nansum(parts * np.abs(shift), axis=0)
        return np.asarray(np.divide(above, left, out=np.full_like(above, np.inf), where=left > 0))

    def _again(self, rows: list[int], inputs: csr_array, own: Array) -> Solved:
        kept = np.ones(len(self.pack))
        kept[rows] = 0.0
        places = csr_array((np.ones(len(rows)), (rows, range(len(rows)))), shape=(len(kept), len(rows)))
        feed = diags_array(kept) @ self.system.feed + places @ inputs
        changed = self.system.own.copy()
        changed[rows] = own
        system = System(csr_array(feed), csr_array(changed), self.system.sign)
        return solved(system, self.pack, start=self.base.found)


def _parts(table: Array) -> Iterator[slice]:
    """Rows that stay in the cache of a core; as one table, they would be worked on by threads that wait for cores."""
    return (slice(first, first + _PART) for first in range(0, len(table), _PART))


def _shifted(base: Array, used_by: Array, shift: Array) -> Array:
    """$X + Z S$."""
    found = np.empty_like(base)
    for part in _parts(found):
        np.matmul(used_by[part], shift, out=found[part])
        found[part] += base[part]
    return found


def _smallest(above: Array, below: Array) -> float:
    """The smallest ratio; nothing per nothing is left out."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = (above[part] / below[part] for part in _parts(above))
        return float(min(np.fmin.reduce(ratio, axis=None, initial=np.inf) for ratio in ratios))


def _finite(replacement: Replacement, amount: float) -> float:
    if not np.isfinite(amount):
        raise InputError(Problem(replacement.process, f"has an amount {amount}", "", "write a number"))
    return amount


def _hubs(system: System, caused: Array, pack: Pack, cache: Path) -> Hubs | None:
    """Products are priced by what they cause, gases by what all products cause of them."""
    if not (caused > 0).all():
        return None
    return Hubs.of(system.feed, caused @ (1 / np.median(caused, axis=0)), pack, cache)
