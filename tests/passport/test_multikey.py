"""Keys of three sorts, each in its one writing; what is no point of its curve binds nobody."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from footprint.errors import InputError, IssueError, SignatureError, UntrustedError
from footprint.passport import PublicKey, Signer
from footprint.passport.base58 import encode
from footprint.passport.ecdsa import P256, P384, EcdsaKey, fixed_size
from footprint.passport.multikey import read_did_key, read_multikey
from footprint.passport.signing_key import KINDS, RemoteKey, SoftwareKey

CURVES = {"P-256": P256, "P-384": P384}


@pytest.mark.parametrize(("kind", "prefix"), [("Ed25519", "z6Mk"), ("P-256", "zDn"), ("P-384", "z82")])
def test_each_sort_has_its_prefix_and_comes_back(kind, prefix):
    key = SoftwareKey.generate(kind).public_key
    assert (key.kind, key.multibase.startswith(prefix)) == (kind, True)
    assert read_multikey(key.multibase) == read_did_key(key.did_key) == key


@pytest.mark.parametrize("kind", KINDS)
def test_each_sort_signs_and_only_its_own_bytes(kind, tmp_path):
    signer = Signer.generate(kind=kind)
    signer.save(tmp_path / "orchard.key", b"correct horse")
    again = Signer.open(tmp_path / "orchard.key", b"correct horse")
    assert again.public_key == signer.public_key
    signature = again.sign_bytes(b"bytes")
    signer.public_key.check(signature, b"bytes")
    for bad, data in ((signature, b"other"), (signature[:-1], b"bytes"), (signature + b"\0", b"bytes")):
        with pytest.raises(SignatureError):
            signer.public_key.check(bad, data)


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
def test_der_is_not_taken_for_a_signature(curve):
    private = ec.generate_private_key(curve.group)
    raw = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    der = private.sign(b"bytes", curve.ecdsa)
    with pytest.raises(SignatureError, match="r and s, not DER"):
        EcdsaKey(curve, raw).check(der, b"bytes")
    EcdsaKey(curve, raw).check(fixed_size(der, curve), b"bytes")


def test_the_hash_goes_with_the_curve():
    private = ec.generate_private_key(P384.group)
    raw = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    weak = fixed_size(private.sign(b"bytes", ec.ECDSA(SHA256())), P384)
    with pytest.raises(SignatureError, match="does not fit"):
        EcdsaKey(P384, raw).check(weak, b"bytes")


@pytest.mark.parametrize("r_and_s", [(0, 0), (0, 1), (1, 0), (2**256 - 1, 1)])
def test_numbers_no_signature_has(r_and_s):
    key = SoftwareKey.generate("P-256").public_key
    signature = b"".join(number.to_bytes(32, "big") for number in r_and_s)
    with pytest.raises(SignatureError):
        key.check(signature, b"bytes")


P = 2**256 - 2**224 + 2**192 + 2**96 - 1
"""The prime of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3)."""


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\x02" + (1).to_bytes(32, "big"), "not a point"),
        (b"\x02" + P.to_bytes(32, "big"), "not a point"),
        (b"\x02" + (P + 5).to_bytes(32, "big"), "not a point"),
        (b"\x02" + b"\xff" * 32, "not a point"),
        (b"\x00", "compressed point"),
        (b"\x00" * 33, "compressed point"),
        (b"\x05" + (5).to_bytes(32, "big"), "compressed point"),
        (b"\x02" + (5).to_bytes(31, "big"), "compressed point"),
        (b"\x02" + (5).to_bytes(48, "big"), "compressed point"),
    ],
)
def test_what_is_no_point_of_p256_is_refused(raw, words):
    with pytest.raises(UntrustedError, match=words):
        EcdsaKey(P256, raw)
    with pytest.raises(UntrustedError, match=words):
        read_multikey("z" + encode(P256.multicodec + raw))


def test_a_long_and_a_hybrid_point_are_other_writings_of_the_same_key_and_refused():
    private = ec.generate_private_key(P256.group)
    long = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    for raw in (long, bytes([6 + (long[-1] & 1)]) + long[1:]):
        with pytest.raises(UntrustedError, match="compressed point"):
            EcdsaKey(P256, raw)


def test_a_prefix_cannot_be_swapped():
    key = SoftwareKey.generate().public_key
    with pytest.raises(UntrustedError, match="compressed point"):
        read_multikey("z" + encode(P256.multicodec + key.raw))
    other = SoftwareKey.generate("P-256").public_key
    with pytest.raises(UntrustedError, match="33 bytes"):
        read_multikey("z" + encode(b"\xed\x01" + other.raw))
    with pytest.raises(UntrustedError, match="P-384"):
        read_multikey("z" + encode(P384.multicodec + other.raw))


@pytest.mark.parametrize("text", ["", "z", "u7QE", "z6Mk0", "z" + "6" * 200, "zUC7", "did:key:z6Mk"])
def test_rubbish_is_no_multikey(text):
    with pytest.raises(UntrustedError, match="Ed25519"):
        read_multikey(text)
    with pytest.raises(UntrustedError):
        read_did_key(text)


def test_other_curves_and_sorts_are_refused():
    with pytest.raises(InputError, match="P-256 and P-384"):
        SoftwareKey(ec.generate_private_key(ec.SECP256K1()))
    with pytest.raises(InputError, match="keys are"):
        SoftwareKey.generate("RSA")


def test_a_key_service_signs_a_passport_and_never_shows_its_key(sample, terms, tmp_path):
    held = SoftwareKey.generate("P-256")
    asked = []

    def ask(data):
        asked.append(data)
        return held.sign_bytes(data)

    signer = Signer(RemoteKey(held.public_key.multibase, ask), "did:web:orchard.example#hsm-1")
    passport = signer.issue(sample, **terms)
    assert [len(data) for data in asked] == [64]
    assert passport.document["proof"]["verificationMethod"] == "did:web:orchard.example#hsm-1"
    with pytest.raises(InputError, match="stays there"):
        signer.save(tmp_path / "orchard.key", None)


def test_a_key_service_that_signs_with_another_key_is_noticed_before_anything_is_issued(sample, terms):
    mine, other = SoftwareKey.generate(), SoftwareKey.generate()
    with pytest.raises(IssueError, match="not its key's"):
        Signer(RemoteKey(mine.public_key.multibase, other.sign_bytes)).issue(sample, **terms)


def test_logs_and_codes_need_ed25519():
    assert isinstance(Signer.generate().ed25519_key, PublicKey)
    with pytest.raises(InputError, match="logs and offline codes"):
        _ = Signer.generate(kind="P-256").ed25519_key
