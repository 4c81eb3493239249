"""Selective disclosure: the totals stay, and the holder chooses line by line what else a reader sees.

RFC 9901, as W3C *Securing Verifiable Credentials using JOSE and COSE* §3.2 uses it. The signed payload holds digests in
place of the lines; each line travels beside it with a salt, or does not. Only lines of a farm's books may be withheld
(`LISTS`, `FIELDS`): were other places allowed, a holder could withhold the status that says "revoked".
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from secrets import SystemRandom, token_bytes
from typing import Any, NoReturn

from footprint.errors import InputError, MalformedError, Problem
from footprint.passport.jose import base64, unbase64
from footprint.passport.pact_claims import CLAIMS_SCHEMA
from footprint.passport.strict_json import parse_object
from footprint.passport.wording import shown

LISTS = ("stages", "substances", "contributions", "allocations", "exclusions", "notes")
"""Lists of the claims whose entries can be withheld one by one; not `removals`, where "withheld" would read as none,
and a removal that was sold as well could be left out."""

FIELDS = {
    "productFootprint": ("comment",),
    "pcf": (
        "allocationRulesDescription",
        "boundaryProcessesDescription",
        "exemptedEmissionsDescription",
        "outboundLogisticsGhgEmissions",
        "packagingGhgEmissions",
    ),
}
"""Fields of the PACT part that repeat what those lists say."""

MOST_DISCLOSURES = 1024
MOST_DECOYS = 64
HASH = "sha-256"
_SALT_BYTES = 16
RESERVED = frozenset({"_sd", "...", "_sd_alg"})


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One thing that can be told: where it belongs, what it says, and its text in the token."""

    place: str
    value: Any
    text: str

    @property
    def digest(self) -> str:
        """What the signed payload holds in its place (§4.2.3)."""
        return base64(sha256(self.text.encode()).digest())


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A payload with what was disclosed put back."""

    document: dict[str, Any]
    disclosures: tuple[Disclosure, ...]
    withheld: tuple[str, ...]
    """The lists and parts in which something was, or may have been, withheld."""


def conceal(document: Mapping[str, Any], decoys: int = 0) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The payload with digests in place of lines, and the disclosures that tell them.

    Args:
        document: the credential without a proof.
        decoys: digests of nothing to add to each list and part, so that nobody can count what is withheld.

    Raises:
        InputError: more decoys than 64.
    """
    if not 0 <= decoys <= MOST_DECOYS:
        why = f"0 to {MOST_DECOYS} hide a count well enough"
        raise InputError(Problem("decoys", f"are {decoys}", why, "give fewer"))
    payload, texts = deepcopy(dict(document)), list[str]()
    for _, holder, name in _lists(payload):
        holder[name] = _shuffled_in([{"...": tell(texts, value)} for value in holder[name]], decoys)
    for part, holder in _parts(payload):
        present = [name for name in FIELDS[part] if name in holder]
        digests = [tell(texts, name, holder.pop(name)) for name in present]
        holder["_sd"] = sorted([*digests, *(_decoy() for _ in range(decoys))])
    return {**payload, "_sd_alg": HASH}, tuple(texts)


def reveal(payload: Mapping[str, Any], texts: tuple[str, ...]) -> Disclosed:
    """The payload with the disclosures put where their digests stand (§7.1).

    Raises:
        MalformedError: another hash, a digest twice, a disclosure that belongs nowhere or is there twice, too many,
            or a digest in a place where nothing may be withheld.
    """
    if len(texts) > MOST_DISCLOSURES:
        _refuse("disclosures", f"are {len(texts)}", f"the limit is {MOST_DISCLOSURES}")
    if payload.get("_sd_alg") != HASH:
        _refuse("_sd_alg", f"is {shown(payload.get('_sd_alg'))}", f"{HASH} is used")
    document = deepcopy({name: value for name, value in payload.items() if name != "_sd_alg"})
    told = _Told(texts)
    for place, holder, name in _lists(document):
        holder[name] = list(told.entries(place, holder[name]))
    for part, holder in _parts(document):
        told.fields(part, holder)
    told.check_all_used()
    _check_nothing_hidden(document)
    return Disclosed(document, tuple(told.found), tuple(dict.fromkeys(told.withheld)))


