"""What a monitor sees of a log from one look to the next: C2SP tlog-tiles and tlog-checkpoint, RFC 6962 section 2.1.2."""

import json
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

from logged import KEEPER, LOG, ORIGIN, SIGNATURE, WITNESS
from workshop import STRANGER, Document, Signer

from footprint.passport.checkpoint import Checkpoint
from footprint.passport.log_proof import passport_entry
from footprint.passport.merkle import leaf_hash, root
from footprint.passport.signed_note import NoteKey, cosign
from footprint.passport.tiles import CHECKPOINT

GROWS = "RFC 6962 section 2.1.2: the tree shown now begins with every tree shown before"
SHOWN = "C2SP tlog-tiles: the tiles make the root that was signed"
SIGNED = "C2SP tlog-checkpoint: signed under its origin by this log"
SEEN = "C2SP tlog-cosignature: the witness asked for has signed this head"
AT = 1_751_328_000
KEY = NoteKey(ORIGIN, KEEPER.public_key)
WITNESS_KEY = NoteKey("witness.example.org", WITNESS.public_key, 4)


def _leaves(size: int, changed: int | None = None) -> list[bytes]:
    texts = (f"entry {number}" if number != changed else "another entry" for number in range(size))
    return [leaf_hash(passport_entry(sha256(text.encode()).hexdigest())) for text in texts]


@dataclass(frozen=True)
class Look:
    """A log as it is shown once: the leaves in its tiles, and the head signed over them."""

    leaves: list[bytes]
    note: str

    @property
    def files(self) -> dict[str, str]:
        """The files a monitor reads, in base64."""
        size = len(self.leaves)
        tile = {f"tile/0/000.p/{size}": b"".join(self.leaves)} if size else {}
        return {
            name: b64encode(body).decode() for name, body in {CHECKPOINT: self.note.encode(), **tile}.items()
        }


def _look(
    size: int,
    changed: int | None = None,
    *,
    by: Signer = KEEPER,
    origin: str = ORIGIN,
    head: bytes | None = None,
) -> Look:
    leaves = _leaves(size, changed)
    key = NoteKey(origin, by.public_key)
    return Look(leaves, str(Checkpoint(origin, size, head or root(leaves)).signed(key, by.sign_bytes)))


def _cosigned(look: Look, by: Signer) -> Look:
    note = look.note
    text = note.partition("\n\n")[0] + "\n"
    return Look(look.leaves, f"{note}{cosign(text, WITNESS_KEY, by.sign_bytes, AT)}\n")


def _cases() -> dict[str, tuple[Look | None, Look, str, str, bool]]:
    """Seen before, shown now, the answer, the rule, and whether the witness is asked for."""
    five = _look(5)
    return {
        "first_look": (None, five, "pass", SHOWN, False),
        "nothing_new": (five, five, "pass", GROWS, False),
        "grown": (five, _look(9), "pass", GROWS, False),
        "grown_and_witnessed": (five, _cosigned(_look(9), WITNESS), "pass", SEEN, True),
        "rolled_back": (five, _look(4), LOG, GROWS, False),
        "rolled_back_to_nothing": (five, _look(0), LOG, GROWS, False),
        "rolled_back_and_grown_again": (five, _look(9, 4), LOG, GROWS, False),
        "split_view_of_one_size": (five, _look(5, 4), LOG, GROWS, False),
        "first_entry_rewritten": (five, _look(9, 0), LOG, GROWS, False),
        "tiles_of_another_tree": (None, Look(_leaves(5, 2), five.note), LOG, SHOWN, False),
        "root_signed_over_nothing": (None, _look(5, head=bytes(32)), LOG, SHOWN, False),
        "head_of_another_log": (five, _look(9, origin="log.example.net/other"), LOG, SIGNED, False),
        "head_signed_by_a_stranger": (five, _look(9, by=STRANGER), LOG, SIGNED, False),
        "size_rewritten_after_signing": (
            five,
            Look(_leaves(9), five.note.replace("\n5\n", "\n9\n")),
            SIGNATURE,
            SIGNED,
            False,
        ),
        "not_witnessed": (five, _look(9), LOG, SEEN, True),
        "witnessed_by_a_forger": (five, _cosigned(_look(9), STRANGER), SIGNATURE, SEEN, True),
    }


def entries() -> list[Document]:
    """The cases, as the index lists them."""
    return [
        {"name": f"watch_{name}", "file": f"watch_{name}.json", "expect": answer, "rule": rule}
        for name, (_, _, answer, rule, _) in _cases().items()
    ]


def files() -> dict[str, bytes]:
    """One file each: the log's key, the note kept from last time, the files shown now, the witness if one is asked for."""
    made = {}
    for name, (before, now, _, _, asked) in _cases().items():
        seen = {"last": None if before is None else before.note, "files": now.files}
        case = {"log_key": str(KEY), "witness": str(WITNESS_KEY) if asked else None, **seen}
        made[f"watch_{name}.json"] = (json.dumps(case, indent=1) + "\n").encode()
    return made
