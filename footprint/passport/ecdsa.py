"""ECDSA public keys on P-256 and P-384, for issuers whose hardware has no Ed25519.

A key is its compressed point (SEC 1 §2.3.3), the only writing a Multikey knows, so that one key has one name. Both
curves have cofactor 1: a point on the curve that is not the identity is of full order, and the identity has no
compressed form. Signatures are `r ‖ s` (IEEE P1363), as Data Integrity and JOSE write them, never DER.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

from footprint.errors import Problem, SignatureError, UntrustedError
from footprint.passport import base58
from footprint.passport.ed25519 import DID_KEY, misfit


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve and what goes with it: FIPS 186-5 takes the hash as long as the curve."""

    kind: Literal["P-256", "P-384"]
    multicodec: bytes
    coordinate_bytes: int
    hash: Literal["sha256", "sha384"]
    ecdsa: ec.ECDSA
    group: ec.EllipticCurve


P256 = Curve("P-256", b"\x80\x24", 32, "sha256", ec.ECDSA(SHA256()), ec.SECP256R1())
P384 = Curve("P-384", b"\x81\x24", 48, "sha384", ec.ECDSA(SHA384()), ec.SECP384R1())
_CURVES = {curve.multicodec: curve for curve in (P256, P384)}


@dataclass(frozen=True, slots=True)
class EcdsaKey:
    """An ECDSA public key that can be trusted to bind: a point of its curve, written in its one compressed form."""

    curve: Curve
    raw: bytes

    def __post_init__(self) -> None:
        reason = self._weakness()
        if reason:
            fix = "ask the issuer for a key made by a proper generator"
            raise UntrustedError(Problem("public key", reason, "no signature would bind it", fix))

    @classmethod
    def from_multicodec(cls, data: bytes) -> "EcdsaKey":
        """The key in the bytes of a Multikey: two that name its curve, then its point."""
        return cls(_CURVES[data[:2]], data[2:])

    @property
    def kind(self) -> Literal["P-256", "P-384"]:
        """What sort of key it is; a cryptosuite names the sorts it works with."""
        return self.curve.kind

    @property
    def hash(self) -> Literal["sha256", "sha384"]:
        """The hash that goes with the curve (Data Integrity ECDSA §3.1)."""
        return self.curve.hash

    @property
    def multibase(self) -> str:
        """The key as a Multikey value: `zDn…` on P-256, `z82…` on P-384."""
        return "z" + base58.encode(self.curve.multicodec + self.raw)

    @property
    def did_key(self) -> str:
        """The identifier that is the key itself."""
        return DID_KEY + self.multibase

    def check(self, signature: bytes, data: bytes) -> None:
        """Raises `SignatureError` unless `signature` is this key's `r ‖ s` over the hash of `data`."""
        size = self.curve.coordinate_bytes
        if len(signature) != 2 * size:
            why = f"{self.kind} takes {2 * size}: r and s, not DER"
            fix = "ask the issuer for the original"
            raise SignatureError(Problem("signature", f"is {len(signature)} bytes long", why, fix))
        r, s = (int.from_bytes(part, "big") for part in (signature[:size], signature[size:]))
        try:
            self._point().verify(encode_dss_signature(r, s), data, self.curve.ecdsa)
        except InvalidSignature as error:
            raise misfit() from error

    def hashed(self, data: bytes) -> bytes:
        """The hash that a signature of `data` is about, for devices that sign hashes."""
        return hashlib.new(self.hash, data).digest()

    def _point(self) -> ec.EllipticCurvePublicKey:
        return ec.EllipticCurvePublicKey.from_encoded_point(self.curve.group, self.raw)

    def _weakness(self) -> str:
        if len(self.raw) != 1 + self.curve.coordinate_bytes or self.raw[0] not in (2, 3):
            return f"is not a compressed point of {self.kind}"
        try:
            self._point()
        except ValueError:
            return f"is not a point of {self.kind}"
        return ""


def fixed_size(der: bytes, curve: Curve) -> bytes:
    """A DER signature, as libraries and devices give it, as `r ‖ s`."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(curve.coordinate_bytes, "big") + s.to_bytes(curve.coordinate_bytes, "big")
