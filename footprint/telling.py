"""How numbers and names are written for a person: the same in the terminal and in the report."""

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from footprint.result import Footprint, UsedFactor, VarianceShare

REFRIGERANTS = ("hfc-", "hcfc-", "cfc-")

HUNDRED_KG = 100

Texts = dict[str, Any]


@lru_cache
def texts(language: str = "en", document: str = "report") -> Texts:
    """Every text of a document in one language."""
    source = files("footprint").joinpath("templates", f"{document}.{language}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def exact(amount: Decimal | int) -> str:
    """All digits, no exponent, no trailing zeros.

    >>> exact(Decimal("0.0160")), exact(Decimal("1E+2")), exact(Decimal("0.000"))
    ('0.016', '100', '0')
    """
    text = f"{Decimal(amount):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(amount: Decimal) -> str:
    """Three decimals; two significant digits for what would round away.

    >>> rounded(Decimal("1.0923")), rounded(Decimal("0.0000153")), rounded(Decimal("0"))
    ('1.092', '0.000015', '0')
    """
    if amount == 0:
        return "0"
    places = 3 if abs(amount) >= Decimal("0.01") else 1 - amount.adjusted()
    return f"{amount:.{places}f}"


def weighed(kg: Decimal) -> str:
    """Kilograms of a season as a scale shows them: whole from a hundred on.

    >>> weighed(Decimal("820370.641")), weighed(Decimal("1.042"))
    ('820371', '1.042')
    """
    return f"{kg:.0f}" if kg >= HUNDRED_KG else rounded(kg)


def percent(share: Decimal) -> str:
    """A share as a percentage: whole, or with one decimal below 10.

    >>> [percent(Decimal(share)) for share in ("0.62", "0.0423", "0.0001", "0")]
    ['62 %', '4.2 %', '<0.1 %', '0 %']
    """
    if 0 < share < Decimal("0.0005"):
        return "<0.1 %"
    places = 0 if share == 0 or share >= Decimal("0.0995") else 1
    return f"{share * 100:.{places}f} %"


def sampling_error(footprint: Footprint) -> Decimal:
    """The larger standard error of the two ends of the interval, kg CO2e: how surely the draws give them."""
    error = footprint.sampling.standard_error_kg_co2e
    return max(error.p5, error.p95)


def by_narrowing(shares: Iterable[VarianceShare]) -> list[VarianceShare]:
    """What to measure next: the number that would narrow the interval most comes first."""
    return sorted(shares, key=lambda one: (-one.narrows, -one.total_share))


def share_of(part: Decimal, whole: Decimal) -> Decimal:
    """Part of a whole; nothing of nothing is 0."""
    return part / whole if whole else Decimal(0)


def gas_name(substance: str, words: Texts) -> str:
    """A substance in the reader's words: `HFC-134a`, `CO2, fossil`, `known only as CO2e (AR5-100)`."""
    if substance.startswith("co2e:"):
        return f"{words['gas']['aggregated']} ({substance.removeprefix('co2e:')})"
    if substance.startswith(REFRIGERANTS):
        family, number = substance.split("-", 1)
        return f"{family.upper()}-{number}"
    named: str = words["gas"].get(substance, substance)
    return named


def stage_totals(footprint: Footprint) -> dict[str, Decimal]:
    """Emissions of every stage in the order of the chain, those without emissions included."""
    totals = footprint.gross.by_stage()
    return {stage: totals.get(stage, Decimal(0)) for stage in (*footprint.stages, *totals)}


def origin(footprint: Footprint) -> str:
    """Where the product comes from, as a code."""
    return footprint.product.subdivision or footprint.product.country


def by_source(factors: Iterable[UsedFactor]) -> dict[tuple[str, str], list[UsedFactor]]:
    """Factors under their publication and its licence, in order of first use."""
    groups: dict[tuple[str, str], list[UsedFactor]] = {}
    for factor in factors:
        groups.setdefault((factor.source, factor.licence), []).append(factor)
    return groups
