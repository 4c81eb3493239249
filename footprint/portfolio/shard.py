"""A shard: some thousand products in a row, computed by one worker, the same bytes whoever computes it."""

import hashlib
import pickle
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from footprint import records
from footprint.characterisation import Characterisation
from footprint.errors import FootprintError, Problem, RecordError
from footprint.portfolio.batch import Assessed, Method, Refused, assess_batch
from footprint.portfolio.columns import CAUSES, FOOTPRINTS, PROBLEMS, footprints
from footprint.portfolio.shape import Shaped, shaped
from footprint.portfolio.template import Cell, Template
from footprint.provenance import ENGINE
from footprint.setting import Setting
from footprint.uncertainty import Draws, probabilities, shared
from lca_models.errors import ValidityWarning
from lca_models.factors import FactorSet
from lca_models.product_system import ProductSystem
from lca_models.real import Array

ELEMENTS = 1 << 17
"""Products times draws of one batch: an array of them stays in the cache of one core."""

_DIGEST_BYTES = 32
_MOST_BYTES = 1 << 27  # of draws kept: the numbers of many kinds of product


@dataclass(frozen=True, slots=True)
class Product:
    """One product as it was handed in: the cells of its row, or the file of its record, or why neither is there."""

    number: int
    id: str
    cells: tuple[Cell, ...] = ()
    file: bytes = b""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Shard:
    """Products in a row."""

    number: int
    products: tuple[Product, ...]

    def __str__(self) -> str:
        return f"shard {self.number}, products {self.products[0].id!r} to {self.products[-1].id!r}"


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all shards of a run: nothing of it is read or sampled again by a worker."""

    template: dict[str, Any] | None
    headers: tuple[str, ...]
    gwp: str
    route: str | None
    draws: int
    seed: int
    factors: FactorSet
    """Published, of the background and of passports."""
    together: dict[str, Array]
    """Where each draw of a background's number stands among its draws, so that they stay together."""

    @classmethod
    def of(cls, template: dict[str, Any] | None, headers: tuple[str, ...], setting: Setting) -> "Job":
        """The job of a setting.

        Args:
            template: the record the columns are laid over; none for whole records.
            headers: of the columns.
            setting: every choice beside them; its background is sampled here, once for all products.

        Raises:
            FootprintError: a set of potentials, a background or a passport that cannot be used.
        """
        setting = setting.sampled()
        known = setting.characterisation()
        return cls(
            template,
            headers,
            known.name,
            setting.route,
            setting.draws,
            setting.seed,
            known.factors,
            _together(setting, known.factors),
        )

    @property
    def packed(self) -> bytes:
        """To be sent to a worker."""
        return pickle.dumps(self)


def _together(setting: Setting, factors: FactorSet) -> dict[str, Array]:
    if setting.background is None:
        return {}
    from footprint.background.purchases import Intensity  # noqa: PLC0415 - whoever gave a background has loaded it

    draws = setting.drawn(shared(seed=setting.seed, draws=setting.draws))
    rows = (row for row in factors.factors.values() if isinstance(row, Intensity))
    return {row.id: draws(row.id) for row in rows if row.sample is not None}


@dataclass(frozen=True, slots=True)
class Results:
    """What a shard came to."""

    footprints: pa.Table
    problems: pa.Table
    causes: pa.Table

    @property
    def packed(self) -> bytes:
        """Three Arrow streams under the digest of them, and under the engine that made them."""
        sink = pa.BufferOutputStream()
        for table in (self.footprints, self.problems, self.causes):
            named = table.replace_schema_metadata({"engine": ENGINE})
            with pa.ipc.new_stream(sink, named.schema) as stream:
                stream.write_table(named)
        content = bytes(sink.getvalue())
        return hashlib.sha256(content).digest() + content

    @classmethod
    def unpacked(cls, packed: bytes) -> "Results | None":
        """The results of a shard; `None` where a byte is not as it was written, or another engine wrote it."""
        content = packed[_DIGEST_BYTES:]
        if hashlib.sha256(content).digest() != packed[:_DIGEST_BYTES]:
            return None
        source = pa.BufferReader(content)
        tables = [pa.ipc.open_stream(source).read_all() for _ in range(3)]
        if any(table.schema.metadata != {b"engine": ENGINE.encode()} for table in tables):
            return None
        return cls(*(table.replace_schema_metadata(None) for table in tables))


