"""A portfolio as a whole, gathered shard by shard: how footprints spread, what they rest on, where they come from."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from footprint.portfolio.shard import Results
from lca_models.real import Array

_BARS = 14
_PRIMARY_EDGES = (0.2, 0.4, 0.6, 0.8)
_RATING_EDGES = (1.5, 2.0, 2.5, 3.0)


@dataclass(frozen=True, slots=True)
class Share:
    """A cause, a stage or a gas: its mean share of the gross footprint over all products, and how many have it."""

    name: str
    stage: str
    share: float
    products: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Products whose gross footprint lies from one bound to the next; the last has no upper bound."""

    low: float
    high: float | None
    products: int


@dataclass
class Spread:
    """Gross footprints of one unit of product, kg CO2e, with the two ends of their intervals."""

    gross: list[Array] = field(default_factory=list)
    low: list[Array] = field(default_factory=list)
    high: list[Array] = field(default_factory=list)

    @property
    def products(self) -> int:
        """How many."""
        return sum(map(len, self.gross))

    def quantiles(self, *parts: float) -> list[float]:
        """Of the gross footprints over the products."""
        return [float(value) for value in np.quantile(np.concatenate(self.gross), parts)]

    @property
    def typical_width(self) -> float:
        """The median of P95 - P5 over the gross footprint: how sure a product's own number is."""
        gross, low, high = map(np.concatenate, (self.gross, self.low, self.high))
        some = gross > 0
        return float(np.median((high - low)[some] / gross[some])) if some.any() else 0.0

    def bins(self) -> list[Bin]:
        """Counts between round bounds, the outermost hundredth in one open bin."""
        gross = np.concatenate(self.gross)
        first, last = np.quantile(gross, [0.0, 0.99])
        step = _round_step((last - first) / _BARS)
        start = np.floor(first / step)
        edges = np.arange(start, max(np.ceil(last / step), start + 1) + 1) * step
        counts, _ = np.histogram(gross, edges)
        found = [
            Bin(float(a), float(b), int(n)) for a, b, n in zip(edges[:-1], edges[1:], counts, strict=True)
        ]
        beyond = int((gross > edges[-1]).sum())
        return [*found, Bin(float(edges[-1]), None, beyond)] if beyond else found


class Survey:
    """Sums over all shards, added in their order."""

    def __init__(self) -> None:
        self.spreads: dict[str, Spread] = {}
        self.refused = 0
        self.reasons: Counter[str] = Counter()
        self.unverified = 0.0
        self.quality = np.zeros((len(_PRIMARY_EDGES) + 1, len(_RATING_EDGES) + 1), dtype=int)
        """Products by the share of primary data (rows, most first) and the mean rating (columns, best first)."""
        self._shares: dict[tuple[str, str, str], tuple[float, int]] = {}

    @property
    def products(self) -> int:
        """Assessed."""
        return sum(spread.products for spread in self.spreads.values())

    def add(self, results: Results) -> None:
        """One shard more.

        Args:
            results: of the shard.
        """
        self.refused += len(results.problems["row"].unique())
        self.reasons.update(results.problems["what"].to_pylist())
        for row in results.causes.to_pylist():
            self._add("cause", row["cause"], row["stage"], row["share_sum"], row["products"])
        for unit in results.footprints["unit"].unique().to_pylist():
            self._spread(unit, results.footprints.filter(pa.compute.equal(results.footprints["unit"], unit)))
        if results.footprints.num_rows:
            self._stages_and_gases(results.footprints)
            self._rate(results.footprints)

    def ranked(self, kind: str, most: int = 12) -> list[Share]:
        """The largest first.

        Args:
            kind: `stage`, `gas` or `cause`.
            most: how many.
        """
        found = [
            Share(name, stage, total / max(1, self.products), products)
            for (of, name, stage), (total, products) in self._shares.items()
            if of == kind
        ]
        return sorted(found, key=lambda one: (-one.share, one.stage, one.name))[:most]

    def _spread(self, unit: str, rows: pa.Table) -> None:
        spread = self.spreads.setdefault(unit, Spread())
        for name, column in (("gross_kg_co2e", spread.gross), ("p5", spread.low), ("p95", spread.high)):
            column.append(_floats(rows[name]))

    def _stages_and_gases(self, rows: pa.Table) -> None:
        gross = _floats(rows["gross_kg_co2e"])
        for kind, name in (("stage", "by_stage_kg_co2e"), ("gas", "by_gas_kg_co2e")):
            cells = rows[name].combine_chunks()
            owner = np.repeat(np.arange(len(gross)), np.diff(cells.offsets.to_numpy()))
            kg, whole = _floats(cells.items), gross[owner]
            share = np.divide(kg, whole, out=np.zeros_like(kg), where=whole > 0)
            names = np.asarray(cells.keys.to_pylist())
            for each in sorted(set(names.tolist())):
                here = names == each
                self._add(kind, each, "", float(share[here].sum()), int(here.sum()))

    def _rate(self, rows: pa.Table) -> None:
        ratings = np.mean(
            [_floats(rows[name]) for name in ("technological", "geographical", "temporal")], axis=0
        )
        primary = len(_PRIMARY_EDGES) - np.searchsorted(
            _PRIMARY_EDGES, _floats(rows["primary_share"]), "right"
        )
        better = np.searchsorted(_RATING_EDGES, ratings, "left")
        np.add.at(self.quality, (primary, better), 1)
        self.unverified += float(_floats(rows["unverified_share"]).sum())

    def _add(self, kind: str, name: str, stage: str, share: float, products: int) -> None:
        before, many = self._shares.get((kind, name, stage), (0.0, 0))
        self._shares[kind, name, stage] = (before + share, many + products)


def _floats(column: pa.Array | pa.ChunkedArray) -> Array:
    return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=float)


def _round_step(step: float) -> float:
    """The next of 1, 2 and 5 times a power of ten.

    >>> [_round_step(step) for step in (0.013, 0.3, 7.0, 0.0)]
    [0.02, 0.5, 10.0, 0.001]
    """
    if step <= 0:
        return 0.001
    power = 10.0 ** np.floor(np.log10(step))
    return float(next(round(many * power, 12) for many in (1, 2, 5, 10) if many * power >= step))
