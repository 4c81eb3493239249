"""A passport's place in the log: the entry it has there, and the proof of it (C2SP tlog-proof v1).

The proof is a text of its own beside the passport, `passport.json.tlog-proof`. It cannot be inside: the entry
is made of the signed passport, so the passport is finished before there is anything to prove.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from footprint.errors import LogError, Problem
from footprint.passport.checkpoint import Checkpoint, KnownLog, open_checkpoint
from footprint.passport.merkle import HASH_BYTES, leaf_hash, verify_inclusion
from footprint.passport.signed_note import MAX_NOTE_BYTES, Note, decode_base64
from footprint.passport.wording import shown

SUFFIX = ".tlog-proof"
LONGEST_PATH = 64
_HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile("index (0|[1-9][0-9]{0,15})")
_PASSPORT = "agrifood-footprint passport v1"


def passport_entry(digest: str) -> bytes:
    r"""The log's entry for a passport: what it is, and the SHA-256 of its canonical bytes.

    The first line tells kinds of entries apart, so that none can pass for another; the passport itself stays
    out of the log, which is for ever.

    >>> passport_entry("ab" * 32)
    b'agrifood-footprint passport v1\nabababababababababababababababababababababababababababababababab\n'
    """
    return f"{_PASSPORT}\n{digest}\n".encode()


@dataclass(frozen=True, slots=True)
class LogProof:
    """That an entry is in the tree of a checkpoint: not checked yet."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: Note

    def __str__(self) -> str:
        steps = "".join(f"{b64encode(step).decode()}\n" for step in self.path)
        return f"{_HEADER}\nindex {self.index}\n{steps}\n{self.checkpoint}"

    @classmethod
    def parse(cls, proof: bytes | str) -> "LogProof":
        """Reads a proof; raises `LogError` when it is not exactly one. `extra` data are refused: none are used."""
        data = proof.encode("utf-8", "surrogatepass") if isinstance(proof, str) else proof
        if len(data) > MAX_NOTE_BYTES:
            raise _refused(f"is {len(data)} bytes long", f"the limit is {MAX_NOTE_BYTES}")
        head, blank, note = data.partition(b"\n\n")
        lines = head.decode("utf-8", "replace").split("\n")
        if not blank or len(lines) < 2 or lines[0] != _HEADER:
            raise _refused(f"does not start with {_HEADER}", "its form is told by its first line")
        index = _INDEX.fullmatch(lines[1])
        if index is None:
            raise _refused(f"has the line {shown(lines[1])}", "an index from 0 on is needed")
        return cls(int(index[1]), _path(lines[2:]), Note.parse(note))


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A checked place in a log."""

    log: str
    index: int
    checkpoint: Checkpoint


def check_log_proof(entry: bytes, proof: LogProof, logs: Iterable[KnownLog]) -> LogEntry:
    """The entry's place in a log the reader knows.

    Raises:
        LogError: the checkpoint is not of a known log, or too few witnesses saw it.
        SignatureError: a known key's signature that does not fit.
        MismatchError: the path does not lead from this entry to the checkpoint's root.
    """
    checkpoint = open_checkpoint(proof.checkpoint, logs)
    verify_inclusion(leaf_hash(entry), proof.index, checkpoint.size, proof.path, checkpoint.root)
    return LogEntry(checkpoint.origin, proof.index, checkpoint)


def _path(lines: list[str]) -> tuple[bytes, ...]:
    if len(lines) > LONGEST_PATH:
        raise _refused(f"has {len(lines)} steps", f"no tree is higher than {LONGEST_PATH}")
    path = tuple(decode_base64(line, "log proof") for line in lines)
    if any(len(step) != HASH_BYTES for step in path):
        raise _refused("has a step that is no SHA-256", f"{HASH_BYTES} bytes each")
    return path


def _refused(what: str, why: str) -> LogError:
    return LogError(Problem("log proof", what, why, "fetch a fresh proof"))
