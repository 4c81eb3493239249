"""A footprint as tables, for people who go on in a notebook or a spreadsheet."""

from typing import Literal

import pandas as pd

from footprint.result import Footprint

Table = Literal["ledger", "causes", "factors"]


def frame(footprint: Footprint, table: Table) -> pd.DataFrame:
    """One table of a footprint, amounts as floats.

    Args:
        footprint: the footprint.
        table: `ledger` (stage × substance), `causes` (largest first), or `factors` (with their sources).

    Returns:
        One row per cell, cause or factor; the columns are the fields of `Cell`, `Contribution`, `UsedFactor`.
    """
    rows = {"ledger": footprint.gross.cells, "causes": footprint.contributions, "factors": footprint.factors}[
        table
    ]
    data = pd.DataFrame([row.model_dump() for row in rows])
    amounts = [name for name in ("kg", "kg_co2e", "value", "lower", "upper") if name in data]
    data[amounts] = data[amounts].astype(float)
    if "factors" in data:
        data["factors"] = data["factors"].map(" ".join)
    return data
