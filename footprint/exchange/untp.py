"""A passport as a Digital Product Passport of the UN Transparency Protocol, and its issuer's signature of that.

UNTP amounts are JSON numbers and it knows one footprint without an interval; what it cannot say stays behind the
link to the passport. Removals are among that: no field of its scorecard holds them, and the footprint is the gross
one.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from footprint.errors import InputError, Problem
from footprint.exchange.unit_codes import UNIT_CODES
from footprint.passport import VerifiedPassport
from footprint.passport.canonical import canonical, content_id
from footprint.passport.credential import VC_CONTEXT
from footprint.passport.document import JWT
from footprint.passport.envelope import NamedKey
from footprint.passport.jose import sign_token
from footprint.passport.timestamps import format_instant
from footprint.passport.wording import shown

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
_QUANTIFICATION = {
    "type": ["Criterion"],
    "id": "https://www.iso.org/obp/ui/#iso:std:iso:14067:ed-1:v1:en:sec:6",
    "name": "ISO 14067:2018, clause 6",
    "description": "Methodology for quantification of the carbon footprint and partial carbon footprint of a product",
    "conformityTopic": "environment.emissions",
    "status": "active",
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


def enveloped(credential: Mapping[str, Any], signer: NamedKey) -> dict[str, Any]:
    """The credential signed by its issuer as `vc+jwt`, in the JSON that UNTP stores and links to.

    VC Data Model 2.0 §4.13.1: an `EnvelopedVerifiableCredential` is a data URL around the token.

    Args:
        credential: from `untp_passport`.
        signer: the key of its issuer.

    Raises:
        InputError: another's key.
    """
    issuer = credential["issuer"]["id"]
    if issuer != signer.issuer:
        what, why = f"is {shown(issuer)}", f"you sign as {shown(signer.issuer)}"
        raise InputError(Problem("issuer", what, why, "use the key that signed the passport"))
    token = sign_token(canonical(dict(credential)), typ=JWT, kid=signer.verification_method, by=signer)
    return {
        "@context": VC_CONTEXT,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/{JWT},{token}",
    }


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
            "conformityClaim": [_claim(passport)],
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
                "linkURL": passport.subject,
                "linkName": f"Carbon passport {passport.id}, {passport.digest_multibase}",
                "linkType": "https://ref.gs1.org/voc/sustainabilityInfo",
            }
        ],
    }


def _scorecard(passport: VerifiedPassport) -> dict[str, Any]:
    claims = passport.claims
    return {
        "carbonFootprint": float(claims.pcf_kg_co2e),
        "declaredUnit": UNIT_CODES[claims.declared_unit.unit],
        "operationalScope": _scope(claims.boundary),
        "primarySourcedRatio": float(claims.quality.primary_share),
        "reportingStandard": _ISO_14067,
    }


def _claim(passport: VerifiedPassport) -> dict[str, Any]:
    """What the issuer declares; a conformity credential about the same product and criterion attests it."""
    claims = passport.claims
    unit = UNIT_CODES[claims.declared_unit.unit]
    return {
        "type": ["Claim", "Declaration"],
        "id": f"{passport.subject}#carbon-footprint",
        "description": f"Gross carbon footprint, {claims.boundary}, kg CO2e per {claims.declared_unit.unit}",
        "referenceStandard": _ISO_14067,
        "assessmentCriteria": [_QUANTIFICATION],
        "assessmentDate": passport.valid_from.date().isoformat(),
        "declaredValue": [
            {
                "metricName": f"kg CO2e per {claims.declared_unit.unit}",
                "metricValue": {"value": float(claims.pcf_kg_co2e), "unit": unit},
            }
        ],
        "conformance": True,
        "conformityTopic": "environment.emissions",
    }


def _scope(boundary: str) -> Scope:
    """UNTP has two; whatever ends before the grave is the narrower one."""
    return "CradleToGrave" if boundary == "cradle to grave" else "CradleToGate"


VERSIONS: Mapping[str, Callable[[VerifiedPassport], dict[str, Any]]] = {"0.6.1": _v0_6_1}
"""How each version of UNTP is written."""
