"""Reason codes: where points were lost, and what one better input would bring, found by scoring again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from footprint.score import cfs1
from footprint.score.exact import nine_places
from footprint.score.inputs import Inputs, RemovalInput
from footprint.score.outcome import Reason
from footprint.score.table import Language, Table, Texts

MOST_REASONS = 4
LEVELS = ("none", "self", "second_party", "limited", "reasonable")
LOWER_FOOTPRINT = Decimal("0.9")
GOOD_TREND = Decimal("0.07")
MODEST_TREND = Decimal("0.0303")
MORE_PRIMARY = Decimal("0.2")
GOOD_REMOVAL = RemovalInput(kept_kg_co2=Decimal(1), years=100, variation=Decimal("0.2"), also_sold=False)


@dataclass(frozen=True)
class Finding:
    """Points missing for one cause, and the input to change."""

    code: str
    lost: int
    now: str
    target: str
    better: dict[str, Any]


def reasons(inputs: Inputs, table: Table) -> tuple[Reason, ...]:
    """Up to four reasons: binding caps first, then by points lost."""
    caps = sorted(_caps(inputs, table), key=lambda f: -f.lost)
    causes = sorted(_causes(inputs, table), key=lambda f: -f.lost)
    found = [finding for finding in (*caps, *causes) if finding.lost > 0]
    return tuple(_reason(finding, inputs, table) for finding in found[:MOST_REASONS])


def _reason(finding: Finding, inputs: Inputs, table: Table) -> Reason:
    texts = table.reasons[finding.code]
    gain = cfs1.total(inputs.model_copy(update=finding.better), table) - cfs1.total(inputs, table)
    words: dict[str, int | str] = {
        "lost": finding.lost,
        "gain": gain,
        "now": finding.now,
        "target": finding.target,
    }
    how = _filled(texts.how, words, table)
    if gain == 0 and cfs1.caps(inputs, table):
        limit: dict[str, int | str] = {"limit": min(cfs1.caps(inputs, table).values())}
        how = {
            language: how[language] + text for language, text in _filled(table.capped, limit, table).items()
        }
    return Reason(
        code=finding.code,
        points_lost=finding.lost,
        gain=gain,
        now=finding.now,
        target=finding.target,
        factor=texts.factor,
        why=_filled(texts.why, words, table),
        how=how,
    )


def _filled(texts: Texts, words: Mapping[str, int | str], table: Table) -> Texts:
    return {
        language: text.format(**{name: _term(word, language, table) for name, word in words.items()})
        for language, text in texts.items()
    }


def _term(word: int | str, language: Language, table: Table) -> int | str:
    """A value in the reader's words; numbers stay as they are."""
    return table.terms[word][language] if isinstance(word, str) and word in table.terms else word


def _caps(inputs: Inputs, table: Table) -> Iterator[Finding]:
    uncapped = sum(cfs1.points(inputs, table).values())
    limits = cfs1.caps(inputs, table)
    changes: dict[str, tuple[str, str, dict[str, Any]]] = {
        "DOUBLE_CLAIM": ("2", "1", _single_claim(inputs)),
        "NOT_INDEPENDENTLY_CHECKED": (inputs.assurance, "second_party", {"assurance": "second_party"}),
        "LITTLE_PRIMARY_DATA": (
            _percent(inputs.primary_share),
            _percent(table.caps.little_primary_below),
            {"primary_share": table.caps.little_primary_below},
        ),
    }
    for name, limit in limits.items():
        now, target, better = changes[name]
        yield Finding(f"CAP_{name}", uncapped - limit, now, target, better)


def _single_claim(inputs: Inputs) -> dict[str, Any]:
    removals = tuple(r.model_copy(update={"also_sold": False}) for r in inputs.removals)
    return {"double_claim": False, "removals": removals}


def _causes(inputs: Inputs, table: Table) -> Iterator[Finding]:
    for cause in CAUSES:
        yield cause(inputs, table)


def _footprint(inputs: Inputs, table: Table) -> Finding:
    lower = {name: nine_places(getattr(inputs, name) * LOWER_FOOTPRINT) for name in ("p5", "p50", "upper")}
    lost = table.maximum["PERF"] - cfs1.performance_at(inputs.p50, inputs, table)
    return Finding("PERF_LEVEL", lost, _three(inputs.p50), _three(lower["p50"]), lower)


