"""Ed25519 public keys, held to a stricter rule than OpenSSL holds them to.

Under a public key of small order a signature can be made by anybody (`R` = identity, `S` = 0 verifies any
message), and OpenSSL accepts such keys; it also accepts the same point written in two ways. RFC 8032 §5.1.7
leaves both to the application, so they are refused here, once, when a key is made.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from footprint.errors import Problem, SignatureError, UntrustedError
from footprint.passport import base58
from footprint.passport.wording import shown

MULTICODEC_ED25519 = b"\xed\x01"
DID_KEY = "did:key:"
SIGNATURE_BYTES = 64

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
_ORDER_8 = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
_SMALL_ORDER_Y = frozenset({0, 1, _P - 1, _ORDER_8, _P - _ORDER_8})
"""The y coordinates of the eight points whose order divides 8."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 public key that can be trusted to bind: canonical, on the curve, not of small order."""

    kind: ClassVar[Literal["Ed25519"]] = "Ed25519"
    hash: ClassVar[Literal["sha256"]] = "sha256"

    raw: bytes

    def __post_init__(self) -> None:
        reason = _weakness(self.raw)
        if reason:
            fix = "ask the issuer for a key made by a proper generator"
            raise UntrustedError(Problem("public key", reason, "anyone could sign in its name", fix))

    @classmethod
    def from_multibase(cls, text: str) -> "PublicKey":
        """A Multikey value, `z6Mk…` (W3C Controlled Identifiers §2.2.2)."""
        try:
            data = base58.decode(text[1:]) if text.startswith("z") else b""
        except ValueError as error:
            raise _not_a_key(text, str(error)) from error
        if data[:2] != MULTICODEC_ED25519:
            raise _not_a_key(text, "is not an Ed25519 Multikey (z6Mk…)")
        return cls(data[2:])

    @classmethod
    def from_did_key(cls, did: str) -> "PublicKey":
        """The key that a `did:key:z6Mk…` is."""
        return cls.from_multibase(did.removeprefix(DID_KEY))

    @property
    def multibase(self) -> str:
        """The key as a Multikey value, `z6Mk…`."""
        return "z" + base58.encode(MULTICODEC_ED25519 + self.raw)

    @property
    def did_key(self) -> str:
        """The identifier that is the key itself."""
        return DID_KEY + self.multibase

    def check(self, signature: bytes, data: bytes) -> None:
        """Raises `SignatureError` unless `signature` is this key's signature of `data` (RFC 8032 §5.1.7)."""
        try:
            _loaded(self.raw).verify(signature, data)
        except InvalidSignature as error:
            raise misfit() from error


@lru_cache(maxsize=256)
def _loaded(raw: bytes) -> Ed25519PublicKey:
    """The key as the library holds it; who verifies many passports has them of few keys."""
    return Ed25519PublicKey.from_public_bytes(raw)


def misfit() -> SignatureError:
    """A signature that is not this key's signature of these bytes."""
    what = "does not fit the signed bytes"
    why = "they were changed after signing, or another key signed them"
    return SignatureError(Problem("signature", what, why, "ask the issuer for the original"))


def _not_a_key(text: str, reason: str) -> UntrustedError:
    return UntrustedError(
        Problem("public key", f"{shown(text)} {reason}", "only Ed25519 is used", "use z6Mk…")
    )


def _weakness(raw: bytes) -> str:
    """Why an encoded point must not be used as a public key; empty when it may (RFC 8032 §5.1.3)."""
    if len(raw) != 32:
        return f"is {len(raw)} bytes long, not 32"
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    if y >= _P:
        return "is not written canonically"
    if y in _SMALL_ORDER_Y:
        return "has small order"
    return "" if _on_curve(y) else "is not a point of the curve"


def _on_curve(y: int) -> bool:
    """Whether x² = (y² - 1) / (d y² + 1) has a root (RFC 8032 §5.1.3 step 2, Euler's criterion)."""
    x_squared = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    return pow(x_squared, (_P - 1) // 2, _P) == 1
