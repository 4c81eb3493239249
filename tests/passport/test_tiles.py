"""Reading a tree out of tiles, and the proof that a passport is in a log."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.errors import LogError, MismatchError, SignatureError
from footprint.passport import LogProof, Signer, TrustedLog, TrustList, merkle, verify
from footprint.passport.canonical import digest
from footprint.passport.checkpoint import Checkpoint
from footprint.passport.log_proof import passport_entry
from footprint.passport.signed_note import NoteKey
from footprint.passport.tiles import WIDTH, bundle, node_from, tile_path, unbundle, width_of

LEAVES = [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(70_000)]
ORIGIN = "passports.example.org/log"
TODAY = datetime(2025, 7, 1, tzinfo=UTC)


def files_of(size: int) -> dict[str, bytes]:
    """The tiles of a log, written as the specification defines them: straight from MTH."""
    files, level, hashes = {}, 0, LEAVES[:size]
    while hashes:
        for start in range(0, len(hashes), WIDTH):
            part = hashes[start : start + WIDTH]
            files[tile_path(level, start // WIDTH, len(part))] = b"".join(part)
        full = len(hashes) // WIDTH
        hashes = [merkle.root(hashes[at * WIDTH : (at + 1) * WIDTH]) for at in range(full)]
        level += 1
    return files


def test_the_published_shape_of_a_tree():
    """C2SP tlog-tiles: a tree of 70,000 has 273 full tiles at level 0, one of 112, one full, one of 17, one of 1."""
    files = files_of(70_000)
    partial = sorted(path for path in files if ".p/" in path)
    assert partial == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
    assert sum(path.startswith("tile/0/") for path in files) == 274
    assert "tile/1/000.p/1" in files_of(256)


@pytest.mark.parametrize(
    ("level", "position", "path"),
    [
        (0, 0, "tile/0/000"),
        (0, 1234067, "tile/0/x001/x234/067"),
        (2, 1000, "tile/2/x001/000"),
        (None, 7, "tile/entries/007"),
    ],
)
def test_paths(level, position, path):
    assert tile_path(level, position) == path


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 513, 65_535, 65_536, 65_537, 70_000])
def test_the_root_read_from_tiles_is_the_root(size):
    assert merkle.root_of(node_from(files_of(size).__getitem__, size), size) == merkle.root(LEAVES[:size])


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_proofs_from_tiles_are_proofs(data):
    size = data.draw(st.integers(1, 3000))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    node, root = node_from(files_of(size).__getitem__, size), merkle.root(LEAVES[:size])
    merkle.verify_inclusion(LEAVES[index], index, size, merkle.inclusion_path(node, index, size), root)
    path = merkle.consistency_path(node, old, size)
    merkle.verify_consistency(old, size, path, merkle.root(LEAVES[:old]), root)


def test_a_cut_tile_is_refused():
    with pytest.raises(LogError, match="a tile is cut"):
        merkle.root_of(node_from(lambda _: b"\0" * 31, 5), 5)


@given(st.lists(st.binary(max_size=50), max_size=20))
def test_bundles_come_back(entries):
    assert list(unbundle(bundle(entries))) == entries


@pytest.mark.parametrize("data", [b"\0", b"\0\2a", b"\0\1aa"])
def test_a_cut_bundle(data):
    with pytest.raises(LogError, match="cut"):
        list(unbundle(data))


def test_no_tile_where_there_is_no_leaf():
    assert width_of(0, 5, 256) == 0


LOG = Signer.from_seed(b"\x01" * 32)
KEY = NoteKey(ORIGIN, LOG.public_key)


@pytest.fixture(scope="module")
def proof(passport) -> LogProof:
    """The passport as entry 5 of a log of 11."""
    leaves = [*LEAVES[:5], merkle.leaf_hash(passport_entry(digest(passport.document))), *LEAVES[6:11]]
    head = Checkpoint(ORIGIN, 11, merkle.root(leaves)).signed(KEY, LOG.sign_bytes)
    return LogProof(5, merkle.inclusion_proof(leaves, 5), head)


@pytest.fixture(scope="module")
def logged_trust(trust) -> TrustList:
    return TrustList(trust.issuers, logs=(TrustedLog(key=str(KEY)),))


def test_a_passport_with_its_proof(passport, proof, logged_trust):
    verified = verify(passport, trust=logged_trust, at=TODAY, log_proof=str(proof))
    assert (verified.logged.index, verified.logged.log) == (5, ORIGIN)
    assert f"It is entry 5 of 11 in the log {ORIGIN}." in verified.checks
    assert LogProof.parse(str(proof)) == proof


FORGED_PROOFS = {
    "wrong leaf index": (lambda text: text.replace("index 5", "index 4"), MismatchError),
    "index past the tree": (lambda text: text.replace("index 5", "index 11"), MismatchError),
    "negative index": (lambda text: text.replace("index 5", "index -5"), LogError),
    "leading zero": (lambda text: text.replace("index 5", "index 05"), LogError),
    "a step left out": (lambda text: "\n".join(text.split("\n")[:2] + text.split("\n")[3:]), MismatchError),
    "a step that is no hash": (lambda text: text.replace("index 5\n", "index 5\nAAAA\n"), LogError),
    "65 steps": (lambda text: text.replace("index 5\n", "index 5\n" + "A" * 43 + "=\n" * 65), LogError),
    "extra data": (lambda text: text.replace("index 5", "extra AAAA\nindex 5"), LogError),
    "another version": (lambda text: text.replace("proof@v1", "proof@v2"), LogError),
    "another size": (lambda text: text.replace("\n11\n", "\n12\n"), SignatureError),
    "another log's name": (lambda text: text.replace(ORIGIN, "other.example.org/log"), LogError),
    "no checkpoint": (lambda text: text.partition("\n\n")[0], LogError),
    "empty": (lambda _: "", LogError),
}


@pytest.mark.parametrize("name", FORGED_PROOFS)
def test_a_forged_proof_is_refused(passport, proof, logged_trust, name):
    forge, error = FORGED_PROOFS[name]
    with pytest.raises(error):
        verify(passport, trust=logged_trust, at=TODAY, log_proof=forge(str(proof)))


def test_another_passports_proof_is_refused(signer, sample, terms, proof, logged_trust):
    other = signer.issue(sample, **{**terms, "lot": "2025-06-B"})
    with pytest.raises(MismatchError, match="does not lead to the root"):
        verify(other, trust=logged_trust, at=TODAY, log_proof=proof)


def test_a_proof_without_a_log_one_knows_proves_nothing(passport, proof, trust):
    with pytest.raises(LogError, match="names no log"):
        verify(passport, trust=trust, at=TODAY, log_proof=proof)


def test_a_trust_list_with_logs_comes_back(logged_trust):
    assert TrustList.from_json(logged_trust.to_json()) == logged_trust
