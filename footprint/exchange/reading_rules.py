"""What a reader of somebody else's PACT footprint wants to know beyond the rules every passport holds.

`must` is what the Technical Specifications 3.0.3 forbid in words that no schema checks; `should` is what they
recommend, or what physics says of the numbers.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from footprint.errors import Problem
from footprint.passport.pact import CarbonFootprint, ProductFootprint, pact_name
from footprint.passport.pact_rules import Rule, amount, in_pcf, problem_of, repeats
from footprint.passport.timestamps import format_instant, parse_instant
from footprint.passport.validity import VALID_YEARS, latest_end

CARBON_TO_CO2 = Decimal(44) / Decimal(12)
NEAR = Decimal("0.02")
"""Relative difference of two amounts that are rounded and meant alike."""

_STANDARDS = {
    "ISO14067",
    "ISO14083",
    "ISO14040-44",
    "GHGP-Product",
    "PEF",
    "PACT-1.0",
    "PACT-2.0",
    "PACT-3.0",
    "PAS2050",
}
_WEIGHTLESS = {"kilowatt hour", "megajoule", "ton kilometer", "hour", "megabit second"}
_FIX = "recompute the footprint; do not edit its numbers"


def valid_until(pcf: CarbonFootprint) -> datetime:
    """The latest end a validity period may have, and its end where none is given.

    Args:
        pcf: whose reference period counts.
    """
    return latest_end(parse_instant(pcf.reference_period_end))


def _uptake(footprint: ProductFootprint) -> Iterator[Problem]:
    pcf = footprint.pcf
    uptake = amount(pcf, "biogenic_co2_uptake")
    expected = pcf.pcf_excluding_biogenic_uptake + uptake
    if pcf.pcf_including_biogenic_uptake != expected:
        what = f"is {pcf.pcf_including_biogenic_uptake:f}"
        why = f"{pcf.pcf_excluding_biogenic_uptake:f} with an uptake of {uptake:f} is {expected:f}"
        yield problem_of("pcf_including_biogenic_uptake", what, why, _FIX)


def _land(footprint: ProductFootprint) -> Iterator[Problem]:
    part = amount(footprint.pcf, "land_management_fossil_ghg_emissions")
    if part > (whole := footprint.pcf.fossil_ghg_emissions):
        why = f"fossilGhgEmissions, which include it, are {whole:f}"
        yield problem_of("land_management_fossil_ghg_emissions", f"is {part:f}", why, _FIX)


def _mass(footprint: ProductFootprint) -> Iterator[Problem]:
    pcf = footprint.pcf
    mass, unit = pcf.product_mass_per_declared_unit, pcf.declared_unit_of_measurement
    name, what = "product_mass_per_declared_unit", f"is {mass:f}"
    if unit in _WEIGHTLESS and mass != 0:
        yield problem_of(name, what, f"a {unit} has no mass", 'write "0"')
    elif unit == "kilogram" and mass != pcf.declared_unit_amount:
        why = f"the declared unit is {pcf.declared_unit_amount:f} kilogram"
        yield problem_of(name, what, why, f'write "{pcf.declared_unit_amount:f}"')
    elif mass < 0:
        yield problem_of(name, what, "nothing weighs less than nothing", "write the mass in kg")


def _window(footprint: ProductFootprint) -> Iterator[Problem]:
    start, end = footprint.validity_period_start, footprint.validity_period_end
    earliest, latest = parse_instant(footprint.pcf.reference_period_end), valid_until(footprint.pcf)
    if start is not None and parse_instant(start) < earliest:
        why = f"the reference period ends {format_instant(earliest)}"
        yield Problem("validityPeriodStart", f"is {start}", why, "start it then, or leave it out")
    if end is not None and parse_instant(end) > latest:
        why = f"{VALID_YEARS} years after the reference period is {format_instant(latest)}"
        yield Problem("validityPeriodEnd", f"is {end}", why, "end it then, or leave it out")


_NAMES = ("preceding_pf_ids", "company_ids", "product_ids", "product_classifications")


def _names(footprint: ProductFootprint) -> Iterator[Problem]:
    rules = "product_or_sector_specific_rules"
    for name in _NAMES:
        if repeats(getattr(footprint, name)):
            yield Problem(pact_name(name), "names one thing twice", "it is a set", "keep one of them")
    if repeats(footprint.pcf.product_or_sector_specific_rules):
        yield problem_of(rules, "names one rule twice", "it is a set", "keep one of them")
    for place, rule in enumerate(footprint.pcf.product_or_sector_specific_rules or ()):
        if repeats(rule.rule_names):
            where = f"pcf.{pact_name(rules)}.{place}.ruleNames"
            yield Problem(where, "names one rule twice", "it is a set", "keep one of them")


def _predecessor(footprint: ProductFootprint) -> Iterator[Problem]:
    if footprint.id in (footprint.preceding_pf_ids or ()):
        why = "any change makes a new footprint with a new id"
        yield Problem("precedingPfIds", "names the footprint itself", why, "leave it out")


def _operator(footprint: ProductFootprint) -> Iterator[Problem]:
    for place, rule in enumerate(footprint.pcf.product_or_sector_specific_rules or ()):
        if rule.operator == "Other" and rule.other_operator_name is None:
            where = f"pcf.productOrSectorSpecificRules.{place}.otherOperatorName"
            yield Problem(where, "is undefined", "the operator is Other", "name the operator")


def _certified(footprint: ProductFootprint) -> Iterator[Problem]:
    pcf = footprint.pcf
    if pcf.ccu_credit_certification is not None and pcf.ccu_calculation_approach != "Credit":
        why = f"ccuCalculationApproach is {pcf.ccu_calculation_approach or 'undefined'}, not Credit"
        yield problem_of("ccu_credit_certification", "is defined", why, "leave it out")


def _verifier(footprint: ProductFootprint) -> Iterator[Problem]:
    verification = footprint.pcf.verification
    if verification is not None and verification.provider_name == "":
        why = "a verification is somebody's"
        fix = "name the verifier, or leave the verification out"
        yield Problem("pcf.verification.providerName", "is empty", why, fix)


_REPORTED = ("packaging_emissions_included", "ccs_technological_co2_capture_included", "primary_data_share")


def _reported(footprint: ProductFootprint) -> Iterator[Problem]:
    for name in _REPORTED:
        if getattr(footprint.pcf, name) is None:
            why = "the methodology has it reported, though the schema does not require it"
            yield problem_of(name, "is undefined", why, "say it")


_FROM_2027 = ("dqi",)
_RECOMMENDED = ("boundary_processes_description", "allocation_rules_description")


def _recommended(footprint: ProductFootprint) -> Iterator[Problem]:
    for name in (*_FROM_2027, *_RECOMMENDED):
        if getattr(footprint.pcf, name) is None:
            why = "required from 2027" if name in _FROM_2027 else "recommended"
            yield problem_of(name, "is undefined", why, "say it")


def _packaged(footprint: ProductFootprint) -> Iterator[Problem]:
    pcf = footprint.pcf
    if pcf.packaging_emissions_included and pcf.packaging_ghg_emissions is None:
        why = "packagingEmissionsIncluded is true"
        yield problem_of("packaging_ghg_emissions", "is undefined", why, "say how much of it is packaging")


def _exempted(footprint: ProductFootprint) -> Iterator[Problem]:
    pcf = footprint.pcf
    if pcf.exempted_emissions_percent > 0 and not pcf.exempted_emissions_description:
        why = f"{pcf.exempted_emissions_percent:f} % are left out"
        yield problem_of("exempted_emissions_description", "is empty", why, "say what, and why")


def _reports(footprint: ProductFootprint) -> Iterator[Problem]:
    reports = footprint.pcf.ipcc_characterization_factors
    if "AR6" not in reports:
        why = "the latest report is to be used, or every report used be named"
        yield problem_of("ipcc_characterization_factors", f"are {', '.join(reports)}", why, "use AR6")


def _standards(footprint: ProductFootprint) -> Iterator[Problem]:
    for standard in footprint.pcf.cross_sectoral_standards:
        if standard not in _STANDARDS:
            why = f"the standard lists {', '.join(sorted(_STANDARDS))}"
            what = f"name {standard[:40]!a}"
            yield problem_of("cross_sectoral_standards", what, why, "use a listed name where one fits")


def _carbon(footprint: ProductFootprint) -> Iterator[Problem]:
    pcf = footprint.pcf
    if pcf.biogenic_carbon_content is None or pcf.biogenic_co2_uptake is None:
        return
    expected = -pcf.biogenic_carbon_content * CARBON_TO_CO2
    if abs(pcf.biogenic_co2_uptake - expected) > NEAR * abs(expected):
        what = f"is {pcf.biogenic_co2_uptake:f}"
        why = (
            f"{pcf.biogenic_carbon_content:f} kg of biogenic carbon took up {-expected:.4f} kg of CO2 (44/12)"
        )
        yield problem_of("biogenic_co2_uptake", what, why, "mend the one that is wrong")


def _schema(name: str) -> str:
    return f"OpenAPI, {name}"


FURTHER = (
    Rule(
        "uptake-between-totals",
        "the two totals differ by biogenicCO2Uptake",
        _schema("x-comments of both totals"),
        in_pcf("pcf_excluding_biogenic_uptake", "pcf_including_biogenic_uptake", "biogenic_co2_uptake"),
        _uptake,
    ),
    Rule(
        "land-management-within-fossil",
        "fossilGhgEmissions include landManagementFossilGhgEmissions",
        _schema("landManagementFossilGhgEmissions"),
        in_pcf("land_management_fossil_ghg_emissions", "fossil_ghg_emissions"),
        _land,
    ),
    Rule(
        "mass-of-declared-unit",
        "the mass is that of the declared unit; energy, transport and services have none",
        _schema("productMassPerDeclaredUnit"),
        in_pcf("declared_unit_of_measurement", "declared_unit_amount", "product_mass_per_declared_unit"),
        _mass,
    ),
    Rule(
        "validity-window",
        "validity begins after the reference period and ends within three years of it",
        "index, section Validity Period",
        ("validity_period_start", "validity_period_end", *in_pcf("reference_period_end")),
        _window,
    ),
    Rule(
        "unique-items",
        "no list of names holds one twice",
        _schema("uniqueItems"),
        (*_NAMES, *in_pcf("product_or_sector_specific_rules")),
        _names,
    ),
    Rule(
        "own-predecessor",
        "no footprint precedes itself",
        "index, section Updating PCFs",
        ("id", "preceding_pf_ids"),
        _predecessor,
    ),
    Rule(
        "other-operator",
        "an operator called Other has a name",
        _schema("otherOperatorName"),
        in_pcf("product_or_sector_specific_rules"),
        _operator,
    ),
    Rule(
        "credit-certification",
        "only the credit approach has a certification",
        _schema("ccuCreditCertification"),
        in_pcf("ccu_calculation_approach", "ccu_credit_certification"),
        _certified,
    ),
    Rule(
        "verifier-named",
        "the name of a verifier is not empty",
        _schema("Verification.providerName"),
        in_pcf("verification"),
        _verifier,
    ),
    Rule(
        "reported",
        "x-rule SHALL: reported, though not required by the schema",
        _schema("x-rule"),
        in_pcf(*_REPORTED),
        _reported,
        "should",
    ),
    Rule(
        "recommended",
        "x-rule SHOULD and SHALL-2027",
        _schema("x-rule"),
        in_pcf(*_FROM_2027, *_RECOMMENDED),
        _recommended,
        "should",
    ),
    Rule(
        "packaging-amount",
        "packagingGhgEmissions is defined when packaging is included",
        _schema("packagingEmissionsIncluded"),
        in_pcf("packaging_emissions_included", "packaging_ghg_emissions"),
        _packaged,
        "should",
    ),
    Rule(
        "exemption-explained",
        "what is left out is said",
        _schema("exemptedEmissionsDescription"),
        in_pcf("exempted_emissions_percent", "exempted_emissions_description"),
        _exempted,
        "should",
    ),
    Rule(
        "latest-report",
        "the latest report of the IPCC is used",
        _schema("ipccCharacterizationFactors"),
        in_pcf("ipcc_characterization_factors"),
        _reports,
        "should",
    ),
    Rule(
        "standard-names",
        "standards are called as the list calls them",
        _schema("crossSectoralStandards"),
        in_pcf("cross_sectoral_standards"),
        _standards,
        "should",
    ),
    Rule(
        "carbon-and-uptake",
        "biogenicCO2Uptake is 44/12 of biogenicCarbonContent, to 2 %",
        "molar masses of CO2 and C",
        in_pcf("biogenic_carbon_content", "biogenic_co2_uptake"),
        _carbon,
        "should",
    ),
)
