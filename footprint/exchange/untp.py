"""A passport as a Digital Product Passport of the UN Transparency Protocol, ready for its issuer to sign.

UNTP amounts are JSON numbers and it knows one footprint without an interval; what it cannot say stays behind the
link to the passport. Removals are among that: no field of its scorecard holds them, and the footprint is the gross
one.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from footprint.errors import InputError, Problem
from footprint.exchange.unit_codes import UNIT_CODES
from footprint.passport import VerifiedPassport
from footprint.passport.canonical import content_id
from footprint.passport.credential import VC_CONTEXT
from footprint.passport.timestamps import format_instant

CONTEXT_0_6_1 = "https://test.uncefact.org/vocabulary/untp/dpp/0.6.1/"
Scope = Literal["CradleToGate", "CradleToGrave"]

_ISO_14067 = {
    "type": ["Standard"],
    "id": "https://www.iso.org/standard/71206.html",
    "name": "ISO 14067:2018",
    "issuingParty": {
        "id": "https://www.iso.org",
        "name": "International Organization for Standardization",
    },
}
_GTIN = {
    "type": ["IdentifierScheme"],
    "id": "https://id.gs1.org/01/",
    "name": "Global Trade Item Number (GTIN)",
}


def untp_passport(passport: VerifiedPassport, version: str = "0.6.1") -> dict[str, Any]:
    """The credential before it is signed; UNTP asks for a JOSE envelope.

    Args:
        passport: what it says.
        version: of UNTP.

    Raises:
        InputError: a version nobody has written yet.
    """
    if version not in VERSIONS:
        why = f"known: {', '.join(VERSIONS)}"
        raise InputError(Problem("UNTP", f"version {version!r} is not written here", why, "choose another"))
    return VERSIONS[version](passport)


def _v0_6_1(passport: VerifiedPassport) -> dict[str, Any]:
    said = {
        "type": ["DigitalProductPassport", "VerifiableCredential"],
        "@context": [VC_CONTEXT, CONTEXT_0_6_1],
        "issuer": {"type": ["CredentialIssuer"], "id": passport.issuer, "name": passport.issuer_name},
        "validFrom": format_instant(passport.valid_from),
        "validUntil": format_instant(passport.valid_until),
        "credentialSubject": {
            "type": ["ProductPassport"],
            "id": f"{passport.subject}#product-passport",
            "product": _product(passport),
            "granularityLevel": "batch" if passport.serial is None else "item",
            "emissionsScorecard": _scorecard(passport),
        },
    }
    return {"id": f"urn:uuid:{content_id({**said, 'of': passport.id})}", **said}


def _product(passport: VerifiedPassport) -> dict[str, Any]:
    product = passport.claims.product
    serial = {} if passport.serial is None else {"serialNumber": passport.serial}
    return {
        "type": ["Product"],
        "id": passport.subject,
        "name": product.name,
        "description": product.description,
        "registeredId": passport.gtin,
        "idScheme": _GTIN,
        "batchNumber": passport.lot,
        **serial,
        "producedByParty": {
            "id": passport.product_footprint.company_ids[0],
            "name": product.producer,
        },
        "countryOfProduction": product.country,
        "furtherInformation": [
            {
                "type": ["Link"],
                "linkURL": passport.subject,
                "linkName": f"Carbon passport {passport.id}, {passport.digest_multibase}",
                "linkType": "https://ref.gs1.org/voc/sustainabilityInfo",
            }
        ],
    }


def _scorecard(passport: VerifiedPassport) -> dict[str, Any]:
    claims = passport.claims
    return {
        "type": ["EmissionsPerformance"],
        "carbonFootprint": float(claims.pcf_kg_co2e),
        "declaredUnit": UNIT_CODES[claims.declared_unit.unit],
        "operationalScope": _scope(claims.boundary),
        "primarySourcedRatio": float(claims.quality.primary_share),
        "reportingStandard": _ISO_14067,
    }


def _scope(boundary: str) -> Scope:
    """UNTP has two; whatever ends before the grave is the narrower one."""
    return "CradleToGrave" if boundary == "cradle to grave" else "CradleToGate"


VERSIONS: Mapping[str, Callable[[VerifiedPassport], dict[str, Any]]] = {"0.6.1": _v0_6_1}
"""How each version of UNTP is written."""
