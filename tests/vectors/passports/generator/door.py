"""Texts that two readers could read differently, or that exhaust one: refused before anything is looked at."""

import json
from collections.abc import Iterator

from workshop import Vector, base, passed

MALFORMED = "MalformedError"
UNIQUE = "RFC 8259 section 4, RFC 7493 section 2.3: the names of an object are unique"
NUMBER = "RFC 7493 section 2.2: numbers every reader reads alike"
LIMIT = "bounded size, depth and numbers"
UTF8 = "RFC 8259 section 8.1: UTF-8 without a byte-order mark"
GRAMMAR = "RFC 8259 section 2: one JSON text, one object"


def vectors() -> Iterator[Vector]:
    """Each is a genuine passport with something added, so that a careless reader would verify it."""
    good, text = passed("lot"), passed("lot").decode()

    def first(name: str, value: str) -> bytes:
        return good.replace(b"{", b"{" + f'"{name}":{value},'.encode(), 1)

    texts = {
        "duplicate_issuer": (good.replace(b'"issuer":', b'"issuer":"did:key:zOther","issuer":', 1), UNIQUE),
        "duplicate_gross": (
            good.replace(b'"gross_kg_co2e":', b'"gross_kg_co2e":"0.1","gross_kg_co2e":', 1),
            UNIQUE,
        ),
        "duplicate_proof": (good[:-1] + b',"proof":{}}', UNIQUE),
        "duplicate_name_escaped": (
            good.replace(b'"issuer":', rb'"issu\u0065r":"did:key:zOther","issuer":', 1),
            UNIQUE,
        ),
        "number_nan": (first("kg", "NaN"), NUMBER),
        "number_infinity": (first("kg", "-Infinity"), NUMBER),
        "number_1e400": (first("kg", "1e400"), NUMBER),
        "number_1e_minus_400": (first("kg", "1e-400"), NUMBER),
        "number_above_2_53": (first("kg", "9007199254740993"), NUMBER),
        "number_of_5000_digits": (first("kg", "9" * 5000), LIMIT),
        "number_of_40_decimals": (first("kg", "0." + "1" * 40), LIMIT),
        "number_leading_zero": (first("kg", "01"), GRAMMAR),
        "number_hexadecimal": (first("kg", "0x10"), GRAMMAR),
        "nested_lists": (first("x", "[" * 40 + "]" * 40), LIMIT),
        "nested_objects": (first("x", '{"x":' * 40 + "1" + "}" * 40), LIMIT),
        "nested_behind_escaped_quotes": (first("x", r'"\""' + ',"y":' + "[" * 40 + "]" * 40), LIMIT),
        "nested_behind_brackets_in_text": (
            first("x", '"]]]]]]]]]]]]]]]]]]]]"' + ',"y":' + "[" * 40 + "]" * 40),
            LIMIT,
        ),
        "too_large": (good[:-1] + b" " * 262_144 + b"}", LIMIT),
        "byte_order_mark": (b"\xef\xbb\xbf" + good, UTF8),
        "utf_16": (text.encode("utf-16-le"), UTF8),
        "latin_1": (
            json.dumps({**base(), "name": "Litschi grün"}, ensure_ascii=False).encode("latin-1", "replace"),
            UTF8,
        ),
        "overlong_utf_8": (good.replace(b'"name":"', b'"name":"\xc0\xaf', 1), UTF8),
        "half_a_surrogate_pair": (first("x", r'"\ud800"'), "RFC 7493 section 2.1: no surrogates"),
        "control_character": (first("x", '"\x01"'), GRAMMAR),
        "comment": (good.replace(b"{", b"{/* genuine */", 1), GRAMMAR),
        "trailing_comma": (good[:-1] + b",}", GRAMMAR),
        "two_texts": (good + good, GRAMMAR),
        "wrapped_in_a_list": (b"[" + good + b"]", GRAMMAR),
        "a_string": (json.dumps(text).encode(), GRAMMAR),
        "cut_in_half": (good[: len(good) // 2], GRAMMAR),
        "empty": (b"", GRAMMAR),
    }
    for name, (body, rule) in texts.items():
        yield Vector(f"json_{name}", body, MALFORMED, rule)
