"""W3C Data Integrity proofs, read and made (*Verifiable Credential Data Integrity 1.0*, 15 May 2025).

What a proof's bytes are, its cryptosuite says: `footprint.passport.suites`. Only what is checked here may stand in a
proof: a field we would ignore is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from footprint.errors import Problem, SignatureError
from footprint.passport import base58
from footprint.passport.canonical import canonical
from footprint.passport.multikey import AnyPublicKey
from footprint.passport.suites import SUITES, Suite, suite_for, suite_named
from footprint.passport.timestamps import format_instant, parse_instant
from footprint.passport.wording import shown

if TYPE_CHECKING:
    from footprint.passport.signing_key import SigningKey

PROOF_TYPE = "DataIntegrityProof"
PURPOSE = "assertionMethod"

_FIXED = {"type": PROOF_TYPE, "proofPurpose": PURPOSE}
_FIELDS = frozenset({*_FIXED, "cryptosuite", "created", "verificationMethod", "proofValue", "@context"})


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that was read but not yet checked."""

    suite: Suite
    verification_method: str
    created: datetime
    signature: bytes
    options: Mapping[str, Any]

    @property
    def context(self) -> object:
        """The contexts the signature covers."""
        return self.options.get("@context")


def read_proof(document: Mapping[str, Any], suites: Mapping[str, Suite] = SUITES) -> Proof:
    """The one proof of a document; raises `SignatureError` when it is not exactly what this module checks."""
    proof = _only_proof(document)
    _check_fields(proof)
    suite = suite_named(proof.get("cryptosuite"), suites)
    check_context(document, proof, suite)
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if suite.from_graph and "@context" in document:
        # EdDSA §3.2.5 step 5: it need not be written in the proof, and gives it its meaning
        options["@context"] = document["@context"]
    return Proof(
        suite=suite,
        verification_method=_text(proof, "verificationMethod"),
        created=_created(proof),
        signature=read_signature(proof, suite),
        options=options,
    )


def check_proof(
    document: Mapping[str, Any], proof: Proof, key: AnyPublicKey, text: bytes | None = None
) -> None:
    """Raises `SignatureError` unless the proof is the key's signature of the document (§3.3.2 of the suites).

    As the cryptosuites require, what is checked is the document under the proof's own `@context`. If the document
    came as its canonical text, that is given along: the signed part is cut out of it.
    """
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    if "@context" in proof.options:
        unsecured["@context"] = proof.context
    signed = _without_proof(text, document) if text and proof.context == document.get("@context") else None
    key.check(proof.signature, proof.suite.signed_bytes(unsecured, proof.options, key, signed))


def _without_proof(text: bytes, document: Mapping[str, Any]) -> bytes | None:
    """A document's canonical text less its proof: names are sorted, so that it ends in the proof and what follows.

    >>> document = {"a": "1", "proof": {}, "type": "T"}
    >>> _without_proof(canonical(document), document)
    b'{"a":"1","type":"T"}'
    """
    after = {name: value for name, value in document.items() if name > "proof"}
    rest = b"," + canonical(after)[1:] if after else b"}"
    ending = b',"proof":' + canonical(document["proof"]) + rest
    return text.removesuffix(ending) + rest if text.endswith(ending) else None


def add_proof(
    document: Mapping[str, Any],
    *,
    method: str,
    created: datetime,
    by: "SigningKey",
    suite: Suite | None = None,
) -> dict[str, Any]:
    """The document with a proof made by a key, in the suite that is native to it unless another is given (§3.3.1)."""
    return {**document, "proof": make_proof(document, method=method, created=created, by=by, suite=suite)}


def make_proof(
    document: Mapping[str, Any],
    *,
    method: str,
    created: datetime,
    by: "SigningKey",
    suite: Suite | None = None,
    text: bytes | None = None,
) -> dict[str, Any]:
    """The proof alone; of a document whose canonical text is known already, give that along.

    Raises:
        ValueError: a text is given to a suite that signs the graph and not the text.
    """
    suite = suite or suite_for(by.public_key)
    if text is not None and suite.from_graph:
        raise ValueError(f"{suite.name} signs what a document means: give the whole document, and no text")
    options = {
        **_FIXED,
        "cryptosuite": suite.name,
        "created": format_instant(created),
        "verificationMethod": method,
    }
    if "@context" in document:
        options["@context"] = document["@context"]
    signature = by.sign_bytes(suite.signed_bytes(document, options, by.public_key, text))
    return {**options, "proofValue": "z" + base58.encode(signature)}


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


def check_context(document: Mapping[str, Any], proof: Mapping[str, Any], suite: Suite) -> None:
    """§3.3.2 step 4: the document's contexts start with the proof's, in the same order.

    In an `rdfc` suite a proof need not repeat them: there they are signed by what they make of each term. Raises
    `SignatureError` when they do not.
    """
    ours, theirs = proof.get("@context"), document.get("@context")
    if "@context" not in proof and (theirs is None or suite.from_graph):
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


def read_signature(proof: Mapping[str, Any], suite: Suite) -> bytes:
    """The bytes of `proofValue`; raises `SignatureError` unless they are base58btc and as long as the suite's."""
    text = _text(proof, "proofValue")
    try:
        signature = base58.decode(text[1:]) if text.startswith("z") else b""
    except ValueError as error:
        _refuse("proof.proofValue", str(error), "", "send the file unchanged")
    if len(signature) not in suite.signature_bytes:
        sizes = " or ".join(map(str, sorted(suite.signature_bytes)))
        why = f"a base58btc signature (z…, {sizes} bytes) is needed"
        _refuse("proof.proofValue", f"is {shown(text)}", why, "send the file unchanged")
    return signature


def _refuse(where: str, what: str, why: str, fix: str) -> NoReturn:
    raise SignatureError(Problem(where, what, why, fix))
