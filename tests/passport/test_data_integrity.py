"""Data Integrity proofs on the W3C's own test vectors, and on every way to spoil them."""

import copy
import json
from datetime import UTC, datetime

import pytest

from footprint.errors import FootprintError, SignatureError
from footprint.passport import PublicKey, Signer, canonical
from footprint.passport.base58 import ALPHABET, decode
from footprint.passport.data_integrity import _without_proof, add_proof, check_proof, make_proof, read_proof
from footprint.passport.suites import SUITES

W3C = "vc-di-eddsa/TestVectors/eddsa-jcs-2022/signedJCS.json"


def check(document):
    proof = read_proof(document)
    check_proof(document, proof, PublicKey.from_did_key(proof.verification_method.partition("#")[0]))
    return proof


@pytest.fixture(scope="module")
def vectors(shared):
    return {
        item["name"]: item["signed"]
        for item in json.loads((shared / "vectors/vc_di_signed.json").read_text())
    }


@pytest.fixture
def signed(vectors):
    return copy.deepcopy(vectors[W3C])


def test_the_w3c_vector_verifies(signed):
    proof = check(signed)
    assert proof.created == datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
    assert proof.suite.name == "eddsa-jcs-2022"


def test_other_proofs_of_the_w3c_are_refused_by_name(vectors):
    """An older proof type, sets and chains of proofs: what is not checked must not look checked."""
    refused = 0
    for name, document in vectors.items():
        if "Signature2020" in name or "proof-set-chain" in name:
            with pytest.raises(SignatureError, match=r"^proof"):
                check(document)
            refused += 1
    assert refused == 5


def paths(value, so_far=()):
    """Every place of a document where a value stands."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*so_far, key)
        yield from paths(inner, (*so_far, key))


def spoilt(document):
    """The vector with each single value altered or removed, and each text changed character by character."""
    for path in paths(document):
        for change in ("removed", "null", "number", "extended", "swapped case"):
            yield path, change


def apply(document, path, change):
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    old = holder[path[-1]]
    if change == "removed":
        del holder[path[-1]]
    elif change == "null":
        holder[path[-1]] = None
    elif change == "number":
        holder[path[-1]] = 7
    elif change == "extended":
        holder[path[-1]] = (
            [*old, "x"] if isinstance(old, list) else {**old, "x": 1} if isinstance(old, dict) else old + "x"
        )
    elif isinstance(old, str) and old.swapcase() != old:
        holder[path[-1]] = old.swapcase()
    else:
        return False
    return True


def test_every_tampered_variant_of_the_vector_is_refused(signed):
    tried = 0
    for path, change in spoilt(signed):
        variant = copy.deepcopy(signed)
        if not apply(variant, path, change) or (path, change) == (("@context",), "extended"):
            continue  # contexts may be appended: the signature covers the proof's own (§3.3.2 step 4)
        with pytest.raises(FootprintError):
            check(variant)
        tried += 1
    assert tried > 80


def test_each_character_of_the_signature_counts(signed):
    value = signed["proof"]["proofValue"]
    for place in range(1, len(value)):
        other = ALPHABET[(ALPHABET.index(value[place]) + 1) % 58]
        signed["proof"]["proofValue"] = value[:place] + other + value[place + 1 :]
        with pytest.raises(SignatureError):
            check(signed)


def test_another_key_does_not_fit(signed):
    with pytest.raises(SignatureError, match="does not fit"):
        check_proof(signed, read_proof(signed), Signer.from_seed(b"\x01" * 32).public_key)


def test_the_order_of_keys_in_the_text_is_layout(signed):
    check(dict(reversed(signed.items())))


def test_contexts_must_keep_their_order(signed):
    signed["@context"].reverse()
    with pytest.raises(SignatureError, match=r"proof\.@context"):
        check(signed)


def test_appended_contexts_are_not_signed_but_the_rest_is(signed):
    """As the standard has it; a passport therefore compares the two lists itself."""
    signed["@context"].append("https://example.org/unsigned")
    check(signed)


@pytest.mark.parametrize("document", [{"a": 1}, {"@context": "https://example.org/v1", "a": [1, None, "€"]}])
def test_what_is_signed_here_verifies_here(document):
    signer = Signer.from_seed(b"\x02" * 32)
    created = datetime(2025, 6, 20, 8, 0, 0, 999_999, tzinfo=UTC)
    signed = add_proof(document, method=signer.verification_method, created=created, by=signer)
    assert check(signed).created == created.replace(microsecond=0)
    assert signed["proof"].get("@context") == document.get("@context")
    assert "proof" not in document


def test_canonical_json_is_that_of_rfc_8785(shared):
    cases = json.loads((shared / "vectors/jcs.json").read_text())
    assert len(cases) >= 6
    for case in cases:
        assert canonical(json.loads(case["input"])).hex() == case["output_hex"], case["name"]


@pytest.mark.parametrize(
    "value", [{"a": float("nan")}, {"a": 2**60}, {1: "a"}, {"a": "\ud800"}, {"\ud800": 1}, {"a": b""}]
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(FootprintError, match="no canonical form"):
        canonical(value)


def test_signing_gives_the_very_signature_the_w3c_published(signed):
    """Ed25519 is deterministic; the secret key of the example is printed in VC-DI-EdDSA appendix B."""
    secret = decode("3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")
    signer = Signer.from_seed(secret.removeprefix(b"\x80\x26"))
    published = signed.pop("proof")
    again = add_proof(
        signed,
        method=signer.verification_method,
        created=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC),
        by=signer,
    )
    assert again["proof"] == published


def test_a_copy_of_the_proof_elsewhere_is_content(passport):
    """The signed part is cut out of a canonical text at its end; the very same words further up stay."""
    proof = {"proof": passport.document["proof"], "type": "T"}
    document = {"nested": {"a": "1", **proof}, **proof}
    signed = {"nested": document["nested"], "type": "T"}
    assert _without_proof(canonical(document), document) == canonical(signed)


def test_a_text_is_not_signed_by_a_suite_that_reads_the_graph():
    with pytest.raises(ValueError, match="signs what a document means"):
        make_proof(
            {"type": "T"},
            method="did:example:a#1",
            created=datetime(2025, 6, 20, 8, tzinfo=UTC),
            by=Signer.from_seed(bytes(32)),
            suite=SUITES["eddsa-rdfc-2022"],
            text=b"{}",
        )


def test_a_canonical_text_and_its_document_are_signed_alike():
    signer = Signer.from_seed(bytes(32))
    at = datetime(2025, 6, 20, 8, tzinfo=UTC)
    for document in ({"@context": ["a"], "zone": 1}, {"@context": ["a"]}, {"type": "T"}, {}):
        proven = add_proof(document, method=signer.verification_method, created=at, by=signer)
        check_proof(proven, read_proof(proven), signer.public_key)
        check_proof(proven, read_proof(proven), signer.public_key, canonical(proven))
