"""The service's own keys: what its `did:web` lists, and which of them it signs with."""

from datetime import datetime
from pathlib import Path

from footprint.errors import FootprintError, InputError, Problem
from footprint.passport import Signer
from footprint.passport.did_document import MAX_DID_DOCUMENT_BYTES, DidDocument, ListedKey
from label_service.settings import Settings

_FIRST = "key-1"


def own_keys(settings: Settings, at: datetime) -> tuple[Signer, DidDocument]:
    """The signer under the name its key has in the document, and the document to publish.

    Without a document of the operator's there is one key, `#key-1`, without a history.

    Raises:
        InputError: the key file or the document cannot be used, the document is another address's, or it does not
            list the key as one that is in use.
    """
    unnamed = Signer.open(settings.signing_key)
    if settings.did_document is None:
        document = DidDocument(settings.did, (ListedKey(_FIRST, unnamed.public_key),))
        return Signer.open(settings.signing_key, issuer=f"{settings.did}#{_FIRST}"), document
    try:
        document = DidDocument.from_json(_read(settings.did_document))
        if document.did != settings.did:
            what, why = f"is that of {document.did}", f"this service is {settings.did}"
            raise InputError(Problem("did document", what, why, "make it with `footprint did make`"))
        listed = document.find(unnamed.public_key, at)
    except FootprintError as error:
        raise InputError(
            *(problem.under(settings.did_document.name) for problem in error.problems)
        ) from error
    return Signer.open(settings.signing_key, issuer=document.method_of(listed)), document


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_DID_DOCUMENT_BYTES + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(Problem("did document", "cannot be read", why, "give its path")) from error
