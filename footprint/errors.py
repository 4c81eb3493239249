"""The whole error tree of the SDK. Every message says where, what, why and how to fix it.

FootprintError
├── QuantityError            "1,5 kg", "180", "12 kWh" for an area
├── FactorError              a number that is missing or badly described
├── RecordError              a record that cannot be used: all its problems at once
├── NetworkError             a product system that does not close
├── ValidityError            an equation called outside its range
├── CharacterisationError    a gas without a GWP, a GWP set nobody named
├── InputError               a file, key or option of the command line that cannot be used
├── ScoreError               a passport no score can be computed from
├── RegistryError            a removal unit that cannot be claimed; the rule is cited
└── PassportError
    ├── IssueError           refused before signing: arithmetic, GTIN, lot, missing facts
    └── VerificationError    refused when reading
        ├── MalformedError   not strict JSON, not a passport, over a limit
        ├── SignatureError   a proof that does not verify
        ├── UntrustedError   a key nobody vouched for
        ├── ExpiredError     not valid at the given time
        ├── RevokedError     taken back, suspended or replaced by its issuer
        ├── StatusError      nobody can tell whether it was taken back
        ├── LogError         a log nobody vouched for, or one that contradicts itself
        ├── MismatchError    genuine, but for another lot, or saying two things at once
        └── PolicyError      genuine, but not what the reader asked for
"""

from lca_models.errors import (
    FactorError,
    FootprintError,
    NetworkError,
    Problem,
    QuantityError,
    RecordError,
    ValidityError,
)

__all__ = [
    "CharacterisationError",
    "ExpiredError",
    "FactorError",
    "FootprintError",
    "InputError",
    "IssueError",
    "LogError",
    "MalformedError",
    "MismatchError",
    "NetworkError",
    "PassportError",
    "PolicyError",
    "Problem",
    "QuantityError",
    "RecordError",
    "RegistryError",
    "RevokedError",
    "ScoreError",
    "SignatureError",
    "StatusError",
    "UntrustedError",
    "ValidityError",
    "VerificationError",
]


class CharacterisationError(FootprintError):
    """A gas without a characterisation factor, or no GWP set named."""


class InputError(FootprintError):
    """A file, key or option that cannot be used."""


class ScoreError(FootprintError):
    """A passport no score can be computed from."""


class RegistryError(FootprintError):
    """An act that breaks a rule of the registry of removal units."""


class PassportError(FootprintError):
    """Anything about passports."""


class IssueError(PassportError):
    """Refused before signing."""


class VerificationError(PassportError):
    """Refused when reading: the passport proves nothing."""


class MalformedError(VerificationError):
    """Not strict JSON, not a passport, or over a limit."""


class SignatureError(VerificationError):
    """The proof does not verify."""


class UntrustedError(VerificationError):
    """Signed by a key nobody vouched for."""


class ExpiredError(VerificationError):
    """Not valid at the given time."""


class RevokedError(VerificationError):
    """Taken back, suspended or replaced by its issuer."""


class StatusError(VerificationError):
    """Nobody can tell whether it was taken back: a status list is missing, stale, or somebody else's."""


class LogError(VerificationError):
    """A log nobody vouched for, or one that contradicts itself: another past, or two presents."""


class MismatchError(VerificationError):
    """Genuine, but for another lot, or its numbers contradict each other."""


class PolicyError(VerificationError):
    """Genuine, but not what the reader asked for: another issuer, nobody who looked, too old."""
