"""Logs believed only with the cosignatures of witnesses the reader names (C2SP tlog-cosignature)."""

from dataclasses import dataclass, replace

from footprint.errors import LogError, Problem
from footprint.passport.checkpoint import KnownLog
from footprint.passport.signed_note import WITNESS, NoteKey
from footprint.passport.trust import KeyHolder, TrustPolicy
from footprint.passport.wording import shown


@dataclass(frozen=True, slots=True)
class Witnessed:
    """The same trust; but every one of these witnesses must have seen the log as it was shown to this reader."""

    within: TrustPolicy
    witnesses: tuple[NoteKey, ...]

    def holder(self, issuer: str, verification_method: str) -> KeyHolder:
        """As the policy within says."""
        return self.within.holder(issuer, verification_method)

    def keeper(self, issuer: str, keeper: str, verification_method: str) -> KeyHolder:
        """As the policy within says."""
        return self.within.keeper(issuer, keeper, verification_method)

    @property
    def known_logs(self) -> tuple[KnownLog, ...]:
        """The same logs, demanding more."""
        return tuple(replace(log, demanded=self.witnesses) for log in self.within.known_logs)


def witness_key(text: str) -> NoteKey:
    """The verifier key of a witness; raises `LogError` for another sort: a log's key cosigns nothing.

    >>> witness_key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    Traceback (most recent call last):
    footprint.errors.LogError: witness — 'example.com/foo' has a key of another sort ...
    """
    key = NoteKey.parse(text)
    if key.kind != WITNESS:
        what, why = f"{shown(key.name)} has a key of another sort", "a witness signs with type 4"
        raise LogError(Problem("witness", what, why, "print its key: footprint log vkey NAME --witness"))
    return key
