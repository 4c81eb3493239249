"""The append-only log: a Merkle tree (RFC 6962, 2.1) whose complete subtrees are kept.

Node (level, position) covers the leaves position·2^level … (position + 1)·2^level − 1. Appending and proving
touch O(log n) nodes; the proofs themselves are `footprint.passport.merkle`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from footprint.passport import merkle
from footprint.passport.merkle import leaf_hash, node_hash
from footprint.passport.tiles import HEIGHT, MAX_ENTRY_BYTES, WIDTH
from label_service.store.nodes import Place, nodes_at, with_nodes
from label_service.store.tables import checkpoints, log_leaves, log_nodes

# made once: building a statement takes longer than running it
_NEW_LEAF, _NEW_NODES = insert(log_leaves), insert(log_nodes)
_LEAF = ("leaf_index", "entry", "leaf_hash", "passport_id")
_LAST = select(func.max(log_leaves.c.leaf_index))
_NEWEST = select(checkpoints).order_by(checkpoints.c.tree_size.desc()).limit(1)
_NEW_HEAD = insert(checkpoints)


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A checkpoint as it was signed."""

    tree_size: int
    note: bytes


def append(connection: Connection, entry: bytes, passport_id: str | None = None) -> int:
    """Adds one entry inside the caller's write transaction; returns its index, which leaves no gap.

    The entry is public and there for ever; its first line should say what kind it is, so that no kind can pass for
    another. `passport_id` names the stored passport it is of, if it is of one.
    """
    return append_all(connection, [entry], [passport_id]).start


def append_all(
    connection: Connection, entries: Sequence[bytes], passport_ids: Sequence[str | None] | None = None
) -> range:
    """Adds several at once, in this order; returns their indices. One statement each for leaves and nodes."""
    if (longest := max(map(len, entries), default=0)) > MAX_ENTRY_BYTES:
        raise ValueError(f"an entry has at most {MAX_ENTRY_BYTES} bytes, not {longest}")
    first, hashes = size(connection), [leaf_hash(entry) for entry in entries]
    indices = range(first, first + len(entries))
    if entries:
        owners = passport_ids or [None] * len(entries)
        rows = zip(indices, entries, hashes, owners, strict=True)
        connection.execute(_NEW_LEAF, [dict(zip(_LEAF, row, strict=True)) for row in rows])
        connection.execute(_NEW_NODES, _new_nodes(nodes_at(connection, _peaks(first)), first, hashes))
    return indices


def size(connection: Connection) -> int:
    """How many leaves there are."""
    last = connection.execute(_LAST).scalar()
    return 0 if last is None else int(last) + 1


def root(connection: Connection, tree_size: int) -> bytes:
    """The root of the first `tree_size` leaves."""
    return with_nodes(connection, lambda node: merkle.root_of(node, tree_size))


def consistency(connection: Connection, old_size: int, new_size: int) -> tuple[bytes, ...]:
    """The proof that the tree of `new_size` leaves begins with the one of `old_size`."""
    return with_nodes(connection, lambda node: merkle.consistency_path(node, old_size, new_size))


def tile(connection: Connection, level: int, position: int, width: int) -> bytes:
    """The first `width` hashes of a tile; shorter when the log does not reach that far."""
    first = position * WIDTH
    query = (
        select(log_nodes.c.hash)
        .where(log_nodes.c.level == level * HEIGHT)
        .where(log_nodes.c.position.between(first, first + width - 1))
        .order_by(log_nodes.c.position)
    )
    return b"".join(map(bytes, connection.execute(query).scalars()))


def entries(connection: Connection, position: int, width: int) -> list[bytes]:
    """The first `width` entries of a bundle."""
    first = position * WIDTH
    query = (
        select(log_leaves.c.entry)
        .where(log_leaves.c.leaf_index.between(first, first + width - 1))
        .order_by(log_leaves.c.leaf_index)
    )
    return list(map(bytes, connection.execute(query).scalars()))


def newest_checkpoint(connection: Connection) -> SignedHead | None:
    """The head that was signed last."""
    row = connection.execute(_NEWEST).first()
    return SignedHead(row.tree_size, bytes(row.note)) if row else None


def add_checkpoint(connection: Connection, tree_size: int, note: bytes) -> None:
    """Stores a signed head; never a second one of the same size."""
    connection.execute(_NEW_HEAD, {"tree_size": tree_size, "note": note})


def _new_nodes(peaks: dict[Place, bytes], first: int, hashes: Sequence[bytes]) -> list[dict[str, Any]]:
    """The leaves and every subtree they complete: a right child completes its parent."""
    fresh: dict[Place, bytes] = {}
    for index, leaf in enumerate(hashes, start=first):
        level, position, digest = 0, index, leaf
        fresh[level, position] = digest
        while position % 2:
            left = (level, position - 1)
            digest = node_hash(fresh.get(left) or peaks[left], digest)
            level, position = level + 1, position // 2
            fresh[level, position] = digest
    return [{"level": level, "position": at, "hash": digest} for (level, at), digest in fresh.items()]


def _peaks(size: int) -> list[Place]:
    """The largest complete subtrees of the first `size` leaves: what new leaves can join to their right."""
    return [(level, (size >> level) - 1) for level in range(size.bit_length()) if size >> level & 1]
