"""A code on a crate at the dock, no network: genuine, or a reason why not."""

from datetime import timedelta
from decimal import Decimal

import cbor2
import pytest

from footprint.errors import (
    ExpiredError,
    IssueError,
    MalformedError,
    MismatchError,
    SignatureError,
    UntrustedError,
)
from footprint.passport import DigitalLink, Signer, TrustList, verify
from footprint.passport.offline_code import MAX_BYTES, key_id, offline_fragment, verify_offline
from tests.passport.conftest import ISSUED, TODAY, UNTIL

GOODS = "https://id.example.org/01/09506000134352/10/2025-06-A"


@pytest.fixture(scope="module")
def verified(passport, trust):
    return verify(passport, trust=trust, at=TODAY)


@pytest.fixture(scope="module")
def code(verified, signer):
    return f"{GOODS}#{offline_fragment(verified, signer)}"


def _message(code):
    number = int(code.partition("#c1.")[2])
    return cbor2.loads(number.to_bytes((number.bit_length() + 7) // 8))


def _code(message, goods=GOODS):
    return f"{goods}#c1.{int.from_bytes(cbor2.dumps(message, canonical=True))}"


@pytest.fixture
def resigned(code, signer):
    """The code with another payload, signed by the trusted key itself."""

    def resign(change):
        protected, _, payload, _ = _message(code)
        claims = cbor2.loads(payload)
        claims = change(claims) or claims
        data = cbor2.dumps(claims, canonical=True)
        signed = cbor2.dumps(["Signature1", protected, b"", data], canonical=True)
        return _code([protected, {}, data, signer.sign_bytes(signed)])

    return resign


def test_a_genuine_code_says_what_the_passport_says(code, verified, trust):
    verdict = verify_offline(code, trust=trust, at=TODAY)
    assert verdict.issuer_name == "Sample Lychee Co-operative (sample data)"
    assert verdict.link == DigitalLink("09506000134352", "2025-06-A")
    assert verdict.gross_kg_co2e == verified.claims.gross_kg_co2e == Decimal("1.0623")
    assert (verdict.p5_kg_co2e, verdict.p95_kg_co2e) == (Decimal("0.821"), Decimal("1.470"))
    assert verdict.removals_kg_co2 == Decimal("0.09132")
    assert (verdict.declared_amount, verdict.declared_unit) == (1, "kg")
    assert (verdict.valid_from, verdict.valid_until) == (ISSUED, UNTIL)
    assert verdict.passport_sha256 == verified.digest
    assert "revoked" in verdict.not_checked[0]


def test_the_longest_lot_and_serial_still_fit(signer, sample, terms, trust):
    longest = {"gtin": "99999999999997", "lot": "L" * 20, "serial": "S" * 20}
    passport = signer.issue(sample, **{**terms, **longest})
    fragment = offline_fragment(verify(passport, trust=trust, at=TODAY), signer)
    number = int(fragment.removeprefix("c1."))
    assert (number.bit_length() + 7) // 8 <= MAX_BYTES
    link = DigitalLink(**longest).url("https://id.example.org")
    assert verify_offline(f"{link}#{fragment}", trust=trust, at=TODAY).link.serial == "S" * 20


def test_a_code_for_one_lot_holds_for_each_item_of_it(code, trust):
    goods, _, fragment = code.partition("#")
    assert verify_offline(f"{goods}/21/0007#{fragment}", trust=trust, at=TODAY).link.serial is None


def test_the_same_code_on_other_goods_is_refused(code, trust):
    with pytest.raises(MismatchError, match="copied from other goods"):
        verify_offline(code.replace("2025-06-A", "2025-06-B"), trust=trust, at=TODAY)


@pytest.mark.parametrize("place", range(1, 400, 19))
def test_no_digit_can_be_changed(code, trust, place):
    base, _, digits = code.partition("#c1.")
    other = str((int(digits[place]) + 1) % 10)
    forged = f"{base}#c1.{digits[:place]}{other}{digits[place + 1 :]}"
    with pytest.raises((MalformedError, SignatureError, UntrustedError)):
        verify_offline(forged, trust=trust, at=TODAY)


def test_a_lower_number_signed_by_a_stranger_is_refused(code, stranger, trust):
    protected, _, payload, _ = _message(code)
    signed = cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)
    with pytest.raises(SignatureError):
        verify_offline(_code([protected, {}, payload, stranger.sign_bytes(signed)]), trust=trust, at=TODAY)


def test_a_key_that_is_not_in_the_list_is_refused(code, stranger):
    others = TrustList.of(stranger.trusted_as("Another co-operative (sample data)"))
    with pytest.raises(UntrustedError, match="not in the trust list"):
        verify_offline(code, trust=others, at=TODAY)


def test_a_key_outside_its_time_is_refused(code, signer):
    retired = TrustList.of(signer.trusted_as("Retired (sample data)", valid_until=ISSUED - timedelta(days=1)))
    with pytest.raises(UntrustedError, match="the key was in use"):
        verify_offline(code, trust=retired, at=TODAY)


def test_too_early_and_too_late_are_refused(code, trust):
    with pytest.raises(ExpiredError, match="is valid from"):
        verify_offline(code, trust=trust, at=ISSUED - timedelta(seconds=1))
    with pytest.raises(ExpiredError, match="was valid until"):
        verify_offline(code, trust=trust, at=UNTIL + timedelta(seconds=1))


def test_only_the_issuer_can_print_a_code(verified, stranger):
    with pytest.raises(IssueError, match="is not the issuer"):
        offline_fragment(verified, stranger)


BROKEN = {
    "no fragment": GOODS,
    "another kind": f"{GOODS}#x1.123",
    "no digits": f"{GOODS}#c1.",
    "a letter": f"{GOODS}#c1.12a4",
    "a leading zero": f"{GOODS}#c1.0123",
    "far too long": f"{GOODS}#c1." + "9" * 1000,
    "not CBOR": f"{GOODS}#c1.{0xFFFF}",
    "a number": f"{GOODS}#c1.{0x1801}",
    "nested without end": f"{GOODS}#c1." + str(int.from_bytes(b"\x81" * 200 + b"\x00")),
    "three parts": _code([b"", {}, b""]),
    "a short signature": _code([cbor2.dumps({1: -19, 4: bytes(8)}), {}, b"", bytes(63)]),
    "something unprotected": _code([cbor2.dumps({1: -19, 4: bytes(8)}), {1: -7}, b"", bytes(64)]),
    "another algorithm": _code([cbor2.dumps({1: -7, 4: bytes(8)}), {}, b"", bytes(64)]),
    "no algorithm": _code([cbor2.dumps({4: bytes(8)}), {}, b"", bytes(64)]),
    "a critical header": _code([cbor2.dumps({1: -19, 2: [99], 4: bytes(8)}), {}, b"", bytes(64)]),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_not_a_code_is_refused_by_name(text, trust):
    with pytest.raises(MalformedError):
        verify_offline(text, trust=trust, at=TODAY)


def test_a_header_written_in_a_second_way_is_refused(code, trust):
    """The same map, its keys in the other order: one message must have one writing."""
    _, _, payload, signature = _message(code)
    header = b"\xa2\x04\x48" + bytes(8) + b"\x01\x32"
    with pytest.raises(MalformedError, match="one way to write"):
        verify_offline(_code([header, {}, payload, signature]), trust=trust, at=TODAY)


def _without_expiry(claims):
    del claims[4]


def _true_footprint(claims):
    claims[-65537][5] = True


WRONG = {
    "no expiry": _without_expiry,
    "one claim more": lambda claims: claims | {1: "did:web:other.example"},
    "a negative footprint": lambda claims: claims[-65537].__setitem__(5, -1),
    "an interval upside down": lambda claims: claims[-65537].__setitem__(6, 10**9),
    "a footprint that is true": _true_footprint,
    "a GTIN with a wrong check digit": lambda claims: claims[-65537].__setitem__(0, 9506000134353),
    "an unknown unit": lambda claims: claims[-65537].__setitem__(3, 2),
    "a year after 9999": lambda claims: claims.__setitem__(4, 10**15),
    "a footprint of a fraction": lambda claims: claims[-65537].__setitem__(5, 0.5),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_a_trusted_key_that_signs_nonsense_is_refused(resigned, change, trust):
    with pytest.raises(MalformedError):
        verify_offline(resigned(change), trust=trust, at=TODAY)


def test_the_key_id_is_the_hash_of_the_method(signer):
    assert len(key_id(signer.verification_method)) == 8
    assert key_id(signer.verification_method) != key_id(Signer.generate().verification_method)


def test_a_code_has_one_algorithm_and_so_one_sort_of_key(sample, terms):
    """A key of another sort neither signs a code nor lets its signature pass for Ed25519."""
    signer = Signer.generate("did:web:orchard.example", "P-256")
    listed = TrustList.of(signer.trusted_as("Sample (sample data)"))
    verified = verify(signer.issue(sample, **terms), trust=listed, at=TODAY)
    with pytest.raises(IssueError, match="key of sort P-256"):
        offline_fragment(verified, signer)
    other = Signer.from_seed(bytes(range(32)), "did:web:orchard.example")
    own = TrustList.of(other.trusted_as("Sample (sample data)"))
    genuine = verify(other.issue(sample, **terms), trust=own, at=TODAY)
    protected, _, payload, _ = _message(f"{GOODS}#{offline_fragment(genuine, other)}")
    signed = cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)
    forged = _code([protected, {}, payload, signer.sign_bytes(signed)])
    with pytest.raises(MalformedError, match="one cannot stand in for the other"):
        verify_offline(forged, trust=listed, at=TODAY)
