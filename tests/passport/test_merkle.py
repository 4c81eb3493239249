"""The log's tree: RFC 6962 vectors, and properties over trees of every small size."""

import json
from base64 import b64decode
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.errors import MismatchError
from footprint.passport import merkle

LEAVES = [merkle.leaf_hash(bytes([number])) for number in range(70)]


def decoded(proof):
    return [b64decode(step) for step in proof or []]


def accepted(check, *arguments):
    try:
        check(*arguments)
    except MismatchError:
        return False
    return True


def test_the_published_inclusion_proofs(shared):
    cases = json.loads((shared / "vectors/rfc6962_merkle.json").read_text())["inclusion"]
    verdicts = []
    for case in cases:
        leaf, root, proof = b64decode(case["leafHash"]), b64decode(case["root"]), decoded(case["proof"])
        good = accepted(merkle.verify_inclusion, leaf, case["leafIdx"], case["treeSize"], proof, root)
        assert good is not case["wantErr"], case["desc"]
        verdicts.append(good)
    assert any(verdicts)
    assert verdicts.count(False) > 50


def test_the_published_consistency_proofs(shared):
    cases = json.loads((shared / "vectors/rfc6962_merkle.json").read_text())["consistency"]
    verdicts = []
    for case in cases:
        roots = b64decode(case["root1"]), b64decode(case["root2"])
        good = accepted(
            merkle.verify_consistency, case["size1"], case["size2"], decoded(case["proof"]), *roots
        )
        assert good is not case["wantErr"], case["desc"]
        verdicts.append(good)
    assert any(verdicts)
    assert verdicts.count(False) > 50


def test_the_empty_tree_and_the_tree_of_one():
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root(LEAVES[:1]) == LEAVES[0]
    assert merkle.inclusion_proof(LEAVES[:1], 0) == ()


@pytest.mark.parametrize("size", range(1, 34))
def test_every_leaf_of_every_small_tree_is_proven(size):
    leaves = LEAVES[:size]
    root = merkle.root(leaves)
    for index, leaf in enumerate(leaves):
        proof = merkle.inclusion_proof(leaves, index)
        merkle.verify_inclusion(leaf, index, size, proof, root)
        assert len(proof) <= (size - 1).bit_length()
        assert not accepted(merkle.verify_inclusion, LEAVES[-1], index, size, proof, root)
        assert not accepted(merkle.verify_inclusion, leaf, index, size, (*proof, root), root)
        if proof:
            assert not accepted(merkle.verify_inclusion, leaf, index, size, proof[:-1], root)


@pytest.mark.parametrize("new", range(1, 34))
def test_every_earlier_tree_is_consistent_with_every_later_one(new):
    for old in range(1, new + 1):
        proof = merkle.consistency_proof(LEAVES[:new], old)
        roots = merkle.root(LEAVES[:old]), merkle.root(LEAVES[:new])
        merkle.verify_consistency(old, new, proof, *roots)
        assert not accepted(merkle.verify_consistency, old, new, (*proof, roots[0]), *roots)
        assert not accepted(merkle.verify_consistency, old, new, proof, LEAVES[-1], roots[1])
        assert not accepted(merkle.verify_consistency, old, new, proof, roots[0], LEAVES[-1])


@given(st.integers(1, 60), st.integers(0, 59), st.binary(min_size=1, max_size=4))
def test_a_rewritten_entry_breaks_consistency(new, index, entry):
    old = max(1, new // 2)
    forged = list(LEAVES[:new])
    forged[index % old] = merkle.leaf_hash(b"forged" + entry)
    proof = merkle.consistency_proof(forged, old)
    assert not accepted(
        merkle.verify_consistency, old, new, proof, merkle.root(LEAVES[:old]), merkle.root(forged)
    )


def test_a_leaf_cannot_pass_for_a_node():
    left, right = LEAVES[:2]
    assert merkle.leaf_hash(left + right) != merkle.node_hash(left, right)


def test_the_tree_grows_and_never_repeats_a_root():
    roots = [merkle.root(LEAVES[:size]) for size in range(len(LEAVES) + 1)]
    assert all(earlier != later for earlier, later in pairwise(roots))
    assert len(set(roots)) == len(roots)


@pytest.mark.parametrize(
    ("act", "arguments"),
    [
        (merkle.inclusion_proof, (LEAVES[:3], 3)),
        (merkle.inclusion_proof, (LEAVES[:3], -1)),
        (merkle.consistency_proof, (LEAVES[:3], 4)),
        (merkle.consistency_proof, (LEAVES[:3], 0)),
    ],
)
def test_proofs_of_what_is_not_there(act, arguments):
    with pytest.raises(IndexError):
        act(*arguments)


def test_an_old_tree_cannot_be_larger_than_the_new_one():
    with pytest.raises(MismatchError, match="does not begin"):
        merkle.verify_consistency(3, 2, (), LEAVES[0], LEAVES[1])
    with pytest.raises(MismatchError, match="is not in a tree"):
        merkle.verify_inclusion(LEAVES[0], 2**64 - 1, 1, (), LEAVES[0])
