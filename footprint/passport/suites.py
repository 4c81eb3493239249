r"""The cryptosuites a proof may name: how a document becomes bytes, and which sorts of key may sign them.

W3C Recommendations of 15 May 2025: *Data Integrity EdDSA Cryptosuites v1.0* §3.2-3.3 and *Data Integrity ECDSA
Cryptosuites v1.0* §3.2-3.3. All four sign the hash of the proof options followed by the hash of the document,

$$ \mathrm{signed} = H(c(\mathrm{options})) \,\Vert\, H(c(\mathrm{document})) $$

where $c$ is RFC 8785 (`jcs`) or RDF Dataset Canonicalization (`rdfc`), and $H$ is the hash of the key: SHA-256, with
P-384 SHA-384. A name selects a row of a table; what the row does not allow is refused.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from footprint.errors import Problem, SignatureError
from footprint.passport.canonical import canonical
from footprint.passport.multikey import AnyPublicKey
from footprint.passport.rdf_canon import Contexts, frozen_contexts, rdf_canonical
from footprint.passport.wording import shown

Transform = Callable[[Mapping[str, Any]], bytes]


@dataclass(frozen=True, slots=True)
class Suite:
    """One cryptosuite."""

    name: str
    key_kinds: frozenset[str]
    signature_bytes: frozenset[int]
    transform: Transform
    from_graph: bool

    def signed_bytes(
        self,
        document: Mapping[str, Any],
        options: Mapping[str, Any],
        key: AnyPublicKey,
        text: bytes | None = None,
    ) -> bytes:
        """What a key of this suite signs; raises `SignatureError` for a key of another sort.

        Whoever has the canonical text of the document gives it along, so that it is not written again.
        """
        if key.kind not in self.key_kinds:
            why = f"the key is {key.kind}, and the suite is for {' and '.join(sorted(self.key_kinds))}"
            fix = "sign with the suite of the key"
            raise SignatureError(Problem("proof.cryptosuite", f"is {self.name}", why, fix))
        whole = self.transform(document) if text is None or self.from_graph else text
        return b"".join(hashlib.new(key.hash, part).digest() for part in (self.transform(options), whole))


def _jcs(value: Mapping[str, Any]) -> bytes:
    return canonical(dict(value))


_EDWARDS = (frozenset({"Ed25519"}), frozenset({64}))
_WEIERSTRASS = (frozenset({"P-256", "P-384"}), frozenset({64, 96}))

SUITES: dict[str, Suite] = {
    suite.name: suite
    for suite in (
        Suite("eddsa-jcs-2022", *_EDWARDS, _jcs, from_graph=False),
        Suite("ecdsa-jcs-2019", *_WEIERSTRASS, _jcs, from_graph=False),
        Suite("eddsa-rdfc-2022", *_EDWARDS, rdf_canonical, from_graph=True),
        Suite("ecdsa-rdfc-2019", *_WEIERSTRASS, rdf_canonical, from_graph=True),
    )
}
"""Every suite that is verified; `suite_for` tells those that are signed with."""

_NATIVE = {kind: suite for suite in SUITES.values() if not suite.from_graph for kind in suite.key_kinds}


def with_contexts(contexts: Contexts, *, unsafe_inline: bool = False) -> dict[str, Suite]:
    """The same suites, reading graphs with these contexts besides those that ship with the package.

    For credentials about other things. Whoever gives a context answers for it: it says what is signed. With
    `unsafe_inline` that is whoever signs: a document may bring contexts along.
    """
    known = {**contexts, **frozen_contexts()}
    read = partial(rdf_canonical, contexts=known, unsafe_inline=unsafe_inline)
    return {
        name: replace(suite, transform=read) if suite.from_graph else suite for name, suite in SUITES.items()
    }


def suite_named(name: object, suites: Mapping[str, Suite] = SUITES) -> Suite:
    """The suite of that name; raises `SignatureError` when it is none of ours."""
    found = suites.get(name) if isinstance(name, str) else None
    if found is None:
        why, fix = f"these are checked: {', '.join(suites)}", "sign with one of them"
        raise SignatureError(Problem("proof.cryptosuite", f"is {shown(name)}", why, fix))
    return found


def suite_for(key: AnyPublicKey) -> Suite:
    """The suite this key signs with: over the text itself, which needs no contexts to be understood.

    >>> from footprint.passport.multikey import read_multikey
    >>> suite_for(read_multikey("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP")).name
    'ecdsa-jcs-2019'
    """
    return _NATIVE[key.kind]
