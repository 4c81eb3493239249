"""W3C Data Integrity proofs with cryptosuite `eddsa-jcs-2022`.

From *Data Integrity EdDSA Cryptosuites v1.0*, W3C Recommendation 15 May 2025, §3.3: both the proof options
and the document are canonicalised with RFC 8785 and hashed with SHA-256; the two hashes, options first, are
signed with Ed25519. Only what is checked here may stand in a proof: a field we would ignore is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NoReturn

from footprint.errors import Problem, SignatureError
from footprint.passport import base58
from footprint.passport.canonical import canonical
from footprint.passport.ed25519 import SIGNATURE_BYTES, PublicKey
from footprint.passport.timestamps import format_instant, parse_instant
from footprint.passport.wording import shown

CRYPTOSUITE = "eddsa-jcs-2022"
PROOF_TYPE = "DataIntegrityProof"
PURPOSE = "assertionMethod"

_FIXED = {"type": PROOF_TYPE, "cryptosuite": CRYPTOSUITE, "proofPurpose": PURPOSE}
_FIELDS = frozenset({*_FIXED, "created", "verificationMethod", "proofValue", "@context"})


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that was read but not yet checked."""

    verification_method: str
    created: datetime
    signature: bytes
    options: Mapping[str, Any]

    @property
    def context(self) -> object:
        """The contexts the signature covers."""
        return self.options.get("@context")


def read_proof(document: Mapping[str, Any]) -> Proof:
    """The one proof of a document; raises `SignatureError` when it is not exactly what this module checks."""
    proof = _only_proof(document)
    _check_fields(proof)
    _check_context(document, proof)
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    return Proof(_text(proof, "verificationMethod"), _created(proof), _signature(proof), options)


def check_proof(document: Mapping[str, Any], proof: Proof, key: PublicKey) -> None:
    """Raises `SignatureError` unless the proof is the key's signature of the document (§3.3.2).

    As the cryptosuite requires, what is checked is the document under the proof's own `@context`.
    """
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    if "@context" in proof.options:
        unsecured["@context"] = proof.context
    key.check(proof.signature, signed_bytes(unsecured, proof.options))


def add_proof(
    document: Mapping[str, Any], *, method: str, created: datetime, sign: Callable[[bytes], bytes]
) -> dict[str, Any]:
    """The document with a proof made by `sign` (§3.3.1)."""
    options = {**_FIXED, "created": format_instant(created), "verificationMethod": method}
    if "@context" in document:
        options["@context"] = document["@context"]
    signature = sign(signed_bytes(document, options))
    return {**document, "proof": {**options, "proofValue": "z" + base58.encode(signature)}}


def signed_bytes(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """SHA-256 of the proof options followed by SHA-256 of the document (§3.3.4)."""
    return sha256(canonical(dict(options))).digest() + sha256(canonical(dict(document))).digest()


def _only_proof(document: Mapping[str, Any]) -> dict[str, Any]:
    proof = document.get("proof")
    if proof is None:
        _refuse(
            "proof", "is missing", "nothing vouches for the document", "ask the issuer for the signed one"
        )
    if isinstance(proof, list):
        _refuse(
            "proof", f"is a set of {len(proof)}", "exactly one is checked", "send the issuer's proof alone"
        )
    if not isinstance(proof, dict):
        _refuse("proof", f"is {shown(proof)}", "an object is needed", "send the file unchanged")
    return proof


def _check_fields(proof: Mapping[str, Any]) -> None:
    for name in sorted(proof.keys() - _FIELDS):
        _refuse(
            f"proof.{shown(name)}",
            "is unknown",
            "a field nobody checks must not look checked",
            "leave it out",
        )
    for name, expected in _FIXED.items():
        if proof.get(name) != expected:
            _refuse(
                f"proof.{name}", f"is {shown(proof.get(name))}", f"only {expected} is checked", "sign with it"
            )


def _check_context(document: Mapping[str, Any], proof: Mapping[str, Any]) -> None:
    """§3.3.2 step 4: the document's contexts start with the proof's, in the same order."""
    ours, theirs = proof.get("@context"), document.get("@context")
    if ours is None and theirs is None:
        return
    signed, present = _as_list(ours), _as_list(theirs)
    if not signed or present[: len(signed)] != signed:
        why = "the document's contexts must start with it"
        _refuse("proof.@context", f"is {shown(ours)}", why, "ask the issuer for the original")


def _as_list(context: object) -> list[object]:
    return context if isinstance(context, list) else [] if context is None else [context]


def _text(proof: Mapping[str, Any], name: str) -> str:
    value = proof.get(name)
    if not isinstance(value, str) or not value:
        _refuse(f"proof.{name}", f"is {shown(value)}", "text is needed", "send the file unchanged")
    return value


def _created(proof: Mapping[str, Any]) -> datetime:
    try:
        return parse_instant(proof.get("created"))
    except ValueError as error:
        _refuse("proof.created", f"{shown(proof.get('created'))} {error}", "", "send the file unchanged")


def _signature(proof: Mapping[str, Any]) -> bytes:
    text = _text(proof, "proofValue")
    try:
        signature = base58.decode(text[1:]) if text.startswith("z") else b""
    except ValueError as error:
        _refuse("proof.proofValue", str(error), "", "send the file unchanged")
    if len(signature) != SIGNATURE_BYTES:
        why = "a base58btc Ed25519 signature (z…, 64 bytes) is needed"
        _refuse("proof.proofValue", f"is {shown(text)}", why, "send the file unchanged")
    return signature


def _refuse(where: str, what: str, why: str, fix: str) -> NoReturn:
    raise SignatureError(Problem(where, what, why, fix))
