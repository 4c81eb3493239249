"""A comparison told in plain text, for a terminal of 100 columns."""

from collections.abc import Iterator
from decimal import Decimal

from footprint.comparison import Comparison, Difference, ScenarioResult, Side
from footprint.result import Interval, Removal
from footprint.telling import percent, rounded, share_of
from footprint.terminal import filled, wrapped

NAME_COLUMNS = 46
TOP_CAUSES = 6


def explain_comparison(comparison: Comparison) -> str:
    """The base, then each scenario with its difference, its causes and its cautions."""
    lines = [*_heading(comparison)]
    for result in comparison.scenarios:
        lines.extend(_scenario(result, comparison.base))
    lines.extend(_how(comparison))
    return "\n".join(line.rstrip() for line in lines)


def _heading(comparison: Comparison) -> Iterator[str]:
    base = comparison.base
    yield from wrapped(f"{comparison.product} — {comparison.producer}", indent=0)
    unit = f"per {comparison.functional_unit}"
    yield from wrapped(f"{comparison.boundary} · {unit} · {comparison.gwp}", indent=0)
    yield ""
    yield f"AS RECORDED  {rounded(base.gross_kg_co2e)} kg CO2e, 90 % interval {_ends(base.interval)}"


def _scenario(result: ScenarioResult, base: Side) -> Iterator[str]:
    side, less = result.scenario, result.difference_kg_co2e
    yield ""
    yield from wrapped(f"SCENARIO {result.name}", indent=0)
    for change in result.changes:
        was, becomes = change.was or "not there", change.becomes or "left out"
        yield from wrapped(f"{change.path}: {was} → {becomes}", hanging=4)
    gross = f"{rounded(side.gross_kg_co2e)} kg CO2e, 90 % interval {_ends(side.interval)}"
    yield from wrapped(f"gross       {gross}", hanging=12)
    relative = signed_percent(share_of(less, base.gross_kg_co2e))
    between = f"90 % interval {_signed_ends(result.difference_interval)}, draw by draw"
    yield from wrapped(f"difference  {signed(less)} kg CO2e ({relative}), {between}", hanging=12)
    if result.by_cause or any(result.difference_interval.model_dump().values()):
        yield f"  lower in    {percent(result.probability_lower)} of the draws"
    else:
        yield "  no effect   nothing that is computed for this record depends on what was switched"
    yield from _parts(result)
    yield from _removals(base.removals, side.removals)
    yield from _weak_points(result, base)


def _parts(result: ScenarioResult) -> Iterator[str]:
    changed = [part for part in result.by_stage if part.difference_kg_co2e]
    if changed:
        yield "  by stage"
    for stage in changed:
        yield from _part(stage.stage, stage)
    if result.by_cause:
        yield "  by cause"
    for cause in result.by_cause[:TOP_CAUSES]:
        yield from _part(f"{cause.cause} · {cause.stage}", cause)
    if len(result.by_cause) > TOP_CAUSES:
        yield f"    and {len(result.by_cause) - TOP_CAUSES} smaller"


def _part(name: str, part: Difference) -> Iterator[str]:
    first, *rest = wrapped(name, indent=0, hanging=2, width=NAME_COLUMNS)
    amounts = f"{rounded(part.base_kg_co2e):>10} → {rounded(part.scenario_kg_co2e):<10}"
    yield f"    {filled(first, NAME_COLUMNS)}{amounts}{signed(part.difference_kg_co2e):>10}"
    yield from (f"    {line}" for line in rest)


def _removals(base: tuple[Removal, ...], scenario: tuple[Removal, ...]) -> Iterator[str]:
    if base or scenario:
        was, becomes = (_kept(side) for side in (base, scenario))
        told = f"{was} as before" if was == becomes else f"{was} → {becomes}"
        yield from wrapped(f"removals    {told}; beside the gross, never subtracted", hanging=12)


def _kept(removals: tuple[Removal, ...]) -> str:
    told = [f"{rounded(one.kept_kg_co2)} kg CO2 in {one.kind}, {one.horizon_years} years" for one in removals]
    return " and ".join(told) or "none"


def _weak_points(result: ScenarioResult, base: Side) -> Iterator[str]:
    side = result.scenario
    was, becomes = percent(base.unverified_share), percent(side.unverified_share)
    if side.unverified_share > base.unverified_share and was != becomes:
        told = f"share of gross on numbers nobody has checked: {was} → {becomes}"
        yield from wrapped(f"unverified  {told}", hanging=12)
    for default in side.declared_defaults:
        if default not in base.declared_defaults:
            yield from wrapped(f"unknown     {default}", hanging=12)
    for caution in result.cautions:
        yield from wrapped(f"caution     {caution}", hanging=12)


def _how(comparison: Comparison) -> Iterator[str]:
    sampling = comparison.sampling
    how = f"{sampling.draws} draws, seed {sampling.seed}, the same on both sides"
    yield ""
    yield from wrapped(
        f"{how}: what both sides share cancels. What nobody switched is left as recorded, yields and losses "
        "included; whether they stay so is for you to judge.",
        indent=0,
    )


def _ends(interval: Interval) -> str:
    return f"{rounded(interval.p5)} to {rounded(interval.p95)}"


def _signed_ends(interval: Interval) -> str:
    return f"{signed(interval.p5)} to {signed(interval.p95)}"


def signed(amount: Decimal) -> str:
    """A difference with its sign.

    >>> signed(Decimal("0.0312")), signed(Decimal("-0.0312")), signed(Decimal("0.000000"))
    ('+0.031', '-0.031', '0')
    """
    return f"+{rounded(amount)}" if amount > 0 else rounded(amount)


def signed_percent(share: Decimal) -> str:
    """`-5.5 %`, `+0.3 %`, `0 %`."""
    sign = "+" if share > 0 else "-" if share < 0 else ""
    return f"{sign}{percent(abs(share))}"
