"""A passport that was read and not yet verified: opaque bytes, kept exactly as they came."""

from dataclasses import dataclass, field
from hashlib import sha256
from json import loads
from typing import Any, Literal

from pydantic_core import from_json

from footprint.errors import MalformedError, Problem
from footprint.passport.canonical import digest, read_canonical
from footprint.passport.jose import MAX_TOKEN_BYTES, Token
from footprint.passport.sd_jwt import reveal
from footprint.passport.strict_json import MAX_BYTES, parse_object
from footprint.passport.wording import shown

WITH_PROOF: Literal["vc"] = "vc"
JWT: Literal["vc+jwt"] = "vc+jwt"
SD_JWT: Literal["vc+sd-jwt"] = "vc+sd-jwt"
FORMS = (WITH_PROOF, JWT, SD_JWT)
"""A credential with a proof inside, or the same in a token; the names are those of the media types."""

SEPARATOR = "~"
_TOKEN_START = b"eyJ"
"""How `{"` begins in base64url; no JSON text begins so."""


@dataclass(frozen=True, slots=True)
class Passport:
    """An unverified passport. It proves nothing until `verify` has returned a `VerifiedPassport`.

    The bytes are the passport: they are stored, served and hashed as they came, unknown fields included. They are
    JSON, or a token around it (`form`).
    """

    json: bytes
    is_canonical: bool = field(init=False, repr=False, compare=False)
    """Whether these bytes are the canonical ones, of which the signature is."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_canonical", _read(self.json)[1])

    @classmethod
    def from_json(cls, text: bytes | str) -> "Passport":
        """Bytes or text of one JSON object or token; raises `MalformedError` when it is ambiguous."""
        return cls.opened(text)[0]

    @classmethod
    def opened(cls, text: bytes | str) -> "tuple[Passport, dict[str, Any]]":
        """The passport together with what it says, read once."""
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else bytes(text)
        document, is_canonical = _read(data)
        return cls._known(data, is_canonical=is_canonical), document

    @classmethod
    def signed(cls, data: bytes) -> "Passport":
        """The canonical bytes of a document that was just signed: strict JSON already, unless there are too many."""
        return cls._known(data, is_canonical=True) if len(data) <= MAX_BYTES else cls(data)

    @classmethod
    def _known(cls, data: bytes, *, is_canonical: bool) -> "Passport":
        """Bytes that were read before."""
        passport = object.__new__(cls)
        object.__setattr__(passport, "json", data)
        object.__setattr__(passport, "is_canonical", is_canonical)
        return passport

    @property
    def document(self) -> dict[str, Any]:
        """A fresh copy of what the bytes say; changing it changes nothing here."""
        copy: dict[str, Any]  # read strictly before
        if self.is_canonical:
            copy = from_json(self.json)
        else:
            copy = loads(self.json.decode()) if self.form == WITH_PROOF else _told(self.json)
        return copy

    @property
    def form(self) -> Literal["vc", "vc+jwt", "vc+sd-jwt"]:
        """Which of the three forms it came in."""
        if not self.json.startswith(_TOKEN_START):
            return WITH_PROOF
        return SD_JWT if SEPARATOR.encode() in self.json else JWT

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON; of a token, whatever it discloses, that of the part which is signed."""
        if self.is_canonical:
            return sha256(self.json).hexdigest()
        if self.form == WITH_PROOF:
            return digest(self.document)
        return sha256(self.parts[0].encode()).hexdigest()

    @property
    def parts(self) -> tuple[str, ...]:
        """A token, the disclosures after it, and the empty end of those; of JSON, the text itself."""
        return (
            tuple(self.json.decode().strip().split(SEPARATOR))
            if self.form != WITH_PROOF
            else (self.json.decode(),)
        )

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


def _read(data: bytes) -> tuple[dict[str, Any], bool]:
    """What a passport says, in whatever form, and whether it is JSON in its canonical bytes."""
    if data.startswith(_TOKEN_START):
        return _told(data), False
    document = read_canonical(data)
    return (parse_object(data), False) if document is None else (document, True)


def _told(data: bytes) -> dict[str, Any]:
    """What a token says: its payload, with what was disclosed."""
    if len(data) > MAX_TOKEN_BYTES or not data.isascii():
        raise _no_token(f"is {len(data)} bytes long", f"ASCII, up to {MAX_TOKEN_BYTES} bytes")
    text, *told = data.decode().strip().split(SEPARATOR)
    token = Token.parse(text)
    expected = SD_JWT if told else JWT
    if token.typ != expected:
        raise _no_token(f"has the typ {shown(token.typ)}", f"of this form it is {expected}")
    payload = parse_object(token.payload)
    if not told:
        return payload
    if told[-1]:
        raise _no_token("ends with a key binding", "who holds a passport is not asked, and so not checked")
    return reveal(payload, tuple(told[:-1])).document


def _no_token(what: str, why: str) -> MalformedError:
    return MalformedError(Problem("token", what, why, "ask for the token as it was made"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
