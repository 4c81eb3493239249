"""GS1 Digital Link: the web address of one lot, `https://host/01/{gtin}/10/{lot}[/21/{serial}]`.

Written from the GS1 Digital Link standard, URI Syntax 1.3, for the three keys food needs: GTIN (AI 01), batch
or lot (AI 10) and serial number (AI 21), in this order. Two links are equal when they name the same goods:
the resolver, the query and the fragment are carried along but not compared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, unquote

from footprint.errors import MalformedError, Problem
from footprint.passport.gtin import gtin14, gtin_problems
from footprint.passport.wording import shown

LONGEST_LINK = 2000
LONGEST_VALUE = 20

_CSET_82 = re.compile(r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+""")
"""GS1 AI encodable character set 82 (GS1 General Specifications, figure 7.11-1)."""

_URL_TEXT = re.compile(r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+")
"""RFC 3986 §2: reserved, unreserved and `%`. Everything else, blanks and controls included, is no URL."""

_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_PATH = re.compile(r"/01/([^/]*)/10/([^/]*)(?:/21/([^/]*))?")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|\[::1\]")
_PORT = re.compile("(?::[0-9]{1,5})?")
_LOOPBACK = re.compile(r"localhost|127(?:\.[0-9]{1,3}){3}|\[::1\]")
_SHAPE = "https://host/01/{gtin}/10/{lot} with an optional /21/{serial}"


@dataclass(frozen=True, slots=True)
class DigitalLink:
    """The goods a code names: a GTIN, a lot of it and perhaps one item of the lot.

    >>> DigitalLink("9506000134352", "2025-06/A").url("https://id.example.org")
    'https://id.example.org/01/09506000134352/10/2025-06%2FA'
    """

    gtin: str
    lot: str
    serial: str | None = None
    resolver: str | None = field(default=None, compare=False)
    query: str = field(default="", compare=False)
    fragment: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        problems = tuple(link_problems(self.gtin, self.lot, self.serial))
        if problems:
            raise MalformedError(*problems)
        object.__setattr__(self, "gtin", gtin14(self.gtin))

    @classmethod
    def parse(cls, text: str) -> "DigitalLink":
        """A scanned or stored link; raises `MalformedError` for every other address.

        >>> DigitalLink.parse("https://id.example.org/01/09506000134352/10/A%2F1#c1.123").lot
        'A/1'
        """
        _check_url_text(text)
        resolver, rest = _split_resolver(text)
        before, _, fragment = rest.partition("#")
        path, _, query = before.partition("?")
        found = _PATH.fullmatch(path)
        if not found:
            raise _malformed(f"{shown(text)} names no lot", f"it must read {_SHAPE}")
        gtin, lot, serial = found.groups()
        plain_serial = None if serial is None else _decoded(serial)
        return cls(_decoded(gtin), _decoded(lot), plain_serial, resolver, query, fragment)

    @property
    def path(self) -> str:
        """The path every resolver serves this link under, percent-encoded (URI Syntax 1.3 §4.4)."""
        path = f"/01/{self.gtin}/10/{quote(self.lot, safe='')}"
        return path if self.serial is None else f"{path}/21/{quote(self.serial, safe='')}"

    def url(self, resolver: str) -> str:
        """The canonical address at a resolver, without query or fragment."""
        return origin(resolver) + self.path

    def covers(self, other: "DigitalLink") -> bool:
        """Whether a word on these goods holds for the others: the same lot, and item if one is named."""
        same_lot = (self.gtin, self.lot) == (other.gtin, other.lot)
        return same_lot and self.serial in (None, other.serial)


def link_problems(gtin: str, lot: str, serial: str | None) -> Iterator[Problem]:
    """Everything that keeps the three values from being one GS1 Digital Link."""
    yield from gtin_problems(gtin)
    yield from _value_problems("lot", lot)
    if serial is not None:
        yield from _value_problems("serial", serial)


@lru_cache(maxsize=64)
def origin(resolver: str) -> str:
    """Scheme and host of a resolver, lower case; https, or http for this machine only. An issuer has few of them.

    >>> origin("https://ID.example.org/")
    'https://id.example.org'
    """
    _check_url_text(resolver)
    base, rest = _split_resolver(resolver)
    if rest not in ("", "/"):
        raise _malformed(
            f"{shown(resolver)} goes on after the host", "links start right there: /01/…", "resolver"
        )
    return base


def _value_problems(name: str, value: str) -> Iterator[Problem]:
    if not 1 <= len(value) <= LONGEST_VALUE:
        yield Problem(
            name, f"has {len(value)} characters", f"GS1 allows 1 to {LONGEST_VALUE}", f"shorten the {name}"
        )
    elif not _CSET_82.fullmatch(value):
        strange = shown("".join(dict.fromkeys(_CSET_82.sub("", value))))
        fix = "use letters A–Z, digits, - . _"
        yield Problem(name, f"{shown(value)} holds {strange}", "GS1 character set 82 does not have it", fix)
    elif value in (".", ".."):
        fix = "use letters A–Z, digits, - . _"
        yield Problem(name, f"is {shown(value)}", "browsers remove such a segment from the address", fix)


def _split_resolver(text: str) -> tuple[str, str]:
    scheme, separator, rest = text.partition("://")
    cut = min((rest.find(mark) for mark in "/?#" if mark in rest), default=len(rest))
    authority = rest[:cut].lower()
    host = re.sub(":[^]]*$", "", authority)
    if not separator or scheme.lower() not in ("https", "http"):
        raise _malformed(f"{shown(text)} is not a web address", f"it must read {_SHAPE}")
    if not _HOST.fullmatch(host) or len(host) > 253 or not _PORT.fullmatch(authority[len(host) :]):
        raise _malformed(
            f"{shown(text)} has no usable host", "a plain host name, perhaps with a port, is needed"
        )
    if scheme.lower() == "http" and not _LOOPBACK.fullmatch(host):
        raise _malformed(f"{shown(text)} is not https", "plain http is read by anyone on the way")
    return f"{scheme.lower()}://{authority}", rest[cut:]


def _check_url_text(text: str) -> None:
    if len(text) > LONGEST_LINK:
        raise _malformed(f"has {len(text)} characters", f"the limit is {LONGEST_LINK}")
    if not _URL_TEXT.fullmatch(text) or _STRAY_PERCENT.search(text):
        raise _malformed(f"{shown(text)} is not a URL", "it holds characters that a URL must percent-encode")


def _decoded(segment: str) -> str:
    return unquote(segment, encoding="latin-1")


def _malformed(what: str, why: str, where: str = "digital link") -> MalformedError:
    return MalformedError(Problem(where, what, why, "scan the code again or copy the whole address"))
