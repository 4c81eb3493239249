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


def synthetic(seed: int = 1, *, tangled: bool = False, size: int = SIZE, hubs: int = HUBS) -> Inventory:
    """The same seed, the same background; in a tangled one the hubs buy from anywhere."""
    rng = np.random.default_rng(seed)
    count = size * INPUTS
    col = np.repeat(np.arange(size), INPUTS)
    step = 1 + (12 * rng.random(count) ** 3).astype(int)
    near = np.clip(np.where(rng.random(count) < 0.05, col + step, col - step), 0, size - 1)
    row = np.where(rng.random(count) < 0.4, (hubs * rng.random(count) ** 2).astype(int), near)
    far = (col < hubs) & ((rng.random(count) < 0.6) if tangled else (row >= hubs))
    row = np.where(far, rng.integers(0, size, count), row)
    row, col = row[row != col], col[row != col]
    worth = rng.lognormal(0, 3, size)  # screws and power plants
    share = rng.lognormal(0, 1.5, len(row))
    share *= rng.uniform(0.3, 0.95, size)[col] / np.bincount(col, share, minlength=size)[col]
    used = share * worth[row] / worth[col]
    one = np.arange(size)
    technosphere = Exchanges(
        np.concatenate([one, row]),
        np.concatenate([one, col]),
        np.concatenate([np.ones(size), -used]),
        np.concatenate([np.zeros(size, bool), np.ones(len(used), bool)]),
        np.concatenate([_spread(np.ones(size), NO_UNCERTAINTY), _spread(used)]),
    )
    cells = rng.random((GASES, size)) < 0.15
    gas, emitter = np.nonzero(cells)
    kg = rng.lognormal(-3, 2, len(gas)) / worth[emitter]
    emissions = Exchanges(gas, emitter, kg, np.zeros(len(kg), bool), _spread(kg))
    source = Source(
        id="sample", title="SAMPLE", publisher="SAMPLE", year=2025, url="docs/benchmarks.md", licence="CC0"
    )
    return Inventory(
        source,
        tuple(Product(str(n), f"product {n}", "kg") for n in range(size)),
        tuple(Activity(str(n), f"process {n}", "GLO") for n in range(size)),
        NAMES,
        technosphere,
        emissions,
        tuple(range(size)),
    )


def _spread(amounts: Array, kind: int = LOGNORMAL) -> "np.ndarray[Any, Any]":
    found = np.zeros(len(amounts), dtype=UNCERTAINTY)
    found["uncertainty_type"], found["scale"] = kind, 0.15
    found["loc"] = np.log(amounts) if kind == LOGNORMAL else amounts
    for name in ("shape", "minimum", "maximum"):
        found[name] = np.nan
    return found
