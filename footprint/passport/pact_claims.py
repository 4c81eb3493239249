"""From our claims to a PACT footprint, and back to the question whether the two agree.

Removals are not netted: PACT's removal fields stay undefined, so `pcfExcludingBiogenicUptake` is the gross
footprint, and the removals ledger travels in our extension beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from footprint.errors import Problem
from footprint.passport.canonical import (
    CONTENT_NAMESPACE,
    VOCABULARY,
    canonical,
    canonical_members,
    canonical_object,
    id_of_text,
)
from footprint.passport.claims import Claims, Line
from footprint.passport.pact import (
    SPEC_VERSION,
    CarbonFootprint,
    DataModelExtension,
    DataQualityIndicators,
    EmissionFactorSource,
    ProductFootprint,
    Verification,
)
from footprint.passport.timestamps import format_instant
from footprint.passport.wording import shown
from footprint.result import AllocationChoice, DeclaredUnit, LandUseChange

CLAIMS_SCHEMA = VOCABULARY + "schemas/claims-1.json"
CLAIMS_VERSION = "1.0.0"
THIRD_PARTY = ("limited", "reasonable")
"""Assurance levels (ISO 14064-3) that only an independent verifier gives."""

_WORDED = frozenset({"cross_sectoral_standards", "verification"})
_COMPARED = tuple(
    sorted(
        name for name in CarbonFootprint.model_fields.keys() - _WORDED if not name.endswith("_description")
    )
)
_BIOGENIC_METHANE = "ch4_biogenic"
_LAND_MANAGEMENT = "co2_soil"
_REFRESH = "recompute the footprint; do not edit its numbers"


@dataclass(frozen=True, slots=True)
class Lot:
    """Whose footprint it is, of which product, and how long it is good for."""

    issuer: str
    gtin: str
    issued_at: datetime
    valid_until: datetime

    @property
    def company_urn(self) -> str:
        """A URN for an issuer that has only a DID: a UUIDv5 made of it."""
        return f"urn:uuid:{uuid5(CONTENT_NAMESPACE, self.issuer)}"

    @property
    def product_urn(self) -> str:
        """The form PACT gives for GTINs (data-exchange-protocol ADR 34)."""
        return f"urn:gtin:{self.gtin}"


@dataclass(frozen=True, slots=True)
class Written:
    """A PACT footprint with the canonical bytes of its parts, before it has a name, which is made of them."""

    footprint: ProductFootprint
    members: dict[str, bytes]
    """Without identifier and extension,"""
    extension: dict[str, bytes]
    """that without data,"""
    data: dict[str, bytes]
    """and those: the claims."""

    @classmethod
    def of(cls, claims: Claims, lot: Lot) -> "Written":
        """What the claims say, as PACT says it."""
        footprint = ProductFootprint(
            id=str(UUID(int=0)),
            spec_version=SPEC_VERSION,
            created=format_instant(lot.issued_at),
            status="Active",
            **_validity(claims, lot),
            company_name=claims.product.producer,
            company_ids=(lot.company_urn,),
            product_description=claims.product.description,
            product_ids=(lot.product_urn,),
            product_name_company=claims.product.name,
            comment=" ".join(_comments(claims)),
            pcf=carbon_footprint(claims),
            extensions=(_extension(claims),),
        )
        document = footprint.document()
        (extension,) = document.pop("extensions")
        data = extension.pop("data")
        del document["id"]
        return cls(footprint, *map(canonical_members, (document, extension, data)))

    def named(self, amount: DeclaredUnit | None) -> dict[str, bytes]:
        """The bytes of all members, for a lot of so much.

        Args:
            amount: what the claims say, or what they leave open.
        """
        said = canonical(None if amount is None else amount.model_dump(mode="json"))
        data = canonical_object({**self.data, "lot_quantity": said})
        extension = canonical_object({**self.extension, "data": data})
        members = {**self.members, "extensions": b"[%b]" % extension}
        return {**members, "id": canonical(str(id_of_text(canonical_object(members))))}


def _validity(claims: Claims, lot: Lot) -> dict[str, str]:
    """PACT forbids a start before the end of the reference period; the credential's own `validFrom` holds anyway."""
    start, end = format_instant(lot.issued_at), format_instant(lot.valid_until)
    started = {"validity_period_start": start} if start >= f"{claims.period_end}T00:00:00Z" else {}
    return {**started, "validity_period_end": end}


