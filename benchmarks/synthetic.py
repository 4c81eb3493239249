"""The background that `background` measures: made up, and told about there."""

from typing import Any

import numpy as np

from footprint.background.inventory import (
    LOGNORMAL,
    NO_UNCERTAINTY,
    UNCERTAINTY,
    Activity,
    Exchanges,
    Inventory,
    Product,
)
from lca_models.published import Source
from lca_models.real import Array

NAMES = (
    *("co2_fossil", "ch4_fossil", "n2o", "sf6", "nf3", "hfc-23", "hfc-32", "hfc-125", "hfc-134a", "hfc-143a"),
    *("hfc-152a", "hcfc-22"),
)
SIZE, HUBS, INPUTS, GASES = 20_000, 150, 11, len(NAMES)


def synthetic(seed: int = 1, *, tangled: bool = False) -> Inventory:
    """The same seed, the same background; in a tangled one the hubs buy from anywhere."""
    rng = np.random.default_rng(seed)
    count = SIZE * INPUTS
    col = np.repeat(np.arange(SIZE), INPUTS)
    step = 1 + (12 * rng.random(count) ** 3).astype(int)
    near = np.clip(np.where(rng.random(count) < 0.05, col + step, col - step), 0, SIZE - 1)
    row = np.where(rng.random(count) < 0.4, (HUBS * rng.random(count) ** 2).astype(int), near)
    far = (col < HUBS) & ((rng.random(count) < 0.6) if tangled else (row >= HUBS))
    row = np.where(far, rng.integers(0, SIZE, count), row)
    row, col = row[row != col], col[row != col]
    size = rng.lognormal(0, 3, SIZE)  # screws and power plants
    share = rng.lognormal(0, 1.5, len(row))
    share *= rng.uniform(0.3, 0.95, SIZE)[col] / np.bincount(col, share, minlength=SIZE)[col]
    used = share * size[row] / size[col]
    one = np.arange(SIZE)
    technosphere = Exchanges(
        np.concatenate([one, row]),
        np.concatenate([one, col]),
        np.concatenate([np.ones(SIZE), -used]),
        np.concatenate([np.zeros(SIZE, bool), np.ones(len(used), bool)]),
        np.concatenate([_spread(np.ones(SIZE), NO_UNCERTAINTY), _spread(used)]),
    )
    cells = rng.random((GASES, SIZE)) < 0.15
    gas, emitter = np.nonzero(cells)
    kg = rng.lognormal(-3, 2, len(gas)) / size[emitter]
    emissions = Exchanges(gas, emitter, kg, np.zeros(len(kg), bool), _spread(kg))
    source = Source(
        id="sample", title="SAMPLE", publisher="SAMPLE", year=2025, url="docs/benchmarks.md", licence="CC0"
    )
    return Inventory(
        source,
        tuple(Product(str(n), f"product {n}", "kg") for n in range(SIZE)),
        tuple(Activity(str(n), f"process {n}", "GLO") for n in range(SIZE)),
        NAMES,
        technosphere,
        emissions,
        tuple(range(SIZE)),
    )


def _spread(amounts: Array, kind: int = LOGNORMAL) -> "np.ndarray[Any, Any]":
    found = np.zeros(len(amounts), dtype=UNCERTAINTY)
    found["uncertainty_type"], found["scale"] = kind, 0.15
    found["loc"] = np.log(amounts) if kind == LOGNORMAL else amounts
    for name in ("shape", "minimum", "maximum"):
        found[name] = np.nan
    return found
