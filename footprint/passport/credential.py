"""The credential around the numbers: a W3C Verifiable Credential 2.0 about one lot.

`@context` and `type` are fixed lists: a verifier that never fetches a context must know exactly what the
terms mean. They are in `contexts/carbon-passport-v1.jsonld`, frozen; its address is a name, never fetched.
The PACT part is a JSON literal there: PACT's decimal strings do not fit the range of GS1's PACT terms.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from footprint.passport.canonical import VOCABULARY
from footprint.passport.pact import Instant, ProductFootprint
from footprint.passport.status_list import StatusEntries, StatusEntry
from footprint.passport.timestamps import format_instant

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
PASSPORT_CONTEXT = VOCABULARY + "contexts/carbon-passport-v1.jsonld"
CONTEXTS = (VC_CONTEXT, PASSPORT_CONTEXT)
TYPES = ("VerifiableCredential", "CarbonPassportCredential")
SUBJECT_TYPE = "ProductLot"

_UNCHECKED = ("credentialSchema", "termsOfUse", "relatedResource", "confidenceMethod")
"""Fields of VC 2.0 that change whether a credential holds, and that this version does not evaluate."""


def _exactly(expected: tuple[str, ...]) -> AfterValidator:
    def check(value: tuple[str, ...]) -> tuple[str, ...]:
        if value != expected:
            raise ValueError(f"must be exactly {list(expected)}, in this order")
        return value

    return AfterValidator(check)


class CredentialModel(BaseModel):
    """Frozen; unknown fields are kept, they are signed with the rest."""

    model_config = ConfigDict(
        frozen=True,
        defer_build=True,
        extra="allow",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
    )


class Subject(CredentialModel):
    """What the credential is about: a lot of a product, named by its GS1 Digital Link."""

    id: Annotated[str, Field(max_length=2000)]
    type: Literal["ProductLot"]
    gtin: Annotated[str, Field(pattern="^[0-9]{14}$")]
    lot: Annotated[str, Field(max_length=20)]
    serial: Annotated[str, Field(max_length=20)] | None = None
    product_footprint: ProductFootprint


class Credential(CredentialModel):
    """A carbon passport as a credential; the proof is checked apart."""

    context: Annotated[tuple[str, ...], Field(alias="@context"), _exactly(CONTEXTS)]
    id: Annotated[str, Field(pattern=r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    type: Annotated[tuple[str, ...], _exactly(TYPES)]
    issuer: Annotated[str, Field(pattern="^did:", max_length=500)]
    name: Annotated[str, Field(max_length=500)]
    valid_from: Instant
    valid_until: Instant
    credential_subject: Subject
    credential_status: StatusEntries | None = None

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Fields that could take the credential back and that nobody here looks at."""
        return tuple(name for name in _UNCHECKED if name in (self.model_extra or {}))


def credential_document(
    *,
    issuer: str,
    issued_at: datetime,
    valid_until: datetime,
    name: str,
    status: Sequence[StatusEntry] = (),
) -> dict[str, Any]:
    """The credential before it has a subject, an identifier and a proof."""
    entries = {"credentialStatus": [entry.document() for entry in status]} if status else {}
    return {
        **entries,
        "@context": list(CONTEXTS),
        "type": list(TYPES),
        "issuer": issuer,
        "name": name,
        "validFrom": format_instant(issued_at),
        "validUntil": format_instant(valid_until),
    }
