"""The short cut to canonical bytes: wherever it is taken, it writes what `rfc8785` writes."""

from enum import IntEnum, StrEnum

import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from footprint.errors import MalformedError
from footprint.passport import canonical
from footprint.passport.canonical import _is_plain

names = st.text(max_size=8) | st.sampled_from(
    ["\ufb33", "\U0001f600", "\ue000", "é", "e\u0301", "", '"', "\\", "\x7f"]
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(names, inner, max_size=6),
    max_leaves=30,
)


@settings(max_examples=600, deadline=None)
@given(values)
@example({"\U0001f600": 1, "\ue000": 2})  # sorts the other way round by code point
@example({"a": '\x00\x1f\x7f\u2028"\\/<é\U0001f600'})
@example({"a": 1.0, "b": -0.0, "c": 1e21, "d": [], "e": {}})
def test_the_same_bytes_as_rfc8785(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value",
    [
        {"a": float("nan")},
        {"a": float("inf")},
        {"a": 2**53},
        {"a": [-(2**53)]},
        {1: "a"},
        {None: "a"},
        {True: "a"},
        {"a": {1.5: "a"}},
        {"a": b"bytes"},
        {"a": "\ud800"},
        {"\ud800": "a"},
        {"a": {1, 2}},
    ],
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(MalformedError, match="no canonical form"):
        canonical(value)


def test_other_types_go_the_long_way_and_come_out_alike():
    class Colour(StrEnum):
        RED = "red"

    class Size(IntEnum):
        BIG = 3

    for value in ({"a": Colour.RED}, {"a": Size.BIG}, {"a": (1, 2)}, [(), {}]):
        assert canonical(value) == rfc8785.dumps(value)


def test_a_passport_takes_the_short_cut(passport):
    assert _is_plain(passport.document)
    assert canonical(passport.document) == rfc8785.dumps(passport.document) == passport.json
