"""The signing module: a footprint becomes the signed passport of one lot, and anybody can verify it.

Issue and verify::

    signer = Signer.open("orchard.key")
    passport = signer.issue(footprint, gtin="09506000134352", lot="2025-06-A", ...)
    verified = verify(passport, trust=TrustList.load("trust.json"), at=now)   # raises, never False

A passport is a W3C Verifiable Credential 2.0, its proof inside (`eddsa-jcs-2022`) or around it; its numbers are a PACT
v3 `ProductFootprint` with our claims as its extension; its subject is the lot's GS1 Digital Link. This room
needs pydantic, cryptography and rfc8785 only, fetches nothing, and starts on a phone.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from footprint.passport.canonical import canonical
from footprint.passport.claims import Assurance, Claims
from footprint.passport.digital_link import DigitalLink
from footprint.passport.document import Passport
from footprint.passport.ed25519 import PublicKey
from footprint.passport.envelope import disclose, disclosures, to_jwt, to_sd_jwt
from footprint.passport.status_list import StatusEntry, status_entries
from footprint.passport.supersession import check_current
from footprint.passport.trust import (
    KeyHolder,
    StatusKeeper,
    TrustedIssuer,
    TrustedKey,
    TrustedLog,
    TrustList,
    TrustPolicy,
    UnsafeAnyIssuer,
)
from footprint.passport.verification import verify
from footprint.passport.verified import VerifiedPassport

if TYPE_CHECKING:
    from footprint.passport.chain import VerifiedChain, verify_chain
    from footprint.passport.log_proof import LogEntry, LogProof
    from footprint.passport.lots import Lots
    from footprint.passport.pinned import PinnedKey
    from footprint.passport.policy import (
        AllOf,
        AnyOf,
        FreshEnough,
        IssuerIs,
        NotRevoked,
        Policy,
        UnsafeAskNothing,
        VerifiedBy,
    )
    from footprint.passport.signer import Signer
    from footprint.passport.signing_key import RemoteKey, SigningKey, SoftwareKey
    from footprint.passport.status import (
        AcceptStale,
        RefuseStale,
        StatusLists,
        StatusSource,
        UnsafeAnyAge,
        UnsafeIgnoreStatus,
    )
    from footprint.passport.witnessed import Witnessed

_WHEN_ASKED = {
    "chain": ("VerifiedChain", "verify_chain"),
    "log_proof": ("LogEntry", "LogProof"),
    "lots": ("Lots",),
    "pinned": ("PinnedKey",),
    "policy": (
        "AllOf",
        "AnyOf",
        "FreshEnough",
        "IssuerIs",
        "NotRevoked",
        "Policy",
        "UnsafeAskNothing",
        "VerifiedBy",
    ),
    "signer": ("Signer",),
    "signing_key": ("RemoteKey", "SigningKey", "SoftwareKey"),
    "status": (
        "AcceptStale",
        "RefuseStale",
        "StatusLists",
        "StatusSource",
        "UnsafeAnyAge",
        "UnsafeIgnoreStatus",
    ),
    "witnessed": ("Witnessed",),
}
"""What a reader of one passport does without, by module: loaded when a name is first asked for."""

_HOMES = {name: module for module, names in _WHEN_ASKED.items() for name in names}

__all__ = [
    "AcceptStale",
    "AllOf",
    "AnyOf",
    "Assurance",
    "Claims",
    "DigitalLink",
    "FreshEnough",
    "IssuerIs",
    "KeyHolder",
    "LogEntry",
    "LogProof",
    "Lots",
    "NotRevoked",
    "Passport",
    "PinnedKey",
    "Policy",
    "PublicKey",
    "RefuseStale",
    "RemoteKey",
    "Signer",
    "SigningKey",
    "SoftwareKey",
    "StatusEntry",
    "StatusKeeper",
    "StatusLists",
    "StatusSource",
    "TrustList",
    "TrustPolicy",
    "TrustedIssuer",
    "TrustedKey",
    "TrustedLog",
    "UnsafeAnyAge",
    "UnsafeAnyIssuer",
    "UnsafeAskNothing",
    "UnsafeIgnoreStatus",
    "VerifiedBy",
    "VerifiedChain",
    "VerifiedPassport",
    "Witnessed",
    "canonical",
    "check_current",
    "disclose",
    "disclosures",
    "status_entries",
    "to_jwt",
    "to_sd_jwt",
    "verify",
    "verify_chain",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute can be anything
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
