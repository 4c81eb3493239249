"""The removal statement on a terminal of 100 columns, and as rows for a spreadsheet."""

from collections.abc import Iterator
from decimal import Decimal

from footprint.removals.statement import CardRow, Owned, Statement, StoreStatement
from footprint.result import Interval
from footprint.telling import Texts, percent, texts, weighed
from footprint.terminal import columns, filled, wrapped

NAME_COLUMNS = 44
TEXTS = ("store", "kind", "method", "step", "stage", "note")
AMOUNTS = ("kg_co2e", "left_kg_co2e", "p5", "p95")
Row = dict[str, str]


def table(statement: Statement, language: str = "en") -> str:
    """The statement in words and columns.

    Args:
        statement: what is told.
        language: `en` or `zh-Hans`.
    """
    words = texts(language, "removals")
    lines = [*_heading(statement, words)]
    for store in statement.stores:
        lines.extend(_store(store, words))
    if not statement.stores:
        lines.extend(wrapped(words["sentence"]["none"]))
    return "\n".join(line.rstrip() for line in lines)


def brief(kg: Decimal) -> str:
    """An amount beside which the exact one stands: whole kilograms from a hundred on, either way.

    >>> brief(Decimal("-5762.15")), brief(Decimal("0.1178"))
    ('-5762', '0.118')
    """
    return weighed(kg) if kg >= 0 else f"-{weighed(-kg)}"


def rows(statement: Statement) -> Iterator[Row]:
    """One row for each step of each store, the net last: texts and amounts, for a spreadsheet."""
    for store in statement.stores:
        about: tuple[str, ...] = (store.store, store.kind, store.method)
        for step, left in store.running():
            said = (*about, step.name, step.stage or "", step.note)
            yield _cells(said, step.kg_co2e, left, step.interval)
        net, said = store.net_kg_co2e, (*about, "net", "", "the sum of the steps")
        yield _cells(said, net, net, store.net_interval)


def _cells(said: tuple[str, ...], kg_co2e: Decimal, left: Decimal, ends: Interval) -> Row:
    amounts = (f"{amount:f}" for amount in (kg_co2e, left, ends.p5, ends.p95))
    return dict(zip((*TEXTS, *AMOUNTS), (*said, *amounts), strict=True))


def _heading(statement: Statement, words: Texts) -> Iterator[str]:
    word = words["word"]
    yield words["title"]["statement"].upper()
    what = f"{statement.quantity} {statement.product} {word['at']} {statement.place}"
    yield from wrapped(f"{what} — {statement.producer}")
    period = f"{statement.period_start} {word['to']} {statement.period_end} ({word['exclusive']})"
    drawn = f"{statement.draws} {word['draws']}, {word['seed']} {statement.seed}"
    yield from wrapped(f"{period} · {statement.gwp} · {drawn}")
    gross = f"{brief(statement.gross_footprint_kg_co2e)} {word['kg_co2e']}"
    yield from wrapped(f"{words['sentence']['beside']}: {gross}")


def _store(store: StoreStatement, words: Texts) -> Iterator[str]:
    word = words["word"]
    yield ""
    yield store.store.upper()
    kind, years = words["kind"][store.kind], words["permanence"][store.permanence_class]
    yield from wrapped(f"{kind} · {store.method} · {years}")
    yield f"  {filled('', NAME_COLUMNS)}{_right(word['kg_co2e'], 14)}   {word['interval']}"
    for step in store.steps:
        yield _amounts(step_name(step.name, step.stage, words), step.kg_co2e, step.interval)
        yield from wrapped(step.note, indent=6)
    yield _amounts(f"= {words['step']['net']}", store.net_kg_co2e, store.net_interval)
    if store.emits_more:
        yield from wrapped(f"! {words['sentence']['emits_more']}")
    yield from wrapped(f"{words['title']['counterfactual']}: {store.counterfactual}", hanging=4)
    yield from _title(words, "parts")
    for part in store.parts:
        yield from wrapped(part_told(part, store, words), hanging=4)
    yield from _cards(store, words)
    yield from _evidence(store, words)
    yield from _avoided(store, words)
    for note in store.notes:
        yield from wrapped(note)


