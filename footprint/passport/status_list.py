"""Status list credentials: what an issuer publishes about the passports it has taken back (W3C, 15 May 2025).

*Bitstring Status List v1.0* §2. A list is a credential of its own, signed, short-lived, about one purpose; a
passport says in which list and at which place its own bit is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from footprint.passport.bitstring import SMALLEST, encode_bits
from footprint.passport.pact import Instant
from footprint.passport.timestamps import format_instant

CONTEXT = "https://www.w3.org/ns/credentials/v2"
LIST_TYPES = ("VerifiableCredential", "BitstringStatusListCredential")
LONGEST_VALIDITY = timedelta(hours=24)
TIME_TO_LIVE = timedelta(hours=1)
"""How long a reader may keep a list before it should ask for a newer one."""

Purpose = Literal["revocation", "suspension"]
PURPOSES: tuple[Purpose, Purpose] = ("revocation", "suspension")
Url = Annotated[str, Field(pattern=r"^https?://[^\s#]+$", max_length=500)]


class _StatusModel(BaseModel):
    """Frozen; a field that nobody checks is refused."""

    model_config = ConfigDict(
        frozen=True,
        defer_build=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
    )


class StatusMessage(_StatusModel):
    """What a value of the bit means, in the issuer's words (§2.1 `statusMessage`)."""

    status: Literal["0x0", "0x1"]
    message: Annotated[str, Field(min_length=1, max_length=200)]


def _both(messages: tuple[StatusMessage, ...]) -> tuple[StatusMessage, ...]:
    """One bit has two values, and there is a message for each."""
    if {said.status for said in messages} != {"0x0", "0x1"}:
        raise ValueError("one message is needed for 0x0 and one for 0x1")
    return messages


class StatusEntry(_StatusModel):
    """Where a passport's bit is (§2.1): one bit per purpose, in the list with this address.

    Messages and references are the issuer's words for people. They change no verdict: a set bit is a no.
    """

    id: Annotated[str, Field(max_length=500)] | None = None
    type: Literal["BitstringStatusListEntry"] = "BitstringStatusListEntry"
    status_purpose: Purpose
    status_list_index: Annotated[str, Field(pattern="^(0|[1-9][0-9]{0,9})$")]
    status_list_credential: Url
    status_size: Annotated[int, Field(ge=1, le=1, strict=True)] | None = None
    status_message: (
        Annotated[tuple[StatusMessage, ...], Field(min_length=2, max_length=2), AfterValidator(_both)] | None
    ) = None
    status_reference: Url | Annotated[tuple[Url, ...], Field(min_length=1, max_length=8)] | None = None

    @property
    def index(self) -> int:
        """The place in the list."""
        return int(self.status_list_index)

    def document(self) -> dict[str, Any]:
        """As it stands in a passport."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else (value,) if isinstance(value, dict) else value


StatusEntries = Annotated[
    tuple[StatusEntry, ...], BeforeValidator(_as_tuple), Field(min_length=1, max_length=len(PURPOSES))
]
"""One entry, or one per purpose."""


class StatusListSubject(_StatusModel):
    """The list itself (§2.2); its bits are still packed."""

    id: Annotated[str, Field(max_length=500)] | None = None
    type: Literal["BitstringStatusList"]
    status_purpose: Annotated[
        tuple[Annotated[str, Field(max_length=50)], ...],
        BeforeValidator(lambda value: (value,) if isinstance(value, str) else _as_tuple(value)),
        Field(min_length=1, max_length=8),
    ]
    encoded_list: str
    ttl: Annotated[int, Field(ge=0, strict=True)] | None = None


class StatusListCredential(BaseModel):
    """A list as a credential. Other fields are signed with the rest and mean nothing here."""

    model_config = ConfigDict(
        frozen=True, defer_build=True, extra="allow", alias_generator=to_camel, validate_by_alias=True
    )

    context: Annotated[tuple[str, ...], Field(alias="@context", min_length=1, max_length=8)]
    id: Url
    type: Annotated[tuple[str, ...], Field(max_length=8)]
    issuer: Annotated[str, Field(pattern="^did:", max_length=500)]
    valid_from: Instant
    valid_until: Instant | None = None
    credential_subject: StatusListSubject


def status_list_document(
    *, address: str, issuer: str, purpose: Purpose, ones: Iterable[int], at: datetime, length: int = SMALLEST
) -> dict[str, Any]:
    """A list before it is signed: valid for a day from `at`, so that a withheld newer one is noticed."""
    return {
        "@context": [CONTEXT],
        "id": address,
        "type": list(LIST_TYPES),
        "issuer": issuer,
        "validFrom": format_instant(at),
        "validUntil": format_instant(at + LONGEST_VALIDITY),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encode_bits(ones, length),
            "ttl": int(TIME_TO_LIVE.total_seconds() * 1000),
        },
    }


def status_entries(addresses: dict[Purpose, str], index: int) -> tuple[StatusEntry, ...]:
    """The entries of one passport: the same place in the list of each purpose."""
    return tuple(
        StatusEntry(
            id=f"{address}#{index}",
            status_purpose=purpose,
            status_list_index=str(index),
            status_list_credential=address,
        )
        for purpose, address in addresses.items()
    )