def _interval(inputs: Inputs, table: Table) -> Finding:
    halfway = nine_places((inputs.upper + inputs.p50) / 2)
    lost = cfs1.performance_at(inputs.p50, inputs, table) - cfs1.performance(inputs, table)
    return Finding("PERF_INTERVAL", lost, _three(inputs.upper), _three(halfway), {"upper": halfway})


def _trend(inputs: Inputs, table: Table) -> Finding:
    lost = table.maximum["TREND"] - cfs1.trend(inputs, table)
    if inputs.reduction_per_year is None:
        return Finding(
            "TREND_NO_HISTORY", lost, "0", _percent(MODEST_TREND), {"reduction_per_year": MODEST_TREND}
        )
    now = _percent(inputs.reduction_per_year)
    return Finding("TREND_SLOW", lost, now, _percent(GOOD_TREND), {"reduction_per_year": GOOD_TREND})


def _rating(inputs: Inputs, table: Table) -> Finding:
    best = Decimal(1)
    better = max(best, inputs.mean_rating - 1)
    lost = _lost_by({"mean_rating": best}, inputs, table, cfs1.data)
    return Finding("DATA_QUALITY", lost, _two(inputs.mean_rating), _two(better), {"mean_rating": better})


def _primary(inputs: Inputs, table: Table) -> Finding:
    better = min(Decimal(1), inputs.primary_share + MORE_PRIMARY)
    lost = _lost_by({"primary_share": Decimal(1)}, inputs, table, cfs1.data)
    now, target = _percent(inputs.primary_share), _percent(better)
    return Finding("DATA_PRIMARY", lost, now, target, {"primary_share": better})


def _exempted(inputs: Inputs, table: Table) -> Finding:
    better = {"exempted_share": Decimal(0)}
    lost = _lost_by(better, inputs, table, cfs1.data)
    return Finding("DATA_EXCLUSIONS", lost, _percent(inputs.exempted_share), "0 %", better)


def _assurance(inputs: Inputs, table: Table) -> Finding:
    following = LEVELS[min(LEVELS.index(inputs.assurance) + 1, len(LEVELS) - 1)]
    lost = table.maximum["VERIF"] - cfs1.verification(inputs, table)
    return Finding("VERIF_LEVEL", lost, inputs.assurance, following, {"assurance": following})


def _removals(inputs: Inputs, table: Table) -> Finding:
    lost = table.maximum["REMOV"] - cfs1.removal_integrity(inputs, table)
    if not inputs.removals:
        return Finding("REMOV_NONE", lost, "0", str(GOOD_REMOVAL.years), {"removals": (GOOD_REMOVAL,)})
    widest = max(r.variation for r in inputs.removals)
    surer = tuple(r.model_copy(update={"variation": nine_places(r.variation / 2)}) for r in inputs.removals)
    return Finding("REMOV_INTEGRITY", lost, _percent(widest), _percent(widest / 2), {"removals": surer})


def _signed(inputs: Inputs, table: Table) -> Finding:
    better = nine_places((1 + inputs.signed_share) / 2)
    lost = _lost_by({"signed_share": Decimal(1)}, inputs, table, cfs1.chain)
    return Finding(
        "CHAIN_SIGNED", lost, _percent(inputs.signed_share), _percent(better), {"signed_share": better}
    )


def _conversion(inputs: Inputs, table: Table) -> Finding:
    lost = _lost_by({"unconverted": True}, inputs, table, cfs1.chain)
    return Finding("CHAIN_CONVERSION", lost, "?", "2020", {"unconverted": True})


def _coverage(inputs: Inputs, table: Table) -> Finding:
    lost = _lost_by({"coverage": Decimal(1)}, inputs, table, cfs1.chain)
    return Finding("CHAIN_COVERAGE", lost, _percent(inputs.coverage), "100 %", {"coverage": Decimal(1)})


CAUSES: tuple[Callable[[Inputs, Table], Finding], ...] = (
    _footprint,
    _interval,
    _trend,
    _rating,
    _primary,
    _exempted,
    _assurance,
    _removals,
    _signed,
    _conversion,
    _coverage,
)


def _lost_by(
    best: dict[str, Any], inputs: Inputs, table: Table, formula: Callable[[Inputs, Table], int]
) -> int:
    return formula(inputs.model_copy(update=best), table) - formula(inputs, table)


def _three(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.001'))}"


def _two(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'))}"


def _percent(share: Decimal) -> str:
    """`62 %`, `3.03 %`: two places at most, no trailing zeros."""
    return f"{(share * 100).quantize(Decimal('0.01')).normalize():f} %"
