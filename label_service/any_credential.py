"""What any verifiable credential or presentation must look like: W3C *Verifiable Credentials Data Model v2.0*, §4.

For credentials about other things than passports, which have models of their own (`footprint.passport.credential`).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from footprint.errors import Problem
from footprint.passport.timestamps import parse_instant
from footprint.passport.wording import shown
from label_service.related_resource import digest_problems

V2 = "https://www.w3.org/ns/credentials/v2"
V1 = "https://www.w3.org/2018/credentials/v1"
"""Of the Data Model v1.1: its credentials are still signed and checked."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_TYPED = ("credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "evidence", "proof")
_WITH_ID = ("credentialSchema",)
_PERIODS = (("validFrom", "validUntil"), ("issuanceDate", "expirationDate"))
_LANGUAGE_VALUE = frozenset({"@value", "@language", "@direction"})
_FIX = "see the Verifiable Credentials Data Model v2.0, section 4"


def credential_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Every rule of §4 that a credential breaks; whether it is signed is another question."""
    yield from _common_problems(document, "VerifiableCredential")
    issuer = document.get("issuer")
    if not _is_url(issuer.get("id") if isinstance(issuer, dict) else issuer):
        yield _problem("issuer", issuer, "a URL, or an object with one in id, is needed")
    yield from _text_problems("issuer", issuer)
    yield from _subject_problems(document.get("credentialSubject"))
    for start, end in _PERIODS:
        yield from _period_problems(document, start, end)
    yield from _resource_problems(document.get("relatedResource", []))


def presentation_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Every rule of §4.13 that a presentation breaks."""
    yield from _common_problems(document, "VerifiablePresentation")
    holder = document.get("holder", "urn:absent")
    if not _is_url(holder.get("id") if isinstance(holder, dict) else holder):
        yield _problem("holder", holder, "a URL, or an object with one in id, is needed")
    for credential in _many(document.get("verifiableCredential", [])):
        if not isinstance(credential, dict):
            yield _problem("verifiableCredential", credential, "a credential is an object")


def _common_problems(document: Mapping[str, Any], kind: str) -> Iterator[Problem]:
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not contexts or contexts[0] not in (V1, V2):
        yield _problem("@context", contexts, f"a list that starts with {V2} is needed")
    for context in contexts if isinstance(contexts, list) else ():
        if not isinstance(context, dict) and not _is_url(context):
            yield _problem("@context", context, "URLs and contexts are its members")
    types = _many(document.get("type", []))
    if kind not in types or not all(isinstance(name, str) and name for name in types):
        yield _problem("type", document.get("type"), f"{kind} must be one of its names")
    if "id" in document and not _is_url(document["id"]):
        yield _problem("id", document["id"], "one URL is needed")
    yield from _text_problems("", document)
    for name in _TYPED:
        for entry in _many(document.get(name, [])):
            yield from _typed_problems(name, entry)


def _typed_problems(name: str, entry: object) -> Iterator[Problem]:
    if not isinstance(entry, dict):
        yield _problem(name, entry, "an object is needed")
        return
    types = _many(entry.get("type", []))
    if not types or not all(isinstance(kind, str) and kind for kind in types):
        yield _problem(f"{name}.type", entry.get("type"), "what it is decides how it is read")
    if ("id" in entry or name in _WITH_ID) and not _is_url(entry.get("id")):
        yield _problem(f"{name}.id", entry.get("id"), "one URL is needed")


def _subject_problems(subjects: object) -> Iterator[Problem]:
    for subject in _many(subjects) or [None]:
        if not isinstance(subject, dict) or not subject:
            yield _problem("credentialSubject", subject, "something must be claimed about somebody")
        elif "id" in subject and not _is_url(subject["id"]):
            yield _problem("credentialSubject.id", subject["id"], "one URL is needed")


def _period_problems(document: Mapping[str, Any], start: str, end: str) -> Iterator[Problem]:
    found = {}
    for name in (start, end):
        if name in document:
            try:
                found[name] = parse_instant(document[name])
            except ValueError as error:
                yield _problem(name, document[name], str(error))
    if len(found) == 2 and found[end] < found[start]:
        yield _problem(end, document[end], f"it ends before {start}")


def _resource_problems(resources: object) -> Iterator[Problem]:
    """§5.3: each resource once, and with a digest."""
    seen: list[object] = []
    for resource in _many(resources):
        name = resource.get("id") if isinstance(resource, dict) else None
        if not _is_url(name) or name in seen:
            yield _problem("relatedResource.id", name, "one URL is needed, once")
        elif not {"digestSRI", "digestMultibase"} & resource.keys():
            yield _problem("relatedResource", name, "its digest is missing")
        else:
            yield from digest_problems(resource)
        seen.append(name)


def _text_problems(where: str, holder: object) -> Iterator[Problem]:
    """§4.6: `name` and `description` are text, or text with a language, or several of these."""
    for name in ("name", "description"):
        if isinstance(holder, dict) and name in holder:
            for value in _many(holder[name]):
                if not _is_text(value):
                    yield _problem(f"{where}.{name}".strip("."), value, "text, or @value with @language")


def _is_text(value: object) -> bool:
    if not isinstance(value, dict):
        return isinstance(value, str)
    return (
        isinstance(value.get("@value"), str)
        and value.keys() <= _LANGUAGE_VALUE
        and all(isinstance(part, str) for part in value.values())
    )


def _is_url(value: object) -> bool:
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def _many(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _problem(where: str, value: object, why: str) -> Problem:
    return Problem(where, f"is {shown(value)}", why, _FIX)
