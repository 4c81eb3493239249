"""The last signed checkpoint, kept outside the database: what a restored old backup is measured against."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from footprint.passport.signed_note import MAX_NOTE_BYTES
from label_service.store.errors import unavailable


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """A file of one note, replaced as a whole and only by the one who has seen what is in it."""

    path: Path

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Keeps other processes with the same file out until the new checkpoint is kept."""
        try:
            descriptor = os.open(f"{self.path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise unavailable(f"the kept checkpoint cannot be locked: {error.strerror}") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def read(self) -> bytes | None:
        """The kept note; `None` before the first."""
        try:
            with self.path.open("rb") as file:
                return file.read(MAX_NOTE_BYTES)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise unavailable(f"the kept checkpoint cannot be read: {error.strerror}") from error

    def swap(self, expected: bytes | None, new: bytes) -> None:
        """Replaces `expected` by `new`, durably; raises `StoreError` when the file holds something else."""
        if self.read() != expected:
            raise unavailable("another process has kept a checkpoint of its own; let only one write this log")
        fresh = Path(f"{self.path}.new")
        try:
            with fresh.open("wb") as file:
                file.write(new)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
            _flush_folder(self.path.parent)
        except OSError as error:
            raise unavailable(f"the checkpoint cannot be kept: {error.strerror}") from error


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
