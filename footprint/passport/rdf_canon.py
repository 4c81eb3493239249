"""RDF Dataset Canonicalization, offline and with a limit on the work (W3C RDF Canonicalization, 21 May 2024).

Needed only for passports that others signed with an `rdfc` suite: `pip install "agrifood-footprint[rdfc]"`. PyLD does
the JSON-LD; three things it does not do are done here. It fetches any context it is told to: ours come from a fixed
set that ships with this package, and an inline context is refused, so that a signer cannot bring meanings along. It
drops what no context defines: such a value would look signed and is not, so it is refused. And it works on a poison
graph for as long as it takes: blank nodes, quads and permutations are counted, and too many are refused.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from threading import Lock
from typing import Any, NoReturn

from footprint.errors import InputError, MalformedError, Problem
from footprint.passport.canonical import VOCABULARY
from footprint.passport.wording import shown

MOST_VALUES = 4096
MOST_IN_A_LIST = 256
"""PyLD compares each value of a list with all others."""

MOST_QUADS = 4096
MOST_BLANK_NODES = 256
MOST_PERMUTATIONS = 3000
"""Each one copies the names given so far and hashes a graph's worth of text: some 0.1 ms."""

CONTEXT_FILES = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.jsonld",
    "https://w3id.org/security/data-integrity/v2": "data-integrity-v2.jsonld",
    f"{VOCABULARY}contexts/carbon-passport-v1.jsonld": "carbon-passport-v1.jsonld",
}
"""The contexts whose terms are known, frozen; their addresses are names, never fetched."""

Contexts = Mapping[str, Mapping[str, Any]]

_UNDEFINED, _RELATIVE = "urn:undefined-term:", "https://relative.invalid/"
_VALUE_KEYS = frozenset({"@value", "@type", "@language", "@direction"})
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_FIX = "ask the issuer for a passport with an eddsa-jcs-2022 proof"


@cache
def frozen_contexts() -> Contexts:
    """The contexts that ship with this package, by address."""
    from importlib.resources import files  # noqa: PLC0415 - only graphs need it, and it brings a lot along

    folder = files("footprint.passport") / "contexts"
    return {
        address: json.loads((folder / name).read_text(encoding="utf-8"))
        for address, name in CONTEXT_FILES.items()
    }


def rdf_canonical(
    document: Mapping[str, Any], contexts: Contexts | None = None, *, unsafe_inline: bool = False
) -> bytes:
    """The canonical N-Quads of a JSON-LD document (RDFC-1.0 with SHA-256).

    Args:
        document: the document, its `@context` a list of addresses.
        contexts: the contexts by address; those that ship with this package when left out.
        unsafe_inline: lets the document bring contexts along, and so any meaning for its words. Never for passports.

    Raises:
        InputError: PyLD is not installed.
        MalformedError: a context that is not known, a value no context defines, or too much work.
    """
    known = frozen_contexts() if contexts is None else contexts
    _check_size(_values(document), MOST_VALUES, "values")
    _check_contexts(document, known, unsafe_inline=unsafe_inline)
    ld = _processor(known)
    try:
        with ld.turn:
            expanded = ld.expand(document)
            _check_defined(expanded)
            return ld.quads(expanded)
    except (ld.error, RecursionError, ValueError, TypeError, AttributeError) as error:
        if isinstance(error, MalformedError):
            raise
        what, why = "cannot be read as JSON-LD", shown(str(error).partition("\n")[0])
        raise MalformedError(Problem("document", what, why, _FIX)) from error


def _values(value: object) -> int:
    """How many values there are in all; refuses a long list on the way."""
    if isinstance(value, list):
        _check_size(len(value), MOST_IN_A_LIST, "values in one list")
    if not isinstance(value, dict | list):
        return 1
    return 1 + sum(map(_values, value.values() if isinstance(value, dict) else value))


def _check_contexts(document: Mapping[str, Any], known: Contexts, *, unsafe_inline: bool) -> None:
    given = document.get("@context")
    for address in given if isinstance(given, list) else [given]:
        if unsafe_inline and isinstance(address, dict):
            continue
        if not isinstance(address, str) or address not in known:
            why = "its terms are known only from a frozen context, and none is fetched"
            _refuse("@context", f"names {shown(address)}", why)
    inner = (value for name, value in document.items() if name != "@context")
    for key in (
        key for value in inner for key in _at_keys(value) if not (unsafe_inline and key == "@context")
    ):
        _refuse(shown(key), "is inside the document", "it could change what its neighbours mean")
    for key in (key for key in document if key.startswith("@") and key != "@context"):
        _refuse(shown(key), "is a keyword of JSON-LD", "a credential writes id and type")


def _at_keys(value: object) -> Iterator[str]:
    """The JSON-LD keywords among the keys, other than those of a plain value object."""
    if isinstance(value, dict):
        plain = "@value" in value
        yield from (key for key in value if key.startswith("@") and not (plain and key in _VALUE_KEYS))
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _at_keys(inner)


