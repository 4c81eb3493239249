"""Keys of test suites: JSON Web Keys in a verification method, of every sort JOSE suites use.

Passports know fewer sorts (`footprint.passport.multikey`): P-521 is here because the suites ask for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from footprint.errors import FootprintError, MalformedError, Problem, SignatureError
from footprint.passport.ed25519 import misfit
from footprint.passport.jose import unbase64
from footprint.passport.wording import shown

ED25519 = ("EdDSA", "Ed25519")
"""RFC 8037 and RFC 9864: two names of one algorithm."""


@dataclass(frozen=True, slots=True)
class _Curve:
    alg: str
    group: ec.EllipticCurve
    hash: hashes.HashAlgorithm
    coordinate_bytes: int


_CURVES = {
    "P-256": _Curve("ES256", ec.SECP256R1(), hashes.SHA256(), 32),
    "P-384": _Curve("ES384", ec.SECP384R1(), hashes.SHA384(), 48),
    "P-521": _Curve("ES512", ec.SECP521R1(), hashes.SHA512(), 66),
}


@dataclass(frozen=True, slots=True)
class AnyKey:
    """A key of a verification method: what it signs and checks, and the names it goes by."""

    method: str
    kid: str
    algorithms: tuple[str, ...]
    verify: Callable[[bytes, bytes], None]
    sign: Callable[[bytes], bytes] | None = None

    @classmethod
    def of(cls, method: Mapping[str, Any]) -> "AnyKey":
        """The key in `publicKeyJwk`, or in `secretKeyJwk` where that is given; raises `MalformedError`."""
        secret = method.get("secretKeyJwk")
        jwk = secret if secret is not None else method.get("publicKeyJwk")
        if not isinstance(jwk, dict) or not isinstance(method.get("id"), str):
            raise _no_key("verificationMethod", method, "an id and a publicKeyJwk or secretKeyJwk are needed")
        read = _edwards if jwk.get("crv") == "Ed25519" else _weierstrass
        try:
            return read(method["id"], jwk)
        except (KeyError, TypeError, ValueError, FootprintError) as error:
            raise _no_key(
                "verificationMethod", jwk.get("crv"), f"no usable key of a known curve: {error}"
            ) from error

    def check(self, signature: bytes, data: bytes, alg: str) -> None:
        """Raises `SignatureError` unless this key signed the data, with an algorithm of its sort."""
        if alg not in self.algorithms:
            why = f"the key signs with {self.algorithms[0]}"
            raise SignatureError(Problem("header.alg", f"is {shown(alg)}", why, "use the key that signed"))
        try:
            self.verify(signature, data)
        except InvalidSignature as error:
            raise misfit() from error


def _edwards(method: str, jwk: Mapping[str, Any]) -> AnyKey:
    public = ed25519.Ed25519PublicKey.from_public_bytes(unbase64(jwk["x"]))
    secret = ed25519.Ed25519PrivateKey.from_private_bytes(unbase64(jwk["d"])) if "d" in jwk else None
    return AnyKey(method, _kid(method, jwk), ED25519, public.verify, None if secret is None else secret.sign)


def _weierstrass(method: str, jwk: Mapping[str, Any]) -> AnyKey:
    curve = _CURVES[jwk["crv"]]
    x, y = (int.from_bytes(unbase64(jwk[name])) for name in ("x", "y"))
    numbers = ec.EllipticCurvePublicNumbers(x, y, curve.group)
    public, size, algorithm = numbers.public_key(), curve.coordinate_bytes, ec.ECDSA(curve.hash)

    def verify(signature: bytes, data: bytes) -> None:
        if len(signature) != 2 * size:
            raise InvalidSignature
        r, s = int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
        public.verify(encode_dss_signature(r, s), data, algorithm)

    if "d" not in jwk:
        return AnyKey(method, _kid(method, jwk), (curve.alg,), verify)
    secret = ec.EllipticCurvePrivateNumbers(int.from_bytes(unbase64(jwk["d"])), numbers).private_key()

    def sign(data: bytes) -> bytes:
        return b"".join(part.to_bytes(size) for part in decode_dss_signature(secret.sign(data, algorithm)))

    return AnyKey(method, _kid(method, jwk), (curve.alg,), verify, sign)


def _kid(method: str, jwk: Mapping[str, Any]) -> str:
    kid = jwk.get("kid", method)
    if not isinstance(kid, str):
        raise _no_key("kid", kid, "text is needed")
    return kid


def _no_key(where: str, value: object, why: str) -> MalformedError:
    return MalformedError(Problem(where, f"is {shown(value)}", why, "give a JsonWebKey verification method"))