def step_name(name: str, stage: str | None, words: Texts) -> str:
    """A step in words: `Emitted on the way: kiln`.

    Args:
        name: of the step.
        stage: of the chain, if it is one.
        words: texts of the statement.
    """
    said = words["step"][name]
    return f"{said}: {words['stage'].get(stage, stage)}" if stage else str(said)


def _title(words: Texts, name: str) -> Iterator[str]:
    yield ""
    yield f"  {words['title'][name].upper()}"


def _amounts(name: str, kg_co2e: Decimal, ends: Interval) -> str:
    between = f"{brief(ends.p5)} … {brief(ends.p95)}"
    return f"  {filled(name, NAME_COLUMNS)}{kg_co2e:>14f}   {between}"


def part_told(part: Owned, store: StoreStatement, words: Texts) -> str:
    """Whose a part is and what that leaves where: one amount, by whose it is.

    Args:
        part: of the store.
        store: it is part of.
        words: texts of the statement.
    """
    word = words["word"]
    told = f"{percent(part.part)} {words['status'][part.status]}"
    for name, value in (("owner", part.owner), ("units", part.units)):
        told += f", {word[name]} {value}" if value else ""
    if part.status == "on_product":
        return f"{told}: {brief(part.on_product_kg_co2)} kg CO2 {word['may_claim']}; {word['inside']}"
    if part.status == "disclosed":
        return f"{told}: {word['nothing_here']}"
    units = f"{brief(part.as_units_kg_co2e)} {word['kg_co2e']} {word['as_units']}"
    return f"{told}: {word['nothing_here']}; {word['no_units'] if store.emits_more else units}"


def _cards(store: StoreStatement, words: Texts) -> Iterator[str]:
    word = words["word"]
    yield from _title(words, "cards")
    head = (word["years"], word["left"], word["kept"], word["interval"], word["net"])
    yield f"  {filled('', 22)}" + "".join(
        _right(text, width) for text, width in zip(head, _WIDTHS, strict=True)
    )
    for row in store.by_card:
        yield from _card(row, word)
    found = store.disagreement
    if found is not None:
        kept = f"{brief(found.low_kg_co2)} … {brief(found.high_kg_co2)} {word['kept_between']}"
        yield from wrapped(f"{word['between']} ({found.cards}): {kept}{_net_between(store, word)}")


_WIDTHS = (8, 12, 10, 20, 10)


def _card(row: CardRow, word: Texts) -> Iterator[str]:
    mark = " *" if row.apart else ""
    name = f"  {filled(row.card + mark, 22)}{row.horizon_years:>8}"
    if (
        row.permanent_fraction is None
        or row.kept_kg_co2 is None
        or row.interval is None
        or row.net_kg_co2e is None
    ):
        yield from wrapped(f"{name.strip()}  {word['refused']}: {row.refused}", hanging=4)
        return
    ends = f"{brief(row.interval.p5)} … {brief(row.interval.p95)}"
    amounts = f"{brief(row.kept_kg_co2):>10}{ends:>20}{brief(row.net_kg_co2e):>10}"
    yield f"{name}{row.permanent_fraction:>12.2f}{amounts}"


def _net_between(store: StoreStatement, word: Texts) -> str:
    found = store.net_disagreement
    if found is None:
        return ""
    return f", {brief(found.low_kg_co2)} … {brief(found.high_kg_co2)} {word['net_between']}"


def _right(text: str, width: int) -> str:
    return filled("", width - columns(text)) + text


def _evidence(store: StoreStatement, words: Texts) -> Iterator[str]:
    word = words["word"]
    if store.evidence:
        yield from _title(words, "evidence")
    for one in store.evidence:
        source = f"{words['source'][one.source]}, {one.reliability}/5"
        decides = f", {word['decides']}" if one.decides else ""
        told = f"{one.question}: {one.amount or word['nobody']} ({source}{decides})"
        yield from wrapped(told, hanging=4)


def _avoided(store: StoreStatement, words: Texts) -> Iterator[str]:
    if store.avoided:
        yield from _title(words, "avoided")
        yield from wrapped(words["sentence"]["avoided"])
    for one in store.avoided:
        ends = f"{brief(one.interval.p5)} … {brief(one.interval.p95)}"
        yield from wrapped(f"{one.what}: {brief(one.kg_co2e)} {words['word']['kg_co2e']} ({ends})", hanging=4)
