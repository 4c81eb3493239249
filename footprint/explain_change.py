"""Why a footprint changed, told in plain text for a terminal of 100 columns."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from footprint.change.reasons import PARTS, BiogenicSplit, Imprint, Part, Reason, Reasons, RemovalSplit, Split
from footprint.comparison import Change
from footprint.explain_comparison import signed, signed_percent
from footprint.telling import gas_name, rounded, share_of, texts
from footprint.terminal import filled, wrapped

NAME_COLUMNS = 38
NUMBER_COLUMNS = 10
REASON_COLUMNS = 84
TOP_REASONS = 12
MEANING = {
    "data": "the records say something else",
    "factors": "published numbers were renewed",
    "method": "another GWP set, route or way of computing",
    "model": "same inputs, another version of the engine",
}
UPTAKE_AND_RELEASE = {"uptake": "taken up into the product", "released": "released by fires and kilns"}


def explain_change(reasons: Reasons) -> str:
    """The two editions, the four parts, their reasons, then stages, gases and the ledgers beside."""
    lines = [
        *_heading(reasons),
        *_parts(reasons),
        *_table("BY STAGE", reasons.by_stage()),
        *_table("BY GAS", {_gas(name): split for name, split in reasons.by_substance().items()}),
        *_table("REMOVALS, kg CO2 kept; beside the gross, never subtracted", _removals(reasons.removals)),
        *_table("BIOGENIC CO2, kg; neither counted nor netted", _biogenic(reasons.biogenic)),
        *_notes(reasons),
    ]
    return "\n".join(line.rstrip() for line in lines)


def _heading(reasons: Reasons) -> Iterator[str]:
    yield from wrapped(f"{reasons.new.product} · {reasons.boundary}", indent=0)
    yield from wrapped(f"old  {_edition(reasons.old)}", hanging=5)
    yield from wrapped(f"new  {_edition(reasons.new)}", hanging=5)
    yield ""
    gross = reasons.gross
    relative = signed_percent(share_of(gross.difference, gross.was))
    amounts = f"{rounded(gross.was)} → {rounded(gross.becomes)} kg CO2e"
    yield f"GROSS  {amounts}: {signed(gross.difference)} ({relative})"


def _edition(imprint: Imprint) -> str:
    period = f"{imprint.period_start} to {imprint.period_end}"
    return f"{imprint.functional_unit} · {period} · {imprint.gwp} · {imprint.engine}"


def _parts(reasons: Reasons) -> Iterator[str]:
    for part in reasons.parts:
        yield f"  {part.name:<10}{signed(part.kg_co2e):>{NUMBER_COLUMNS}}   {MEANING[part.name]}"
    for part in reasons.parts:
        if part.reasons or part.not_alone:
            yield ""
            yield f"{part.name.upper()}  {signed(part.kg_co2e)}"
            yield from _reasons(part)


def _reasons(part: Part) -> Iterator[str]:
    told = [reason for reason in part.reasons if reason.kg_co2e]
    for reason in told[:TOP_REASONS]:
        yield from _line("; ".join(map(_change, reason.changes)), reason.kg_co2e)
    if rest := told[TOP_REASONS:]:
        yield from _line(f"{len(rest)} smaller", _sum(rest))
    if part.not_alone:
        places = ", ".join(change.path for change in part.not_alone)
        yield from _line(
            f"what cannot be turned alone ({places}), and what acts together", part.together_kg_co2e
        )
    elif part.together_kg_co2e:
        yield from _line("what acts only together, and rounding", part.together_kg_co2e)
    if silent := len(part.reasons) - len(told):
        yield f"  {silent} more changed without effect on the gross footprint"


def _sum(reasons: list[Reason]) -> Decimal:
    return sum((reason.kg_co2e for reason in reasons), Decimal(0))


def _change(change: Change) -> str:
    return f"{change.path}: {change.was or 'not there'} → {change.becomes or 'not there'}"


def _line(name: str, amount: Decimal) -> Iterator[str]:
    first, *rest = wrapped(name, indent=0, hanging=2, width=REASON_COLUMNS)
    yield f"  {filled(first, REASON_COLUMNS)}{signed(amount):>{NUMBER_COLUMNS}}"
    yield from (f"  {line}" for line in rest)


def _table(title: str, splits: Mapping[str, Split]) -> Iterator[str]:
    changed = {name: split for name, split in splits.items() if any(_numbers(split)[2:])}
    if not changed:
        return
    heads = ("old", "new", *PARTS)
    yield ""
    yield title
    yield " " * (NAME_COLUMNS + 2) + "".join(f"{head:>{NUMBER_COLUMNS}}" for head in heads)
    for name, split in changed.items():
        was, becomes, *parts = _numbers(split)
        cells = [f"{was:.4f}", f"{becomes:.4f}", *(f"{part:+.4f}" if part else "·" for part in parts)]
        first, *rest = wrapped(name, indent=0, hanging=2, width=NAME_COLUMNS)
        yield f"  {filled(first, NAME_COLUMNS)}" + "".join(f"{cell:>{NUMBER_COLUMNS}}" for cell in cells)
        yield from (f"  {line}" for line in rest)


def _numbers(split: Split) -> list[Decimal]:
    return [split.was, split.becomes, *(getattr(split, name) for name in PARTS)]


def _gas(substance: str) -> str:
    return gas_name(substance, texts())


def _removals(removals: tuple[RemovalSplit, ...]) -> dict[str, Split]:
    return {f"{one.kind}, {one.card}": one for one in removals}


def _biogenic(flows: tuple[BiogenicSplit, ...]) -> dict[str, Split]:
    return {UPTAKE_AND_RELEASE[one.flow]: one for one in flows}


def _notes(reasons: Reasons) -> Iterator[str]:
    yield ""
    for note in reasons.notes:
        yield from wrapped(note, indent=0)
    yield from wrapped(
        "Parts are Shapley values: no order was chosen, and they add up to the last digit. A reason is the mean of "
        "it alone turned in the old inputs and it alone turned back in the new.",
        indent=0,
    )
