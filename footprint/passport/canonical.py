"""One value, one sequence of bytes: the JSON Canonicalization Scheme, RFC 8785."""

from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

import rfc8785

from footprint.errors import MalformedError, Problem
from footprint.passport import base58

CONTENT_NAMESPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""The URL namespace of RFC 9562 §6.6: identifiers of content are made under the vocabulary's address."""

VOCABULARY = "https://w3id.org/agrifood-footprint/"
"""The address our terms live under. It is a name: nothing in this package ever fetches it."""


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    r"""The canonical bytes of a JSON value (RFC 8785 §3.2).

    >>> canonical({"b": 1.0, "a": "€"})
    b'{"a":"\xe2\x82\xac","b":1}'
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        problem = Problem("document", "has no canonical form", str(error), "use plain JSON values")
        raise MalformedError(problem) from error


def digest(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return sha256(canonical(value)).hexdigest()


def multihash(sha256_hex: str) -> str:
    """A SHA-256 as `digestMultibase` writes it: a multihash (code 0x12, 32 bytes) in base58.

    >>> multihash(sha256(b"abc").hexdigest())
    'zQmatYkNGZnELf8cAGdyJpUca2PyY4szai3RHyyWofNY1pY'
    """
    return "z" + base58.encode(b"\x12\x20" + bytes.fromhex(sha256_hex))


def content_id(document: dict[str, Any]) -> UUID:
    """A UUIDv5 of a document's canonical bytes: same content, same identifier (RFC 9562 §5.5)."""
    return uuid5(CONTENT_NAMESPACE, f"{VOCABULARY}sha256/{digest(document)}")
