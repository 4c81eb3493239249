"""Graphs of documents that bring contexts along, for test suites. A passport may not: see `rdf_canon`.

A context written into a document is given a name made of its content and read like a frozen one. Terms that no
context defines are still refused, and so is a context that names one which nobody holds: nothing is fetched.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from footprint.passport.canonical import digest
from footprint.passport.rdf_canon import Contexts, frozen_contexts, rdf_canonical
from footprint.passport.suites import SUITES, Suite


def unsafe_inline_suites(contexts: Contexts) -> dict[str, Suite]:
    """The suites, reading these contexts besides the frozen ones, and those in the document itself.

    Unsafe: a signer can give any meaning to the words of a document.
    """
    known = {**contexts, **frozen_contexts()}

    def read(document: Mapping[str, Any]) -> bytes:
        named, brought = _named(document)
        return rdf_canonical(named, {**known, **brought} if brought else known)

    return {
        name: replace(suite, transform=read) if suite.from_graph else suite for name, suite in SUITES.items()
    }


def _named(document: Mapping[str, Any]) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """The document with names in place of its contexts, and the contexts by name."""
    given, brought = document.get("@context"), {}
    if not isinstance(given, list):
        return document, {}
    names = list(given)
    for place, context in enumerate(given):
        if isinstance(context, dict):
            names[place] = f"urn:sha256:{digest(context)}"
            brought[names[place]] = context if "@context" in context else {"@context": context}
    return {**document, "@context": names}, brought
