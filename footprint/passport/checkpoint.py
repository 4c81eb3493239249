"""Checkpoints: the signed head of a log's tree (C2SP tlog-checkpoint v1.0.0)."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from footprint.errors import LogError, Problem
from footprint.passport.merkle import HASH_BYTES
from footprint.passport.signed_note import Note, NoteKey, decode_base64, sign_note
from footprint.passport.wording import shown

LARGEST_TREE = 2**53
_SIZE = re.compile("0|[1-9][0-9]{0,15}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The first `size` entries of the log `origin` have this root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed.

        >>> print(Checkpoint("log.example.org/food", 3, bytes(32)).text, end="")
        log.example.org/food
        3
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
        """
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """The three lines of a note's text; extension lines are refused, nobody can audit them."""
        lines = text.split("\n")
        if len(lines) != 4 or not lines[0] or lines[3]:
            raise _refused("checkpoint", f"has {len(lines) - 1} lines", "origin, size and root are read")
        origin, size, root = lines[:3]
        if not _SIZE.fullmatch(size) or int(size) > LARGEST_TREE:
            raise _refused("checkpoint size", f"is {shown(size)}", f"a whole number up to {LARGEST_TREE}")
        digest = decode_base64(root, "checkpoint root")
        if len(digest) != HASH_BYTES:
            raise _refused("checkpoint root", f"is {len(digest)} bytes long", f"SHA-256 has {HASH_BYTES}")
        return cls(origin, int(size), digest)

    def signed(self, key: NoteKey, sign: Callable[[bytes], bytes]) -> Note:
        """The checkpoint as the log's note."""
        return sign_note(self.text, key, sign)


@dataclass(frozen=True, slots=True)
class KnownLog:
    """A log the reader believes: its key, and how many of which witnesses must have seen what it says."""

    key: NoteKey
    witnesses: tuple[NoteKey, ...] = ()
    needed: int = 0
    demanded: tuple[NoteKey, ...] = ()
    """Witnesses of whom each must have seen it, whatever the others did."""


def open_checkpoint(note: bytes | str | Note, logs: Iterable[KnownLog]) -> Checkpoint:
    """The checkpoint in a note that a known log signed under its own name, and enough witnesses with it.

    Raises:
        LogError: malformed, another log's, or too few witnesses.
        SignatureError: a signature of a known key that does not fit.
    """
    read = note if isinstance(note, Note) else Note.parse(note)
    checkpoint = Checkpoint.parse(read.text)
    known = next((log for log in logs if log.key.name == checkpoint.origin), None)
    if known is None or read.signed_by(known.key) is None:
        what = f"of {shown(checkpoint.origin)} is not signed by a key you know"
        raise _refused("checkpoint", what, "anyone can draw a tree", "add the log's vkey to the trust list")
    for witness in known.demanded:
        if read.signed_by(witness) is None:
            what, why = f"is not signed by {witness.name}", "you asked for this witness"
            raise _refused("checkpoint", what, why, "ask for one that was cosigned")
    seen = sum(read.signed_by(witness) is not None for witness in known.witnesses)
    if seen < known.needed:
        why = "a log can show two readers two trees; witnesses make that visible"
        what = f"is signed by {seen} of your witnesses, {known.needed} are needed"
        raise _refused("checkpoint", what, why, "ask for one that was cosigned")
    return checkpoint


def _refused(where: str, what: str, why: str, fix: str = "ask the log for the original") -> LogError:
    return LogError(Problem(where, what, why, fix))
