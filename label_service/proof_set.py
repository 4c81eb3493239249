"""The proofs of any document, for test suites: sets and chains of them, about credentials and presentations.

A passport has exactly one proof, read by `footprint.passport.data_integrity`, which refuses every field it does not
check. W3C *Verifiable Credential Data Integrity 1.0* allows more, and its test suites ask for it: several proofs, of
which one names another as previous, an expiry, and the challenge and domain of a presentation. All of that is
checked here, with the same suites. The key is the one the `did:key` of the proof is: nothing is looked up or fetched.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from footprint.errors import Problem, SignatureError
from footprint.passport.data_integrity import PROOF_TYPE, check_context, read_signature
from footprint.passport.multikey import AnyPublicKey, read_did_key
from footprint.passport.suites import Suite, suite_named
from footprint.passport.timestamps import parse_instant
from footprint.passport.wording import shown

MOST_PROOFS = 8
_NEEDED = ("type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue")
_FIELDS = frozenset(
    {*_NEEDED, "id", "@context", "created", "expires", "previousProof", "challenge", "domain", "nonce"}
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the proofs must be made for."""

    purpose: str
    at: datetime
    challenge: str | None = None
    domain: str | None = None


def check_proofs(
    document: Mapping[str, Any], expected: Expected, suites: Mapping[str, Suite]
) -> tuple[str, ...]:
    """The `did:key` of each proof, all of them checked.

    Raises:
        SignatureError: there is no proof, or too many; one of them is not whole, was made for another purpose, has
            expired, names a previous one that is not there, or is not its key's.
        UntrustedError: a verification method that is no `did:key`.
    """
    written = document.get("proof")
    proofs: list[Any] = written if isinstance(written, list) else [written]
    if not 0 < len(proofs) <= MOST_PROOFS:
        _refuse("proof", f"is a set of {len(proofs)}", f"1 to {MOST_PROOFS} are checked")
    for proof in proofs:
        _check_fields(proof)
    names = {proof["id"] for proof in proofs if "id" in proof}
    for proof in proofs:
        _check_chain(proof, names)
        _check_terms(proof, expected)
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    return tuple(_signer(_before(unsecured, proof, proofs), proof, suites) for proof in proofs)


def _check_fields(proof: object) -> None:
    if not isinstance(proof, dict):
        _refuse("proof", f"is {shown(proof)}", "an object is needed")
    for name in sorted(proof.keys() - _FIELDS):
        _refuse(f"proof.{shown(name)}", "is unknown", "a field nobody checks must not look checked")
    for name in (*_NEEDED, *(proof.keys() & {"id", "challenge", "nonce"})):
        if not isinstance(proof.get(name), str) or not proof[name]:
            _refuse(f"proof.{name}", f"is {shown(proof.get(name))}", "text is needed")
    if ":" not in proof.get("id", "urn:"):
        _refuse("proof.id", f"is {shown(proof['id'])}", "a URL is needed")
    if proof["type"] != PROOF_TYPE:
        _refuse("proof.type", f"is {shown(proof['type'])}", f"only {PROOF_TYPE} is checked")


def _previous(proof: Mapping[str, Any]) -> list[object]:
    previous = proof.get("previousProof", [])
    return previous if isinstance(previous, list) else [previous]


def _before(
    unsecured: Mapping[str, Any], proof: Mapping[str, Any], proofs: list[dict[str, Any]]
) -> Mapping[str, Any]:
    """What a proof signs: the document with the proofs that it names as previous (Data Integrity §4.5)."""
    named = [other for other in proofs if other.get("id") in _previous(proof)]
    return {**unsecured, "proof": named} if named else unsecured


def _check_chain(proof: Mapping[str, Any], names: set[str]) -> None:
    """Every previous proof is there; each is checked, whoever names it."""
    for name in _previous(proof):
        if not isinstance(name, str) or name not in names or name == proof.get("id"):
            _refuse("proof.previousProof", f"is {shown(name)}", "no other proof of the document is called so")


def _check_terms(proof: Mapping[str, Any], expected: Expected) -> None:
    """Purpose, times, and whom the proof was made for."""
    if proof["proofPurpose"] != expected.purpose:
        _refuse("proof.proofPurpose", f"is {shown(proof['proofPurpose'])}", f"{expected.purpose} is needed")
    if "created" in proof:
        _instant(proof, "created")
    if "expires" in proof and _instant(proof, "expires") < expected.at:
        _refuse("proof.expires", f"is {shown(proof['expires'])}", "that is over")
    if expected.challenge is not None and proof.get("challenge") != expected.challenge:
        _refuse("proof.challenge", f"is {shown(proof.get('challenge'))}", "another one was set")
    domains = proof.get("domain")
    if expected.domain is not None and expected.domain not in (
        domains if isinstance(domains, list) else [domains]
    ):
        _refuse("proof.domain", f"is {shown(domains)}", "it was made for somebody else")


def _signer(unsecured: Mapping[str, Any], proof: Mapping[str, Any], suites: Mapping[str, Suite]) -> str:
    """Whose signature the proof is."""
    suite = suite_named(proof["cryptosuite"], suites)
    check_context(unsecured, proof, suite)
    signature = read_signature(proof, suite)
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if suite.from_graph and "@context" in unsecured:
        options["@context"] = unsecured["@context"]
    signed = {**unsecured, "@context": options["@context"]} if "@context" in options else unsecured
    did, key = _key(proof["verificationMethod"])
    key.check(signature, suite.signed_bytes(signed, options, key))
    return did


def _key(method: str) -> tuple[str, AnyPublicKey]:
    did, _, fragment = method.partition("#")
    key = read_did_key(did)
    if fragment != key.multibase:
        why = "a did:key lists one key, under its own name"
        _refuse("proof.verificationMethod", f"is {shown(method)}", why)
    return did, key


def _instant(proof: Mapping[str, Any], name: str) -> datetime:
    try:
        return parse_instant(proof[name])
    except ValueError as error:
        _refuse(f"proof.{name}", f"{shown(proof[name])} {error}", "")


def _refuse(where: str, what: str, why: str) -> NoReturn:
    raise SignatureError(Problem(where, what, why, "ask the issuer for the original"))
