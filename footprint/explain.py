"""A footprint told in plain text, for a terminal of 100 columns.

The texts are those of the report (`templates/report.en.toml`), and so is the way numbers are written.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from footprint.result import (
    AllocationChoice,
    AlternativeAllocation,
    Footprint,
    Removal,
    UsedFactor,
)
from footprint.telling import (
    by_narrowing,
    by_source,
    exact,
    gas_name,
    origin,
    percent,
    rounded,
    sampling_error,
    share_of,
    stage_totals,
    texts,
    weighed,
)
from footprint.terminal import BAR_COLUMNS, bar, filled, wrapped

NAME_COLUMNS = 42
TOP_CAUSES = 8


def explain(footprint: Footprint) -> str:
    """The footprint in words, bars and sources, at most 100 columns wide."""
    lines = (
        *_heading(footprint),
        *_gross(footprint),
        *_removals(footprint),
        *_biogenic(footprint),
        *_land(footprint),
        *_causes(footprint),
        *_measure_next(footprint),
        *_quality(footprint),
        *_allocation(footprint),
        *_balances(footprint),
        *_exclusions(footprint),
        *_sources(footprint.factors),
        *_digests(footprint),
    )
    return "\n".join(line.rstrip() for line in lines)


def _title(name: str) -> Iterator[str]:
    yield ""
    yield str(texts()["title"][name]).upper()


def _heading(footprint: Footprint) -> Iterator[str]:
    words, product = texts()["word"], footprint.product
    yield from wrapped(f"{product.name} — {product.producer}, {origin(footprint)}", indent=0)
    if product.description:
        yield from wrapped(product.description, indent=0)
    period = f"{footprint.period_start} {words['to']} {footprint.period_end} ({words['exclusive']})"
    assessed = f"{percent(footprint.boundary_coverage)} {words['coverage']}"
    yield from wrapped(f"{footprint.boundary} ({assessed}) · {period} · {footprint.gwp}", indent=0)


def _gross(footprint: Footprint) -> Iterator[str]:
    words, interval, total = texts()["word"], footprint.gross.interval, footprint.gross_kg_co2e
    yield from _title("gross")
    unit = f"{footprint.functional_unit} ({footprint.declared_unit})"
    yield from wrapped(f"{rounded(total)} {words['kg_co2e']} {words['per']} {unit}")
    ends = f"{rounded(interval.p5)} {words['to']} {rounded(interval.p95)}"
    drawn = f"{footprint.sampling.draws} {words['draws']}, {words['seed']} {footprint.sampling.seed}"
    yield from wrapped(f"{words['interval']}: {ends}, {words['median']} {rounded(interval.p50)} ({drawn})")
    yield from wrapped(f"{words['another_seed']} {rounded(sampling_error(footprint))}")
    yield f"  {_interval_line(footprint)}"
    yield from _table("stages", stage_totals(footprint), total)
    gases = {gas_name(name, texts()): kg for name, kg in footprint.gross.by_substance().items()}
    yield from _table("gases", dict(sorted(gases.items(), key=lambda item: -item[1])), total)
    if footprint.gates:
        yield from _table("gates", {gate.product: gate.kg_co2e for gate in footprint.gates}, total)


def _interval_line(footprint: Footprint) -> str:
    """`├────●──────┤` with the median in its place."""
    interval, width = footprint.gross.interval, BAR_COLUMNS
    place = int(share_of(interval.p50 - interval.p5, interval.p95 - interval.p5) * width)
    before = min(max(place, 0), width - 1)
    ends = rounded(interval.p5), rounded(interval.p95)
    return f"{ends[0]} ├{'─' * before}●{'─' * (width - 1 - before)}┤ {ends[1]}"


def _table(title: str, rows: dict[str, Decimal], total: Decimal) -> Iterator[str]:
    yield from _title(title)
    longest = max((*rows.values(), Decimal(0)))
    for name, kg in rows.items():
        yield from _row(name, share_of(kg, longest), rounded(kg), percent(share_of(kg, total)))


def _row(name: str, length: Decimal, amount: str, share: str) -> Iterator[str]:
    """A name, as many lines as it takes, with bar and numbers beside its first line."""
    first, *rest = wrapped(name, indent=0, hanging=2, width=NAME_COLUMNS)
    yield f"  {filled(first, NAME_COLUMNS)}  {bar(length)}{amount:>10}  {share:>6}"
    yield from (f"  {line}" for line in rest)


def _removals(footprint: Footprint) -> Iterator[str]:
    sentences = texts()["sentence"]
    yield from _title("removals")
    yield from wrapped(sentences["removals"] if footprint.removals else sentences["no_removals"])
    for removal in footprint.removals:
        yield from _removal(removal)


def _removal(removal: Removal) -> Iterator[str]:
    words, interval = texts()["word"], removal.interval
    kind = texts()["kind"].get(removal.kind, removal.kind)
    ends = f"{rounded(interval.p5)} {words['to']} {rounded(interval.p95)}"
    kept = f"{rounded(removal.kept_kg_co2)} kg CO2 {words['kept']} ({ends})"
    horizon = f"{removal.horizon_years} {words['years']}"
    yield from wrapped(f"{kind}, {removal.method}: {kept}, {horizon}", hanging=4)
    stored = f"{rounded(removal.gross_kg_co2)} kg CO2 {words['stored']}"
    fraction = f"{words['permanent_fraction']} {exact(removal.permanent_fraction)}"
    permanence = f"{words['permanence']}: {texts()['permanence'][removal.permanence_class]}"
    yield from wrapped(f"{stored} · {fraction} · {permanence}", indent=6)
    checked = f"{words['checked_by']} {removal.checked_by or words['nobody']}"
    yield from wrapped(f"{_claimed(removal)} · {texts()['status'][removal.status]} · {checked}", indent=6)
    yield from wrapped(" · ".join(_beside_removal(removal)), indent=6)
    if removal.baseline:
        yield from wrapped(f"{words['baseline']}: {removal.baseline}", indent=6)
    yield from wrapped(f"{rounded(removal.process_kg_co2e)} {words['kg_co2e']} {words['process']}", indent=6)


def _claimed(removal: Removal) -> str:
    part = "" if removal.part == 1 else f" ({percent(removal.part)} {texts()['word']['part']})"
    return f"{rounded(removal.on_product_kg_co2)} kg CO2 {texts()['word']['claimable']}{part}"


def _beside_removal(removal: Removal) -> Iterator[str]:
    """What is taken off, what other methods find, and who owns it under which numbers."""
    words, between = texts()["word"], removal.disagreement
    rule = f" ({words['rule']} {removal.deduction_rule})" if removal.deduction_rule else ""
    yield f"{rounded(removal.deduction_kg_co2)} {words['taken_off']}{rule}"
    yield f"{rounded(removal.buffer_kg_co2)} {words['set_aside']}"
    if between is not None:
        ends = f"{rounded(between.low_kg_co2)} {words['to']} {rounded(between.high_kg_co2)}"
        yield f"{ends} {words['by_methods']} ({between.cards})"
    for name, value in (("owner", removal.owner), ("units", removal.units)):
        if value:
            yield f"{words[name]} {value}"


def _biogenic(footprint: Footprint) -> Iterator[str]:
    words, ledger = texts()["word"], footprint.biogenic
    yield from _title("biogenic")
    yield from wrapped(texts()["sentence"]["biogenic"])
    yield from wrapped(f"{rounded(ledger.uptake_kg_co2)} kg CO2 {words['uptake']}")
    yield from wrapped(f"{rounded(ledger.released_kg_co2)} kg CO2 {words['released']}")
    yield from wrapped(f"{rounded(ledger.carbon_content_kg_c)} kg C {words['carbon_content']}")


def _land(footprint: Footprint) -> Iterator[str]:
    change = footprint.land_use_change
    amount = f"{rounded(change.kg_co2e)} kg CO2e" if change.kg_co2e else ""
    yield from _title("land")
    yield from wrapped(" · ".join(filter(None, (texts()["land"][change.state], amount, change.statement))))


def _causes(footprint: Footprint) -> Iterator[str]:
    largest = sorted(footprint.contributions, key=lambda cause: -cause.kg_co2e)[:TOP_CAUSES]
    if largest:
        yield from _title("contributions")
    for cause in largest:
        length = share_of(cause.kg_co2e, largest[0].kg_co2e)
        share = percent(share_of(cause.kg_co2e, footprint.gross_kg_co2e))
        yield from _row(f"{cause.label} · {cause.stage}", length, rounded(cause.kg_co2e), share)


def _measure_next(footprint: Footprint) -> Iterator[str]:
    yield from _title("measure_next")
    sentences = texts()["sentence"]
    yield from wrapped(sentences["measure_next"] if footprint.variance_shares else sentences["no_variance"])
    for entry in by_narrowing(footprint.variance_shares):
        yield from _row(entry.label, entry.narrows, percent(entry.total_share), percent(entry.narrows))


def _quality(footprint: Footprint) -> Iterator[str]:
    words, quality = texts()["word"], footprint.quality
    yield from _title("quality")
    ratings = ("technological", "geographical", "temporal")
    rated = " · ".join(f"{words[name]} {getattr(quality, name):.2f}" for name in ratings)
    yield from wrapped(f"{rated} ({words['best_worst']})")
    yield from wrapped(f"{words['primary_share']}: {percent(quality.primary_share)}")
    yield from wrapped(f"{words['unverified_share']}: {percent(quality.unverified_share)}")
    defaults = "; ".join(quality.declared_defaults) or words["none"]
    yield from wrapped(f"{words['declared_defaults']}: {defaults}", hanging=4)


def _allocation(footprint: Footprint) -> Iterator[str]:
    words = texts()["word"]
    yield from _title("allocation")
    if not footprint.allocations:
        yield from wrapped(texts()["sentence"]["allocation"])
    for choice in footprint.allocations:
        yield from _way(choice, f"{percent(choice.share)} {words['carried']}", process=f"{choice.process}: ")
        for other in choice.alternatives:
            gross = f"{words['would_make']} {rounded(other.gross_kg_co2e)} {words['kg_co2e']}"
            yield from _way(other, f"{percent(other.share)} · {gross}")


def _way(
    choice: AllocationChoice | AlternativeAllocation, result: str, *, process: str = ""
) -> Iterator[str]:
    words, way = texts()["word"], texts()["way"].get(choice.method, choice.method)
    yield from wrapped(f"{process}{way}, {result}", indent=2 if process else 4, hanging=4)
    for saved in choice.displaced:
        amount = f"{rounded(saved.kg_co2e)} {words['kg_co2e']} {words['displaced']}"
        yield from wrapped(f"{amount}: {saved.product} {words['instead_of']} {saved.displaces}", indent=6)


def _balances(footprint: Footprint) -> Iterator[str]:
    words = texts()["word"]
    if footprint.balances:
        yield from _title("balances")
    for balance in footprint.balances:
        name = f"{balance.process}, {texts()['conserved'][balance.of]}"
        went = f"{weighed(balance.taken_in_kg)} kg {words['taken_in']}"
        out = f"{weighed(balance.came_out_kg)} kg {words['came_out']}"
        closed = "" if balance.closed_share is None else f" ({percent(balance.closed_share)})"
        yield from wrapped(f"{name}: {went}, {out}{closed}", hanging=4)


def _exclusions(footprint: Footprint) -> Iterator[str]:
    yield from _title("exclusions")
    left_out = [f"{exclusion.what}: {exclusion.why}" for exclusion in footprint.exclusions]
    yield from _list(left_out or [texts()["sentence"]["exclusions"]])
    if footprint.notes:
        yield from _title("notes")
        yield from _list(footprint.notes)


def _list(entries: Iterable[str]) -> Iterator[str]:
    for entry in entries:
        yield from wrapped(entry, hanging=4)


def _sources(factors: tuple[UsedFactor, ...]) -> Iterator[str]:
    words = texts()["word"]
    unverified = sum(not factor.verified for factor in factors)
    yield from _title("factors")
    yield f"  {len(factors)} {words['numbers']}, {unverified} {words['not_verified']}"
    for (source, licence), group in by_source(factors).items():
        yield from wrapped(f"{source} [{licence}]", hanging=2)
        for factor in group:
            yield from wrapped(_factor(factor), indent=6, hanging=4)


def _factor(factor: UsedFactor) -> str:
    words = texts()["word"]
    ends = (
        ""
        if factor.lower == factor.upper
        else f" ({exact(factor.lower)} {words['to']} {exact(factor.upper)})"
    )
    mark = "" if factor.verified else f"{words['not_verified']} · "
    value = f"{exact(factor.value)} {factor.unit}{ends}"
    return f"{mark}{factor.name}: {value}, {factor.locator}, {factor.region} {factor.year}"


def _digests(footprint: Footprint) -> Iterator[str]:
    words, digests = texts()["word"], footprint.digests
    yield from _title("digests")
    yield from wrapped(texts()["sentence"]["digests"])
    for name in ("records", "factors", "method"):
        yield f"  {filled(words[name], 10)}{getattr(digests, name)}"
    yield from wrapped(f"{words['engine']} {footprint.engine}")