class _Told:
    """The disclosures by digest, each to be used once."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._values = {
            base64(sha256(text.encode()).digest()): (text, read_disclosure(text)) for text in texts
        }
        if len(self._values) < len(texts):
            _refuse("disclosures", "hold one twice", "each is told once")
        self._seen: set[str] = set()
        self.found: list[Disclosure] = []
        self.withheld: list[str] = []

    def entries(self, place: str, written: object) -> Iterator[Any]:
        """The entries of a list that were told, and those that always stood there."""
        for entry in (
            written if isinstance(written, list) else _refuse(place, "is no list", "lines are needed")
        ):
            if not isinstance(entry, dict) or "..." not in entry:
                yield entry
                continue
            if entry.keys() != {"..."}:
                _refuse(place, "holds a digest with something beside it", "RFC 9901 §4.2.4.2")
            text, parts = self._take(place, entry["..."])
            if parts is not None:
                if len(parts) != 2:
                    _refuse(place, "was told a field", "an entry of a list has no name")
                self.found.append(Disclosure(f"{place}.{_count(self.found, place)}", parts[1], text))
                yield parts[1]

    def fields(self, part: str, holder: dict[str, Any]) -> None:
        """Puts the fields that were told into their object."""
        digests = holder.pop("_sd", [])
        if not isinstance(digests, list):
            _refuse(f"{part}._sd", f"is {shown(digests)}", "a list of digests is needed")
        for digest in digests:
            text, parts = self._take(part, digest)
            if parts is None:
                continue
            name = parts[1] if len(parts) == 3 else None
            if name not in FIELDS[part] or name in holder:
                _refuse(part, f"was told {shown(name)}", f"{', '.join(FIELDS[part])} can be, once each")
            holder[name] = parts[2]
            self.found.append(Disclosure(f"{part}.{name}", parts[2], text))

    def check_all_used(self) -> None:
        """A disclosure nobody signed must not travel with the others."""
        if unused := self._values.keys() - self._seen:
            _refuse("disclosures", f"hold {len(unused)} that belong nowhere", "the issuer did not sign them")

    def _take(self, place: str, digest: object) -> tuple[str, list[Any] | None]:
        if not isinstance(digest, str) or digest in self._seen:
            _refuse(place, f"holds the digest {shown(digest)}", "each is text and stands in one place")
        self._seen.add(digest)
        if digest not in self._values:
            self.withheld.append(place)
            return "", None
        return self._values[digest]


def _count(found: list[Disclosure], place: str) -> int:
    return sum(item.place.startswith(f"{place}.") for item in found)


def read_disclosure(text: str) -> list[Any]:
    """`[salt, value]` or `[salt, name, value]`, read as strictly as everything else."""
    whole = parse_object(b'{"disclosure":' + unbase64(text) + b"}")
    parts = whole["disclosure"]
    if (
        len(whole) != 1
        or not isinstance(parts, list)
        or len(parts) not in (2, 3)
        or not isinstance(parts[0], str)
    ):
        _refuse("disclosure", f"is {shown(text)}", "a salt, perhaps a name, and a value are needed")
    return parts


def tell(texts: list[str], *parts: object) -> str:
    """Adds a disclosure of these parts, with a new salt, to the texts; its digest stands in the payload (§4.2)."""
    salted = [base64(token_bytes(_SALT_BYTES)), *parts]
    texts.append(base64(json.dumps(salted, ensure_ascii=False).encode()))
    return base64(sha256(texts[-1].encode()).digest())


def _decoy() -> str:
    return base64(sha256(token_bytes(32)).digest())


def _shuffled_in(entries: list[dict[str, str]], decoys: int) -> list[dict[str, str]]:
    """Decoys among the entries, which keep their order."""
    mixed, random = list(entries), SystemRandom()
    for _ in range(decoys):
        mixed.insert(random.randrange(len(mixed) + 1), {"...": _decoy()})
    return mixed


def _footprint(document: Mapping[str, Any]) -> dict[str, Any]:
    subject = document.get("credentialSubject")
    footprint = subject.get("productFootprint") if isinstance(subject, dict) else None
    return footprint if isinstance(footprint, dict) else {}


def _parts(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    footprint = _footprint(document)
    for part, holder in (("productFootprint", footprint), ("pcf", footprint.get("pcf"))):
        if isinstance(holder, dict):
            yield part, holder


def _lists(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each list of the claims that is there: its name, and where it is."""
    extensions = _footprint(document).get("extensions")
    for extension in extensions if isinstance(extensions, list) else ():
        data = extension.get("data") if isinstance(extension, dict) else None
        if isinstance(data, dict) and extension.get("dataSchema") == CLAIMS_SCHEMA:
            yield from ((name, data, name) for name in LISTS if name in data)


def _check_nothing_hidden(value: object) -> None:
    if isinstance(value, dict):
        for name in sorted(RESERVED & value.keys()):
            why = "something would be withheld where nothing may be"
            _refuse(name, "is in another place of the credential", why)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_nothing_hidden(inner)


def _refuse(where: str, what: str, why: str) -> NoReturn:
    raise MalformedError(Problem(where, what, why, "ask the holder for the token as the issuer made it"))
