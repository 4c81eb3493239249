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
└── PassportError
    ├── IssueError           refused before signing: arithmetic, GTIN, lot, missing facts
    └── VerificationError    refused when reading
        ├── MalformedError   not strict JSON, not a passport, over a limit
        ├── SignatureError   a proof that does not verify
        ├── UntrustedError   a key nobody vouched for
        ├── ExpiredError     not valid at the given time
        └── MismatchError    genuine, but for another lot, or saying two things at once
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
    "MalformedError",
    "MismatchError",
    "NetworkError",
    "PassportError",
    "Problem",
    "QuantityError",
    "RecordError",
    "ScoreError",
    "SignatureError",
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


class MismatchError(VerificationError):
    """Genuine, but for another lot, or its numbers contradict each other."""
