"""How the uncertainty of the footprint spreads to the score: percentiles and the chance of every grade.

Only the footprint is uncertain here. Its distribution is the two-piece lognormal through P5, P50 and P95:
ln x(z) = ln P50 + z·s, with s = (ln P95 − ln P50)/1.645 above the median and (ln P50 − ln P5)/1.645 below.
The score falls as the footprint rises, so the chance of at least so many points has a closed form: nothing
is sampled, and the same digits come out everywhere.
"""

from decimal import Decimal

from footprint.score import cfs1, normal
from footprint.score.exact import SHARE_PLACES
from footprint.score.inputs import Inputs
from footprint.score.table import Table

NINETY_FIVE = Decimal("0.95")
HALF_POINT = Decimal("0.5")


def totals(inputs: Inputs, table: Table) -> tuple[int, int, int]:
    """Total at the 5th, 50th and 95th percentile; the 5th is the total itself, seen from the upper bound."""
    at = (inputs.upper, inputs.p50, inputs.p5)
    low, middle, high = (cfs1.total(inputs.model_copy(update={"upper": x}), table) for x in at)
    return low, middle, high


def grade_probabilities(inputs: Inputs, table: Table) -> tuple[Decimal, ...]:
    """Chance of each grade, in the order of the table; they add up to exactly 1."""
    at_least = [chance_of(grade.at_least, inputs, table).quantize(SHARE_PLACES) for grade in table.grades]
    better = [Decimal(0), *at_least[:-1]]
    return tuple((this - above).quantize(SHARE_PLACES) for this, above in zip(at_least, better, strict=True))


def chance_of(points: int, inputs: Inputs, table: Table) -> Decimal:
    """Chance that the total is at least so many points."""
    limits = cfs1.caps(inputs, table).values()
    if limits and points > min(limits):
        return Decimal(0)
    everything = cfs1.points(inputs, table)
    needed = points - (sum(everything.values()) - everything["PERF"])
    if needed <= 0:
        return Decimal(1)
    if needed > table.maximum["PERF"]:
        return Decimal(0)
    return _chance_of_performance(needed, inputs, table)


def _chance_of_performance(needed: int, inputs: Inputs, table: Table) -> Decimal:
    """PERF rounds to `needed` or more when Φ(standing) ≤ 1 − (needed − ½)/300."""
    benchmark = table.categories[inputs.category]
    standing = normal.quantile(1 - (needed - HALF_POINT) / table.maximum["PERF"])
    room = standing * benchmark.sigma + benchmark.median.ln() - inputs.p50.ln()
    bound = inputs.upper if room > 0 else inputs.p5
    width = abs(bound.ln() - inputs.p50.ln()) / normal.quantile(NINETY_FIVE)
    if width == 0:
        return Decimal(int(room >= 0))
    return normal.cumulative(room / width)
