"""Proofs that a log holds the passport: C2SP tlog-proof, tlog-checkpoint and signed-note, RFC 6962."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from workshop import ISSUER, STRANGER, Signer, Vector, passed

from footprint.passport import LogProof, TrustedLog, TrustList
from footprint.passport.checkpoint import Checkpoint
from footprint.passport.log_proof import passport_entry
from footprint.passport.merkle import inclusion_proof, leaf_hash, root
from footprint.passport.signed_note import NoteKey

ORIGIN = "log.example.org/food"
KEEPER = Signer.from_seed(b"\x09" * 32)
WITNESS = Signer.from_seed(b"\x0a" * 32)
LOG, MISMATCH, SIGNATURE = "LogError", "MismatchError", "SignatureError"
INCLUDED = "RFC 6962 section 2.1.1: the path leads from this passport's leaf to the signed root"
KNOWN = "C2SP tlog-checkpoint: signed under its origin by a log of the trust list, and by enough witnesses"
WRITTEN = "C2SP tlog-proof and signed-note: one way of writing"

ENTRIES = [passport_entry(sha256(f"other {number}".encode()).hexdigest()) for number in range(6)]
HERE = 4


def _leaves(entry: bytes) -> list[bytes]:
    return [leaf_hash(other) for other in (*ENTRIES[:HERE], entry, *ENTRIES[HERE:])]


def _proof(
    leaves: list[bytes], *, index: int = HERE, origin: str = ORIGIN, by: Signer = KEEPER, **given: object
) -> str:
    size, head = given.get("size", len(leaves)), given.get("root", root(leaves))
    note = Checkpoint(origin, size, head).signed(NoteKey(origin, by.public_key), by.sign_bytes)
    return str(LogProof(index, given.get("path", inclusion_proof(leaves, HERE)), note))


def trust_lists(trust: TrustList) -> dict[str, TrustList]:
    """The usual list with the log in it, and one that wants a witness."""
    key, witness = NoteKey(ORIGIN, KEEPER.public_key), NoteKey("witness.example.org", WITNESS.public_key, 4)
    return {
        "trust_log.json": TrustList(trust.issuers, logs=(TrustedLog(key=str(key)),)),
        "trust_log_witnessed.json": TrustList(
            trust.issuers, logs=(TrustedLog(key=str(key), witnesses=(str(witness),), needed=1),)
        ),
    }


def good() -> str:
    """The proof that holds."""
    return _proof(_leaves(passport_entry(sha256(passed("lot")).hexdigest())))


def _spoiled() -> dict[str, tuple[str, str, str]]:
    digest = sha256(passed("lot")).hexdigest()
    leaves, proof = _leaves(passport_entry(digest)), good()
    path = inclusion_proof(leaves, HERE)
    step = b64encode(path[0]).decode()
    signature = proof.rstrip("\n").rpartition(" ")[2]
    return {
        "wrong_leaf": (_proof(_leaves(ENTRIES[0])), MISMATCH, INCLUDED),
        "leaf_of_the_raw_passport": (
            _proof([*leaves[:HERE], leaf_hash(passed("lot")), *leaves[HERE + 1 :]]),
            MISMATCH,
            INCLUDED,
        ),
        "node_as_a_leaf": (
            _proof([*leaves[:HERE], sha256(b"\x01" + passport_entry(digest)).digest(), *leaves[HERE + 1 :]]),
            MISMATCH,
            INCLUDED,
        ),
        "wrong_index": (_proof(leaves, index=3), MISMATCH, INCLUDED),
        "index_negative": (proof.replace(f"index {HERE}", "index -1"), LOG, WRITTEN),
        "index_with_a_leading_zero": (proof.replace(f"index {HERE}", f"index 0{HERE}"), LOG, WRITTEN),
        "index_beyond_the_tree": (_proof(leaves, index=len(leaves)), MISMATCH, INCLUDED),
        "index_endless": (proof.replace(f"index {HERE}", "index " + "9" * 400), LOG, WRITTEN),
        "checkpoint_older_than_the_entry": (
            _proof(leaves, size=HERE, root=root(leaves[:HERE])),
            MISMATCH,
            INCLUDED,
        ),
        "checkpoint_of_an_empty_tree": (
            _proof(leaves, size=0, root=sha256(b"").digest()),
            MISMATCH,
            INCLUDED,
        ),
        "root_changed": (_proof(leaves, root=bytes(32)), MISMATCH, INCLUDED),
        "size_changed": (_proof(leaves, size=len(leaves) + 9), MISMATCH, INCLUDED),
        "path_step_missing": (_proof(leaves, path=path[:-1]), MISMATCH, INCLUDED),
        "path_step_added": (_proof(leaves, path=(*path, bytes(32))), MISMATCH, INCLUDED),
        "path_steps_swapped": (_proof(leaves, path=path[::-1]), MISMATCH, INCLUDED),
        "path_endless": (_proof(leaves, path=path * 40), LOG, WRITTEN),
        "path_step_of_31_bytes": (proof.replace(step, b64encode(path[0][:31]).decode()), LOG, WRITTEN),
        "unknown_log": (_proof(leaves, origin="log.example.net/other"), LOG, KNOWN),
        "log_of_the_same_name": (_proof(leaves, by=STRANGER), LOG, KNOWN),
        "signed_by_the_issuer_itself": (_proof(leaves, by=ISSUER), LOG, KNOWN),
        "size_rewritten_after_signing": (proof.replace(f"\n{len(leaves)}\n", "\n8\n"), SIGNATURE, KNOWN),
        "signature_cut": (proof.replace(signature, signature[:40]), LOG, WRITTEN),
        "no_signature": (proof.rpartition("\u2014")[0], LOG, WRITTEN),
        "header_of_another_version": (proof.replace("@v1", "@v2", 1), LOG, WRITTEN),
        "with_extra_data": (proof.replace("\nindex", "\nextra AAAA\nindex"), LOG, WRITTEN),
        "carriage_returns": (proof.replace("\n", "\r\n"), LOG, WRITTEN),
        "extension_line_in_the_checkpoint": (
            proof.replace("\n\n\u2014", "\nnot audited\n\n\u2014"),
            LOG,
            WRITTEN,
        ),
        "empty": ("", LOG, WRITTEN),
    }


def files() -> dict[str, bytes]:
    """The proofs, by file name."""
    spoiled = {f"log_{name}.tlog-proof": text.encode() for name, (text, _, _) in _spoiled().items()}
    return {**spoiled, "log_good.tlog-proof": good().encode()}


def vectors() -> Iterator[Vector]:
    """A passport that verifies by itself, beside one proof after another."""
    passport = passed("lot")
    for name, (_, error, rule) in _spoiled().items():
        given = {"trust": "trust_log.json", "log_proof": f"log_{name}.tlog-proof"}
        yield Vector(f"log_{name}", passport, error, rule, given)
    unwitnessed = {"trust": "trust_log_witnessed.json", "log_proof": "log_good.tlog-proof"}
    yield Vector("log_without_its_witness", passport, LOG, KNOWN, unwitnessed)
    yield Vector("log_nobody_trusts", passport, LOG, KNOWN, {"log_proof": "log_good.tlog-proof"})
    edited = {"trust": "trust_log.json", "log_proof": "log_good.tlog-proof"}
    yield Vector("log_proof_of_another_passport", passed("item"), MISMATCH, INCLUDED, edited)
