"""Signed notes: text with signature lines, as transparency logs exchange it (C2SP signed-note v1.0.0).

Two of its signature types are used here: Ed25519 of the log itself, and the timestamped Ed25519 cosignature of
a witness (C2SP tlog-cosignature). A verifier key ("vkey") names both the key and the one type it is good for.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from footprint.errors import LogError, Problem
from footprint.passport.ed25519 import SIGNATURE_BYTES, PublicKey
from footprint.passport.wording import shown

LOG: Literal[1] = 0x01
WITNESS: Literal[4] = 0x04
"""Signature types: Ed25519 over the text, and a timestamped Ed25519 cosignature."""

MAX_NOTE_BYTES = 64 * 1024
MAX_SIGNATURES = 32
_DASH = "— "
_TIMESTAMP_BYTES = 8
_LATEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A verifier key: who signs, with what, and as what."""

    name: str
    key: PublicKey
    kind: Literal[1, 4] = LOG

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(c.isspace() or ord(c) < 0x20 for c in self.name):
            raise _refused(f"key name {shown(self.name)}", "is not usable", "no spaces, no +, not empty")

    @classmethod
    def parse(cls, text: str) -> "NoteKey":
        """The key in `<name>+<key id>+<base64 of type and key>`.

        >>> NoteKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k").name
        'example.com/foo'
        """
        name, _, rest = text.partition("+")
        key_id, _, material = rest.partition("+")
        raw = decode_base64(material, "vkey")
        kind = raw[0] if raw else -1
        if kind not in (LOG, WITNESS):
            raise _refused("vkey", f"{shown(text)} has type {kind}", "only Ed25519 is checked: types 1 and 4")
        key = cls(name, PublicKey(raw[1:]), LOG if kind == LOG else WITNESS)
        if key.id.hex() != key_id:
            raise _refused(
                "vkey", f"has key id {shown(key_id)}", f"of this name and key it is {key.id.hex()}"
            )
        return key

    @property
    def id(self) -> bytes:
        """SHA-256(name || 0x0A || type || key)[:4]."""
        return sha256(self.name.encode() + b"\n" + self._material).digest()[:4]

    @property
    def _material(self) -> bytes:
        return bytes([self.kind]) + self.key.raw

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(self._material).decode()}"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: not checked yet."""

    name: str
    key_id: bytes
    value: bytes

    @classmethod
    def parse(cls, line: str) -> "NoteSignature":
        """The line `— name base64`; raises `LogError` for any other."""
        return _signature(line)

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.value).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures under it. It says nothing until `check` has passed."""

    text: str
    signatures: tuple[NoteSignature, ...]

    @classmethod
    def parse(cls, note: bytes | str) -> "Note":
        """Reads a note; raises `LogError` on anything two readers could disagree about."""
        text, lines = _split(_decoded(note))
        if not 1 <= len(lines) <= MAX_SIGNATURES:
            raise _refused("note", f"has {len(lines)} signatures", f"1 to {MAX_SIGNATURES} are read")
        return cls(text, tuple(map(_signature, lines)))

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{signature}\n" for signature in self.signatures)

    def signed_by(self, key: NoteKey) -> int | None:
        """Whether `key` signed: `None`, or the time its cosignature states (0 for the log's own signature).

        Raises:
            LogError: a line under the key's name and id that does not verify.
        """
        found = [line for line in self.signatures if (line.name, line.key_id) == (key.name, key.id)]
        times = [_check(self.text, line, key) for line in found]
        return max(times) if times else None

    def and_signatures(self, more: Iterable[NoteSignature]) -> "Note":
        """The note with further signatures, each once."""
        return Note(self.text, tuple(dict.fromkeys((*self.signatures, *more))))


def sign_note(text: str, key: NoteKey, sign: Callable[[bytes], bytes]) -> Note:
    """A log's own signature of a text (type 1): Ed25519 over its bytes."""
    return Note(text, (NoteSignature(key.name, key.id, sign(text.encode())),))


def cosign(text: str, key: NoteKey, sign: Callable[[bytes], bytes], timestamp: int) -> NoteSignature:
    """A witness's signature of a checkpoint it found consistent (cosignature/v1), at a POSIX time."""
    if not 0 < timestamp <= _LATEST:
        raise _refused("timestamp", f"is {timestamp}", "seconds since 1970 are needed")
    signature = sign(_cosigned(text, timestamp))
    return NoteSignature(key.name, key.id, timestamp.to_bytes(_TIMESTAMP_BYTES, "big") + signature)


def _cosigned(text: str, timestamp: int) -> bytes:
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def _check(text: str, line: NoteSignature, key: NoteKey) -> int:
    stamp, signature = (b"", line.value) if key.kind == LOG else (line.value[:8], line.value[8:])
    timestamp = int.from_bytes(stamp, "big")
    if len(signature) != SIGNATURE_BYTES or timestamp > _LATEST:
        raise _refused(
            f"signature of {shown(line.name)}", f"is {len(line.value)} bytes long", "it is cut or padded"
        )
    key.key.check(signature, text.encode() if key.kind == LOG else _cosigned(text, timestamp))
    return timestamp


def _decoded(note: bytes | str) -> str:
    data = note.encode("utf-8", "surrogatepass") if isinstance(note, str) else note
    if len(data) > MAX_NOTE_BYTES:
        raise _refused("note", f"is {len(data)} bytes long", f"the limit is {MAX_NOTE_BYTES}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused("note", "is not UTF-8", f"byte {error.start}") from error
    if any(character < " " and character != "\n" for character in text):
        raise _refused("note", "holds a control character", "only line feeds are allowed")
    return text


def _split(note: str) -> tuple[str, list[str]]:
    """The text, and the signature lines after the last empty line."""
    text, blank, signatures = note.rpartition("\n\n")
    if not blank or not text or not signatures.endswith("\n"):
        raise _refused("note", "has no signature part", "text, an empty line, signature lines")
    return text + "\n", signatures[:-1].split("\n")


def _signature(line: str) -> NoteSignature:
    name, _, value = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not name or "+" in name or any(map(str.isspace, name)):
        raise _refused("note", f"line {shown(line)} is no signature", "— name base64")
    raw = decode_base64(value, f"signature of {shown(name)}")
    if len(raw) <= 4:
        raise _refused(f"signature of {shown(name)}", "is empty", "4 bytes of key id and a signature")
    return NoteSignature(name, raw[:4], raw[4:])


def decode_base64(text: str, where: str) -> bytes:
    """Standard base64, and only its one way of writing a value."""
    try:
        raw = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _refused(where, f"{shown(text)} is not base64", str(error)) from error
    if b64encode(raw).decode() != text:
        raise _refused(where, f"{shown(text)} is not canonical base64", "one value, one text")
    return raw


def _refused(where: str, what: str, why: str) -> LogError:
    return LogError(Problem(where, what, why, "ask the log for the original"))