def carbon_footprint(claims: Claims) -> CarbonFootprint:
    """The claims as a PACT `CarbonFootprint`."""
    return CarbonFootprint(**_numbers(claims), **_words(claims))


def _numbers(claims: Claims) -> dict[str, Any]:
    """The fields in which two writers of the same claims must agree."""
    return {
        **_declared_unit(claims),
        "reference_period_start": f"{claims.period_start}T00:00:00Z",
        "reference_period_end": f"{claims.period_end}T00:00:00Z",
        **_geography(claims),
        **_ledgers(claims),
        **_stages(claims),
        **_methods(claims),
    }


def _words(claims: Claims) -> dict[str, Any]:
    return {
        "boundary_processes_description": _boundary(claims),
        "cross_sectoral_standards": ("ISO14067",),
        "exempted_emissions_description": _exemptions(claims),
        "allocation_rules_description": _allocations(claims),
        "verification": _verification(claims),
    }


def _declared_unit(claims: Claims) -> dict[str, Any]:
    amount, weighed = claims.declared_unit.amount, claims.declared_unit.unit == "kg"
    return {
        "declared_unit_of_measurement": "kilogram" if weighed else "megajoule",
        "declared_unit_amount": amount,
        # "If the product mass is not relevant (i.e. PCF is for an energy …), this attribute SHALL be populated with 0."
        "product_mass_per_declared_unit": amount if weighed else Decimal(0),
    }


def agreement_problems(claims: Claims, footprint: ProductFootprint) -> tuple[Problem, ...]:
    """Every number that the PACT part and the claims do not say alike; empty when they agree.

    Descriptions may be worded differently by another version of this software; numbers may not.
    """
    return (*_differences(claims, footprint.pcf), *_product_differences(claims, footprint))


def _differences(claims: Claims, said: CarbonFootprint) -> Iterator[Problem]:
    numbers, stated = _numbers(claims), vars(said)
    if list(map(stated.get, _COMPARED)) == list(map(numbers.get, _COMPARED)):
        return
    expected = carbon_footprint(claims)
    for name in _COMPARED:
        theirs, ours = stated[name], getattr(expected, name)
        if theirs != ours:
            alias = CarbonFootprint.model_fields[name].alias
            yield Problem(
                f"pcf.{alias}", f"is {_said(theirs)}", f"by the claims it is {_said(ours)}", _REFRESH
            )


def _said(value: object) -> str:
    return (
        f"{value:f}"
        if isinstance(value, Decimal)
        else shown(str(value))
        if value is not None
        else "undefined"
    )


def _product_differences(claims: Claims, footprint: ProductFootprint) -> Iterator[Problem]:
    pairs = (
        ("companyName", footprint.company_name, claims.product.producer),
        ("productNameCompany", footprint.product_name_company, claims.product.name),
        ("productDescription", footprint.product_description, claims.product.description),
    )
    for name, said, claimed in pairs:
        if said != claimed:
            yield Problem(name, f"is {shown(said)}", f"the claims say {shown(claimed)}", _REFRESH)


def _geography(claims: Claims) -> dict[str, str]:
    """The smallest place only (section *Scope of a CarbonFootprint*)."""
    if claims.product.subdivision:
        return {"geography_country_subdivision": claims.product.subdivision}
    return {"geography_country": claims.product.country}


def _ledgers(claims: Claims) -> dict[str, Decimal]:
    gross, uptake = claims.gross_kg_co2e, claims.biogenic.uptake_kg_co2
    methane = named(claims.substances, _BIOGENIC_METHANE)
    land = {**_land_use_change(claims), **_land_management(claims)}
    return {
        "pcf_excluding_biogenic_uptake": gross,
        "pcf_including_biogenic_uptake": gross - uptake,
        "fossil_ghg_emissions": gross - methane - sum(land.values(), Decimal(0)),
        "fossil_carbon_content": Decimal(0),
        "biogenic_carbon_content": claims.biogenic.carbon_content_kg_c,
        "biogenic_co2_uptake": -uptake,
        "biogenic_non_co2_emissions": methane,
        **land,
    }


def _land_use_change(claims: Claims) -> dict[str, Decimal]:
    """Undefined when unknown and nothing is counted: PACT leaves such a field blank and explains in `comment`."""
    amount = named(claims.substances, LandUseChange.SUBSTANCE)
    if claims.land_use_change.state == "unknown" and not amount:
        return {}
    return {"land_use_change_ghg_emissions": amount}


