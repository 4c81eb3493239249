"""Public keys that must not be trusted, computed from the curve rather than copied from a list."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from footprint.errors import SignatureError, UntrustedError
from footprint.passport import PublicKey, Signer
from footprint.passport.base58 import decode, encode

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
IDENTITY = (0, 1)


def add(first, second):
    """Edwards addition (RFC 8032 §5.1.4, affine)."""
    (x1, y1), (x2, y2) = first, second
    product = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P
    return x, y


def times(factor, point):
    result = IDENTITY
    while factor:
        result = add(result, point) if factor & 1 else result
        point, factor = add(point, point), factor >> 1
    return result


def point_with(y):
    """A point of the curve with this y, or nothing (RFC 8032 §5.1.3)."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (x, y) if (x * x - square) % P == 0 else None


def encoded(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def torsion():
    """The eight points whose order divides 8: the multiples of L times any point of full order."""
    points = (point_with(y) for y in range(2, 50))
    candidates = (times(L, point) for point in points if point)
    generator = next(point for point in candidates if times(4, point) != IDENTITY)
    return {encoded(times(factor, generator)) for factor in range(8)}


def test_all_eight_points_of_small_order_are_refused():
    points = torsion()
    assert len(points) == 8
    for raw in points:
        with pytest.raises(UntrustedError, match="small order"):
            PublicKey(raw)


def test_openssl_would_accept_a_signature_nobody_made():
    """Why the rule exists: this verifies any message under the identity as key."""
    identity = encoded(IDENTITY)
    Ed25519PublicKey.from_public_bytes(identity).verify(identity + bytes(32), b"whatever you like")


@pytest.mark.parametrize("y", [P, P + 1, P + 3, 2**255 - 1])
@pytest.mark.parametrize("sign", [0, 1])
def test_a_point_written_the_long_way_is_refused(y, sign):
    with pytest.raises(UntrustedError, match="not written canonically"):
        PublicKey((y | sign << 255).to_bytes(32, "little"))


def test_half_of_all_numbers_are_no_point_and_refused():
    off_curve = [y for y in range(2, 60) if point_with(y) is None]
    assert 15 < len(off_curve) < 45
    for y in off_curve:
        with pytest.raises(UntrustedError, match="not a point"):
            PublicKey(y.to_bytes(32, "little"))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_other_lengths_are_refused(length):
    with pytest.raises(UntrustedError, match=f"{length} bytes"):
        PublicKey(b"\x05" * length)


@given(st.binary(min_size=32, max_size=32))
def test_every_generated_key_is_accepted_and_survives_each_writing(seed):
    key = Signer.from_seed(seed).public_key
    assert PublicKey.from_multibase(key.multibase) == PublicKey.from_did_key(key.did_key) == key
    assert key.multibase.startswith("z6Mk")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not an Ed25519 Multikey"),
        ("z", "not an Ed25519 Multikey"),
        ("m7QE", "not an Ed25519 Multikey"),
        ("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP", "not an Ed25519 Multikey"),
        ("z6Mk0", "not a base58 character"),
        ("z" + "6" * 200, "longer than"),
    ],
)
def test_other_keys_and_rubbish_are_refused(text, words):
    with pytest.raises(UntrustedError, match=words):
        PublicKey.from_multibase(text)


def test_rfc_8032_test_vector_2():
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    signer = Signer.from_seed(seed)
    signature = signer.sign_bytes(b"\x72")
    assert signature.hex().startswith("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da")
    signer.public_key.check(signature, b"\x72")
    with pytest.raises(SignatureError):
        signer.public_key.check(signature, b"\x73")


@given(st.binary(max_size=80))
def test_base58_comes_back(data):
    assert decode(encode(data)) == data


@pytest.mark.parametrize(
    ("data", "text"), [(b"Hello World!", "2NEpo7TZRRrLZSi2U"), (b"\0\0\x28\x7f\xb4\xcd", "11233QC4")]
)
def test_base58_vectors_of_the_internet_draft(data, text):
    """draft-msporny-base58-03 §5."""
    assert (encode(data), decode(text)) == (text, data)
