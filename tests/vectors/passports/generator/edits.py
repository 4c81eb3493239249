"""Changed after signing, and proofs that are not what they claim to be."""

from collections.abc import Iterator

from workshop import (
    CLAIMS,
    ISSUED,
    ISSUER,
    NEIGHBOUR,
    PCF,
    STRANGER,
    Document,
    Vector,
    base,
    drop,
    edited,
    put,
    resigned,
)

from footprint.passport import canonical
from footprint.passport.base58 import decode, encode
from footprint.passport.data_integrity import add_proof

SIGNATURE, MALFORMED, UNTRUSTED = "SignatureError", "MalformedError", "UntrustedError"
COVERED = "VC Data Integrity section 4.3: the signature covers every field"
SUITE = "VC-DI-EdDSA section 3.3: type, cryptosuite and purpose are these and no others"
CONTEXTS = "VC 2.0 section 5.3: a term means what the fixed contexts say"
ONE_PROOF = "exactly one proof: none of a set or a chain is passed over"
ENCODING = "VC-DI-EdDSA section 3.3: a base58btc signature of 64 bytes"
CURVE = "RFC 8032 section 5.1.7"
ORDER = 2**252 + 27742317777372353535851937790883648493

CHANGED = {
    "gross": put((*PCF, "pcfExcludingBiogenicUptake"), "0.9"),
    "claimed_gross": put((*CLAIMS, "gross_kg_co2e"), "0.9"),
    "interval": put((*CLAIMS, "interval", "p95"), "1.1"),
    "removals_ledger": put((*CLAIMS, "removals", 0, "kept_kg_co2"), "9.132"),
    "biogenic_ledger": put((*CLAIMS, "biogenic", "released_kg_co2"), "0.1"),
    "land_use_change": put((*CLAIMS, "land_use_change", "statement"), "Rain forest until 2019."),
    "product_name": put((*CLAIMS, "product", "name"), "Mango"),
    "product_name_confusable": put(
        (*CLAIMS, "product", "producer"), "S\u0430mple Lychee Co-operative (sample data)"
    ),
    "lot": put(("credentialSubject", "lot"), "2025-06-B"),
    "gtin": put(("credentialSubject", "gtin"), "09506000134369"),
    "subject": put(("credentialSubject", "id"), "https://id.example.org/01/09506000134352/10/2025-06-B"),
    "valid_until": put(("validUntil",), "2036-06-20T08:00:00Z"),
    "valid_from": put(("validFrom",), "2024-06-20T08:00:00Z"),
    "identifier": put(("id",), "urn:uuid:00000000-0000-4000-8000-000000000000"),
    "assurance": put(
        (*CLAIMS, "assurance"), {"level": "reasonable", "by": "Sample Verifier", "at": "2025-06-01"}
    ),
    "unknown_field_added": put(("award",), "best lychee"),
    "field_removed": drop("name"),
    "proof_date": put(("proof", "created"), "2025-06-21T08:00:00Z"),
    "order_of_a_list": lambda document: _claims(document)["stages"].reverse(),
}


def _claims(document: Document) -> Document:
    return document["credentialSubject"]["productFootprint"]["extensions"][0]["data"]


def _flipped(byte: int, bit: int) -> bytes:
    document = base()
    signature = bytearray(decode(document["proof"]["proofValue"][1:]))
    signature[byte] ^= 1 << bit
    return edited(put(("proof", "proofValue"), "z" + encode(bytes(signature))), document)


def _moved_by_the_order() -> bytes:
    """S + L: the same point, another text."""
    document = base()
    signature = decode(document["proof"]["proofValue"][1:])
    moved = int.from_bytes(signature[32:], "little") + ORDER
    text = "z" + encode(signature[:32] + moved.to_bytes(32, "little"))
    return edited(put(("proof", "proofValue"), text), document)


def _context_appended() -> bytes:
    """Data Integrity lets contexts be appended outside the signature; a passport does not."""
    document = base()
    del document["proof"]
    contexts = document["@context"]
    document["@context"] = contexts[:1]
    proven = add_proof(document, method=ISSUER.verification_method, created=ISSUED, by=ISSUER)
    return canonical({**proven, "@context": contexts})


def _proof_of_another() -> bytes:
    """A genuine proof of the neighbour's, put under the issuer's passport."""
    document = base()
    others = add_proof(
        {**{name: value for name, value in document.items() if name != "proof"}, "name": "Mango"},
        method=NEIGHBOUR.verification_method,
        created=ISSUED,
        by=NEIGHBOUR,
    )
    return edited(put(("proof",), others["proof"]), document)


