"""One value, one sequence of bytes: the JSON Canonicalization Scheme, RFC 8785.

The `rfc8785` package writes every value. Most of ours are plain: no floats, ASCII names, no integer beyond 2^53. Of
those Python's own encoder makes the same bytes several times faster; a property test holds the two together.
"""

import json
from hashlib import sha256
from types import NoneType
from typing import Any
from uuid import UUID, uuid5

import rfc8785

from footprint.errors import MalformedError, Problem
from footprint.passport import base58
from footprint.passport.strict_json import LARGEST_INTEGER

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
        return _PLAIN.encode(value).encode() if _is_plain(value) else rfc8785.dumps(value)
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


_PLAIN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
"""Sorts by code point, which for ASCII names is the order of RFC 8785 §3.2.3 (UTF-16); escapes strings alike."""

_AS_THEY_ARE = frozenset({str, bool, NoneType})


def _is_plain(value: object) -> bool:
    """Whether `_PLAIN` writes every part of the value as RFC 8785 does; any doubt is a no."""
    parts: list[Any] = [value]
    for part in parts:  # grows while it is read
        kind = type(part)
        if kind in _AS_THEY_ARE:
            continue
        if kind is dict:
            if not _ascii_names(part):
                return False
            parts += part.values()
        elif kind is list:
            parts += part
        elif kind is not int or abs(part) > LARGEST_INTEGER:
            return False
    return True


def _ascii_names(part: dict[Any, object]) -> bool:
    try:
        return "".join(part).isascii()
    except TypeError:  # a name that is no text: `rfc8785` refuses it
        return False
