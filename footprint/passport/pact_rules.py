"""What must hold between the fields of a PACT footprint: each rule with its name and where the standard says it.

A rule looks only at the fields it names, so that a footprint with one unreadable field can still be judged by every
rule that does not need it. `SIGNED` hold for every passport; what a reader of somebody else's footprint
wants to know besides is in `footprint.exchange.reading_rules`.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from footprint.errors import Problem
from footprint.passport.pact import CarbonFootprint, ProductFootprint, pact_name
from footprint.passport.timestamps import parse_instant

Level = Literal["must", "should"]

EXCLUDING_UPTAKE = (
    "fossil_ghg_emissions",
    "land_use_change_ghg_emissions",
    "land_management_biogenic_co2_emissions",
    "land_management_biogenic_co2_removals",
    "technological_co2_removals",
    "ccs_technological_co2_capture",
    "biogenic_non_co2_emissions",
)
"""What `pcfExcludingBiogenicUptake` is the sum of (x-comment of that field)."""

_FIX = "recompute the footprint; do not edit its numbers"
_LEAVE_OUT = "leave it out"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, and the fields it cannot do without, as `pcf.fossil_ghg_emissions`."""

    id: str
    says: str
    source: str
    reads: tuple[str, ...]
    check: Callable[[ProductFootprint], Iterator[Problem]]
    level: Level = "must"


def pact_problems(footprint: ProductFootprint) -> tuple[Problem, ...]:
    """Every rule of a signed footprint that it breaks; empty when its arithmetic closes.

    Args:
        footprint: read field by field.
    """
    return tuple(problem for rule in SIGNED for problem in rule.check(footprint))


def excluding_uptake(pcf: CarbonFootprint) -> Decimal:
    """The sum of the parts of `pcfExcludingBiogenicUptake`, whatever that field says.

    Args:
        pcf: the parts.
    """
    said = vars(pcf)
    return sum(filter(None, map(said.__getitem__, EXCLUDING_UPTAKE)), Decimal(0))


def emitted(pcf: CarbonFootprint) -> Decimal:
    """The parts that are emissions: what is left when no removal is subtracted.

    Args:
        pcf: the parts.
    """
    parts = filter(None, map(vars(pcf).__getitem__, EXCLUDING_UPTAKE))
    return sum((part for part in parts if part > 0), Decimal(0))


def amount(pcf: CarbonFootprint, name: str) -> Decimal:
    """An amount; zero where it is undefined, as the sums of the standard take it.

    Args:
        pcf: whose.
        name: as the model has it.
    """
    value: Decimal | None = getattr(pcf, name)
    return Decimal(0) if value is None else value


def _excluding(footprint: ProductFootprint) -> Iterator[Problem]:
    yield from _total(
        "pcfExcludingBiogenicUptake",
        footprint.pcf.pcf_excluding_biogenic_uptake,
        excluding_uptake(footprint.pcf),
    )


def _including(footprint: ProductFootprint) -> Iterator[Problem]:
    pcf = footprint.pcf
    parts = excluding_uptake(pcf) + amount(pcf, "biogenic_co2_uptake")
    yield from _total("pcfIncludingBiogenicUptake", pcf.pcf_including_biogenic_uptake, parts)


def _total(name: str, said: Decimal, parts: Decimal) -> Iterator[Problem]:
    if said != parts:
        yield Problem(f"pcf.{name}", f"is {said:f}", f"its parts add up to {parts:f}", _FIX)


_DIVISIONS = ("packaging_ghg_emissions", "outbound_logistics_ghg_emissions", "aircraft_ghg_emissions")


def _parts(footprint: ProductFootprint) -> Iterator[Problem]:
    whole = emitted(footprint.pcf)
    for name in _DIVISIONS:
        part = amount(footprint.pcf, name)
        if part > whole:
            yield problem_of(name, f"is {part:f}", f"it is a part of {whole:f}", _FIX)


def problem_of(name: str, what: str, why: str, fix: str) -> Problem:
    """A problem of one field of the `CarbonFootprint`.

    Args:
        name: as the model has it.
        what: it says.
        why: that is wrong.
        fix: what to do.
    """
    return Problem(f"pcf.{pact_name(name)}", what, why, fix)


def _packaging(footprint: ProductFootprint) -> Iterator[Problem]:
    pcf = footprint.pcf
    if not pcf.packaging_emissions_included and pcf.packaging_ghg_emissions is not None:
        why = "packagingEmissionsIncluded is not true"
        yield problem_of("packaging_ghg_emissions", "is defined", why, _LEAVE_OUT)


_CAPTURED = (
    "ccs_technological_co2_capture",
    "technological_co2_removals",
    "technological_co2_capture_origin",
)


