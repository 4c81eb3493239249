"""A supplier's PACT footprint as a published number that records can buy.

PACT 3 knows no interval, so whoever takes the number over declares one, and the file says that it was declared. What
the supplier subtracts as a removal is not taken over: the number is the sum of the emissions.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from footprint.errors import InputError, Problem
from footprint.exchange.lint import footprints, lint
from footprint.exchange.reading_rules import valid_until
from footprint.passport.pact import SPEC_VERSION, CarbonFootprint, ProductFootprint
from footprint.passport.pact_rules import emitted, excluding_uptake
from footprint.passport.reading import problems_of
from footprint.passport.timestamps import format_instant, parse_instant
from lca_models.published import Factor, Source, Technology

UNITS: Mapping[str, str] = {
    "liter": "litre",
    "kilogram": "kg",
    "cubic meter": "m3",
    "kilowatt hour": "kWh",
    "megajoule": "MJ",
    "ton kilometer": "t_km",
    "square meter": "m2",
    "piece": "piece",
    "hour": "hour",
    "megabit second": "megabit_second",
}
"""PACT's units under the names factor files use."""

_EUROPE = {"Europe", "Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_LONGEST = 300
_ASK = "ask the supplier for a footprint that holds"


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a supplier's footprint is to be bought as, and what its taker declares."""

    product: str
    """The name records buy it under."""
    times: float
    """The interval: the true number is within this factor, either way, 19 times out of 20."""
    url: str
    """Where the footprint was found."""
    replaces: bool = False
    """Whether it replaces a product that is shipped."""
    accepted: frozenset[str] = frozenset()
    """Rules of the linter that it may break."""


def bought(content: bytes, purchase: Purchase, *, at: datetime) -> Factor:
    """A supplier's footprint as a number.

    Args:
        content: one PACT footprint as JSON.
        purchase: what it is to be bought as.
        at: it must be valid then.

    Raises:
        MalformedError: not JSON, or no PACT footprint.
        InputError: several footprints, one that breaks rules nobody accepted, one that is deprecated or out of date,
            or a declaration that makes no sense; every problem at once.
    """
    read = _read(content, purchase.accepted)
    problems = [*_unfit(read, at), *_undeclared(purchase)]
    if problems:
        raise InputError(*problems)
    try:
        return _factor(read, purchase)
    except ValidationError as error:
        raise InputError(*problems_of(error, purchase.product, "see docs/howto/add-factors.md")) from error


def factor_file(factor: Factor) -> str:
    """A number with its publication as the TOML file of `docs/howto/add-factors.md`.

    Args:
        factor: whose source nobody else shares.
    """
    said = factor.model_dump(exclude={"source"}, exclude_defaults=True)
    return f"[publication]\n{_lines(factor.source.model_dump())}\n[[factor]]\n{_lines(said)}"


def _lines(fields: Mapping[str, Any]) -> str:
    return "".join(f"{name} = {_toml(value)}\n" for name, value in fields.items())


def _toml(value: object) -> str:
    """A value as TOML 1.0 writes it; its basic strings are JSON's where neither holds a control character."""
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _read(content: bytes, accepted: frozenset[str]) -> ProductFootprint:
    found = list(footprints(content))
    if len(found) != 1:
        what = f"holds {len(found)} footprints"
        raise InputError(Problem("PACT footprint", what, "one number comes of one", "give one of them alone"))
    broken = [one for one in lint(content).findings if one.level == "must"]
    if refused := [one for one in broken if one.rule not in accepted]:
        raise InputError(*(one.problem for one in refused))
    try:
        return ProductFootprint.model_validate(found[0][1], by_alias=True, by_name=False)
    except ValidationError as error:  # a field that cannot be read cannot be accepted either
        raise InputError(*problems_of(error, "PACT footprint", _ASK)) from error


def _unfit(read: ProductFootprint, at: datetime) -> Iterator[Problem]:
    if read.status != "Active":
        why = "a deprecated footprint should not be used"
        yield Problem("status", f"is {read.status}", why, "ask the supplier for the one that replaces it")
    start = parse_instant(read.validity_period_start) if read.validity_period_start else None
    if start is not None and at < start:
        yield Problem("validityPeriodStart", f"is {format_instant(start)}", "it is not valid yet", "wait")
    if at >= (end := _end(read)):
        why = f"it was valid until {format_instant(end)}"
        yield Problem("validityPeriodEnd", "has passed", why, "ask the supplier for a newer one")
    if emitted(read.pcf) <= 0:
        why = "nothing is made without emissions, and what is missing is not zero"
        yield Problem("pcf.pcfExcludingBiogenicUptake", "counts no emissions", why, _ASK)


def _undeclared(purchase: Purchase) -> Iterator[Problem]:
    if not 1 < purchase.times <= 100:
        why = "PACT gives no interval: how far off may the number be, either way?"
        yield Problem("times", f"is {purchase.times:g}", why, "declare a factor above 1, such as 1.5")


def _end(read: ProductFootprint) -> datetime:
    said = read.validity_period_end
    return valid_until(read.pcf) if said is None else parse_instant(said)


def _factor(read: ProductFootprint, purchase: Purchase) -> Factor:
    pcf = read.pcf
    value = float(emitted(pcf) / pcf.declared_unit_amount)
    per = UNITS[pcf.declared_unit_of_measurement]
    ended = parse_instant(pcf.reference_period_end) - timedelta(seconds=1)
    return Factor(
        id=f"{purchase.product}.pact",
        name=_plain(read.product_name_company),
        value=value,
        lower=float(f"{value / purchase.times:.6g}"),
        upper=float(f"{value * purchase.times:.6g}"),
        interval=f"none in source: PACT {SPEC_VERSION} has no such field; a factor {purchase.times:g} either way "
        "declared by whoever took it over",
        distribution="lognormal",
        unit=f"kg CO2e/{per}",
        region=_region(pcf),
        year=ended.year,
        locator="pcf: sum of the emissions, per declared unit",
        verified=bool(pcf.verification and pcf.verification.provider_name),
        technology=_technology(pcf),
        licence="none stated; given by the supplier",
        note=" ".join(_notes(read, purchase)),
        product=purchase.product,
        substance=f"co2e:{_report(pcf)}-100",
        per=per,
        part="manufacture",
        valid_until=_end(read).date(),
        override=purchase.replaces,
        source=Source(
            id=f"pact-{read.id.lower()}",
            title=_plain(f"PACT product footprint of {read.product_name_company}"),
            publisher=_plain(read.company_name),
            year=parse_instant(read.created).year,
            url=purchase.url,
            licence="none stated; given by the supplier",
        ),
    )


def _region(pcf: CarbonFootprint) -> str:
    smallest = pcf.geography_country_subdivision or pcf.geography_country
    return smallest or ("RER" if pcf.geography_region_or_subregion in _EUROPE else "GLO")


def _technology(pcf: CarbonFootprint) -> Technology:
    """How well the technology fits; what nobody rated counts as the worst."""
    if pcf.dqi is None or pcf.dqi.technological_dqr > 3:
        return "proxy"
    return "exact" if pcf.dqi.technological_dqr < Decimal("1.5") else "similar"


def _report(pcf: CarbonFootprint) -> str:
    return max(pcf.ipcc_characterization_factors, key=lambda report: int(report.removeprefix("AR")))


def _notes(read: ProductFootprint, purchase: Purchase) -> Iterator[str]:
    pcf = read.pcf
    removed = emitted(pcf) - excluding_uptake(pcf)
    if removed:
        yield f"The supplier subtracts {removed:f} kg CO2e of removals per declared unit; not subtracted here."
    if pcf.land_use_change_ghg_emissions:
        yield f"Of it {pcf.land_use_change_ghg_emissions:f} kg CO2e per declared unit from land-use change."
    elif pcf.land_use_change_ghg_emissions is None:
        yield "Land-use change is unknown and not included."
    if len(pcf.ipcc_characterization_factors) > 1:
        yield f"Mixed warming potentials: {', '.join(pcf.ipcc_characterization_factors)}."
    if pcf.exempted_emissions_percent:
        yield f"{pcf.exempted_emissions_percent:f} % of the emissions were left out by the supplier."
    yield "Data quality: " + ("rated by the supplier." if pcf.dqi else "not rated, so taken as a proxy.")
    yield f"Primary data: {'unknown' if pcf.primary_data_share is None else f'{pcf.primary_data_share:f} %'}."
    if purchase.accepted:
        yield f"Taken over though it breaks: {', '.join(sorted(purchase.accepted))}."


def _plain(text: str) -> str:
    """Somebody's text on one line, without control characters."""
    return _CONTROL.sub(" ", text).strip()[:_LONGEST] or "unnamed"
