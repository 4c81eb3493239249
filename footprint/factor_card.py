"""A published number as people read it: one line in a list, or a card with its distribution drawn in text."""

from collections.abc import Iterable, Iterator

import numpy as np

from footprint.factor_uses import asked_for_in, taken_by
from lca_models.factors import Factor, FactorSet, Table

_BARS = " ▁▂▃▄▅▆▇█"
_COLUMNS = 41
_LABEL = 12


def line(entry: Factor | Table) -> str:
    """One line: id, value with interval, unit, region, year, source; `?` marks what nobody compared."""
    mark = " " if entry.verified else "?"
    place = f"{entry.region} {entry.year}"
    if isinstance(entry, Table):
        amount = f"table of {len(entry.rows)} rows: {', '.join(entry.columns)}"
    else:
        amount = f"{entry.value:g} ({entry.lower:g} to {entry.upper:g}) {entry.unit}"
    return f"{mark} {entry.id}  {amount}  {place}  {entry.source.id}"


def card(entry: Factor | Table, factors: FactorSet) -> str:
    """Everything about one number or table: value, picture, source, licence, where it is used."""
    lines = [entry.id, entry.name, ""]
    lines += _table(entry) if isinstance(entry, Table) else _number(entry)
    lines += _labelled(_provenance(entry))
    lines += _labelled(_uses(entry, factors))
    return "\n".join(lines)


def _number(factor: Factor) -> list[str]:
    labelled = [("value", f"{factor.value:.12g} {factor.unit}")]
    if factor.product is not None:
        part = f", {factor.part}" if factor.part else ""
        labelled.append(("emits", f"{factor.substance} per {factor.per} of {factor.product}{part}"))
    if factor.distribution == "exact":
        return _labelled([*labelled, ("interval", f"exact: {factor.interval}")])
    labelled.append(("interval", f"{factor.lower:.12g} to {factor.upper:.12g}, {factor.distribution}"))
    return [*_labelled(labelled), *picture(factor), *_labelled([("basis", factor.interval)])]


def picture(factor: Factor) -> list[str]:
    """The distribution as a row of bars, with the ends of its 99 % range below."""
    drawn = factor.quantile(np.linspace(0.0005, 0.9995, 2000))
    low, high = factor.quantile(np.array([0.005, 0.995]))
    counts, _ = np.histogram(drawn, bins=_COLUMNS, range=(float(low), float(high)))
    heights = np.ceil(counts / counts.max() * (len(_BARS) - 1)).astype(int)
    middle = round((factor.value - low) / (high - low) * (_COLUMNS - 1))
    ends = f"{low:.3g}".ljust(_COLUMNS - len(f"{high:.3g}")) + f"{high:.3g}"
    indent = " " * (_LABEL + 2)
    return [indent + "".join(_BARS[height] for height in heights), indent + " " * middle + "▲", indent + ends]


def _table(table: Table) -> list[str]:
    cells = [list(table.columns), *([_cell(entry) for entry in row] for row in table.rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(table.columns))]
    drawn = ["  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells]
    return [*_labelled([("unit", table.unit)]), "", *drawn, "", *_labelled([("interval", table.interval)])]


def _cell(entry: str | float) -> str:
    return entry if isinstance(entry, str) else f"{entry:g}"


def _provenance(entry: Factor | Table) -> Iterator[tuple[str, str]]:
    yield "for", f"{entry.region}, {entry.year}"
    yield "source", str(entry.source)
    yield "where", entry.locator
    yield "link", entry.source.url
    yield "licence", entry.licence
    yield "verified", "yes" if entry.verified else "NO: nobody has compared it with the source yet"
    if isinstance(entry, Factor):
        yield "fit", entry.technology
    if entry.period != "always":
        yield "in force", entry.period
    if entry.override:
        yield "override", "replaces what the files before it say"
    if entry.note:
        yield "note", entry.note


def _uses(entry: Factor | Table, factors: FactorSet) -> Iterator[tuple[str, str]]:
    products = factors.users(entry.id) if isinstance(entry, Factor) else ()
    if products:
        yield "products", ", ".join(products)
    asked = asked_for_in(entry.id, *((entry.product,) if isinstance(entry, Factor) and entry.product else ()))
    yield "asked for", ", ".join(asked) or "by no activity yet"
    if taken := taken_by(entry.id):
        yield "equations", ", ".join(taken)


def _labelled(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {label.ljust(_LABEL)}{text}" for label, text in pairs]
