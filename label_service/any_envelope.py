"""Credentials and presentations of any kind as tokens, for test suites.

W3C *Securing Verifiable Credentials using JOSE and COSE* (15 May 2025) §3.1 and §3.2; COSE is not read here. The
header has the four fields of our own tokens. What a token says besides the credential must not contradict it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from footprint.errors import MalformedError, Problem
from footprint.passport.canonical import canonical
from footprint.passport.document import SEPARATOR
from footprint.passport.jose import Token, compact
from footprint.passport.rdf_canon import frozen_contexts
from footprint.passport.strict_json import parse_object
from footprint.passport.wording import shown
from label_service.any_credential import V2, credential_problems, presentation_problems
from label_service.any_disclosure import conceal_at, reveal_all
from label_service.any_key import AnyKey

Form = Literal["vc+jwt", "vp+jwt", "vc+sd-jwt", "vp+sd-jwt"]
ENVELOPED = "EnvelopedVerifiableCredential"

_DATA_URL = re.compile(r"data:application/(vc\+jwt|vc\+sd-jwt|vc\+cose)(?:;base64)?,([A-Za-z0-9_.~+/=-]+)")
_READ: dict[str, Form] = {"vc+jwt": "vc+jwt", "vc+sd-jwt": "vc+sd-jwt"}
_CLAIMS = ("iss", "iat", "exp", "nbf", "jti", "sub", "aud", "cnf")
_NEVER = ("vc", "vp")
"""Claims of version 1.1, in which the whole credential would be said a second time (§3.1.3)."""
_FIX = "see Securing Verifiable Credentials using JOSE and COSE, section 3"


@dataclass(frozen=True, slots=True)
class AnyEnvelope:
    """A token of one form."""

    form: Form

    @property
    def _kind(self) -> str:
        return self.form[:2]

    @property
    def _selective(self) -> bool:
        return self.form.endswith("+sd-jwt")

    def issue(self, document: Mapping[str, Any], key: AnyKey, disclose: tuple[str, ...] = ()) -> str:
        """The document as a token; raises `MalformedError` with every problem found."""
        found = [
            *self._problems(document),
            *_unknown_terms(document, self._kind),
            *_envelope_problems(document),
        ]
        if key.sign is None:
            found.append(Problem("verificationMethod", "holds no secret key", "nobody could sign", "add it"))
        if found or key.sign is None:
            raise MalformedError(*found)
        header = {"alg": key.algorithms[0], "cty": self._kind, "kid": key.kid, "typ": self.form}
        if not self._selective:
            return compact(header, canonical(dict(document)), key.sign)
        payload, texts = conceal_at(document, disclose)
        return SEPARATOR.join((compact(header, canonical(payload), key.sign), *texts, ""))

    def check(self, text: str, key: AnyKey, at: datetime) -> list[str]:
        """Raises unless the key signed this token and what it says is well formed; gives what was not decided."""
        token, payload = self._read(text)
        key.check(token.signature, token.signing_input, token.alg)
        found = [*_claim_problems(payload)]
        document = {name: value for name, value in payload.items() if name not in (*_CLAIMS, *_NEVER)}
        found += [*self._problems(document), *_envelope_problems(document)]
        if found:
            raise MalformedError(*found)
        return [*_expired(payload, at), *self._held(document, key, at)]

    def _read(self, text: str) -> tuple[Token, dict[str, Any]]:
        first, *texts = text.split(SEPARATOR)
        token = Token.parse(first, self._kind)
        if token.typ != self.form:
            raise MalformedError(Problem("header.typ", f"is {shown(token.typ)}", f"{self.form} is due", _FIX))
        payload = parse_object(token.payload)
        if not self._selective:
            if texts:
                raise MalformedError(Problem("token", "has disclosures", "none belong to this form", _FIX))
            return token, payload
        if not texts or texts.pop():
            raise MalformedError(Problem("token", "ends in something", "no key binding is read", _FIX))
        return token, reveal_all(payload, tuple(texts))

    def _problems(self, document: Mapping[str, Any]) -> Iterator[Problem]:
        return (credential_problems if self._kind == "vc" else presentation_problems)(document)

    def _held(self, document: Mapping[str, Any], key: AnyKey, at: datetime) -> Iterator[str]:
        """The credentials in a presentation: with the key given where it is theirs, else as far as they can be read."""
        for held in _enveloped_in(document):
            form, text = _envelope(held)
            if form not in _READ:
                yield f"nobody read a credential in the presentation: it is {form}"
                continue
            envelope = AnyEnvelope(_READ[form])
            token, payload = envelope._read(text)
            if token.kid == key.kid:
                yield from envelope.check(text, key, at)
            elif found := [*_claim_problems(payload)]:
                raise MalformedError(*found)
            else:
                yield f"nobody looked up the key {token.kid} of a credential in the presentation"


def _claim_problems(payload: Mapping[str, Any]) -> Iterator[Problem]:
    for name in _NEVER:
        if name in payload:
            yield Problem(name, "is in the token", "the token itself is the credential", _FIX)
    named = payload.get("issuer", payload.get("holder"))
    issuer = named.get("id") if isinstance(named, dict) else named
    if "iss" in payload and issuer is not None and payload["iss"] != issuer:
        yield Problem("iss", f"is {shown(payload['iss'])}", f"the document says {shown(issuer)}", _FIX)
    if "jti" in payload and "id" in payload and payload["jti"] != payload["id"]:
        yield Problem("jti", f"is {shown(payload['jti'])}", f"the id is {shown(payload['id'])}", _FIX)


def _expired(payload: Mapping[str, Any], at: datetime) -> Iterator[str]:
    """`exp` is the end of the signature, and the published examples are past it: told, and not refused."""
    until = payload.get("exp")
    if isinstance(until, int) and 0 <= until < 2**33 and datetime.fromtimestamp(until, UTC) < at:
        yield f"the signature expired on {datetime.fromtimestamp(until, UTC):%Y-%m-%d}"


def _unknown_terms(document: Mapping[str, Any], kind: str) -> Iterator[Problem]:
    """§3.1 signs text: a term that no frozen context defines would be signed and mean nothing."""
    name = "VerifiableCredential" if kind == "vc" else "VerifiablePresentation"
    known = frozen_contexts()[V2]["@context"]
    terms = {"@context", *known, *known[name]["@context"]}
    for term in sorted(document.keys() - terms):
        yield Problem(shown(term), "is unknown", "no context held here defines it", "leave it out")


def _envelope(held: Mapping[str, Any]) -> tuple[str, str]:
    """The form and the token of an enveloped credential; two empty texts where there is none.

    The suite's URL has a line feed behind it; the URL Standard takes blanks at either end off before it reads one.
    """
    match = _DATA_URL.fullmatch(str(held.get("id")).strip("\n "))
    return (match[1], match[2]) if match else ("", "")


def _envelope_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """VC Data Model 2.0 §4.13.1: an enveloped credential is a data URL that holds a token."""
    for held in _enveloped_in(document):
        if not any(_envelope(held)):
            why = "it holds no token of a credential"
            yield Problem("verifiableCredential.id", f"is {shown(held.get('id'))}", why, _FIX)


def _enveloped_in(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for held in _many(document.get("verifiableCredential", [])):
        if isinstance(held, dict) and ENVELOPED in _many(held.get("type")):
            yield held


def _many(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
