"""Selective disclosure in any document, for test suites (RFC 9901): nothing is reserved to a place.

A passport is stricter: only lines of a farm's books may be withheld (`footprint.passport.sd_jwt`).
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from hashlib import sha256
from typing import Any

from footprint.errors import MalformedError, Problem
from footprint.passport.jose import base64
from footprint.passport.sd_jwt import HASH, MOST_DISCLOSURES, RESERVED, read_disclosure, tell
from footprint.passport.wording import shown

_STEP = re.compile(r"([^.\[\]]+)|\[([0-9]{1,4})\]")


def conceal_at(document: Mapping[str, Any], paths: Iterable[str]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The payload with digests at these places, like `credentialSubject.address.city` or `phones[0]`.

    Raises:
        MalformedError: there is nothing at a place.
    """
    payload: dict[str, Any] = deepcopy(dict(document))
    texts: list[str] = []
    for path in paths:
        *steps, last = [name or int(place) for name, place in _STEP.findall(path)] or [""]
        try:
            holder: Any = payload
            for step in steps:
                holder = holder[step]
            if isinstance(last, int):
                holder[last] = {"...": tell(texts, holder[last])}
            else:
                holder.setdefault("_sd", []).append(tell(texts, last, holder.pop(last)))
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise _refused("disclose", f"{shown(path)} is not there", "only what is there") from error
    _sort_digests(payload)
    return {**payload, "_sd_alg": HASH}, tuple(texts)


def reveal_all(payload: Mapping[str, Any], texts: tuple[str, ...]) -> dict[str, Any]:
    """The document with every disclosure put where its digest stands (§7.1).

    Raises:
        MalformedError: another hash, a digest twice, a disclosure that belongs nowhere or is there twice.
    """
    if len(texts) > MOST_DISCLOSURES or payload.get("_sd_alg", HASH) != HASH:
        raise _refused("_sd_alg", "is not usable, or disclosures are too many", f"{HASH} is used")
    told = {base64(sha256(text.encode()).digest()): read_disclosure(text) for text in texts}
    seen: set[str] = set()
    document = _revealed({name: value for name, value in payload.items() if name != "_sd_alg"}, told, seen)
    if len(told) < len(texts) or told.keys() - seen:
        raise _refused("disclosures", "hold one twice, or one that belongs nowhere", "nobody signed it")
    if not isinstance(document, dict):
        raise _refused("payload", "is no object", "a credential is one")
    return document


def _revealed(value: Any, told: Mapping[str, list[Any]], seen: set[str]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        entries = (_entry(entry, told, seen) for entry in value)
        return [_revealed(entry, told, seen) for found in entries for entry in found]
    if not isinstance(value, dict):
        return value
    fields = {name: inner for name, inner in value.items() if name != "_sd"}
    digests = value.get("_sd", [])
    for digest in digests if isinstance(digests, list) else [digests]:
        parts = _taken(digest, told, seen)
        if parts is None:
            continue
        if len(parts) != 3 or not isinstance(parts[1], str) or parts[1] in fields or parts[1] in RESERVED:
            raise _refused("_sd", "was told no field, or one that is there", "each name once")
        fields[parts[1]] = parts[2]
    return {name: _revealed(inner, told, seen) for name, inner in fields.items()}


def _entry(entry: object, told: Mapping[str, list[Any]], seen: set[str]) -> list[Any]:
    """The entry of a list; none where its disclosure was withheld."""
    if not isinstance(entry, dict) or entry.keys() != {"..."}:
        return [entry]
    parts = _taken(entry["..."], told, seen)
    if parts is None:
        return []
    if len(parts) != 2:
        raise _refused("...", "was told a field", "an entry of a list has no name")
    return [parts[1]]


def _taken(digest: object, told: Mapping[str, list[Any]], seen: set[str]) -> list[Any] | None:
    if not isinstance(digest, str) or digest in seen:
        raise _refused("_sd", f"holds the digest {shown(digest)}", "each is text and stands in one place")
    seen.add(digest)
    return told.get(digest)


def _sort_digests(value: object) -> None:
    """The order of the digests must not tell the order of the fields (§4.2.4.1)."""
    if isinstance(value, dict):
        value.get("_sd", []).sort()
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _sort_digests(inner)


def _refused(where: str, what: str, why: str) -> MalformedError:
    return MalformedError(Problem(where, what, why, "see RFC 9901"))