def _check_defined(node: object) -> None:
    """Refuses what turning the expanded document into a graph would silently leave out."""
    if isinstance(node, list):
        for item in node:
            _check_defined(item)
    elif isinstance(node, dict) and "@value" in node:
        language = node.get("@language")
        if node.get("@type") != "@json" and language is not None and not _LANGUAGE.fullmatch(language):
            _refuse("document", f"holds the language {shown(language)}", "it would not be signed")
        _check_names([name for name in (node.get("@type"),) if name not in (None, "@json")])
    elif isinstance(node, dict):
        _check_names([key for key in node if not key.startswith("@")])
        _check_names([node["@id"]] if "@id" in node else [])
        _check_names(node.get("@type", []))
        for key, inner in node.items():
            if key not in ("@id", "@type", "@index"):
                _check_defined(inner)


def _check_names(names: list[Any]) -> None:
    for name in names:
        if not isinstance(name, str):
            _refuse("document", f"holds {shown(name)} as a name", "it would not be signed")
        if name.startswith("_:"):
            continue
        if name.startswith(_UNDEFINED):
            what = f"is defined by no context: {shown(name.removeprefix(_UNDEFINED))}"
            _refuse("a term", what, "it would not be signed")
        if name.startswith(_RELATIVE) or not _IRI.fullmatch(name):
            what = f"holds {shown(name.removeprefix(_RELATIVE))}, which is no full address"
            _refuse("document", what, "it would not be signed")


class _Processor:
    """PyLD with one set of contexts, which it keeps parsed."""

    def __init__(self, contexts: Contexts) -> None:
        try:
            from pyld import jsonld  # noqa: PLC0415 - an extra: most passports do not need it
            from pyld.context_resolver import ContextResolver  # noqa: PLC0415
        except ImportError as missing:
            what, why = "is not installed", "proofs over RDF graphs need it"
            fix = 'pip install "agrifood-footprint[rdfc]"'
            raise InputError(Problem("PyLD", what, why, fix)) from missing
        self.error: type[Exception] = jsonld.JsonLdError
        self.turn = Lock()  # its caches are not made for threads
        self._contexts, self._jsonld = contexts, jsonld
        resolver = ContextResolver({}, self._load)
        self._options = {"documentLoader": self._load, "contextResolver": resolver, "base": _RELATIVE}

    def expand(self, document: Mapping[str, Any]) -> list[Any]:
        options = {**self._options, "expandContext": {"@vocab": _UNDEFINED}}
        expanded: list[Any] = self._jsonld.JsonLdProcessor().expand(dict(document), options)
        return expanded

    def quads(self, expanded: list[Any]) -> bytes:
        dataset = self._jsonld.JsonLdProcessor().to_rdf(expanded, dict(self._options))
        text: str = _bounded().main(dataset, {"format": "application/n-quads"})
        return text.encode()

    def _load(self, address: str, options: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - PyLD's signature
        if address not in self._contexts:
            _refuse("@context", f"names {shown(address)}", "nothing is fetched")
        document = self._contexts[address]
        return {"contextUrl": None, "documentUrl": address, "document": document, "contentType": None}


_PROCESSORS: dict[int, _Processor] = {}
_MOST_PROCESSORS = 8


def _processor(contexts: Contexts) -> _Processor:
    """The processor of a set of contexts, made once per set: parsing the contexts takes longer than using them.

    It holds the set, so that no other set can get the same `id` meanwhile.
    """
    found = _PROCESSORS.get(id(contexts))
    if found is None:
        if len(_PROCESSORS) >= _MOST_PROCESSORS:
            _PROCESSORS.clear()
        found = _PROCESSORS[id(contexts)] = _Processor(contexts)
    return found


def _bounded() -> Any:  # noqa: ANN401 - a subclass of PyLD's, which states no types
    """RDFC-1.0 as PyLD has it, with its work counted before it is done."""
    from pyld.canon import URDNA2015  # noqa: PLC0415

    class Bounded(URDNA2015):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.left = MOST_PERMUTATIONS

        def main(self, dataset: dict[str, list[dict[str, Any]]], options: dict[str, Any]) -> Any:  # noqa: ANN401
            triples = [triple for graph in dataset.values() for triple in graph]
            blank = {
                part["value"]
                for triple in triples
                for part in triple.values()
                if part["type"] == "blank node"
            }
            _check_size(len(triples), MOST_QUADS, "statements")
            _check_size(len(blank), MOST_BLANK_NODES, "nodes without a name")
            return super().main(dataset, options)

        def create_hash_to_related(self, id_: str, issuer: object) -> dict[str, list[str]]:
            related: dict[str, list[str]] = super().create_hash_to_related(id_, issuer)
            self.left -= sum(math.factorial(min(len(group), 20)) for group in related.values())
            if self.left < 0:
                _check_size(MOST_PERMUTATIONS - self.left, MOST_PERMUTATIONS, "orders to try")
            return related

    return Bounded()


def _check_size(found: int, limit: int, of_what: str) -> None:
    if found > limit:
        _refuse("document", f"has {found} {of_what}", f"the limit is {limit}: it is made to exhaust a reader")


def _refuse(where: str, what: str, why: str) -> NoReturn:
    raise MalformedError(Problem(where, what, why, _FIX))
