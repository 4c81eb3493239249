"""Nothing that matters is left out: the sources included must be 95 % of the total or more."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from pydantic import Field

from footprint.errors import InputError, Problem
from footprint.mrv.rows import read_rows
from footprint.result import Amount, Model, Share
from footprint.rounding import CO2E, SHARE, decimal
from lca_models.factors import shipped_factors

COLUMNS = ("source", "amount_t_co2e", "included", "reason")
_RULE = "Verra VM0042 v2.2, section 5, page 12: what is left out stays below 5 % of the total, all together"


class SourceShare(Model):
    """One source or sink and its share of all, by size whatever its sign."""

    source: str
    amount_t_co2e: Amount
    share: Share
    included: bool
    reason: str = Field(description="why it is left out; empty where it is included")


class CutOff(Model):
    """All sources of a project, the largest first, and how much of them is included."""

    data: str
    rule: str = _RULE
    left_out: Share
    limit: Share
    sources: tuple[SourceShare, ...]


def read_cut_off(path: Path) -> CutOff:
    """The sources of a project from a table with the columns `COLUMNS`, checked against the cut-off rule.

    Args:
        path: CSV or Parquet; an amount for every source, also for those left out, and a reason for these.

    Raises:
        InputError: an amount is missing, a source is left out without a reason, or too much is left out.
    """
    rows = read_rows(path, needed=COLUMNS)
    reader = rows.reader()
    found: dict[str, tuple[float, bool, str]] = {}
    for number, cells in enumerate(rows.cells):
        source = reader.word(number, cells, "source")
        included = reader.word(number, cells, "included", ("yes", "no")) == "yes"
        reason = cells["reason"].strip()[:200]
        if not included and not reason:
            reader.fault(
                number, f"{source} is left out without a reason", "an auditor asks for it", "say why"
            )
        if source in found:
            reader.fault(number, f"{source} stands twice", "it would count twice", "add the two up")
        found[source] = (reader.number(number, cells, "amount_t_co2e"), included, reason)
    reader.check()
    return _checked(rows.name, rows.digest, found)


def _checked(name: str, data: str, found: Mapping[str, tuple[float, bool, str]]) -> CutOff:
    total = sum(abs(amount) for amount, _, _ in found.values())
    if total == 0:
        raise InputError(
            Problem(name, "all amounts are zero", "shares need a total", "estimate every source")
        )
    limit = shipped_factors()["mrv.cut_off.vm0042"].value
    shares = {source: abs(amount) / total for source, (amount, _, _) in found.items()}
    missing = [source for source, (_, included, _) in found.items() if not included]
    left_out = sum(shares[source] for source in missing)
    if left_out >= limit:
        named = ", ".join(f"{s} {shares[s]:.1%}" for s in sorted(missing, key=lambda s: -shares[s]))
        what = f"{left_out:.1%} of the total is left out: {named}"
        raise InputError(Problem(name, what, _RULE, "include the largest of them"))
    return CutOff(
        data=data,
        left_out=decimal(left_out, SHARE),
        limit=Decimal(str(limit)),
        sources=tuple(
            SourceShare(
                source=source,
                amount_t_co2e=decimal(found[source][0], CO2E),
                share=decimal(shares[source], SHARE),
                included=found[source][1],
                reason=found[source][2] if not found[source][1] else "",
            )
            for source in sorted(found, key=lambda s: (-shares[s], s))
        ),
    )
