"""The removals ledger: what is stored and how much of it stays, beside the gross footprint, never inside."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import numpy as np

from footprint.engine import Stored
from footprint.result import Removal
from footprint.uncertainty import interval
from lca_models.equations.lime_urea import CO2_PER_C
from lca_models.flows import Storage

PLACES = Decimal("0.000001")
RemovalStatus = Literal["on_product", "sold", "disclosed"]


def ledger(
    central: Sequence[Stored],
    sampled: Sequence[Stored],
    *,
    process_kg_co2e: dict[str, Decimal],
    status: RemovalStatus,
) -> tuple[Removal, ...]:
    r"""One entry per store of carbon.

    $$ R_{kept} = C \cdot \tfrac{44}{12} \cdot F_{perm} $$

    Args:
        central: the stores at central values.
        sampled: the same stores over the draws.
        process_kg_co2e: gross emissions by stage, already counted in the gross ledger, named here beside.
        status: whether the tonne is claimed on this product, sold to somebody else, or only disclosed. What is
            stored for a time without a stated baseline is never claimed on the product.
    """
    entries = (
        _entry(store, draws, process_kg_co2e.get(store.stage, Decimal(0)), _status(store.storage, status))
        for store, draws in zip(central, sampled, strict=True)
    )
    # Land that loses carbon has a store of nothing: its draws may have one, its central value has not.
    return tuple(entry for entry in entries if entry.gross_kg_co2)


def _status(storage: Storage, status: RemovalStatus) -> RemovalStatus:
    # What goes back to the air with the next clearing or ploughing is told; a claim needs a stated baseline.
    unclaimable = storage.permanence_class == "temporary" and storage.baseline is None
    return "disclosed" if unclaimable and status == "on_product" else status


def _entry(store: Stored, draws: Stored, process: Decimal, status: RemovalStatus) -> Removal:
    storage = store.storage
    gross = Decimal(float(store.carbon_kg) * CO2_PER_C).quantize(PLACES)
    fraction = Decimal(float(storage.permanent_fraction)).quantize(PLACES)
    kept = np.asarray(draws.carbon_kg * CO2_PER_C * draws.storage.permanent_fraction, dtype=float)
    return Removal(
        kind=storage.kind,
        method=storage.method,
        horizon_years=storage.horizon_years,
        permanence_class=storage.permanence_class,
        gross_kg_co2=gross,
        permanent_fraction=fraction,
        kept_kg_co2=(gross * fraction).quantize(PLACES),
        interval=interval(np.atleast_1d(kept), PLACES),
        process_kg_co2e=process,
        status=status,
        baseline=storage.baseline,
    )
