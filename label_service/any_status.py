"""The place of any credential in this service's status lists, for test suites."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from footprint.errors import MalformedError
from footprint.passport import StatusEntry
from footprint.passport.reading import problems_of
from footprint.passport.status import check_status
from label_service.service import Service

OWNER = "vc-api"
_TYPE = "BitstringStatusListEntry"


def with_status(credential: Mapping[str, Any], service: Service) -> dict[str, Any]:
    """The credential with a place of its own, as it is before it is signed."""
    place = service.shelf.reserve_place(OWNER, service.clock().isoformat())
    entries = [entry.document() for entry in service.status.entries(place)]
    return {**credential, "credentialStatus": entries}


def check_any_status(credential: Mapping[str, Any], service: Service) -> list[str]:
    """Looks up the entries in lists of this service; the others are told, for nothing is fetched.

    Raises:
        MalformedError: an entry is not whole.
        RevokedError: its bit is set.
        StatusError: the place was never given away.
    """
    written = credential.get("credentialStatus", [])
    ours, told = [], []
    for entry in written if isinstance(written, list) else [written]:
        if _TYPE in _types(entry) and (read := _read(entry)).status_list_credential.startswith(
            service.settings.public_url
        ):
            ours.append(read)
        else:
            told.append(f"nobody looked up the status {entry.get('id', 'without an id')}")
    check_status(ours, OWNER, source=service.status, trust=service.trust, at=service.clock())
    return told


def _types(entry: Mapping[str, Any]) -> list[Any]:
    written = entry["type"]
    return written if isinstance(written, list) else [written]


def _read(entry: Mapping[str, Any]) -> StatusEntry:
    try:
        return StatusEntry.model_validate(entry)
    except ValidationError as error:
        raise MalformedError(*problems_of(error, "credentialStatus", "ask the issuer for another")) from error
