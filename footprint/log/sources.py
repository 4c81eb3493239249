"""Where a log is read from: its web address, or a folder with the same files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from footprint.errors import InputError, Problem
from footprint.outbound import Outbound
from footprint.passport.signed_note import MAX_NOTE_BYTES
from footprint.passport.tiles import CHECKPOINT, MAX_TILE_BYTES


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
    return MAX_NOTE_BYTES if path == CHECKPOINT else MAX_TILE_BYTES
