"""Issuers for test suites: they sign any credential that is well formed, with keys that live as long as the process.

Nobody should trust them, and nobody can by mistake: each is a `did:key` that is new at every start. What they say is
checked in the same words as other people's credentials.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from footprint.errors import FootprintError, InputError, MalformedError, Problem, SignatureError
from footprint.passport import Signer
from footprint.passport.data_integrity import add_proof
from footprint.passport.strict_json import parse_object
from footprint.passport.suites import SUITES, Suite, with_contexts
from label_service.any_credential import V1, credential_problems, presentation_problems
from label_service.proof_set import Expected, check_proofs

DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
MAX_CONTEXTS_BYTES = 4 * 1024 * 1024
_DEFAULT_KEYS = {"eddsa": "Ed25519", "ecdsa": "P-256"}


@dataclass(frozen=True, slots=True)
class AnyIssuer:
    """One suite and one key."""

    suite: Suite
    signer: Signer

    def issue(self, credential: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """The credential with this issuer in it and its proof; raises `MalformedError` with every problem found."""
        named = {**credential, "issuer": self._named(credential.get("issuer", self.signer.issuer))}
        contexts = credential.get("@context")
        if isinstance(contexts, list) and V1 in contexts and DATA_INTEGRITY not in contexts:
            named["@context"] = [*contexts, DATA_INTEGRITY]  # v1.1 itself knows no such proofs
        found = list(credential_problems(named))
        if "proof" in credential:
            found.append(Problem("proof", "is there", "it is not signed yet", "send the credential without"))
        if found:
            raise MalformedError(*found)
        method = self.signer.verification_method
        return add_proof(named, method=method, created=at, by=self.signer, suite=self.suite)

    def _named(self, given: object) -> object:
        """This issuer, whatever name was asked for; what is no name at all stays and is refused."""
        if isinstance(given, dict):
            return {**given, "id": self._named(given.get("id", self.signer.issuer))}
        return self.signer.issuer if isinstance(given, str) and ":" in given else given


@dataclass(frozen=True)
class AnyIssuers:
    """The issuers by name, and what is needed to check what they and others have signed."""

    suites: Mapping[str, Suite]
    by_name: Mapping[str, AnyIssuer] = field(repr=False)

    @classmethod
    def open(cls, contexts: Path) -> "AnyIssuers":
        """New keys, and the contexts in a file: an object of JSON-LD contexts by address, perhaps an empty one.

        Raises:
            InputError: the file cannot be used.
        """
        suites = with_contexts(_contexts(contexts), unsafe_inline=True)
        keys = {name: _DEFAULT_KEYS[name.partition("-")[0]] for name in SUITES}
        p384 = {f"{name}-p384": "P-384" for name in SUITES if "P-384" in SUITES[name].key_kinds}
        return cls(
            suites,
            {
                name: AnyIssuer(suites[name.removesuffix("-p384")], Signer.generate(kind=kind))
                for name, kind in {**keys, **p384}.items()
            },
        )

    def check_credential(self, document: Mapping[str, Any], at: datetime) -> list[str]:
        """Raises unless the credential is well formed and its proofs hold, one of them its issuer's.

        Gives what was not checked: whose the key is when the issuer has a name that only a network could resolve.
        """
        _check(credential_problems(document))
        issuer = document["issuer"]
        name = issuer["id"] if isinstance(issuer, dict) else issuer
        dids = check_proofs(document, Expected("assertionMethod", at), self.suites)
        if name.partition("#")[0] in dids:  # some name the key itself
            return []
        if name.startswith("did:key:"):
            why = "none of the proofs is by the issuer's key"
            raise SignatureError(Problem("proof", f"is by {', '.join(dids)}", why, "ask the issuer"))
        return [f"nobody looked up whether {', '.join(dids)} signs for {name}"]

    def check_presentation(self, document: Mapping[str, Any], expected: Expected) -> None:
        """Raises unless the presentation and every credential in it hold."""
        _check(presentation_problems(document))
        check_proofs(document, expected, self.suites)
        held = document.get("verifiableCredential", [])
        for credential in held if isinstance(held, list) else [held]:
            self.check_credential(credential, expected.at)


def _check(problems: Iterable[Problem]) -> None:
    if found := list(problems):
        raise MalformedError(*found)


def _contexts(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return parse_object(file.read(MAX_CONTEXTS_BYTES + 1), max_bytes=MAX_CONTEXTS_BYTES)
    except OSError as error:
        problem = Problem("vc_api_contexts", "cannot be read", error.strerror or str(error), "give its path")
        raise InputError(problem) from error
    except FootprintError as error:
        raise InputError(*(problem.under(path.name) for problem in error.problems)) from error
