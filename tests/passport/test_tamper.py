"""Properties: whatever single byte of a passport is changed, nothing that verifies comes out."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from footprint.errors import VerificationError
from footprint.passport import verify

TODAY = datetime(2025, 7, 1, tzinfo=UTC)
given_a_passport = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given_a_passport
@given(place=st.integers(min_value=0), new=st.integers(0, 255))
@example(place=0, new=0x20)
@example(place=-1, new=0x20)
def test_any_byte_changed_to_any_other(passport, trust, place, new):
    text = bytearray(passport.json)
    place %= len(text)
    if text[place] == new:
        new ^= 1
    text[place] = new
    with pytest.raises(VerificationError):
        verify(bytes(text), trust=trust, at=TODAY)


@given_a_passport
@given(place=st.integers(min_value=0))
def test_any_byte_removed(passport, trust, place):
    place %= len(passport.json)
    with pytest.raises(VerificationError):
        verify(passport.json[:place] + passport.json[place + 1 :], trust=trust, at=TODAY)


@given_a_passport
@given(place=st.integers(min_value=0), new=st.sampled_from(b' 0a"{}[],:\\\x00\xff'))
def test_any_byte_inserted_is_refused_or_mere_layout(passport, trust, place, new):
    r"""JSON allows blanks between its marks and `\/` for `/`; such a text says exactly the same."""
    place %= len(passport.json)
    text = passport.json[:place] + bytes([new]) + passport.json[place:]
    try:
        verified = verify(text, trust=trust, at=TODAY)
    except VerificationError:
        return
    assert new in b" \\"
    assert verified.passport.document == passport.document


@given_a_passport
@given(bit=st.integers(min_value=0))
def test_any_flipped_bit_of_the_signature(passport, trust, bit, edited):
    from footprint.passport.base58 import decode, encode

    def flip(document):
        signature = bytearray(decode(document["proof"]["proofValue"][1:]))
        signature[bit // 8 % 64] ^= 1 << bit % 8
        document["proof"]["proofValue"] = "z" + encode(bytes(signature))

    with pytest.raises(VerificationError):
        verify(edited(flip), trust=trust, at=TODAY)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text('{}[]",:0e-NaIfy\\u \n', max_size=60).map(str.encode)))
def test_rubbish_is_refused_with_a_message_never_a_crash(trust, text):
    with pytest.raises(VerificationError):
        verify(text, trust=trust, at=TODAY)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def replace(value, path, new):
    """Walk down by the path as long as there is something below, and put the new value there."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    key = keys[path[0] % len(keys)]
    if path[1:] and isinstance(value[key], dict | list) and value[key]:
        replace(value[key], path[1:], new)
    else:
        value[key] = new


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.lists(st.integers(0, 40), min_size=1, max_size=9), new=json_values)
def test_any_value_replaced_and_signed_again_never_crashes(resigned, trust, path, new):
    """Signed by the trusted key, whatever it says: it is a passport still, or refused with a message."""
    text = resigned(lambda document: replace(document, path, new))
    try:
        verified = verify(text, trust=trust, at=TODAY)
    except VerificationError as error:
        refused = error.problems
    else:
        refused = ()
        assert verified.claims.gross_kg_co2e == verified.pcf.pcf_excluding_biogenic_uptake
    assert all(problem.where and problem.what for problem in refused)
