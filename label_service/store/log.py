"""The append-only log: a Merkle tree (RFC 6962, 2.1) whose complete subtrees are kept.

Node (level, position) covers the leaves position·2^level … (position + 1)·2^level − 1. Appending and proving
touch O(log n) nodes. `footprint.passport.merkle` does the same on the whole list of leaves.
"""

from sqlalchemy import Connection, func, insert, select

from footprint.passport.merkle import leaf_hash, node_hash
from label_service.store.records import Receipt
from label_service.store.tables import log_leaves, log_nodes


def append(connection: Connection, passport_id: str, data: bytes) -> int:
    """Adds one leaf inside the caller's write transaction; returns its index, which leaves no gap."""
    index = size(connection)
    leaf = leaf_hash(data)
    connection.execute(insert(log_leaves).values(leaf_index=index, passport_id=passport_id, leaf_hash=leaf))
    _add_node(connection, 0, index, leaf)
    return index


def size(connection: Connection) -> int:
    """How many leaves there are."""
    last = connection.execute(select(func.max(log_leaves.c.leaf_index))).scalar()
    return 0 if last is None else int(last) + 1


def receipt(connection: Connection, index: int, tree_size: int) -> Receipt:
    """The inclusion proof of leaf `index` in the tree of the first `tree_size` leaves."""
    return Receipt(
        leaf_index=index,
        leaf_hash=_node(connection, 0, index),
        tree_size=tree_size,
        root=_root(connection, 0, tree_size),
        path=tuple(_path(connection, index, 0, tree_size)),
    )


def _add_node(connection: Connection, level: int, position: int, digest: bytes) -> None:
    """Stores a node, and its parent when it is a right child: then the subtree above is complete too."""
    connection.execute(insert(log_nodes).values(level=level, position=position, hash=digest))
    if position % 2:
        parent = node_hash(_node(connection, level, position - 1), digest)
        _add_node(connection, level + 1, position // 2, parent)


def _node(connection: Connection, level: int, position: int) -> bytes:
    query = select(log_nodes.c.hash).where(log_nodes.c.level == level, log_nodes.c.position == position)
    return bytes(connection.execute(query).scalar_one())


def _root(connection: Connection, first: int, count: int) -> bytes:
    """MTH of the leaves first … first + count − 1 (RFC 6962, 2.1)."""
    if count & (count - 1) == 0:  # a power of two: a complete subtree, stored as one node
        level = count.bit_length() - 1
        return _node(connection, level, first >> level)
    split = _split(count)
    return node_hash(_root(connection, first, split), _root(connection, first + split, count - split))


def _path(connection: Connection, index: int, first: int, count: int) -> list[bytes]:
    """PATH(index, D[first : first + count]) (RFC 6962, 2.1.1), nearest sibling first."""
    if count == 1:
        return []
    split = _split(count)
    if index - first < split:
        return [*_path(connection, index, first, split), _root(connection, first + split, count - split)]
    return [*_path(connection, index, first + split, count - split), _root(connection, first, split)]


def _split(count: int) -> int:
    """The largest power of two smaller than `count`."""
    return 1 << ((count - 1).bit_length() - 1)
