"""All that a log says: its entries, once they make the root that it signed."""

from collections.abc import Iterator
from math import ceil

from footprint.errors import LogError, Problem
from footprint.log.sources import Source
from footprint.passport import merkle
from footprint.passport.checkpoint import KnownLog, open_checkpoint
from footprint.passport.tiles import CHECKPOINT, WIDTH, tile_path, unbundle, width_of


def entries(source: Source, log: KnownLog) -> list[bytes]:
    """Every entry of the log's newest head, in order.

    Raises:
        LogError: signed by somebody else, cut, or entries that are not the ones signed.
        SignatureError: a signature that does not fit.
        InputError: the log cannot be read.
    """
    head = open_checkpoint(source.read(CHECKPOINT), [log])
    found = list(_entries(source, head.size))
    if len(found) != head.size or merkle.root([merkle.leaf_hash(one) for one in found]) != head.root:
        why = f"{len(found)} entries do not make the root of {head.size} that {head.origin} signed"
        raise LogError(Problem("log", "was changed on the way, or lies", why, "ask the log itself"))
    return found


def _entries(source: Source, size: int) -> Iterator[bytes]:
    for position in range(ceil(size / WIDTH)):
        yield from unbundle(source.read(tile_path(None, position, width_of(0, position, size))))
