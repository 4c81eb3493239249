"""Public keys as Multikeys: the prefix says what sort of key it is, and nothing else may say otherwise.

W3C Controlled Identifiers v1.0 §2.2.2. A sort that is not in the table is refused, not guessed.
"""

from typing import TYPE_CHECKING, Union

from footprint.errors import Problem, UntrustedError
from footprint.passport import base58
from footprint.passport.ed25519 import DID_KEY, MULTICODEC_ED25519, PublicKey
from footprint.passport.wording import shown

if TYPE_CHECKING:
    from footprint.passport.ecdsa import EcdsaKey

AnyPublicKey = Union[PublicKey, "EcdsaKey"]  # a name in quotes: curves are loaded for keys that are on them
"""A key of any sort a passport may be signed with."""

_MULTICODECS_ECDSA = frozenset({b"\x80\x24", b"\x81\x24"})


def read_multikey(text: str) -> AnyPublicKey:
    """The key in `z6Mk…`, `zDn…` or `z82…`; raises `UntrustedError` for any other text, and for a weak key.

    >>> read_multikey("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP").kind
    'P-256'
    """
    try:
        data = base58.decode(text[1:]) if text.startswith("z") else b""
    except ValueError as error:
        raise _not_a_key(text, str(error)) from error
    if data[:2] == MULTICODEC_ED25519:
        return PublicKey(data[2:])
    if data[:2] in _MULTICODECS_ECDSA:
        from footprint.passport.ecdsa import EcdsaKey  # noqa: PLC0415 - few keys are

        return EcdsaKey.from_multicodec(data)
    raise _not_a_key(text, "is not a Multikey that is used here")


def read_did_key(did: str) -> AnyPublicKey:
    """The key that a `did:key:z…` is."""
    if not did.startswith(DID_KEY):
        raise _not_a_key(did, "is not a did:key")
    return read_multikey(did.removeprefix(DID_KEY))


def _not_a_key(text: str, reason: str) -> UntrustedError:
    why = "Ed25519 (z6Mk…), P-256 (zDn…) and P-384 (z82…) are used"
    return UntrustedError(Problem("public key", f"{shown(text)} {reason}", why, "give one of these"))
