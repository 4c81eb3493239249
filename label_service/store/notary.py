"""Signs the head of the log once per batch, and never a head that contradicts one it has signed before.

The last note is also in a file outside the database. It is written after the commit and before anybody is
answered. So the database may be ahead of it (killed in between: the next batch goes on), never behind: a database
that is shorter, or other, than the kept note is an old backup or a forgery, and nothing more is signed on it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from footprint.errors import FootprintError, Problem
from footprint.passport import Signer, merkle
from footprint.passport.checkpoint import Checkpoint, KnownLog, open_checkpoint
from footprint.passport.signed_note import NoteKey
from label_service.store import log
from label_service.store.errors import StoreError
from label_service.store.kept_checkpoint import KeptCheckpoint
from label_service.store.receipts import Sealed


class Notary:
    """The log's name and key, and the note it signed last."""

    def __init__(self, origin: str, signer: Signer, kept: Path) -> None:
        self.key = NoteKey(origin, signer.ed25519_key)
        self._sign: Callable[[bytes], bytes] = signer.sign_bytes
        self._kept = KeptCheckpoint(kept)
        self._seen: bytes | None = None  # what the file held when it was last compared with the database

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One batch at a time, also between processes."""
        with self._kept.turn():
            yield

    def refuse_rollback(self, connection: Connection) -> None:
        """Raises `StoreError` unless the log in the database begins with the kept checkpoint."""
        note = self._kept.read()
        if note is None:
            if log.newest_checkpoint(connection) is not None:
                why = "the database holds signed checkpoints, and nothing tells whether they are the last"
                raise _refused(
                    "cannot be compared with its kept checkpoint: that file is missing", why, "put it back"
                )
            self.keep(
                self._signed(0, merkle.EMPTY_ROOT)
            )  # before the first commit: from here on it is never missing
            return
        if note == self._seen:
            return
        kept = self._opened(note)
        size = log.size(connection)
        if size < kept.size:
            why = f"the kept checkpoint was signed at {kept.size}: an older backup was restored"
            raise _refused(f"has {size} entries", why, "restore the newest backup; what was signed is signed")
        if log.root(connection, kept.size) != kept.root:
            why = f"of {kept.size} entries another root was signed"
            raise _refused(
                "has another past", why, "restore the database that belongs to the kept checkpoint"
            )
        self._seen = note

    def seal(self, connection: Connection) -> Sealed:
        """Signs the tree as it now is, inside the transaction that made it, if it has grown."""
        size, newest = log.size(connection), log.newest_checkpoint(connection)
        grown = range(newest.tree_size if newest else 0, size)
        if not grown:
            return Sealed(grown, newest.note if newest and newest.note != self._seen else None)
        note = self._signed(size, log.root(connection, size))
        log.add_checkpoint(connection, size, note)
        return Sealed(grown, note)

    def keep(self, note: bytes | None) -> None:
        """Puts the committed note outside of the database."""
        if note is not None:
            self._kept.swap(self._seen, note)
            self._seen = note

    def newest(self) -> bytes | None:
        """The kept note: what it says was committed before."""
        return self._kept.read()

    def _signed(self, size: int, root: bytes) -> bytes:
        return str(Checkpoint(self.key.name, size, root).signed(self.key, self._sign)).encode()

    def _opened(self, note: bytes) -> Checkpoint:
        try:
            return open_checkpoint(note, [KnownLog(self.key)])
        except FootprintError as error:
            why = str(error.problems[0])
            raise _refused(
                "cannot be compared with the kept checkpoint",
                why,
                "use the log's own key and name: FOOTPRINT_LOG_NAME",
            ) from error


def _refused(what: str, why: str, fix: str) -> StoreError:
    return StoreError(Problem("database", what, why, fix))
