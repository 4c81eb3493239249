"""A signed token: JWS compact serialization, of which one way of writing is read and every other is refused.

RFC 7515 §3.1 and RFC 9864, as W3C *Securing Verifiable Credentials using JOSE and COSE* (15 May 2025) §3.1 uses
them. The attacks on tokens live in the freedom of their header: `alg: none`, an algorithm for another sort of key,
a key brought along (`jwk`, `x5c`, `jku`), critical extensions nobody knows. So the header has exactly four fields,
and the key of the trust list decides which algorithm the first one must name. That leaves nothing for a JOSE
library to decide here, and keys in tokens and services can sign; the tests read our tokens with such a library.
"""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from footprint.errors import MalformedError, Problem, SignatureError
from footprint.passport.canonical import canonical
from footprint.passport.multikey import AnyPublicKey
from footprint.passport.strict_json import MAX_BYTES, parse_object
from footprint.passport.wording import shown

if TYPE_CHECKING:
    from footprint.passport.signing_key import SigningKey

ALGORITHMS = {"Ed25519": "Ed25519", "P-256": "ES256", "P-384": "ES384"}
"""The `alg` of each sort of key: fully specified, so that it says what `EdDSA` alone would not."""

CONTENT_TYPE = "vc"
MAX_TOKEN_BYTES = 2 * MAX_BYTES
MAX_HEADER_BYTES = 2048

_FIELDS = frozenset({"alg", "typ", "cty", "kid"})
_TOKEN = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
_ORIGINAL = "ask the issuer for the original"


@dataclass(frozen=True, slots=True)
class Token:
    """A token that was read and not yet checked."""

    typ: str
    alg: str
    kid: str
    payload: bytes
    signature: bytes
    signing_input: bytes

    @classmethod
    def parse(cls, text: str, content_type: str = CONTENT_TYPE) -> "Token":
        """Reads `header.payload.signature`; raises `MalformedError` unless it is exactly of our form."""
        match = _TOKEN.fullmatch(text) if len(text) <= MAX_TOKEN_BYTES else None
        if match is None:
            what = f"is {shown(text)}" if len(text) <= MAX_TOKEN_BYTES else f"is {len(text)} bytes long"
            _refuse("token", what, f"header.payload.signature in base64url, up to {MAX_TOKEN_BYTES} bytes")
        header, payload, signature = (unbase64(part) for part in match.groups())
        fields = parse_object(header, max_bytes=MAX_HEADER_BYTES)
        for name in sorted(fields.keys() ^ _FIELDS):
            what = "is missing" if name in _FIELDS else "is there"
            _refuse(f"header.{shown(name)}", what, f"the header has {', '.join(sorted(_FIELDS))} and no more")
        for name, value in fields.items():
            if not isinstance(value, str):
                _refuse(f"header.{name}", f"is {shown(value)}", "text is needed")
        if fields["cty"] != content_type:
            due = "a credential" if content_type == CONTENT_TYPE else "a presentation"
            _refuse("header.cty", f"is {shown(fields['cty'])}", f"the payload is {due}: {content_type}")
        signed = text.rpartition(".")[0].encode()
        return cls(fields["typ"], fields["alg"], fields["kid"], payload, signature, signed)

    def check(self, key: AnyPublicKey) -> None:
        """Raises `SignatureError` unless the key signed this, with the algorithm of its sort."""
        if self.alg != ALGORITHMS[key.kind]:
            why = f"the issuer's key is {key.kind}, which signs with {ALGORITHMS[key.kind]}"
            raise SignatureError(Problem("header.alg", f"is {shown(self.alg)}", why, _ORIGINAL))
        key.check(self.signature, self.signing_input)


def sign_token(payload: bytes, *, typ: str, kid: str, by: "SigningKey") -> str:
    """The payload with a header and a signature around it."""
    header = {"alg": ALGORITHMS[by.public_key.kind], "cty": CONTENT_TYPE, "kid": kid, "typ": typ}
    return compact(header, payload, by.sign_bytes)


def compact(header: dict[str, str], payload: bytes, sign: Callable[[bytes], bytes]) -> str:
    """JWS compact serialization (RFC 7515 §3.1): `header.payload.signature`."""
    signing_input = f"{base64(canonical(header))}.{base64(payload)}"
    return f"{signing_input}.{base64(sign(signing_input.encode()))}"


def base64(data: bytes) -> str:
    """Base64url without padding (RFC 7515 §2).

    >>> base64(b"carbon")
    'Y2FyYm9u'
    """
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64(text: str) -> bytes:
    """Base64url without padding, and only its one way of writing a value.

    >>> unbase64("Y2FyYm9u")
    b'carbon'
    >>> unbase64("Y2FyYm9=")
    Traceback (most recent call last):
    footprint.errors.MalformedError: token — 'Y2FyYm9=' is not canonical base64url ...
    """
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        data = b""
    if base64(data) != text:
        _refuse("token", f"{shown(text)} is not canonical base64url", "one value, one text")
    return data


def _refuse(where: str, what: str, why: str) -> NoReturn:
    raise MalformedError(Problem(where, what, why, _ORIGINAL))