VALUE = ("proof", "proofValue")
PROOFS = {
    "missing": (drop("proof"), SIGNATURE, ONE_PROOF),
    "null": (put(("proof",), None), SIGNATURE, ONE_PROOF),
    "text": (put(("proof",), "trust me"), SIGNATURE, ONE_PROOF),
    "set_of_one": (lambda d: d.update(proof=[d["proof"]]), SIGNATURE, ONE_PROOF),
    "set_with_a_forged_one": (
        lambda d: d.update(proof=[{**d["proof"], "proofValue": "z" + "1" * 64}, d["proof"]]),
        SIGNATURE,
        ONE_PROOF,
    ),
    "empty_set": (put(("proof",), []), SIGNATURE, ONE_PROOF),
    "chained": (put(("proof", "previousProof"), "urn:uuid:1"), SIGNATURE, ONE_PROOF),
    "type_of_another_suite": (put(("proof", "type"), "Ed25519Signature2020"), SIGNATURE, SUITE),
    "cryptosuite_missing": (drop("proof", "cryptosuite"), SIGNATURE, SUITE),
    "cryptosuite_unknown": (put(("proof", "cryptosuite"), "none"), SIGNATURE, SUITE),
    "cryptosuite_of_another_key": (put(("proof", "cryptosuite"), "ecdsa-jcs-2019"), SIGNATURE, SUITE),
    "cryptosuite_as_a_list": (put(("proof", "cryptosuite"), ["eddsa-jcs-2022"]), SIGNATURE, SUITE),
    "purpose_authentication": (put(("proof", "proofPurpose"), "authentication"), SIGNATURE, SUITE),
    "field_expires": (put(("proof", "expires"), "2030-01-01T00:00:00Z"), SIGNATURE, SUITE),
    "field_domain": (put(("proof", "domain"), "shop.example"), SIGNATURE, SUITE),
    "field_challenge": (put(("proof", "challenge"), "x"), SIGNATURE, SUITE),
    "field_nonce": (put(("proof", "nonce"), "x"), SIGNATURE, SUITE),
    "created_missing": (drop("proof", "created"), SIGNATURE, SUITE),
    "created_without_a_zone": (put(("proof", "created"), "2025-06-20T08:00:00"), SIGNATURE, SUITE),
    "created_on_30_february": (put(("proof", "created"), "2025-02-30T08:00:00Z"), SIGNATURE, SUITE),
    "method_a_number": (put(("proof", "verificationMethod"), 5), SIGNATURE, SUITE),
    "method_of_a_stranger": (
        put(("proof", "verificationMethod"), STRANGER.verification_method),
        UNTRUSTED,
        "the key is one of the issuer's",
    ),
    "value_missing": (drop(*VALUE), SIGNATURE, ENCODING),
    "value_cut": (lambda d: put(VALUE, d["proof"]["proofValue"][:-3])(d), SIGNATURE, ENCODING),
    "value_in_base64": (put(VALUE, "u" + "A" * 86), SIGNATURE, ENCODING),
    "value_no_base58": (put(VALUE, "z0OIl"), SIGNATURE, ENCODING),
    "value_endless": (put(VALUE, "z" + "2" * 5000), SIGNATURE, ENCODING),
    "value_all_zero": (put(VALUE, "z" + "1" * 64), SIGNATURE, CURVE),
    "context_appended_and_not_signed": (
        lambda d: d["@context"].append("https://x.example"),
        MALFORMED,
        CONTEXTS,
    ),
    "context_swapped": (lambda d: d["@context"].reverse(), SIGNATURE, CONTEXTS),
    "context_replaced": (put(("@context", 1), "https://x.example"), SIGNATURE, CONTEXTS),
    "context_with_vocab": (
        lambda d: d["@context"].append({"@vocab": "https://x.example/#"}),
        MALFORMED,
        CONTEXTS,
    ),
    "context_removed": (drop("@context"), SIGNATURE, CONTEXTS),
    "context_of_the_proof_removed": (drop("proof", "@context"), SIGNATURE, CONTEXTS),
    "context_of_the_proof_shorter": (lambda d: d["proof"]["@context"].pop(), SIGNATURE, CONTEXTS),
}


def vectors() -> Iterator[Vector]:
    """What was changed, then what is wrong with the proof itself."""
    for name, change in CHANGED.items():
        yield Vector(f"changed_{name}", edited(change), SIGNATURE, COVERED)
    for name, (change, error, rule) in PROOFS.items():
        yield Vector(f"proof_{name}", edited(change), error, rule)
    yield Vector("proof_first_bit_of_r_flipped", _flipped(0, 0), SIGNATURE, CURVE)
    yield Vector("proof_last_bit_of_r_flipped", _flipped(31, 7), SIGNATURE, CURVE)
    yield Vector("proof_first_bit_of_s_flipped", _flipped(32, 0), SIGNATURE, CURVE)
    yield Vector("proof_last_bit_of_s_flipped", _flipped(63, 7), SIGNATURE, CURVE)
    yield Vector("proof_s_plus_group_order", _moved_by_the_order(), SIGNATURE, CURVE + ": S is below L")
    yield Vector("proof_context_appended_after_signing", _context_appended(), MALFORMED, CONTEXTS)
    yield Vector("proof_of_the_neighbour", _proof_of_another(), UNTRUSTED, "the key is one of the issuer's")
    yield Vector(
        "proof_by_a_stranger_in_the_issuers_name",
        resigned(by=STRANGER, method=ISSUER.verification_method),
        SIGNATURE,
        COVERED,
    )