def compute(job: bytes, shard: Shard) -> bytes:
    """Assess every product of a shard.

    Args:
        job: packed.
        shard: to be computed.

    Returns:
        The results, packed.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Advice of an equation is told by `assess`, product by product; what is not finite is refused here.
        warnings.simplefilter("ignore", ValidityWarning)
        return _bench(job).results(shard).packed


@lru_cache(maxsize=1)
def _bench(packed: bytes) -> "_Bench":
    # A job comes from whoever started this worker; nothing read from a file is ever unpickled.
    return _Bench(pickle.loads(packed))  # noqa: S301


@dataclass
class _Tally:
    """Sums over the products of a shard, cause by cause."""

    shares: dict[tuple[str, str], float] = field(default_factory=dict)
    products: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, batch: Assessed) -> None:
        gross = batch.gross / 1e6
        some = gross > 0
        for cause, kg in batch.causes.items():
            share = float(np.sum(np.divide(kg, gross, out=np.zeros_like(gross), where=some)))
            self.shares[cause] = self.shares.get(cause, 0.0) + share
            self.products[cause] = self.products.get(cause, 0) + len(gross)


class _Bench:
    """A worker's own: template, draws and factors, made once for all its shards."""

    def __init__(self, job: Job) -> None:
        self._template = None if job.template is None else Template(job.template, job.headers)
        made, together = probabilities(seed=job.seed, draws=job.draws), job.together
        draws = Draws(lambda name: together[name] if name in together else made(name), most_bytes=_MOST_BYTES)
        characterisation = Characterisation.named(job.gwp, job.factors)
        self._method = Method(characterisation, draws, job.draws, job.route)
        self._size = max(1, ELEMENTS // job.draws)

    def results(self, shard: Shard) -> Results:
        rows: list[pa.RecordBatch] = []
        problems: dict[int, tuple[Problem, ...]] = {}
        tally = _Tally()
        products = {product.number: product for product in shard.products}
        for group in self._grouped(shard.products, problems).values():
            for start in range(0, len(group), self._size):
                numbers, batch = zip(*group[start : start + self._size], strict=True)
                systems = {number: one.system for number, one in zip(numbers, batch, strict=True)}
                for found in assess_batch(batch, numbers, self._method):
                    if isinstance(found, Refused):
                        problems[found.number] = found.problems
                        continue
                    ids = [products[number].id for number in found.numbers]
                    digests = [self._digest(systems[number]) for number in found.numbers]
                    rows.append(footprints(found, ids, digests))
                    tally.add(found)
        table = pa.Table.from_batches(rows, FOOTPRINTS).sort_by("row").combine_chunks()
        return Results(table, _problems(problems, products), _causes(tally))

    def _grouped(
        self, products: Sequence[Product], problems: dict[int, tuple[Problem, ...]]
    ) -> dict[Any, list[tuple[int, Shaped]]]:
        """Products of one shape together, in the order of the first of each."""
        groups: dict[Any, list[tuple[int, Shaped]]] = {}
        for product in products:
            try:
                found = self._read(product)
                found.system.route(self._method.route)
            except FootprintError as error:
                problems[product.number] = error.problems
            else:
                groups.setdefault(found.shape, []).append((product.number, found))
        return groups

    def _read(self, product: Product) -> Shaped:
        if product.problems:
            raise RecordError(*product.problems)
        if self._template is not None:
            return self._template.shaped(product.cells)
        return shaped(ProductSystem.of(records.parse(product.id, product.file)))

    def _digest(self, system: ProductSystem) -> str:
        return system.digest if self._template is None else self._template.digest(system)


def _problems(found: dict[int, tuple[Problem, ...]], products: dict[int, Product]) -> pa.Table:
    rows = [
        {
            "row": number,
            "id": products[number].id,
            "where": p.where,
            "what": p.what,
            "why": p.why,
            "fix": p.fix,
        }
        for number in sorted(found)
        for p in found[number]
    ]
    return pa.Table.from_pylist(rows, PROBLEMS)


def _causes(tally: _Tally) -> pa.Table:
    def rows() -> Iterator[dict[str, Any]]:
        for (stage, cause), share in sorted(tally.shares.items()):
            products = tally.products[stage, cause]
            yield {"stage": stage, "cause": cause, "share_sum": share, "products": products}

    return pa.Table.from_pylist(list(rows()), CAUSES)
