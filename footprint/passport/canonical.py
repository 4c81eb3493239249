"""One value, one sequence of bytes: the JSON Canonicalization Scheme, RFC 8785.

The `rfc8785` package writes every value. Most of ours are plain: no floats, ASCII names, no integer beyond 2^53. Of
those Python's own encoder makes the same bytes several times faster, and pydantic's, where names are in order already,
faster still; a property test holds the three together.

A text that is canonical needs no other: it is read once, written again, and compared. A name that is there twice, a
blank, a number in another form would make a difference.
"""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from operator import lt
from types import NoneType
from typing import Any
from uuid import UUID, uuid5

import rfc8785
from pydantic_core import PydanticSerializationError, from_json, to_json

from footprint.errors import MalformedError, Problem
from footprint.passport import base58
from footprint.passport.strict_json import LARGEST_INTEGER, MAX_BYTES, MAX_DEPTH

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
        if type(value) is str or (type(value) is dict and _in_order(value)):
            return to_json(value)
        return _PLAIN.encode(value).encode() if _is_plain(value) else rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, PydanticSerializationError) as error:
        problem = Problem("document", "has no canonical form", str(error), "use plain JSON values")
        raise MalformedError(problem) from error


def read_canonical(data: bytes) -> dict[str, Any] | None:
    """What a canonical text says; `None` for every other text, and where there is any doubt.

    `None` is no verdict: `parse_object` says what such a text means, or why it means nothing.

    >>> read_canonical(b'{"a":"1","b":[true]}')
    {'a': '1', 'b': [True]}
    >>> [read_canonical(text) for text in (b'{"b":1,"a":1}', b'{"a":1,"a":1}', b'{"a": 1}', b'{"a":1.0}')]
    [None, None, None, None]
    """
    if len(data) > MAX_BYTES:
        return None
    try:
        value = from_json(data, allow_inf_nan=False, cache_strings="keys")
        same = type(value) is dict and to_json(value) == data and _in_order(value)
    except (ValueError, PydanticSerializationError):
        return None
    return value if same else None


def canonical_object(members: Mapping[str, bytes]) -> bytes:
    """The canonical bytes of an object, from those of its members (§3.2.3).

    Args:
        members: canonical bytes by name; the names are plain ASCII.

    >>> canonical_object({"b": b"[]", "a": canonical("€")}).decode()
    '{"a":"€","b":[]}'
    """
    return b"{" + b",".join([b'"%b":%b' % (name.encode(), members[name]) for name in sorted(members)]) + b"}"


def canonical_members(document: Mapping[str, Any]) -> dict[str, bytes]:
    """The canonical bytes of each member of an object: what changes is written anew, the rest is kept."""
    return {name: canonical(value) for name, value in document.items()}


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
    return id_of_text(canonical(document))


def id_of_text(text: bytes) -> UUID:
    """The same of the canonical bytes themselves."""
    return uuid5(CONTENT_NAMESPACE, f"{VOCABULARY}sha256/{sha256(text).hexdigest()}")


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


def _in_order(value: Any, levels: int = MAX_DEPTH) -> bool:  # noqa: ANN401 - an object or an array
    """Whether names are sorted, numbers whole and exact, and nothing is nested too deep; any doubt is a no."""
    parts = value
    if type(value) is dict:
        parts = value.values()
        if not _sorted_names(tuple(value)):
            return False
    for part in parts:
        kind = type(part)
        if kind is str:
            continue
        if not (_in_order(part, levels - 1) if kind in _NESTED else _is_exact(part)):
            return False
    return levels > 0


_NESTED = frozenset({dict, list})


def _is_exact(value: object) -> bool:
    """Whether everybody reads the same: true, false, null, and whole numbers below 2^53."""
    return value is None or type(value) is bool or (type(value) is int and abs(value) <= LARGEST_INTEGER)


@lru_cache(maxsize=128)
def _sorted_names(names: tuple[str, ...]) -> bool:
    """A passport has some dozens of shapes of objects, and the next one has the same."""
    return _ascii_names(names) and all(map(lt, names, names[1:]))


def _ascii_names(part: Iterable[Any]) -> bool:
    try:
        return "".join(part).isascii()
    except TypeError:  # a name that is no text: `rfc8785` refuses it
        return False
