"""One key and no other: for a reader who has seen a supplier's key once and wants the same one for ever.

Pinning says that the same key signed, not whose it is; a trust list says that. Together both must hold.
"""

from dataclasses import dataclass

from footprint.errors import Problem, UntrustedError
from footprint.passport.checkpoint import KnownLog
from footprint.passport.ed25519 import DID_KEY
from footprint.passport.multikey import AnyPublicKey, read_did_key, read_multikey
from footprint.passport.trust import KeyHolder, TrustPolicy, method_of
from footprint.passport.wording import shown

NAME = "the key you pinned"


@dataclass(frozen=True, slots=True)
class PinnedKey:
    """Believes one key, under whatever name it signs; with `within` only where that trust policy believes it too."""

    key: AnyPublicKey
    within: TrustPolicy | None = None

    @classmethod
    def parse(cls, text: str, within: TrustPolicy | None = None) -> "PinnedKey":
        """The key in `did:key:z6Mk…` or `z6Mk…`; raises `UntrustedError` for a text that is no key, or a weak one.

        >>> PinnedKey.parse("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp").key.kind
        'Ed25519'
        """
        return cls(read_did_key(text) if text.startswith(DID_KEY) else read_multikey(text), within)

    def holder(self, issuer: str, verification_method: str) -> KeyHolder:
        """The pinned key, if it is what the passport says it was signed with."""
        if self.within is not None:
            return self._same(self.within.holder(issuer, verification_method))
        named = method_of(self.key) if issuer.startswith(DID_KEY) else f"{issuer}#"
        if not verification_method.startswith(named):
            raise _another(verification_method)
        return KeyHolder(NAME, self.key)

    def keeper(self, issuer: str, keeper: str, verification_method: str) -> KeyHolder:
        """The same key; somebody else keeps the status only where the trust list says so."""
        if self.within is not None and keeper != issuer:
            return self.within.keeper(issuer, keeper, verification_method)
        if keeper != issuer:
            raise _another(verification_method)
        return self.holder(issuer, verification_method)

    @property
    def known_logs(self) -> tuple[KnownLog, ...]:
        """Those of the trust list."""
        return () if self.within is None else self.within.known_logs

    def _same(self, listed: KeyHolder) -> KeyHolder:
        if listed.key != self.key:
            raise _another(listed.key.multibase)
        return listed


def _another(name: str) -> UntrustedError:
    fix = "ask the issuer, by another way, whether it has a new key; then pin that one"
    return UntrustedError(Problem("issuer", f"signed as {shown(name)}", "it is not the key you pinned", fix))
