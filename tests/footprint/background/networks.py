"""Small backgrounds to test with, and the same solved by bw2calc."""

import math
from collections.abc import Iterable

import numpy as np
from bw_processing import create_datapackage

from footprint.background.inventory import LOGNORMAL, Activity, ExchangeList, Inventory, Product, Spread
from footprint.background.pack import Pack
from footprint.brightway.calculator import calculator
from lca_models.published import Source

SAMPLE = Source(
    id="sample",
    title="A SAMPLE background",
    publisher="SAMPLE",
    year=2025,
    url="docs/howto/bring-a-background.md",
    licence="CC0",
)
GASES = ("co2_fossil", "n2o")
ROWS, COLUMNS, FLOWS = 10_000, 20_000, 30_000


def background(made, used, emitted, *, spread: float = 0.0, names: Iterable[str] = ()) -> Inventory:
    """An inventory.

    Args:
        made: (product, process, amount), several per process allowed.
        used: (product, process, amount).
        emitted: (gas, process, kg).
        spread: standard deviation of the logarithm of what is used and emitted.
        names: of the processes; numbered when not given.
    """
    technosphere, emissions = ExchangeList(), ExchangeList()
    size = 1 + max(process for _, process, _ in made)
    for product, process, amount in made:
        technosphere.add(product, process, amount)
    for product, process, amount in used:
        technosphere.add(product, process, -amount, flip=True, spread=_lognormal(amount, spread))
    for gas, process, kg in emitted:
        emissions.add(GASES.index(gas), process, kg, spread=_lognormal(kg, spread))
    called = list(names) or [f"process {number}" for number in range(size)]
    return Inventory(
        SAMPLE,
        tuple(Product(str(number), f"product {number}", "kg") for number in range(size)),
        tuple(Activity(str(number), name, "GLO") for number, name in enumerate(called)),
        GASES,
        technosphere.done(),
        emissions.done(),
    )


def economy_of_shops(size: int = 400, hubs: int = 12) -> Inventory:
    """Shops that buy from near by and from a few hubs, which use each other; the last shop sells to nobody."""
    rng = np.random.default_rng(4)
    used = []
    for buyer in range(size):
        for _ in range(6):
            near = buyer - 1 - int(rng.integers(0, 5))
            seller = int(rng.integers(0, hubs)) if rng.random() < 0.4 or near < 0 else near
            if seller != buyer:
                used.append((seller, buyer, float(rng.uniform(0.02, 0.15))))
    emitted = [("co2_fossil", one, float(rng.uniform(0.1, 2))) for one in range(size)]
    emitted += [("n2o", one, float(rng.uniform(1e-5, 1e-3))) for one in range(0, size, 7)]
    return background([(one, one, 1.0) for one in range(size)], used, emitted, spread=0.3)


def _lognormal(amount: float, spread: float) -> Spread | None:
    if not spread or not amount:
        return None
    return Spread(LOGNORMAL, math.log(abs(amount)), spread, negative=amount < 0)


def brightway_scores(pack: Pack, process: str, amounts=None) -> np.ndarray:
    """kg of each gas per unit of a product by bw2calc; with draws, a row for each of them."""
    package = create_datapackage(sequential=True)
    for matrix, exchanges, rows, draws in (
        ("technosphere_matrix", pack.technosphere, ROWS, None if amounts is None else amounts[0]),
        ("biosphere_matrix", pack.emissions, FLOWS, None if amounts is None else amounts[1]),
    ):
        indices = np.array(
            list(zip((exchanges.row + rows).tolist(), (exchanges.col + COLUMNS).tolist(), strict=True)),
            dtype=[("row", np.int64), ("col", np.int64)],
        )
        if draws is None:
            package.add_persistent_vector(
                matrix=matrix, name=matrix, data_array=np.array(exchanges.amount), indices_array=indices
            )
        else:
            package.add_persistent_array(matrix=matrix, name=matrix, data_array=draws, indices_array=indices)
    lca = calculator().LCA(
        {ROWS + pack.column(process): 1.0}, data_objs=[package], use_arrays=amounts is not None
    )
    lca.lci()
    found = [_gases(lca, pack)]
    for _ in range(0 if amounts is None else amounts[0].shape[1] - 1):
        next(lca)
        found.append(_gases(lca, pack))
    return np.array(found)


def _gases(lca, pack: Pack) -> np.ndarray:
    inventory = np.asarray(lca.inventory.sum(axis=1)).ravel()
    rows = {number - FLOWS: row for number, row in lca.dicts.biosphere.items()}
    return np.array([inventory[rows[gas]] if gas in rows else 0.0 for gas in range(len(pack.gases))])
