"""GS1 Global Trade Item Numbers: 14 digits, the last one a check digit."""

import re
from collections.abc import Iterator
from functools import lru_cache

from footprint.errors import MalformedError, Problem
from footprint.passport.wording import shown

_LENGTHS = (8, 12, 13, 14)


def check_digit(digits: str) -> str:
    """The check digit of the digits before it (GS1 General Specifications §7.9.1).

    >>> check_digit("0950600013435")
    '2'
    """
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


@lru_cache(maxsize=1024)
def gtin_problems(text: str) -> tuple[Problem, ...]:
    """What is wrong with a GTIN; nothing when it is one. A passport says its own in many places."""
    return tuple(_problems(text))


def _problems(text: str) -> Iterator[Problem]:
    if not re.fullmatch("[0-9]+", text) or len(text) not in _LENGTHS:
        fix = "copy the digits under the bar code"
        yield Problem("gtin", f"is {shown(text)}", "a GTIN has 8, 12, 13 or 14 digits", fix)
    elif not text.strip("0"):
        yield Problem("gtin", "is all zeros", "it names no product", "copy the digits under the bar code")
    elif check_digit(text[:-1]) != text[-1]:
        why = f"of {text[:-1]} it would be {check_digit(text[:-1])}"
        yield Problem(
            "gtin", f"{text} has the wrong check digit", why, "look for a mistyped or swapped digit"
        )


def gtin14(text: str) -> str:
    """A GTIN in its 14-digit form.

    >>> gtin14("9506000134352")
    '09506000134352'
    """
    if problems := gtin_problems(text):
        raise MalformedError(*problems)
    return text.zfill(14)
