"""Results and problems as Arrow tables: decimals with the digits of a `Footprint`, a row for each product."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from footprint.portfolio.batch import Assessed
from footprint.portfolio.fixed import Fixed

CO2 = pa.decimal128(18, 6)
SHARE = pa.decimal128(9, 4)
BY_NAME = pa.map_(pa.string(), CO2)

FOOTPRINTS = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("route", pa.string(), nullable=False),
        pa.field("unit", pa.string(), nullable=False),
        *(pa.field(name, CO2, nullable=False) for name in ("gross_kg_co2e", "p5", "p50", "p95")),
        pa.field("by_stage_kg_co2e", BY_NAME, nullable=False),
        pa.field("by_gas_kg_co2e", BY_NAME, nullable=False),
        pa.field("removals_kept_kg_co2", BY_NAME, nullable=False),
        pa.field("biogenic_released_kg_co2", CO2, nullable=False),
        *(
            pa.field(name, SHARE, nullable=False)
            for name in ("technological", "geographical", "temporal", "primary_share", "unverified_share")
        ),
        pa.field("records_digest", pa.string(), nullable=False),
    ]
)
PROBLEMS = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        *(pa.field(name, pa.string(), nullable=False) for name in ("id", "where", "what", "why", "fix")),
    ]
)
CAUSES = pa.schema(
    [
        pa.field("stage", pa.string(), nullable=False),
        pa.field("cause", pa.string(), nullable=False),
        pa.field("share_sum", pa.float64(), nullable=False),
        pa.field("products", pa.int64(), nullable=False),
    ]
)
"""Of each cause the sum, over the products that have it, of its share of the product's gross footprint."""


def footprints(batch: Assessed, ids: Sequence[str], digests: Sequence[str]) -> pa.RecordBatch:
    """The rows of one batch.

    Args:
        batch: assessed.
        ids: of its products.
        digests: of their records.
    """
    size = len(batch.numbers)
    quality = [_decimals(batch.quality[name], SHARE) for name in FOOTPRINTS.names[12:17]]
    arrays = [
        pa.array(batch.numbers, pa.int64()),
        pa.array(ids, pa.string()),
        pa.array([batch.route] * size, pa.string()),
        pa.array([batch.unit] * size, pa.string()),
        _decimals(batch.gross, CO2),
        *(_decimals(end, CO2) for end in batch.interval),
        *(_by_name(table, size) for table in (batch.by_stage, batch.by_gas, batch.kept)),
        _decimals(batch.biogenic_released, CO2),
        *quality,
        pa.array(digests, pa.string()),
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=FOOTPRINTS)


def _decimals(whole: Fixed, kind: pa.Decimal128Type) -> pa.Array:
    """Whole numbers of the last decimal as Arrow's: 128 bits, the upper half the sign."""
    halves = np.stack([whole, whole >> 63], axis=1)
    return pa.Array.from_buffers(
        kind, len(whole), [None, pa.py_buffer(np.ascontiguousarray(halves, dtype="<i8"))]
    )


def _by_name(table: Mapping[str, Fixed], size: int) -> pa.Array:
    names = list(table)
    offsets = np.arange(size + 1, dtype=np.int32) * len(names)
    amounts = (
        np.stack([table[name] for name in names], axis=1).ravel() if names else np.zeros(0, dtype=np.int64)
    )
    keys = pa.array(names * size, pa.string())
    return pa.MapArray.from_arrays(pa.array(offsets), keys, _decimals(amounts, CO2))
