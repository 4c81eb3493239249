"""An appraisal told in plain text, for a terminal of 100 columns."""

from collections.abc import Iterator

from footprint.appraisal import Appraisal
from footprint.next_questions import NextQuestion
from footprint.telling import exact, percent, rounded, share_of
from footprint.terminal import bar, filled, wrapped

NAME_COLUMNS = 46


def explain_appraisal(appraisal: Appraisal) -> str:
    """The number with its interval, its causes, and what to answer next."""
    lines = (
        *_heading(appraisal),
        *_causes(appraisal),
        *_next(appraisal),
        *_limits(appraisal),
    )
    return "\n".join(line.rstrip() for line in lines)


def _heading(appraisal: Appraisal) -> Iterator[str]:
    ends = f"{rounded(appraisal.interval.p5)} to {rounded(appraisal.interval.p95)}"
    yield from wrapped(f"{appraisal.functional_unit}, {appraisal.region} — rough appraisal", indent=0)
    yield f"  {rounded(appraisal.gross_kg_co2e)} kg CO2e, 90 % interval {ends}, {appraisal.gwp}"
    per_ha = f"{appraisal.gross_kg_co2e_per_ha:.0f} kg CO2e/ha"
    answered = f"{appraisal.yield_kg_per_ha:.0f} kg and {exact(round(appraisal.nitrogen_kg_per_ha, 1))} kg N"
    yield from wrapped(f"{per_ha} · {exact(round(appraisal.area_ha, 3))} ha · {answered} per hectare")


def _causes(appraisal: Appraisal) -> Iterator[str]:
    yield ""
    yield "WHERE IT COMES FROM"
    for cause in appraisal.causes:
        share = share_of(cause.kg_co2e, appraisal.gross_kg_co2e)
        first, *rest = wrapped(cause.label, indent=0, hanging=2, width=NAME_COLUMNS)
        yield f"  {filled(first, NAME_COLUMNS)}  {bar(share)}{rounded(cause.kg_co2e):>8} {percent(share):>7}"
        yield from (f"  {line}" for line in rest)


def _next(appraisal: Appraisal) -> Iterator[str]:
    yield ""
    yield "WHAT TO ANSWER NEXT (part of the spread · how much narrower the interval would be)"
    for number, question in enumerate(appraisal.next_questions, start=1):
        told = f"{percent(question.variance_share)} of the spread · {_narrows(question)}"
        yield from wrapped(f"{number}. {question.question}  {told}", hanging=3)
        yield from wrapped(question.how, indent=5)


def _narrows(question: NextQuestion) -> str:
    least, most = question.narrows_at_least, question.narrows_at_most
    if least == most:
        return f"narrower by {percent(most)}"
    if least <= 0:
        return f"narrower by up to {percent(most)}"
    return f"narrower by {percent(least)} to {percent(most)}"


def _limits(appraisal: Appraisal) -> Iterator[str]:
    yield ""
    yield "HOW GOOD IT IS"
    yield from wrapped(
        f"{percent(appraisal.unverified_share)} rests on numbers nobody has checked against a source"
    )
    for default in appraisal.declared_defaults:
        yield from wrapped(f"unknown, a declared default is used — {default}", hanging=4)
    for note in appraisal.notes:
        yield from wrapped(note, hanging=4)
