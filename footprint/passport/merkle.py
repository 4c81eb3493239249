"""The Merkle tree of a transparency log: RFC 6962 §2.1, as pure functions.

A tree of n leaves splits at the largest power of two below n. Leaves and nodes are hashed with different
first bytes, so that neither can pass for the other. Proofs need the hashes of complete subtrees only, and ask
a `Node` for them: a list of leaves, a database, or the tiles of somebody else's log.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

from footprint.errors import MismatchError, Problem

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
_LEAF, _NODE = b"\x00", b"\x01"

Node = Callable[[int, int], bytes]
"""Node (level, position) is the hash of the leaves position · 2^level … (position + 1) · 2^level − 1."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry)."""
    return sha256(_LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return sha256(_NODE + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """MTH, the hash of the whole tree (§2.1).

    >>> root([]).hex()[:16]
    'e3b0c44298fc1c14'
    """
    return root_of(node_of(leaves), len(leaves))


def root_of(node: Node, size: int) -> bytes:
    """MTH of the first `size` leaves, from complete subtrees."""
    return _subtree(node, 0, size) if size else EMPTY_ROOT


def node_of(leaves: Sequence[bytes]) -> Node:
    """The complete subtrees over a list of leaf hashes."""

    def node(level: int, position: int) -> bytes:
        if level == 0:
            return leaves[position]
        return node_hash(node(level - 1, 2 * position), node(level - 1, 2 * position + 1))

    return node


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """PATH(m, D[n]): the hashes that lead from leaf `index` to the root, lowest first (§2.1.1)."""
    return inclusion_path(node_of(leaves), index, len(leaves))


def inclusion_path(node: Node, index: int, size: int) -> tuple[bytes, ...]:
    """PATH(m, D[0:size]) from complete subtrees."""
    if not 0 <= index < size:
        raise IndexError(f"leaf {index} of a tree of {size}")
    return tuple(_path(node, index, 0, size))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes
) -> None:
    """Raises `MismatchError` unless the proof leads from the leaf to the root (RFC 9162 §2.1.3.2)."""
    _check_hashes(leaf, *proof, expected_root)
    if not 0 <= index < size:
        raise _mismatch(f"leaf {index} is not in a tree of {size}")
    position, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise _mismatch("the proof is too long")
        if position % 2 or position == last:
            value = node_hash(sibling, value)
            position, last = _skip_lonely(position, last)
        else:
            value = node_hash(value, sibling)
        position, last = position >> 1, last >> 1
    if last or value != expected_root:
        raise _mismatch("the proof does not lead to the root")


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """PROOF(m, D[n]): that the first `old_size` leaves are still the beginning of the tree (§2.1.2)."""
    return consistency_path(node_of(leaves), old_size, len(leaves))


def consistency_path(node: Node, old_size: int, size: int) -> tuple[bytes, ...]:
    """PROOF(m, D[0:size]) from complete subtrees."""
    if not 1 <= old_size <= size:
        raise IndexError(f"old size {old_size} of a tree of {size}")
    return tuple(_old_part(node, old_size, 0, size, whole=True))


def verify_consistency(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Raises `MismatchError` unless the new tree begins with the old one (RFC 9162 §2.1.4.2)."""
    if not 1 <= old_size <= new_size:
        raise _mismatch(f"a tree of {new_size} does not begin with one of {old_size}")
    if old_size == new_size:
        if proof or old_root != new_root:
            raise _mismatch("trees of one size differ, or the proof is not empty")
        return
    _check_hashes(*proof, old_root, new_root)
    steps = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    if not steps:
        raise _mismatch("the proof is empty")
    if _climb(old_size - 1, new_size - 1, steps) != (old_root, new_root):
        raise _mismatch("the proof does not lead to both roots")


def _climb(position: int, last: int, steps: list[bytes]) -> tuple[bytes, bytes]:
    """The old and the new root that a consistency proof leads to."""
    while position % 2:
        position, last = position >> 1, last >> 1
    old = new = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            raise _mismatch("the proof is too long")
        if position % 2 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            position, last = _skip_lonely(position, last)
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise _mismatch("the proof is too short")
    return old, new


def _skip_lonely(position: int, last: int) -> tuple[int, int]:
    """Levels where the rightmost node has no sibling add nothing to the proof."""
    while position and not position % 2:
        position, last = position >> 1, last >> 1
    return position, last


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _subtree(node: Node, start: int, stop: int) -> bytes:
    """MTH(D[start:stop]); `start` is a multiple of the largest power of two in the count, as splits make it."""
    count = stop - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(count)
    return node_hash(_subtree(node, start, middle), _subtree(node, middle, stop))


def _path(node: Node, index: int, start: int, stop: int) -> list[bytes]:
    if stop - start == 1:
        return []
    middle = start + _split(stop - start)
    if index < middle:
        return [*_path(node, index, start, middle), _subtree(node, middle, stop)]
    return [*_path(node, index, middle, stop), _subtree(node, start, middle)]


def _old_part(node: Node, old: int, start: int, stop: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b) of §2.1.2; `whole` is b: the verifier knows this subtree's hash already."""
    if old == stop - start:
        return [] if whole else [_subtree(node, start, stop)]
    middle = start + _split(stop - start)
    if old <= middle - start:
        return [*_old_part(node, old, start, middle, whole=whole), _subtree(node, middle, stop)]
    rest = _old_part(node, old - (middle - start), middle, stop, whole=False)
    return [*rest, _subtree(node, start, middle)]


def _check_hashes(*hashes: bytes) -> None:
    if any(len(value) != HASH_BYTES for value in hashes):
        raise _mismatch(f"a hash is not {HASH_BYTES} bytes long")


def _mismatch(what: str) -> MismatchError:
    return MismatchError(Problem("log proof", what, "the log and the proof disagree", "fetch a fresh proof"))
