"""Amounts in JSON are text, written in one way; whatever else looks like a number is refused."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from footprint.result import Amount, Share

AMOUNT, SHARE = TypeAdapter(Amount), TypeAdapter(Share)
amounts = st.decimals("-999999999999", "999999999999", places=18)


@settings(max_examples=200)
@given(amounts)
def test_what_is_read_is_printed_again_letter_by_letter(amount):
    text = AMOUNT.dump_json(amount)
    assert AMOUNT.dump_json(AMOUNT.validate_json(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "1.5",
        "1",
        "true",
        "null",
        '"1.5 "',
        '" 1.5"',
        '"1.5\\n"',
        '"+1.5"',
        '"01.5"',
        '".5"',
        '"1."',
        '"15e-1"',
        '"1_0"',
        '"NaN"',
        '"Infinity"',
        '"0.1234567890123456789"',
        '"1234567890123"',
        '"\u0661"',
        '""',
    ],
)
def test_every_other_writing_is_refused(text):
    with pytest.raises(ValidationError, match="amounts are decimal strings"):
        AMOUNT.validate_json(text)


@pytest.mark.parametrize("text", ['"-0.1"', '"1.000001"'])
def test_a_limit_holds_for_text_as_for_numbers(text):
    for read in (SHARE.validate_json, lambda text: SHARE.validate_python(Decimal(text.strip('"')))):
        with pytest.raises(ValidationError, match="Input should be"):
            read(text)
