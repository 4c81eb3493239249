"""A passport that was read and not yet verified: opaque bytes, kept exactly as they came."""

from dataclasses import dataclass
from typing import Any

from footprint.passport.strict_json import parse_object


@dataclass(frozen=True, slots=True)
class Passport:
    """An unverified passport. It proves nothing until `verify` has returned a `VerifiedPassport`.

    The bytes are the passport: they are stored, served and hashed as they came, unknown fields included.
    """

    json: bytes

    def __post_init__(self) -> None:
        parse_object(self.json)

    @classmethod
    def from_json(cls, text: bytes | str) -> "Passport":
        """Bytes or text of one JSON object; raises `MalformedError` when it is ambiguous."""
        return cls(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else bytes(text))

    @property
    def document(self) -> dict[str, Any]:
        """A fresh copy of what the bytes say; changing it changes nothing here."""
        return parse_object(self.json)

    @property
    def unverified_id(self) -> str | None:
        """The identifier the passport gives itself."""
        return _text(self.document.get("id"))

    @property
    def unverified_issuer(self) -> str | None:
        """Who the passport says issued it."""
        return _text(self.document.get("issuer"))

    @property
    def unverified_subject(self) -> str | None:
        """The Digital Link the passport says it is about."""
        subject = self.document.get("credentialSubject")
        return _text(subject.get("id")) if isinstance(subject, dict) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
