"""What a result rests on: the published numbers used, and digests of all that went in."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from footprint import __version__
from footprint.characterisation import Characterisation
from footprint.result import Digests, UsedFactor
from footprint.run import Run
from lca_models.factors import Factor, FactorSet
from lca_models.product_system import ProductSystem

ENGINE = f"agrifood-footprint {__version__}"


def used_factors(run: Run, characterisation: Characterisation) -> tuple[UsedFactor, ...]:
    """Every published number of a run, warming potentials included, in order of their names."""
    known = characterisation.factors
    substances = {entry.substance for entry in run.solution.entries}
    warming = [f"gwp.{characterisation.name}.{substance}" for substance in substances]
    used = [*run.numbers.reading.factors.values(), *(known[name] for name in warming if name in known)]
    return tuple(used_factor(factor) for factor in sorted(used, key=lambda factor: factor.id))


def used_factor(factor: Factor) -> UsedFactor:
    """A published number as a result prints it."""
    return UsedFactor(
        id=factor.id,
        name=factor.name,
        value=_published(factor.value),
        lower=_published(factor.lower),
        upper=_published(factor.upper),
        unit=factor.unit,
        region=factor.region,
        year=factor.year,
        source=str(factor.source),
        locator=factor.locator,
        licence=factor.licence,
        verified=factor.verified,
    )


def factor_notes(factors: FactorSet) -> Iterator[str]:
    """Which published numbers are not those that ship, or not those of today."""
    if factors.at is not None:
        yield f"Published numbers as in force on {factors.at}."
    for override in factors.overrides:
        yield f"Published numbers overridden: {override}."


def digests(system: ProductSystem, factors: FactorSet, method: Mapping[str, Any]) -> Digests:
    """SHA-256 of records, published numbers and method.

    Args:
        system: the records.
        factors: published numbers.
        method: every choice that decides the result beside them.
    """
    text = json.dumps({"engine": ENGINE, **method}, sort_keys=True, separators=(",", ":"))
    return Digests(
        records=system.digest,
        factors=factors.digest,
        method="sha256:" + hashlib.sha256(text.encode()).hexdigest(),
    )


def _published(value: float) -> Decimal:
    return Decimal(f"{value:.12g}")
