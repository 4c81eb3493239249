"""What a monitor does: keep the last head it saw, and accept a new one only when the log has merely grown.

A log that shows a smaller tree was rolled back; one that shows another tree of the same size, or one that does not
begin with what was seen, has shown somebody something else: a split view. Two signed heads that contradict each other
are proof against it, so both are in the message.
"""

from collections.abc import Callable
from dataclasses import dataclass

from footprint.errors import LogError, MismatchError, Problem
from footprint.log.sources import Source
from footprint.passport import merkle
from footprint.passport.checkpoint import Checkpoint, KnownLog, open_checkpoint
from footprint.passport.signed_note import Note, NoteKey, NoteSignature, cosign
from footprint.passport.tiles import CHECKPOINT, node_from


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest head of a log, found consistent with all before it."""

    note: Note
    checkpoint: Checkpoint
    grown_by: int


def watch(source: Source, log: KnownLog, last: bytes | None) -> Seen:
    """Looks at the log once; `last` is the note kept from the time before, `None` the first time.

    Raises:
        LogError: rolled back, a split view, or signed by somebody else.
        SignatureError: a signature that does not fit.
        InputError: the log, or a tile of it, cannot be read.
    """
    note = Note.parse(source.read(CHECKPOINT))
    new = open_checkpoint(note, [log])
    node = node_from(source.read, new.size)
    if last is None:
        if merkle.root_of(node, new.size) != new.root:
            raise _contradiction("its tiles do not make the root it signed", None, note)
        return Seen(note, new, new.size)
    old = open_checkpoint(last, [KnownLog(log.key)])  # witnesses may have been asked for only since
    if new.size < old.size:
        raise _contradiction(f"was rolled back from {old.size} entries to {new.size}", last, note)
    if not _begins_with(old, new, node):
        raise _contradiction(f"has another past than the {old.size} entries it showed before", last, note)
    return Seen(note, new, new.size - old.size)


def cosigned(seen: Seen, key: NoteKey, sign: Callable[[bytes], bytes], timestamp: int) -> NoteSignature:
    """A witness's signature: that this head follows all heads of the log the witness has seen."""
    return cosign(seen.note.text, key, sign, timestamp)


def _begins_with(old: Checkpoint, new: Checkpoint, node: merkle.Node) -> bool:
    if old.size == 0:
        return merkle.root_of(node, new.size) == new.root
    path = merkle.consistency_path(node, old.size, new.size)
    try:
        merkle.verify_consistency(old.size, new.size, path, old.root, new.root)
    except MismatchError:
        return False
    return True


def _contradiction(what: str, last: bytes | None, note: Note) -> LogError:
    before = f"seen before:\n{last.decode()}\nshown now:\n{note}" if last else f"shown now:\n{note}"
    fix = "keep both signed heads: they are the evidence; trust nothing new from this log"
    return LogError(Problem("log", what, before, fix))
