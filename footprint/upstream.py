"""Products bought with a passport: the footprint their makers signed takes the place of a published number.

The lot's gases keep their names: kg CO2e of each line of the passport, divided by the warming potential it was made
with. All lines of one passport move together over the draws, between the ends of its own interval. What it shares
with the buyer's own numbers (both may use one emission factor) is not known from outside, so that the two draw apart.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pydantic import ValidationError

from footprint.characterisation import Characterisation
from footprint.errors import InputError, Problem
from footprint.passport import VerifiedPassport
from footprint.passport.claims import Line
from footprint.passport.reading import problems_of
from footprint.passport.wording import shown
from footprint.result import Quality, Upstream
from footprint.rounding import CO2E, KG, decimal
from footprint.run import Run
from lca_models.activities.bought import lot_product
from lca_models.factors import FactorSet
from lca_models.flows import Purchase
from lca_models.published import Factor, Group, Source
from lca_models.real import total

_P2_5_OVER_P5 = 1.959964 / 1.644854
"""Standard normal quantiles of 97.5 % and 95 %: from the ends of a passport's interval to those of a number."""
_SUBSTANCE = re.compile(r"[a-z][A-Za-z0-9:_-]{0,59}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_FIX = "ask the supplier for a passport that says it"


class Declared(Factor):
    """One gas of a lot, by the lot's passport; rated as the passport rates itself."""

    quality: Quality


def with_passports(
    factors: FactorSet, passports: Sequence[VerifiedPassport], characterisation: Characterisation
) -> FactorSet:
    """The numbers, and what the passports say of their lots beside them.

    Args:
        factors: published numbers.
        passports: of the lots bought.
        characterisation: that of the assessment to come; the passports were made with the same set.

    Raises:
        InputError: two of one lot, another GWP set, no quantity of the lot; every problem at once.
    """
    if not passports:
        return factors
    problems = [
        problem for passport in passports for problem in _unfit(passport, passports, characterisation)
    ]
    if problems:
        raise InputError(*problems)
    rows = [row for rows in factors.factor_periods.values() for row in rows]
    ours = [row for passport in passports for row in _rows(passport, characterisation)]
    tables = [table for tables in factors.table_periods.values() for table in tables]
    return FactorSet([*rows, *ours], tables, at=factors.at, overrides=factors.overrides)


def drawn_upon(run: Run, passports: Sequence[VerifiedPassport]) -> tuple[Upstream, ...]:
    """How much of each lot one unit of the product takes, and the part of its footprint that brings.

    Args:
        run: at central values.
        passports: of the lots bought.

    Raises:
        InputError: a passport that the product has no use for.
    """
    bought: dict[str, float] = {}
    for running in run.solution.running:
        for exchange in running.column.process.exchanges:
            if isinstance(exchange, Purchase):
                amount = total([bought.get(exchange.product, 0.0), exchange.amount * running.activity])
                bought[exchange.product] = float(amount)
    taken = {product: decimal(kg, KG) for product, kg in bought.items()}
    unused = [passport for passport in passports if not taken.get(_product(passport))]
    if unused:
        why, fix = "nothing of it goes into the product", "leave it out, or record the lot as bought"
        raise InputError(*(Problem("upstream", f"lot {one.lot} is not bought", why, fix) for one in unused))
    return tuple(_upstream(passport, taken[_product(passport)]) for passport in passports)


def _upstream(passport: VerifiedPassport, per_unit_kg: Decimal) -> Upstream:
    claims = passport.claims
    assert claims.lot_quantity is not None  # noqa: S101 - refused by `with_passports`
    return Upstream(
        id=passport.id,
        digest_multibase=passport.digest_multibase,
        product=claims.product.name,
        lot_kg=claims.lot_quantity.amount,
        pcf_kg_co2e=claims.pcf_kg_co2e,
        primary_share=claims.quality.primary_share,
        per_unit_kg=per_unit_kg,
        kg_co2e=(per_unit_kg * claims.pcf_kg_co2e).quantize(CO2E),
    )


def _product(passport: VerifiedPassport) -> str:
    return lot_product(passport.gtin, passport.lot)


def _unfit(
    passport: VerifiedPassport, passports: Sequence[VerifiedPassport], characterisation: Characterisation
) -> Iterator[Problem]:
    claims, where = passport.claims, f"upstream, lot {passport.lot}"
    if sum(_product(other) == _product(passport) for other in passports) > 1:
        yield Problem(where, "has two passports", "a lot has one footprint", "give the one in force")
    if claims.gwp != characterisation.name:
        why = f"its passport is in {claims.gwp}, you assess with {characterisation.name}"
        yield Problem(where, "has another set of warming potentials", why, f"assess with {claims.gwp}")
    if claims.declared_unit.unit != "kg":
        why = f"its footprint is per {claims.declared_unit}"
        yield Problem(where, "is not weighed", why, "lots are bought by the kilogram")
    for line in claims.substances:
        if not _SUBSTANCE.fullmatch(line.name):
            yield Problem(where, f"holds {shown(line.name)}", "no gas is called so", _FIX)
    if sum((line.kg_co2e for line in claims.substances), Decimal(0)) != claims.gross_kg_co2e:
        why, fix = (
            "some lines were withheld, and would be counted as zero",
            "ask for every line of substances",
        )
        yield Problem(where, "does not tell all its gases", why, fix)
    if claims.lot_quantity is None:
        why = "nobody could see how often the lot is sold"
        yield Problem(where, "does not say how much the lot was", why, _FIX)


def _rows(passport: VerifiedPassport, characterisation: Characterisation) -> Iterator[Declared]:
    try:
        for line in passport.claims.substances:
            yield _row(passport, line, characterisation)
    except ValidationError as error:
        raise InputError(*problems_of(error, f"upstream, lot {passport.lot}", _FIX)) from error


def _row(passport: VerifiedPassport, line: Line, characterisation: Characterisation) -> Declared:
    claims, product = passport.claims, _product(passport)
    kg = float(line.kg_co2e / claims.declared_unit.amount) / characterisation.co2e_per_kg(line.name)
    lowest, highest = _reach(passport)
    lower, upper = kg * lowest, kg * highest
    certain = lower == upper
    about = product.removeprefix("passport.")
    return Declared(
        id=f"{product}.{line.name.replace(':', '-')}",
        name=f"{_plain(claims.product.name)}, lot {passport.lot}: {line.name}",
        unit=f"kg {line.name}/kg",
        region=claims.product.subdivision or claims.product.country,
        year=int(claims.period_end[:4]),
        locator=f"substances.{line.name} of {passport.id}",
        interval="P5 and P95 of the passport, carried on to 2.5 % and 97.5 % of a two-piece normal",
        licence="as its issuer gives it",
        verified=True,
        source=Source(
            id=passport.id.replace(":", "-"),
            title=f"Carbon passport of lot {about}",
            publisher=_plain(passport.issuer_name),
            year=passport.valid_from.year,
            url=passport.subject,
            licence="as its issuer gives it",
        ),
        value=kg,
        lower=lower,
        upper=upper,
        distribution="exact" if certain else "two_piece_normal",
        group=None if certain else Group(name=product, correlation=1),
        technology="exact",
        product=product,
        substance=line.name,
        per="kg",
        quality=claims.quality,
    )


def _reach(passport: VerifiedPassport) -> tuple[float, float]:
    """The ends of its interval over its central value, from 90 % to 95 %."""
    gross, interval = float(passport.claims.gross_kg_co2e), passport.claims.interval
    if not gross:
        return 1.0, 1.0
    below = min(float(interval.p5) / gross - 1.0, 0.0) * _P2_5_OVER_P5
    above = max(float(interval.p95) / gross - 1.0, 0.0) * _P2_5_OVER_P5
    return max(1.0 + below, 0.0), 1.0 + above


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text)