def _land_management(claims: Claims) -> dict[str, Decimal]:
    """Carbon of soils whose use did not change; undefined where no record asks for it."""
    amount = named(claims.substances, _LAND_MANAGEMENT)
    return {"land_management_biogenic_co2_emissions": amount} if amount else {}


def _stages(claims: Claims) -> dict[str, Any]:
    assessed = {line.name: line.kg_co2e for line in claims.stages}
    fields = {"packaging": "packaging_ghg_emissions", "transport": "outbound_logistics_ghg_emissions"}
    amounts = {field: assessed[stage] for stage, field in fields.items() if stage in assessed}
    return {"packaging_emissions_included": "packaging" in assessed, **amounts}


def _methods(claims: Claims) -> dict[str, Any]:
    quality = claims.quality
    return {
        "ccs_technological_co2_capture_included": False,
        "ipcc_characterization_factors": assessment_reports(claims),
        "exempted_emissions_percent": (1 - claims.boundary_coverage) * 100,
        "secondary_emission_factor_sources": (_factor_source(claims),),
        "primary_data_share": quality.primary_share * 100,
        "dqi": DataQualityIndicators(
            technological_dqr=quality.technological,
            geographical_dqr=quality.geographical,
            temporal_dqr=quality.temporal,
        ),
    }


def assessment_reports(claims: Claims) -> tuple[str, ...]:
    """The IPCC reports behind the GWPs: the named set, and those of factors given only as CO2e.

    The set is `AR6-100`; a factor its source gives only as CO2e is the substance `co2e:AR5-100`.
    """
    aggregated = (line.name.partition(":")[2] for line in claims.substances if line.name.startswith("co2e:"))
    return tuple(sorted({name.partition("-")[0] for name in (claims.gwp, *aggregated)}))


def named(lines: tuple[Line, ...], name: str) -> Decimal:
    """kg CO2e of the line of that name; zero where there is none."""
    return sum((line.kg_co2e for line in lines if line.name == name), Decimal(0))


def _boundary(claims: Claims) -> str:
    stages = ", ".join(line.name for line in claims.stages)
    return f"Boundary: {claims.boundary}. Functional unit: {claims.functional_unit}. Stages: {stages}."


def _exemptions(claims: Claims) -> str:
    listed = "; ".join(f"{item.what} ({item.why})" for item in claims.exclusions) or "nothing"
    return f"Left out: {listed}. The percentage counts the stages of the boundary that were not assessed."


def _allocations(claims: Claims) -> str:
    return "; ".join(map(_shared, claims.allocations)) or "No process has more than one product."


def _shared(choice: AllocationChoice) -> str:
    others = ", ".join(f"by {other.method} {other.share:f}" for other in choice.alternatives)
    beside = f" ({others})" if others else ""
    displaced = "".join(
        f"; {saved.kg_co2e:f} kg CO2e of {saved.displaces} displaced elsewhere, not subtracted"
        for saved in choice.displaced
    )
    return f"{choice.process}: by {choice.method}, {choice.share:f} to this product{beside}{displaced}"


def _factor_source(claims: Claims) -> EmissionFactorSource:
    return EmissionFactorSource(name=f"Factors of {claims.engine}", version=claims.digests.factors)


def _verification(claims: Claims) -> Verification | None:
    assurance = claims.assurance
    if assurance.level not in THIRD_PARTY:
        return None
    completed = f"{assurance.at}T00:00:00Z" if assurance.at else None
    comments = f"{assurance.level} assurance"
    return Verification(
        coverage="product level", provider_name=assurance.by, completed_at=completed, comments=comments
    )


def _comments(claims: Claims) -> Iterator[str]:
    yield "pcfExcludingBiogenicUptake is the gross footprint: no removal is subtracted from it."
    if claims.removals:
        yield "Removals are in the extension's removals ledger."
    if claims.land_use_change.state == "unknown":
        yield "Land-use change is unknown and not included."
    yield f"Land-use change: {claims.land_use_change.statement}"
    yield from claims.notes


def _extension(claims: Claims) -> DataModelExtension:
    return DataModelExtension(
        spec_version=CLAIMS_VERSION, data_schema=CLAIMS_SCHEMA, data=claims.model_dump(mode="json")
    )
