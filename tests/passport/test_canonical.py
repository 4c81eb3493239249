"""The short cut to canonical bytes: wherever it is taken, it writes what `rfc8785` writes."""

import json
from enum import IntEnum, StrEnum

import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from footprint.errors import MalformedError
from footprint.passport import Passport, canonical
from footprint.passport.canonical import _is_plain, canonical_members, canonical_object, read_canonical
from footprint.passport.strict_json import parse_object

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


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(names, values, max_size=6))
@example({"a": {"b": [1, True, None, "\x1f\u2028"]}, "b": "\U0001f600"})
@example({"\U0001f600": 1, "\ue000": 2})
def test_a_canonical_text_is_read_as_it_is_read_strictly(value):
    text = rfc8785.dumps(value)
    read = read_canonical(text)
    assert read is None or read == parse_object(text) == value


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":1}',
        b'{"a":{"b":1,"b":2}}',
        b'{"b":1,"a":2}',
        b'{"a":[{"b":1,"a":2}]}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":NaN}',
        b'{"a":9007199254740992}',
        b'{"a":"\xff"}',
        b'{"a":"\\ud800"}',
        b'\xef\xbb\xbf{"a":1}',
        b'["a"]',
        b"{",
        b"",
        '{"\ue000":1,"\U0001f600":2}'.encode(),
        b'{"a":' + b"[" * 32 + b"]" * 32 + b"}",
    ],
)
def test_what_is_not_surely_canonical_goes_the_long_way(text):
    assert read_canonical(text) is None


def test_the_deepest_text_that_is_read_is_the_same_on_both_ways():
    text = b'{"a":' + b"[" * 31 + b"]" * 31 + b"}"
    assert read_canonical(text) == parse_object(text)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text("abcXYZ@_019", max_size=6), values, max_size=6))
def test_an_object_is_put_together_from_its_members(document):
    assert canonical_object(canonical_members(document)) == rfc8785.dumps(document)


def test_a_passport_laid_out_otherwise_is_the_same_passport(passport):
    laid_out = Passport.from_json(json.dumps(passport.document, indent=1, ensure_ascii=True))
    assert passport.is_canonical
    assert not laid_out.is_canonical
    assert laid_out.document == passport.document
    assert laid_out.digest == passport.digest
