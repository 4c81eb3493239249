"""Where a log is read from: its web address, or a folder with the same files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from footprint.errors import FootprintError, InputError, Problem
from footprint.outbound import Outbound
from footprint.passport.signed_note import MAX_NOTE_BYTES
from footprint.passport.strict_json import parse_object
from footprint.passport.tiles import CHECKPOINT, ENTRIES, MAX_BUNDLE_BYTES, MAX_TILE_BYTES


class Source(Protocol):
    """The files of a log (C2SP tlog-tiles)."""

    def read(self, path: str) -> bytes:
        """The file at a path such as `checkpoint` or `tile/0/000.p/7`; raises `InputError`."""
        ...


@dataclass(frozen=True, slots=True)
class Web:
    """A log behind a web address."""

    prefix: str
    outbound: Outbound

    def read(self, path: str) -> bytes:
        """Asks for one file."""
        return self.outbound.get(f"{self.prefix.rstrip('/')}/{path}", _limit(path))


@dataclass(frozen=True, slots=True)
class Folder:
    """A log's files in a folder: a mirror, or a copy that came by post."""

    path: Path

    def read(self, path: str) -> bytes:
        """Reads one file."""
        try:
            with (self.path / path).open("rb") as file:
                data = file.read(_limit(path) + 1)
        except OSError as error:
            why = error.strerror or str(error)
            raise InputError(
                Problem(str(self.path / path), "cannot be read", why, "copy the whole log")
            ) from error
        if len(data) > _limit(path):
            raise InputError(
                Problem(str(self.path / path), "is too large", "it is no file of a log", "copy it again")
            )
        return data


def source_of(text: str, *, unsafe_local: bool = False) -> Source:
    """A web address or the path of a folder."""
    return Web(text, Outbound(unsafe_local)) if "://" in text else Folder(Path(text))


def _limit(path: str) -> int:
    if path == CHECKPOINT:
        return MAX_NOTE_BYTES
    return MAX_BUNDLE_BYTES if path.startswith(ENTRIES) else MAX_TILE_BYTES


def send_head(text: str, note: bytes, *, witness: str, unsafe_local: bool = False) -> None:
    """Hands a cosigned head to the log it is of; raises `InputError` when it does not keep this witness's line."""
    if "://" not in text:
        what, why = "is a folder", "a log that gives out cosignatures has a web address"
        raise InputError(Problem(text, what, why, "hand the cosigned head in where the log is served"))
    url = f"{text.rstrip('/')}/cosignatures"
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    reply = Outbound(unsafe_local).ask("POST", url, max_bytes=MAX_NOTE_BYTES, body=note, headers=headers)
    if reply.status != 200 or witness not in _kept(reply.body):
        why = "it takes cosignatures of witnesses it knows, under heads it has signed"
        fix = "send the operator what `footprint log vkey NAME --witness` prints; look again once the log has entries"
        raise InputError(Problem(url, f"answers {reply.status} and keeps no line of {witness}", why, fix))


def _kept(body: bytes) -> list[object]:
    """Whose lines the log says it keeps: others may have been under the head before."""
    try:
        named = parse_object(body).get("witnesses")
    except FootprintError:
        return []
    return named if isinstance(named, list) else []
