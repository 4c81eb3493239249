"""The embedded factors as a background: every product bought is a process of its own, with its gases."""

import math
from collections.abc import Iterable, Sequence

from footprint import __version__
from footprint.background.inventory import (
    LOGNORMAL,
    NORMAL,
    TRIANGULAR,
    UNIFORM,
    Activity,
    ExchangeList,
    Inventory,
    Product,
    Spread,
)
from lca_models.distributions import Z_975
from lca_models.factors import FactorSet
from lca_models.published import Factor, Source


def embedded(factors: FactorSet) -> Inventory:
    """The emission factors in force as an inventory.

    Intervals whose halves differ have no shape in stats_arrays; such a number is carried as certain here and is
    drawn with its own shape where the factor itself is used. How many there are is in `left_out`.

    Args:
        factors: the numbers.
    """
    gases = sorted({str(row.substance) for rows in factors.products.values() for row in rows})
    places = {gas: place for place, gas in enumerate(gases)}
    technosphere, emissions = ExchangeList(), ExchangeList()
    unshaped = 0
    products, processes = [], []
    for column, (name, rows) in enumerate(sorted(factors.products.items())):
        products.append(Product(name, name, str(rows[0].per)))
        processes.append(Activity(name, name, rows[0].region))
        technosphere.add(column, column, 1.0)
        for row in rows:
            spread = _spread(row)
            unshaped += spread is None and row.distribution != "exact"
            emissions.add(places[str(row.substance)], column, row.value, spread=spread)
    return Inventory(
        _source(factors.sources.values(), factors),
        tuple(products),
        tuple(processes),
        tuple(gases),
        technosphere.done(),
        emissions.done(),
        tuple(range(len(products))),
        {"spread without a shape in stats_arrays": unshaped} if unshaped else {},
    )


def _source(sources: Iterable[Source], factors: FactorSet) -> Source:
    years: Sequence[int] = [source.year for source in sources]
    return Source(
        id="embedded",
        title=f"agrifood-footprint {__version__}, embedded factors, {factors.digest}",
        publisher="the publications named by `footprint factors sources`",
        year=max(years),
        url="docs/methodology/sources.md",
        licence="facts from public sources, each cited",
    )


def _spread(number: Factor) -> Spread | None:
    """The fields of stats_arrays, where it has the shape."""
    low, high, value = number.lower, number.upper, number.value
    if number.distribution in {"uniform", "triangular"}:
        kind = UNIFORM if number.distribution == "uniform" else TRIANGULAR
        return Spread(kind, value, minimum=low, maximum=high)
    if number.distribution == "lognormal" and math.isclose(value / low, high / value, rel_tol=0.01):
        return Spread(LOGNORMAL, math.log(value), math.log(high / low) / 2 / Z_975)
    if number.distribution == "normal" and math.isclose(value - low, high - value, rel_tol=0.01):
        cut = 0.0 if low >= 0 else math.nan
        return Spread(NORMAL, value, (high - low) / 2 / Z_975, minimum=cut)
    return None
