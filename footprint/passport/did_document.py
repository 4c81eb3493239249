"""A `did:web` document: the keys of a web address, each with the time it was in use, none ever deleted.

W3C Controlled Identifiers v1.0 §2.2 and the did:web method. An old key stays, with `expires`, so that what it signed
can still be verified. A stolen key stays too, with `revoked`, and vouches for nothing any more: dates are the signer's,
and a thief writes old ones. When a key began is `validFrom`, an extension that other readers leave out.

Nothing here fetches a document: `footprint trust add` does, once, when a reader decides to believe an issuer.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Annotated, Any, NoReturn

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from footprint.errors import InputError, MalformedError, Problem, UntrustedError
from footprint.passport.multikey import AnyPublicKey, read_multikey
from footprint.passport.pact import Instant
from footprint.passport.reading import problems_of
from footprint.passport.strict_json import parse_object
from footprint.passport.timestamps import format_instant, has_zone, parse_instant
from footprint.passport.trust import TrustedIssuer, trusted_key
from footprint.passport.wording import shown

CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")
FIRST_KEY = "key-1"
MAX_DID_DOCUMENT_BYTES = 64 * 1024
MOST_KEYS = 100

_DID_WEB = re.compile(
    r"did:web:(?P<host>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?:%3A(?P<port>[1-9][0-9]{0,4}))?(?P<path>(?::[A-Za-z0-9._-]+)*)"
)
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_FIX = "ask the issuer for a document that says it plainly"


@dataclass(frozen=True, slots=True)
class ListedKey:
    """One key of a document, and its life."""

    name: str
    key: AnyPublicKey
    valid_from: datetime | None = None
    expires: datetime | None = None
    revoked: datetime | None = None

    def in_use(self, at: datetime) -> bool:
        """Whether it may sign at this instant."""
        begun = self.valid_from is None or self.valid_from <= at
        return begun and self.revoked is None and (self.expires is None or at <= self.expires)


@dataclass(frozen=True, slots=True)
class DidDocument:
    """Who somebody on the web is, in keys; the last one added is the newest."""

    did: str
    keys: tuple[ListedKey, ...]

    def __post_init__(self) -> None:
        did_url(self.did)
        names, values = [item.name for item in self.keys], [item.key for item in self.keys]
        if not 1 <= len(names) <= MOST_KEYS:
            _refuse(
                "keys", f"are {len(names)}", f"1 to {MOST_KEYS} are listed", "keep the history, and one key"
            )
        for name in names:
            if not _NAME.fullmatch(name):
                _refuse(
                    "name",
                    f"is {shown(name)}",
                    "it stands after the # of the key",
                    "use letters, digits, . _ -",
                )
        if len(set(names)) < len(names) or len(set(values)) < len(values):
            _refuse(
                "keys", "hold a name or a key twice", "a retired key does not come back", "make a new one"
            )

    @classmethod
    def make(cls, did: str, key: AnyPublicKey, at: datetime, name: str = FIRST_KEY) -> "DidDocument":
        """The first document, with one key."""
        return cls(did, (ListedKey(name, key, _instant(at)),))

    @classmethod
    def from_json(cls, text: bytes) -> "DidDocument":
        """Reads a document; raises `InputError` unless it asserts with a key that can be used here.

        What says other things (services, other relationships, keys of other types) is left alone.
        """
        try:
            read = _Document.model_validate(parse_object(text, max_bytes=MAX_DID_DOCUMENT_BYTES))
            return cls(read.id, tuple(_listed(read.id, item) for item in _used(read)))
        except (MalformedError, UntrustedError) as error:
            raise InputError(*(problem.under("did document") for problem in error.problems)) from error
        except ValidationError as error:
            raise InputError(*problems_of(error, "did document", _FIX)) from error

    def document(self) -> dict[str, Any]:
        """As it is published, at `did_url`."""
        usable = [item for item in self.keys if item.revoked is None]
        return {
            "@context": list(CONTEXTS),
            "id": self.did,
            "verificationMethod": [self._method(item) for item in self.keys],
            "assertionMethod": [self.method_of(item) for item in usable],
        }

    def method_of(self, item: ListedKey) -> str:
        """The name of a key in proofs and trust lists."""
        return f"{self.did}#{item.name}"

    def find(self, key: AnyPublicKey, at: datetime) -> ListedKey:
        """The entry of a key that is to sign now; raises `InputError` when it is not listed, or out of use."""
        found = next((item for item in self.keys if item.key == key), None)
        if found is None:
            why = "readers would look for it there"
            _refuse(
                "key", f"{shown(key.multibase)} is not in the document", why, "add it: footprint did rotate"
            )
        if not found.in_use(at):
            why = "nobody would believe what it signs now"
            _refuse("key", f"{found.name} is not in use", why, "sign with the newest key of the document")
        return found

    def rotated(self, name: str, key: AnyPublicKey, at: datetime) -> "DidDocument":
        """With a new key from now on; the keys in use until now expire now."""
        now = _instant(at)
        old = tuple(replace(item, expires=now) if item.in_use(now) else item for item in self.keys)
        return DidDocument(self.did, (*old, ListedKey(name, key, now)))

    def retired(self, name: str, at: datetime) -> "DidDocument":
        """With a key that signs no more; what it signed stays good."""
        now = _instant(at)

        def retire(item: ListedKey) -> ListedKey:
            if not item.in_use(now):
                _refuse("key", f"{name} is not in use", "it ended before", "name a key that is in use")
            return replace(item, expires=now)

        return self._changed(name, retire)

    def compromised(self, name: str, at: datetime) -> "DidDocument":
        """With a key that was stolen: nothing it ever signed counts any more."""
        return self._changed(name, lambda item: replace(item, revoked=item.revoked or _instant(at)))

    def trusted_as(self, name: str) -> TrustedIssuer:
        """The trust-list entry of everything the document vouches for, with the time of each key.

        Raises:
            InputError: it vouches for no key.
        """
        good = [item for item in self.keys if item.revoked is None]
        if not good:
            _refuse("did document", "vouches for no key", "every one was revoked", "ask the issuer, and wait")
        keys = tuple(
            trusted_key(self.method_of(item), item.key, item.valid_from, item.expires) for item in good
        )
        return TrustedIssuer(id=self.did, name=name, keys=keys)

    def _changed(self, name: str, change: Callable[[ListedKey], ListedKey]) -> "DidDocument":
        if name not in [item.name for item in self.keys]:
            known = ", ".join(item.name for item in self.keys)
            _refuse("name", f"{shown(name)} is no key of the document", f"it has {known}", "name one of them")
        return DidDocument(self.did, tuple(change(item) if item.name == name else item for item in self.keys))

    def _method(self, item: ListedKey) -> dict[str, str]:
        times = {"validFrom": item.valid_from, "expires": item.expires, "revoked": item.revoked}
        return {
            "id": self.method_of(item),
            "type": "Multikey",
            "controller": self.did,
            "publicKeyMultibase": item.key.multibase,
            **{name: format_instant(instant) for name, instant in times.items() if instant is not None},
        }


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, validate_by_alias=True)


class _Method(_Read):
    id: Annotated[str, Field(max_length=500)]
    controller: Annotated[str, Field(max_length=400)]
    public_key_multibase: Annotated[str, Field(max_length=200)]
    valid_from: Instant | None = None
    expires: Instant | None = None
    revoked: Instant | None = None


class _Document(_Read):
    id: Annotated[str, Field(max_length=400)]
    verification_method: Annotated[tuple[dict[str, Any], ...], Field(max_length=MOST_KEYS)] = ()
    assertion_method: Annotated[tuple[str | dict[str, Any], ...], Field(max_length=MOST_KEYS)]


def did_url(did: str) -> str:
    """Where the document of a `did:web` is (did:web method, "Read").

    >>> did_url("did:web:orchard.example")
    'https://orchard.example/.well-known/did.json'
    >>> did_url("did:web:example.org%3A8443:growers:7")
    'https://example.org:8443/growers/7/did.json'
    """
    match = _DID_WEB.fullmatch(did)
    parts = match["path"].split(":")[1:] if match else []
    if match is None or {".", ".."} & {*parts} or ".." in match["host"]:
        why = "a host name, perhaps a port and a path"
        _refuse("did", f"is {shown(did)}", why, "write it like did:web:orchard.example")
    port = f":{match['port']}" if match["port"] else ""
    return f"https://{match['host']}{port}/{'/'.join(parts) or '.well-known'}/did.json"


def _used(read: _Document) -> Iterator[_Method]:
    """The Multikeys it asserts with, and those it revoked."""
    asserted = {_absolute(read.id, item) for item in read.assertion_method if isinstance(item, str)}
    embedded = (item for item in read.assertion_method if isinstance(item, dict))
    for item in chain(read.verification_method, embedded):
        named = _absolute(read.id, str(item.get("id"))) in asserted
        if item.get("type") == "Multikey" and (named or "revoked" in item or item in read.assertion_method):
            yield _Method.model_validate(item)


def _listed(did: str, item: _Method) -> ListedKey:
    method = _absolute(did, item.id)
    if item.controller != did or method.partition("#")[0] != did:
        why = f"{shown(did)} speaks for its own keys only"
        _refuse("verificationMethod", f"{shown(item.id)} is another's", why, _FIX)
    times = (
        None if text is None else parse_instant(text)
        for text in (item.valid_from, item.expires, item.revoked)
    )
    return ListedKey(method.partition("#")[2], read_multikey(item.public_key_multibase), *times)


def _absolute(did: str, method: str) -> str:
    return did + method if method.startswith("#") else method


def _instant(at: datetime) -> datetime:
    if not has_zone(at):
        _refuse(
            "at", f"{at} has no time zone", "a key begins and ends at an instant", "use datetime.now(UTC)"
        )
    return parse_instant(format_instant(at))


def _refuse(where: str, what: str, why: str, fix: str) -> NoReturn:
    raise InputError(Problem(where, what, why, fix))
