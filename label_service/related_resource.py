"""Digests of the resources that a credential names: W3C *Verifiable Credentials Data Model v2.0*, §5.3.

Of the resources whose bytes are here, the frozen contexts, the digest is computed; others are not fetched.
"""

import hashlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from footprint.errors import Problem
from footprint.passport import base58
from footprint.passport.rdf_canon import CONTEXT_FILES
from footprint.passport.wording import shown

_MULTIHASHES = {"sha256": b"\x12\x20", "sha384": b"\x20\x30", "sha512": b"\x13\x40"}
"""Algorithm and length, as a multihash begins."""


def digest_problems(resource: Mapping[str, Any]) -> Iterator[Problem]:
    """The digests that are not those of the bytes held here.

    >>> from footprint.passport.canonical import multihash
    >>> v2 = "https://www.w3.org/ns/credentials/v2"
    >>> appendix_b1 = "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
    >>> list(digest_problems({"id": v2, "digestMultibase": multihash(appendix_b1)}))
    []
    >>> [problem.where for problem in digest_problems({"id": v2, "digestMultibase": "zQm"})]
    ['relatedResource.digestMultibase']
    """
    name = resource.get("id")
    if not isinstance(name, str) or name not in CONTEXT_FILES:
        return
    for field, right in zip(("digestSRI", "digestMultibase"), _digests(name), strict=True):
        if field in resource and str(resource[field]) not in right:
            what, fix = f"is {shown(resource[field])}", f"write {min(right, key=len)}"
            yield Problem(f"relatedResource.{field}", what, f"{name} has another digest", fix)


@cache
def _digests(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Every way to write the digest of a frozen context: for `digestSRI`, and for `digestMultibase`."""
    data = (files("footprint.passport") / "contexts" / CONTEXT_FILES[name]).read_bytes()
    hashes = {kind: hashlib.new(kind, data).digest() for kind in _MULTIHASHES}
    multihashes = [_MULTIHASHES[kind] + found for kind, found in hashes.items()]
    return (
        frozenset(f"{kind}-{b64encode(found).decode()}" for kind, found in hashes.items()),
        frozenset(
            text
            for found in multihashes
            for text in ("z" + base58.encode(found), "u" + urlsafe_b64encode(found).rstrip(b"=").decode())
        ),
    )
