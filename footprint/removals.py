"""The removals ledger: what is stored and how much of it stays, beside the gross footprint, never inside."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import numpy as np

from footprint.engine import Stored
from footprint.result import Removal
from footprint.uncertainty import interval
from lca_models.equations.lime_urea import CO2_PER_C

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
        status: whether the tonne is claimed on this product, sold to somebody else, or only disclosed.
    """
    return tuple(
        _entry(store, draws, process_kg_co2e.get(store.stage, Decimal(0)), status)
        for store, draws in zip(central, sampled, strict=True)
    )


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
    )
