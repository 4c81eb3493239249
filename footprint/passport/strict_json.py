"""JSON at the door: one text has one meaning, and a bounded size, or it is refused.

Python's `json` keeps the last of two equal keys, accepts `NaN`, reads `1e400` as infinity and follows nesting
until the stack ends. Two programs that read one signed text differently is how signatures are fooled
(RFC 8259 §4, RFC 7493 I-JSON), so all of these are refused here.
"""

import json
import math
import re
from itertools import accumulate
from typing import Any, NoReturn

from footprint.errors import MalformedError, Problem
from footprint.passport.wording import shown

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
MAX_NUMBER_CHARACTERS = 32
LARGEST_INTEGER = 2**53 - 1
"""The largest integer every JSON reader reads exactly (RFC 7493 §2.2)."""

# Strings (closed or not, so that no text is ever scanned twice) and brackets.
_STRING_OR_BRACKET = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{]|[\]}]', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_UTF8_BOM = b"\xef\xbb\xbf"


def parse_object(data: bytes, *, max_bytes: int = MAX_BYTES) -> dict[str, Any]:
    """The JSON object in `data`; raises `MalformedError` on everything two readers could disagree about.

    >>> parse_object(b'{"gtin": "09506000134352"}')
    {'gtin': '09506000134352'}
    >>> parse_object(b'{"kg": 1, "kg": 2}')
    Traceback (most recent call last):
    footprint.errors.MalformedError: 'kg' — is there twice — readers disagree on which one counts — keep one
    """
    if len(data) > max_bytes:
        _refuse("text", f"is {len(data)} bytes long", f"the limit is {max_bytes}", "send the passport alone")
    text = _decoded(data)
    _check_depth(data)
    value = _loaded(text)
    if not isinstance(value, dict):
        _refuse("text", f"holds {type(value).__name__}", "an object is needed", "send the whole {…}")
    if b"\\u" in data:  # UTF-8 itself cannot hold one
        _check_characters(value)
    return value


def _refuse(where: str, what: str, why: str, fix: str) -> NoReturn:
    raise MalformedError(Problem(where, what, why, fix))


def _decoded(data: bytes) -> str:
    if data.startswith(_UTF8_BOM):
        _refuse(
            "text", "starts with a byte-order mark", "RFC 8259 §8.1 forbids it", "save as UTF-8 without BOM"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(f"byte {error.start}", "is not UTF-8", "RFC 8259 §8.1 requires it", "send the file unchanged")


def _check_depth(data: bytes) -> None:
    if b"\\" not in data and _deepest(data) <= MAX_DEPTH:
        return
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(data):
        mark = match.group()
        depth += 1 if mark in (b"[", b"{") else -1 if mark in (b"]", b"}") else 0
        if depth > MAX_DEPTH:
            _refuse(
                f"byte {match.start()}", "is nested too deep", f"the limit is {MAX_DEPTH}", "send a passport"
            )


def _deepest(data: bytes) -> int:
    """How deep the brackets outside of strings are nested, in a text without escaped quotes."""
    outside = b"".join(data.split(b'"')[::2])
    return max(accumulate(map(_STEPS.__getitem__, outside.translate(None, _NO_BRACKETS))), default=0)


def _loaded(text: str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_duplicates,
            parse_constant=_no_constant,
            parse_float=_exact_float,
            parse_int=_exact_integer,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        _refuse(where, f"is not JSON: {error.msg}", "RFC 8259", "send the file unchanged")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        _refuse(shown(twice), "is there twice", "readers disagree on which one counts", "keep one")
    return result


def _no_constant(name: str) -> NoReturn:
    _refuse(name, "is not a JSON number", "RFC 8259 §6", "leave the field out when there is no number")


def _exact_float(text: str) -> float:
    _check_number_length(text)
    value = float(text)
    vanished = value == 0 and re.search("[1-9]", text.lower().partition("e")[0])
    if math.isinf(value) or vanished:
        _refuse(text, "does not fit a double", "it would be read as something else", "write it as a string")
    return value


def _exact_integer(text: str) -> int:
    _check_number_length(text)
    value = int(text)
    if abs(value) > LARGEST_INTEGER:
        _refuse(text, "is larger than 2^53 - 1", "readers would round it", "write it as a string")
    return value


def _check_number_length(text: str) -> None:
    if len(text) > MAX_NUMBER_CHARACTERS:
        why = f"the limit is {MAX_NUMBER_CHARACTERS} characters"
        _refuse(shown(text), "is too long a number", why, "write it as a string")


def _check_characters(value: dict[str, Any]) -> None:
    r"""Half a surrogate pair (`"\ud800"`) is not a character; no two programs encode it alike."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        _refuse("text", "holds half a surrogate pair", "it is not a character", "send the file unchanged")
