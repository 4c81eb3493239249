"""From an inventory to a pack: checked, paired, sorted, written. Everything that is wrong is listed at once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from footprint.background import hashed
from footprint.background.hashed import AnyArray
from footprint.background.inventory import NO_UNCERTAINTY, Exchanges, Inventory
from footprint.background.pack import KIND, Pack
from footprint.background.spreads import unusable
from footprint.errors import NetworkError, Problem

SHOWN = 20
MAX_TEXT = 500


def build(inventory: Inventory, path: Path) -> Pack:
    """Check an inventory and write it as a pack.

    Args:
        inventory: from one of the importers.
        path: a new folder.

    Raises:
        NetworkError: everything that is wrong with it, the first twenty of each kind.
        InputError: the folder cannot be written.
    """
    problems = list(_faults(inventory))
    if problems:
        raise NetworkError(*problems)
    rows = reference_rows(inventory)
    place = np.empty(len(rows), dtype=np.int64)
    place[rows] = np.arange(len(rows))
    left_out = Counter(inventory.left_out)
    technosphere = _drawable(_sorted(inventory.technosphere, place), left_out)
    emissions = _drawable(_sorted(inventory.emissions, np.arange(len(inventory.gases))), left_out)
    reference = _gross_reference(technosphere, len(rows))
    products = [inventory.products[row] for row in rows]
    entries = [
        [process.id, process.name, product.name, product.unit, process.location]
        for process, product in zip(inventory.processes, products, strict=True)
    ]
    about = {
        "source": inventory.source.model_dump(mode="json"),
        "gases": list(inventory.gases),
        "left_out": dict(sorted(left_out.items())),
        "exchanges": len(technosphere) + len(emissions),
    }
    arrays = {"reference": reference} | {
        f"{name}_{part}": getattr(exchanges, part)
        for name, exchanges in (("technosphere", technosphere), ("emissions", emissions))
        for part in ("row", "col", "amount", "flip", "uncertainty")
    }
    return Pack(hashed.write(path, KIND, about, arrays, {"processes": entries}))


def reference_rows(inventory: Inventory) -> AnyArray:
    """The row each process is run for.

    Where the format does not say, products and processes are paired so that each pair has an exchange, the
    product with the same id first; of several pairings, the one whose exchanges multiply to the most.

    Raises:
        NetworkError: some product has no process of its own, or some process no product.
    """
    if inventory.reference is not None:
        return np.array(inventory.reference, dtype=np.int64)
    exchanges, size = inventory.technosphere, len(inventory.processes)
    amounts = csr_array((np.abs(exchanges.amount), (exchanges.col, exchanges.row)), shape=(size, size))
    amounts.eliminate_zeros()
    _refuse_unpaired(inventory, amounts)
    ids = {product.id: row for row, product in enumerate(inventory.products)}
    same = np.array([ids.get(process.id, -1) for process in inventory.processes])
    largest = amounts.max()
    weights = amounts.copy()
    weights.data = 1.0 + np.log(largest) - np.log(amounts.data)  # all ≥ 1: a weight of zero is no edge
    coo = weights.tocoo()
    weights.data[coo.col == same[coo.row]] = 1e-6
    _, rows = min_weight_full_bipartite_matching(weights)
    return np.asarray(rows, dtype=np.int64)


def _refuse_unpaired(inventory: Inventory, amounts: csr_array) -> None:
    matched = maximum_bipartite_matching(amounts, perm_type="column")
    problems = [
        Problem(inventory.processes[column].name, "is run for no product of its own", "", "see its exchanges")
        for column in np.flatnonzero(np.asarray(matched) < 0)[:SHOWN]
    ]
    if problems:
        raise NetworkError(*problems)


def _faults(inventory: Inventory) -> Iterator[Problem]:
    for kind, entries in (("processes", inventory.processes), ("products", inventory.products)):
        counted = Counter(entry.id for entry in entries)
        for entry_id in [entry_id for entry_id, count in counted.items() if count > 1][:SHOWN]:
            yield Problem(entry_id, f"is the id of two {kind}", "", "give one another id")
    if not inventory.processes:
        yield Problem(inventory.source.id, "has no process", "", "check that it is the right file")
    elif len(inventory.products) != len(inventory.processes):
        what = f"has {len(inventory.processes)} processes and {len(inventory.products)} products"
        why = "with one process for each product, there is one answer"
        yield Problem(inventory.source.id, what, why, _unmade(inventory))
    for text in (text for entry in (*inventory.processes, *inventory.products) for text in entry):
        if not text.isprintable() or len(text) > MAX_TEXT:
            yield Problem(
                repr(text[:60]), "is no name", "control characters, or too long", "mend the database"
            )
    yield from _bad_amounts(inventory, inventory.technosphere, "an exchange")
    yield from _bad_amounts(inventory, inventory.emissions, "an emission")


def _unmade(inventory: Inventory) -> str:
    made = set(inventory.technosphere.row[inventory.technosphere.amount > 0].tolist())
    names = [product.name for row, product in enumerate(inventory.products) if row not in made]
    return f"nobody makes {', '.join(names[:5])}" if names else "leave out the second process of a product"


def _bad_amounts(inventory: Inventory, exchanges: Exchanges, what: str) -> Iterator[Problem]:
    for place in np.flatnonzero(~np.isfinite(exchanges.amount))[:SHOWN]:
        name = inventory.processes[exchanges.col[place]].name
        yield Problem(
            name, f"{what} is {exchanges.amount[place]}", "an amount is needed", "mend the database"
        )


def _sorted(exchanges: Exchanges, place: AnyArray) -> Exchanges:
    """By column, then row; several exchanges of one pair keep their order."""
    moved = Exchanges(
        place[exchanges.row], exchanges.col, exchanges.amount, exchanges.flip, exchanges.uncertainty
    )
    return moved.taken(np.lexsort((moved.row, moved.col)))


def _drawable(exchanges: Exchanges, left_out: Counter[str]) -> Exchanges:
    """The same, a spread that cannot be drawn taken as certain, and counted."""
    faults = unusable(exchanges)
    left_out.update(f"spread taken as certain: {why}" for _, why in faults)
    uncertainty = exchanges.uncertainty.copy()
    uncertainty["uncertainty_type"][[place for place, _ in faults]] = NO_UNCERTAINTY
    return replace(exchanges, uncertainty=uncertainty)


def _gross_reference(technosphere: Exchanges, size: int) -> AnyArray:
    """What is made, without what the process takes of its own product."""
    own = technosphere.taken(np.flatnonzero((technosphere.row == technosphere.col) & ~technosphere.flip))
    return np.bincount(own.col, own.amount, minlength=size)
