"""The removal statement on a terminal of 100 columns, and as rows for a spreadsheet."""

from collections.abc import Iterator
from decimal import Decimal

from footprint.removals.saying import causes, label, said
from footprint.removals.statement import CardRow, Evidence, Owned, Said, Statement, StoreStatement
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
    words = texts(document="removals")
    for store in statement.stores:
        about: tuple[str, ...] = (store.store, store.kind, store.method)
        for step, left in store.running():
            cells = (*about, step.name, step.stage or "", said(step.ground, words))
            yield _cells(cells, step.kg_co2e, left, step.interval)
        net, summed = store.net_kg_co2e, said(Said(sentence="net"), words)
        yield _cells((*about, "net", "", summed), net, net, store.net_interval)


def _cells(written: tuple[str, ...], kg_co2e: Decimal, left: Decimal, ends: Interval) -> Row:
    amounts = (f"{amount:f}" for amount in (kg_co2e, left, ends.p5, ends.p95))
    return dict(zip((*TEXTS, *AMOUNTS), (*written, *amounts), strict=True))


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
    yield label(store.store, words).upper()
    kind, years = words["kind"][store.kind], words["permanence"][store.permanence_class]
    yield from wrapped(f"{kind} · {store.method} · {years}")
    yield f"  {filled('', NAME_COLUMNS)}{_right(word['kg_co2e'], 14)}   {word['interval']}"
    for step in store.steps:
        yield _amounts(step_name(step.name, step.stage, words), step.kg_co2e, step.interval)
        yield from wrapped(said(step.ground, words), indent=6)
    yield _amounts(f"= {words['step']['net']}", store.net_kg_co2e, store.net_interval)
    if store.emits_more:
        yield from wrapped(f"! {words['sentence']['emits_more']}")
    yield from wrapped(f"{words['title']['counterfactual']}: {said(store.counterfactual, words)}", hanging=4)
    yield from _title(words, "parts")
    for part in store.parts:
        yield from wrapped(part_told(part, store, words), hanging=4)
    yield from _cards(store, words)
    yield from _evidence(store, words)
    yield from _avoided(store, words)
    for note in store.notes:
        yield from wrapped(said(note, words))


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
        yield from _card(row, words)
    found = store.disagreement
    if found is not None:
        kept = f"{brief(found.low_kg_co2)} … {brief(found.high_kg_co2)} {word['kept_between']}"
        yield from wrapped(f"{word['between']} ({found.cards}): {kept}{_net_between(store, word)}")


_WIDTHS = (8, 12, 10, 20, 10)


def _card(row: CardRow, words: Texts) -> Iterator[str]:
    mark = " *" if row.apart else ""
    name = f"  {filled(row.card + mark, 22)}{row.horizon_years:>8}"
    if (
        row.permanent_fraction is None
        or row.kept_kg_co2 is None
        or row.interval is None
        or row.net_kg_co2e is None
    ):
        yield from wrapped(f"{name.strip()}  {refused(row, words)}", hanging=4)
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
    if store.evidence:
        yield from _title(words, "evidence")
    for one in store.evidence:
        place = f"{one.name}: {one.remark}" if one.remark else one.name
        told = f"{label(one.question, words)}: {answer(one, words)} ({_read_from(one, words)}; {place})"
        yield from wrapped(told, hanging=4)


def answer(one: Evidence, words: Texts) -> str:
    """What the record answers.

    Args:
        one: answer or choice.
        words: texts of the statement.
    """
    return str(words["word"]["nobody"]) if one.amount is None else label(one.amount, words)


def source(one: Evidence, words: Texts) -> str:
    """Where an answer was read.

    Args:
        one: answer or choice.
        words: texts of the statement.
    """
    return str(words["source"][one.source or "choice"])


def refused(row: CardRow, words: Texts) -> str:
    """Why a method says nothing of a store.

    Args:
        row: of the method.
        words: texts of the statement.
    """
    whys = (label(why, words) for why in str(row.refused).split("; "))
    return f"{words['word']['refused']}: {'; '.join(whys)}"


def _read_from(one: Evidence, words: Texts) -> str:
    score = "" if one.reliability is None else f", {one.reliability}/5"
    decides = f", {words['word']['decides']}" if one.decides else ""
    return f"{source(one, words)}{score}{decides}"


def _avoided(store: StoreStatement, words: Texts) -> Iterator[str]:
    if store.avoided:
        yield from _title(words, "avoided")
        yield from wrapped(words["sentence"]["avoided"])
    for one in store.avoided:
        ends = f"{brief(one.interval.p5)} … {brief(one.interval.p95)}"
        what = causes(one.what, words)
        yield from wrapped(f"{what}: {brief(one.kg_co2e)} {words['word']['kg_co2e']} ({ends})", hanging=4)
