"""The formulas of CFS-1: inputs and a table in, points out. Pure, additive, monotone in every input."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from footprint.score import normal
from footprint.score.curve import read
from footprint.score.exact import clamp, whole_points
from footprint.score.inputs import Inputs, RemovalInput
from footprint.score.table import CapName, GradeName, SubScoreName, Table

ONE = Decimal(1)


def standing(kg_co2e_per_kg: Decimal, category: str, table: Table) -> Decimal:
    """Standard deviations above the median of the category: (ln footprint − ln median)/σ."""
    benchmark = table.categories[category]
    return (kg_co2e_per_kg.ln() - benchmark.median.ln()) / benchmark.sigma


def performance_at(kg_co2e_per_kg: Decimal, inputs: Inputs, table: Table) -> int:
    """PERF of a footprint: 300·(1 − Φ(standing))."""
    above = normal.cumulative(standing(kg_co2e_per_kg, inputs.category, table))
    return whole_points(table.maximum["PERF"] * (ONE - above))


def performance(inputs: Inputs, table: Table) -> int:
    """PERF of the conservative upper bound. Removals, offsets and biogenic uptake never enter."""
    return performance_at(inputs.upper, inputs, table)


def trend(inputs: Inputs, table: Table) -> int:
    """TREND: piecewise linear in the yearly fall of gross; a set share without history."""
    if inputs.reduction_per_year is None:
        return whole_points(table.maximum["TREND"] * table.trend.no_history)
    return whole_points(table.maximum["TREND"] * read(table.trend.curve, inputs.reduction_per_year))


def data(inputs: Inputs, table: Table) -> int:
    """DATA: 50 % (5 − rating)/4 + 40 % primary share + 10 % (1 − exempted/5 %)."""
    weights = table.data
    rating = weights.rating * (5 - inputs.mean_rating) / 4
    primary = weights.primary * inputs.primary_share
    complete = weights.exempted * (ONE - clamp(inputs.exempted_share / weights.exempted_limit))
    return whole_points(table.maximum["DATA"] * (rating + primary + complete))


def verification(inputs: Inputs, table: Table) -> int:
    """VERIF: by level of assurance."""
    return table.assurance[inputs.assurance]


def removal_integrity(inputs: Inputs, table: Table) -> int:
    """REMOV: durability·(1 − CV)·exclusivity, weighted by kg kept; neutral when nothing is claimed."""
    if not inputs.removals:
        return table.removals.neutral
    kept = sum((r.kept_kg_co2 for r in inputs.removals), Decimal(0))
    worth = sum((r.kept_kg_co2 * _integrity(r, inputs, table) for r in inputs.removals), Decimal(0))
    return whole_points(table.maximum["REMOV"] * worth / kept)


def _integrity(removal: RemovalInput, inputs: Inputs, table: Table) -> Decimal:
    if removal.also_sold or inputs.double_claim:
        return Decimal(0)
    return read(table.removals.durability, Decimal(removal.years)) * (ONE - removal.variation)


def chain(inputs: Inputs, table: Table) -> int:
    """CHAIN: 50 × share under valid signatures + 30 no conversion since 2020 + 20 × boundary coverage."""
    parts = table.chain
    unconverted = parts.unconverted if inputs.unconverted else 0
    return whole_points(parts.signed * inputs.signed_share + unconverted + parts.coverage * inputs.coverage)


SUB_SCORES: Mapping[SubScoreName, Callable[[Inputs, Table], int]] = {
    "PERF": performance,
    "TREND": trend,
    "DATA": data,
    "VERIF": verification,
    "REMOV": removal_integrity,
    "CHAIN": chain,
}


def caps(inputs: Inputs, table: Table) -> dict[CapName, int]:
    """The caps that apply, with their limits."""
    applies: dict[CapName, bool] = {
        "DOUBLE_CLAIM": inputs.double_claim,
        "NOT_INDEPENDENTLY_CHECKED": inputs.assurance in table.caps.unchecked,
        "LITTLE_PRIMARY_DATA": inputs.primary_share < table.caps.little_primary_below,
    }
    return {name: table.caps.limits[name] for name, does in applies.items() if does}


def points(inputs: Inputs, table: Table) -> dict[SubScoreName, int]:
    """Points of every sub-score."""
    return {name: formula(inputs, table) for name, formula in SUB_SCORES.items()}


def total(inputs: Inputs, table: Table) -> int:
    """The sum of the sub-scores, not above the lowest cap."""
    return min((sum(points(inputs, table).values()), *caps(inputs, table).values()))


def grade(total_points: int, table: Table) -> GradeName:
    """The best grade these points earn."""
    return next(g.name for g in table.grades if total_points >= g.at_least)
