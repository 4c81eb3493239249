"""Receipts: that leaves are in the log, each in the tree of the head that was signed with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

from footprint.passport import merkle
from footprint.passport.signed_note import Note
from label_service.store.nodes import with_nodes
from label_service.store.records import Receipt
from label_service.store.tables import checkpoints, log_leaves
from label_service.store.witnesses import with_cosignatures

# made once: building a statement takes longer than running it
_HEAD_OF = select(checkpoints.c.note).where(checkpoints.c.tree_size == bindparam("size"))
_FIRST_OVER = (
    select(func.min(checkpoints.c.tree_size))
    .where(checkpoints.c.tree_size > log_leaves.c.leaf_index)
    .scalar_subquery()
)
_SIZES = select(log_leaves.c.leaf_index, _FIRST_OVER).where(
    log_leaves.c.leaf_index.in_(bindparam("leaves", expanding=True))
)
Asked = tuple[int, int]
"""A leaf, and the size of the tree it is proved in."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The leaves that a transaction has added, and the head to be kept: the one over them, if there are any."""

    leaves: range
    note: bytes | None


UNSEALED = Sealed(range(0), None)


def receipt(connection: Connection, index: int, tree_size: int | None = None) -> Receipt:
    """The inclusion proof of leaf `index`: in the tree of its batch's checkpoint, or of `tree_size` leaves."""
    if tree_size is None:
        return receipts(connection, [index])[index]
    return _receipts(connection, [(index, tree_size)], {tree_size: _signed(connection, tree_size)})[0]


def receipts(connection: Connection, leaves: Iterable[int], sealed: Sealed = UNSEALED) -> dict[int, Receipt]:
    """The inclusion proofs of several leaves, in a few queries however many there are."""
    wanted = sorted(set(leaves))
    sizes = _sizes(connection, [leaf for leaf in wanted if leaf not in sealed.leaves])
    asked = [(leaf, sealed.leaves.stop if leaf in sealed.leaves else sizes[leaf]) for leaf in wanted]
    notes = {size: _signed(connection, size) for size in dict.fromkeys(sizes.values())}
    if sealed.leaves and sealed.note is not None:
        notes[sealed.leaves.stop] = Note.parse(sealed.note)  # nobody can have cosigned it yet
    return {each.leaf_index: each for each in _receipts(connection, asked, notes)}


def _sizes(connection: Connection, leaves: Sequence[int]) -> dict[int, int]:
    """The tree of the first head over each leaf; without a head, the smallest that it is in."""
    if not leaves:
        return {}
    return {leaf: size or leaf + 1 for leaf, size in connection.execute(_SIZES, {"leaves": leaves})}


def _receipts(
    connection: Connection, asked: Sequence[Asked], notes: Mapping[int, Note | None]
) -> list[Receipt]:
    proofs = with_nodes(connection, lambda node: _proofs(node, asked))
    return [
        Receipt(leaf, digest, size, root, path, notes.get(size))
        for (leaf, size), (digest, root, path) in zip(asked, proofs, strict=True)
    ]


def _proofs(node: merkle.Node, asked: Sequence[Asked]) -> list[tuple[bytes, bytes, tuple[bytes, ...]]]:
    roots = {size: merkle.root_of(node, size) for _, size in asked}
    return [(node(0, leaf), roots[size], merkle.inclusion_path(node, leaf, size)) for leaf, size in asked]


def _signed(connection: Connection, size: int) -> Note | None:
    note = connection.execute(_HEAD_OF, {"size": size}).scalar()
    return None if note is None else with_cosignatures(connection, bytes(note))
