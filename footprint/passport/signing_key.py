"""What signs: anything that holds a private key and gives out signatures, and never the key.

A file on disk (`SoftwareKey`), a token behind PKCS#11 (`footprint.passport.pkcs11_key`), a cloud's key service
(`RemoteKey`): the rest of this package sees only the public key and the bytes that come back.
"""

from collections.abc import Callable
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from footprint.errors import InputError, IssueError, Problem, SignatureError
from footprint.passport.ecdsa import P256, P384, Curve, EcdsaKey, fixed_size
from footprint.passport.ed25519 import PublicKey
from footprint.passport.multikey import AnyPublicKey, read_multikey

PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey
"""A private key in memory."""

_CURVES: dict[str, Curve] = {curve.group.name: curve for curve in (P256, P384)}
_GENERATORS: dict[str, Callable[[], PrivateKey]] = {
    "Ed25519": Ed25519PrivateKey.generate,
    "P-256": lambda: ec.generate_private_key(P256.group),
    "P-384": lambda: ec.generate_private_key(P384.group),
}
KINDS = tuple(_GENERATORS)
"""The sorts of key that can be made here."""


class SigningKey(Protocol):
    """Holds a private key, and signs with it."""

    @property
    def public_key(self) -> AnyPublicKey:
        """What the signatures verify under."""
        ...

    def sign_bytes(self, data: bytes) -> bytes:
        """The signature of `data`: 64 bytes of Ed25519 or `r ‖ s` on P-256, 96 on P-384."""
        ...


class SoftwareKey:
    """A private key in this process."""

    __slots__ = ("private", "public_key")

    def __init__(self, private: PrivateKey) -> None:
        self.private = private
        self.public_key = _public(private)

    def __repr__(self) -> str:
        return f"SoftwareKey({self.public_key.multibase!r})"

    @classmethod
    def generate(cls, kind: str = "Ed25519") -> "SoftwareKey":
        """A new key of one of `KINDS` from the operating system's randomness."""
        if kind not in _GENERATORS:
            why = f"keys are {', '.join(KINDS)}"
            raise InputError(Problem("kind", f"is {kind!r}", why, "use Ed25519 unless your hardware cannot"))
        return cls(_GENERATORS[kind]())

    def sign_bytes(self, data: bytes) -> bytes:
        """The signature, in its fixed length."""
        if isinstance(self.private, Ed25519PrivateKey):
            return self.private.sign(data)
        curve = _CURVES[self.private.curve.name]
        return fixed_size(self.private.sign(data, curve.ecdsa), curve)


class RemoteKey:
    r"""A key in somebody's key service: you give the public key and a function that asks for a signature.

    The function gets the bytes to be signed and gives the signature, for ECDSA as `r ‖ s` (`fixed_size` turns a
    DER one into it). How it reaches the service, with what credentials and time limits, is yours. Every signature
    that comes back is checked before it is used.

    >>> held = SoftwareKey.generate()
    >>> key = RemoteKey(held.public_key.multibase, held.sign_bytes)
    >>> key.public_key.check(key.sign_bytes(b"bytes"), b"bytes")
    >>> RemoteKey(held.public_key.multibase, lambda data: bytes(64)).sign_bytes(b"bytes")
    Traceback (most recent call last):
    footprint.errors.IssueError: key service — gave a signature that is not its key's ...
    """

    __slots__ = ("_ask", "public_key")

    def __init__(self, public_key_multibase: str, ask: Callable[[bytes], bytes]) -> None:
        self.public_key = read_multikey(public_key_multibase)
        self._ask = ask

    def sign_bytes(self, data: bytes) -> bytes:
        """The service's signature, once it has been checked."""
        return checked(self.public_key, self._ask(data), data, "key service")


def checked(key: AnyPublicKey, signature: bytes, data: bytes, where: str) -> bytes:
    """A signature made elsewhere; raises `IssueError` when it is not one, so that nobody else has to notice."""
    try:
        key.check(signature, data)
    except SignatureError as error:
        what, why = "gave a signature that is not its key's", f"the public key is {key.multibase}"
        raise IssueError(Problem(where, what, why, "name the key that signs, and its algorithm")) from error
    return signature


def _public(private: PrivateKey) -> AnyPublicKey:
    if isinstance(private, Ed25519PrivateKey):
        return PublicKey(private.public_key().public_bytes_raw())
    curve = _CURVES.get(private.curve.name)
    if curve is None:
        why = "P-256 and P-384 are used"
        raise InputError(Problem("key", f"is on the curve {private.curve.name}", why, "make another"))
    raw = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return EcdsaKey(curve, raw)
