"""A key in a hardware token or module, reached through PKCS#11: it signs, and cannot be copied.

Needs `pip install "agrifood-footprint[pkcs11]"` and the maker's library. Ed25519 where the token has it (PKCS#11 3.0),
else ECDSA on P-256 or P-384.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

from footprint.errors import InputError, Problem
from footprint.passport.ecdsa import P256, P384, EcdsaKey
from footprint.passport.ed25519 import PublicKey
from footprint.passport.multikey import AnyPublicKey
from footprint.passport.signing_key import checked
from footprint.passport.wording import shown

if TYPE_CHECKING:
    from types import TracebackType

# DER: object identifiers as CKA_EC_PARAMS holds them (RFC 5480 §2.1.1.1, RFC 8410 §3), and the older names of Ed25519
_ED25519 = (bytes.fromhex("06032b6570"), b"\x13\x0cedwards25519")
_CURVES = {bytes.fromhex("06082a8648ce3d030107"): P256, bytes.fromhex("06052b81040022"): P384}
_OCTET_STRING = 0x04


class Pkcs11Key:
    """The key with a label in a token; the session with the token is open until `close`.

    ::

        with Pkcs11Key.open("/usr/lib/softhsm/libsofthsm2.so", token="orchard", pin=pin, label="2026") as key:
            signer = Signer(key, "did:web:orchard.example#2026")
    """

    __slots__ = ("_private", "_session", "public_key")

    def __init__(self, session: Any, private: Any, public_key: AnyPublicKey) -> None:  # noqa: ANN401 - untyped library
        self._session, self._private, self.public_key = session, private, public_key

    @classmethod
    def open(cls, library: str | Path, *, token: str, pin: str, label: str) -> "Pkcs11Key":
        """Logs in and finds the key pair with this label.

        Raises:
            InputError: the extra or the maker's library is missing, no such token or key, a wrong PIN, or a key of a
                sort that is not used.
        """
        pkcs11 = _pkcs11()
        where = f"token {shown(token)}"
        try:
            session = pkcs11.lib(str(library)).get_token(token_label=token).open(user_pin=pin)
        except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
            _refuse(
                where,
                "cannot be opened",
                type(error).__name__,
                "check the library, the token's name and the PIN",
            )
        try:
            private = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=label)
            public = session.get_key(object_class=pkcs11.ObjectClass.PUBLIC_KEY, label=label)
            key = _public(public[pkcs11.Attribute.EC_PARAMS], public[pkcs11.Attribute.EC_POINT], where)
        except pkcs11.PKCS11Error as error:
            session.close()
            what, fix = f"has no usable key {shown(label)}", "give the label of one EC or Edwards key pair"
            _refuse(where, what, type(error).__name__, fix)
        except Exception:
            session.close()
            raise
        return cls(session, private, key)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Pkcs11Key({self.public_key.multibase!r})"

    def close(self) -> None:
        """Ends the session with the token."""
        self._session.close()

    def sign_bytes(self, data: bytes) -> bytes:
        """The token's signature, once it has been checked.

        ECDSA is given the hash, so that tokens do that know only the bare mechanism.
        """
        pkcs11, key = _pkcs11(), self.public_key
        if isinstance(key, PublicKey):
            signature = self._private.sign(data, mechanism=pkcs11.Mechanism.EDDSA)
        else:
            signature = self._private.sign(key.hashed(data), mechanism=pkcs11.Mechanism.ECDSA)
        return checked(key, bytes(signature), data, "token")


def _public(parameters: bytes, point: bytes, where: str) -> AnyPublicKey:
    """The public key from what the token says: the name of the curve, and the point as an OCTET STRING."""
    raw = point[2:] if point[:2] == bytes([_OCTET_STRING, len(point) - 2]) else point
    if parameters in _ED25519:
        return PublicKey(raw)
    curve = _CURVES.get(parameters)
    if curve is None or len(raw) != 1 + 2 * curve.coordinate_bytes or raw[0] != 4:
        why = "Ed25519, P-256 and P-384 are used"
        _refuse(where, "holds a key of another sort", why, "make one of these in the token")
    half = 1 + curve.coordinate_bytes
    return EcdsaKey(curve, bytes([2 + (raw[-1] & 1)]) + raw[1:half])


def _pkcs11() -> Any:  # noqa: ANN401 - untyped library
    try:
        import pkcs11  # noqa: PLC0415 - an extra
    except ImportError:
        fix = 'pip install "agrifood-footprint[pkcs11]"'
        _refuse("python-pkcs11", "is not installed", "keys in tokens need it", fix)
    return pkcs11


def _refuse(where: str, what: str, why: str, fix: str) -> NoReturn:
    raise InputError(Problem(where, what, why, fix)) from None
