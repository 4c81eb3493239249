"""A log's tree and entries as static files (C2SP tlog-tiles): their paths, and reading the tree out of them.

A tile of level l holds up to 256 hashes, each of 256^l leaves. Only what a signed checkpoint covers is asked for.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from footprint.errors import LogError, Problem
from footprint.passport.merkle import HASH_BYTES, Node, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
CHECKPOINT, ENTRIES = "checkpoint", "tile/entries/"
MAX_TILE_BYTES = WIDTH * HASH_BYTES
MAX_ENTRY_BYTES = 0xFFFF
MAX_BUNDLE_BYTES = WIDTH * (2 + MAX_ENTRY_BYTES)

Read = Callable[[str], bytes]
"""Gives the bytes at a path below the log's prefix."""


def tile_path(level: int | None, position: int, width: int = WIDTH) -> str:
    """Where a tile is; level `None` is the bundle of its entries.

    >>> tile_path(0, 1234067)
    'tile/0/x001/x234/067'
    >>> tile_path(None, 0, 7)
    'tile/entries/000.p/7'
    """
    groups = [f"{position % 1000:03}"]
    while position := position // 1000:
        groups.insert(0, f"x{position % 1000:03}")
    name = "entries" if level is None else str(level)
    return f"tile/{name}/{'/'.join(groups)}" + (f".p/{width}" if width < WIDTH else "")


def width_of(level: int, position: int, size: int) -> int:
    """How many hashes tile (level, position) has in a tree of `size` leaves.

    >>> width_of(0, 273, 70_000), width_of(1, 1, 70_000), width_of(2, 0, 70_000), width_of(0, 274, 70_000)
    (112, 17, 1, 0)
    """
    return max(0, min(WIDTH, (size >> HEIGHT * level) - position * WIDTH))


def node_from(read: Read, size: int) -> Node:
    """The complete subtrees of the tree of `size` leaves, read from its tiles; each tile is read once."""

    @lru_cache(maxsize=1024)
    def tile(level: int, position: int) -> bytes:
        width = width_of(level, position, size)
        data = read(tile_path(level, position, width))
        if len(data) != width * HASH_BYTES:
            what = f"is {len(data)} bytes long, {width * HASH_BYTES} are needed"
            raise LogError(
                Problem(tile_path(level, position, width), what, "a tile is cut", "ask the log again")
            )
        return data

    def node(level: int, position: int) -> bytes:
        row, height = divmod(level, HEIGHT)
        first = position << height
        data, start = tile(row, first >> HEIGHT), first % WIDTH
        hashes = [data[at * HASH_BYTES : (at + 1) * HASH_BYTES] for at in range(start, start + (1 << height))]
        while len(hashes) > 1:
            hashes = [node_hash(*pair) for pair in zip(hashes[::2], hashes[1::2], strict=True)]
        return hashes[0]

    return node


def bundle(entries: Iterable[bytes]) -> bytes:
    r"""Entries as a bundle: each after its length in two bytes, big-endian.

    >>> bundle([b"one", b""])
    b'\x00\x03one\x00\x00'
    """
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(data: bytes) -> Iterator[bytes]:
    """The entries of a bundle; raises `LogError` when it is cut."""
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if at + 2 + length > len(data):
            raise LogError(
                Problem("entries", "end in the middle of one", "a bundle is cut", "ask the log again")
            )
        yield entry
        at += 2 + length