def _capture(footprint: ProductFootprint) -> Iterator[Problem]:
    if footprint.pcf.ccs_technological_co2_capture_included is False:
        for name in _CAPTURED:
            if getattr(footprint.pcf, name) is not None:
                why = "ccsTechnologicalCO2CaptureIncluded is false"
                yield problem_of(name, "is defined", why, _LEAVE_OUT)


_PLACES = ("geography_country_subdivision", "geography_country", "geography_region_or_subregion")


def _geography(footprint: ProductFootprint) -> Iterator[Problem]:
    said = [name for name in _PLACES if getattr(footprint.pcf, name) is not None]
    for name in said[1:]:
        why = f"{pact_name(said[0])} says it more closely, and they exclude each other"
        yield problem_of(name, "is defined: the place is said more than once", why, _LEAVE_OUT)


def _reference_period(footprint: ProductFootprint) -> Iterator[Problem]:
    pcf = footprint.pcf
    if parse_instant(pcf.reference_period_end) <= parse_instant(pcf.reference_period_start):
        what = f"is {pcf.reference_period_end}"
        yield problem_of("reference_period_end", what, "it is not after the start", _FIX)


_SETS = ("ipcc_characterization_factors", "cross_sectoral_standards")


def _sets(footprint: ProductFootprint) -> Iterator[Problem]:
    for name in _SETS:
        if repeats(getattr(footprint.pcf, name)):
            yield problem_of(name, "names one thing twice", "it is a set", "keep one of them")


def repeats(values: Sequence[Hashable] | None) -> bool:
    """Whether something stands there twice.

    Args:
        values: of a list, if there is one.
    """
    return values is not None and len(set(values)) < len(values)


def _validity_order(footprint: ProductFootprint) -> Iterator[Problem]:
    start, end = footprint.validity_period_start, footprint.validity_period_end
    if start is not None and end is not None and parse_instant(end) <= parse_instant(start):
        yield Problem("validityPeriodEnd", f"is {end}", "it is not after the start", "give a later end")


_PARTS = tuple(f"pcf.{name}" for name in EXCLUDING_UPTAKE)
_UPTAKE = "pcf.biogenic_co2_uptake"
_TOTALS = ("pcf.pcf_excluding_biogenic_uptake", "pcf.pcf_including_biogenic_uptake")


def in_pcf(*names: str) -> tuple[str, ...]:
    """Fields of the `CarbonFootprint` as rules name them.

    Args:
        *names: as the model has them.
    """
    return tuple(f"pcf.{name}" for name in names)


SIGNED = (
    Rule(
        "sum-excluding-uptake",
        "pcfExcludingBiogenicUptake is the sum of its seven parts",
        "OpenAPI, x-comment of pcfExcludingBiogenicUptake",
        (*_PARTS, _TOTALS[0]),
        _excluding,
    ),
    Rule(
        "sum-including-uptake",
        "pcfIncludingBiogenicUptake is the sum of the same parts and biogenicCO2Uptake",
        "OpenAPI, x-comment of pcfIncludingBiogenicUptake",
        (*_PARTS, _UPTAKE, _TOTALS[1]),
        _including,
    ),
    Rule(
        "part-of-the-whole",
        "packaging, outbound logistics and aircraft are parts of the emissions, none is more than all of them",
        "OpenAPI, packagingGhgEmissions, outboundLogisticsGhgEmissions, aircraftGhgEmissions",
        (*_PARTS, *in_pcf(*_DIVISIONS)),
        _parts,
    ),
    Rule(
        "packaging-undefined",
        "packagingGhgEmissions is undefined unless packagingEmissionsIncluded is true",
        "OpenAPI, packagingGhgEmissions",
        in_pcf("packaging_emissions_included", "packaging_ghg_emissions"),
        _packaging,
    ),
    Rule(
        "capture-undefined",
        "nothing is said of captured CO2 when ccsTechnologicalCO2CaptureIncluded is false",
        "OpenAPI, ccsTechnologicalCO2CaptureIncluded",
        in_pcf("ccs_technological_co2_capture_included", *_CAPTURED),
        _capture,
    ),
    Rule(
        "one-geography",
        "one of region, country and subdivision, or none for the world",
        "OpenAPI, CarbonFootprint, Scope of a CarbonFootprint",
        in_pcf(*_PLACES),
        _geography,
    ),
    Rule(
        "reference-period",
        "the reference period ends after it starts",
        "OpenAPI, referencePeriodEnd",
        in_pcf("reference_period_start", "reference_period_end"),
        _reference_period,
    ),
    Rule(
        "sets",
        "no set of methods names one thing twice",
        "OpenAPI, uniqueItems",
        in_pcf(*_SETS),
        _sets,
    ),
    Rule(
        "validity-order",
        "the validity period ends after it starts",
        "OpenAPI, validityPeriodEnd",
        ("validity_period_start", "validity_period_end"),
        _validity_order,
    ),
)
"""Held by every passport: before it is signed, and again when it is verified."""
