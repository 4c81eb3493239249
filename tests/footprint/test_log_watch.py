"""A monitor and a witness read a log from a folder, as it was mirrored: it grows, or it lies."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.cli import cli
from footprint.errors import InputError, LogError, SignatureError
from footprint.log import Folder, cosigned, source_of, watch
from footprint.passport import Signer, merkle
from footprint.passport.checkpoint import Checkpoint, KnownLog, open_checkpoint
from footprint.passport.signed_note import WITNESS, NoteKey
from footprint.passport.tiles import WIDTH, tile_path

ORIGIN = "passports.example.org/log"
LOG = Signer.from_seed(b"\x01" * 32)
KEY = NoteKey(ORIGIN, LOG.ed25519_key)
KNOWN = KnownLog(KEY)
HONEST = [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(1000)]


class Memory(dict[str, bytes]):
    """A log's files."""

    def read(self, path: str) -> bytes:
        return self[path]


def log_of(leaves: list[bytes], signer: Signer = LOG) -> Memory:
    files, level, hashes = Memory(), 0, leaves
    head = Checkpoint(ORIGIN, len(leaves), merkle.root(leaves))
    files["checkpoint"] = str(head.signed(NoteKey(ORIGIN, signer.ed25519_key), signer.sign_bytes)).encode()
    while hashes:
        for start in range(0, len(hashes), WIDTH):
            part = hashes[start : start + WIDTH]
            files[tile_path(level, start // WIDTH, len(part))] = b"".join(part)
        hashes = [merkle.root(hashes[at * WIDTH : (at + 1) * WIDTH]) for at in range(len(hashes) // WIDTH)]
        level += 1
    return files


def state_of(leaves: list[bytes]) -> bytes:
    return log_of(leaves)["checkpoint"]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 700), st.integers(0, 300))
def test_a_log_that_grows_is_followed(old, more):
    seen = watch(log_of(HONEST[: old + more]), KNOWN, state_of(HONEST[:old]))
    assert (seen.checkpoint.size, seen.grown_by) == (old + more, more)


def test_a_rollback_is_noticed_and_both_heads_are_shown():
    before, now = state_of(HONEST[:10]), log_of(HONEST[:7])
    with pytest.raises(LogError, match="rolled back from 10 entries to 7") as error:
        watch(now, KNOWN, before)
    assert before.decode() in str(error.value)
    assert now["checkpoint"].decode() in str(error.value)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 600), st.integers(0, 600), st.data())
def test_a_split_view_is_noticed_wherever_it_is(old, more, data):
    forged = list(HONEST[: old + more])
    forged[data.draw(st.integers(0, old - 1))] = merkle.leaf_hash(b"another passport")
    with pytest.raises(LogError, match="another past"):
        watch(log_of(forged), KNOWN, state_of(HONEST[:old]))


def test_tiles_that_belong_to_another_tree_are_noticed():
    """The signed head is right and the files are not: no proof can be made of them."""
    files = log_of(HONEST[:300])
    files["tile/0/000"] = b"".join(HONEST[300:556])
    with pytest.raises(LogError, match="another past"):
        watch(files, KNOWN, state_of(HONEST[:5]))
    with pytest.raises(LogError, match="do not make the root"):
        watch(
            {**files, "tile/1/000.p/1": bytes(32)} and Memory({**files, "tile/1/000.p/1": bytes(32)}),
            KNOWN,
            None,
        )


def test_another_key_is_another_log():
    with pytest.raises(LogError, match="not signed by a key you know"):
        watch(log_of(HONEST[:5], Signer.from_seed(b"\x09" * 32)), KNOWN, None)


def test_a_head_that_nobody_signed_like_this():
    files = log_of(HONEST[:5])
    files["checkpoint"] = files["checkpoint"].replace(b"\n5\n", b"\n6\n")
    with pytest.raises(SignatureError):
        watch(files, KNOWN, None)


def test_a_witness_countersigns_what_it_followed():
    witness = Signer.from_seed(b"\x02" * 32)
    key = NoteKey("witness.example.org", witness.ed25519_key, WITNESS)
    seen = watch(log_of(HONEST[:20]), KNOWN, state_of(HONEST[:10]))
    note = seen.note.and_signatures([cosigned(seen, key, witness.sign_bytes, 1_750_000_000)])
    assert open_checkpoint(note, [KnownLog(KEY, (key,), needed=1)]).size == 20


@pytest.fixture
def folder(tmp_path) -> Path:
    """A mirror on disk of a log with 300 entries."""
    return written(tmp_path / "log", HONEST[:300])


def written(folder: Path, leaves: list[bytes]) -> Path:
    for path, data in log_of(leaves).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def run(*arguments: object):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_the_command_watches_a_folder(tmp_path, folder):
    watching = ("log", "watch", folder, "--log-key", KEY, "--state", tmp_path / "seen")
    first = run(*watching)
    assert (first.exit_code, "300 entries, 300 new" in first.output) == (0, True)
    written(folder, HONEST[:400])
    assert "400 entries, 100 new, nothing rewritten" in run(*watching).output
    written(folder, HONEST[:350])
    rolled_back = run(*watching)
    assert (rolled_back.exit_code, "rolled back from 400 entries to 350" in rolled_back.output) == (1, True)
    assert b"\n400\n" in (tmp_path / "seen").read_bytes()  # what was seen stays seen


def test_the_command_countersigns(tmp_path, folder):
    Signer.from_seed(b"\x02" * 32).save(tmp_path / "witness.key", None)
    signing = (
        "--key",
        tmp_path / "witness.key",
        "--name",
        "witness.example.org",
        "--out",
        tmp_path / "cosigned",
    )
    common = (folder, "--log-key", KEY, "--state", tmp_path / "seen")
    done = run("log", "witness", *common, *signing, "--at", "2025-07-01T08:00:00Z")
    assert done.exit_code == 0, done.output
    vkey = run(
        "log", "vkey", "witness.example.org", "--key", tmp_path / "witness.key", "--witness"
    ).output.strip()
    known = KnownLog(KEY, (NoteKey.parse(vkey),), needed=1)
    assert open_checkpoint((tmp_path / "cosigned").read_bytes(), [known]).size == 300
    written(folder, HONEST[1:302])
    refused = run("log", "witness", *common, *signing[:-1], tmp_path / "never")
    assert (refused.exit_code, (tmp_path / "never").exists()) == (1, False)


def test_a_mirror_that_is_not_whole(folder):
    (folder / "tile/0/001.p/44").unlink()
    with pytest.raises(InputError, match="copy the whole log"):
        watch(source_of(str(folder)), KNOWN, state_of(HONEST[:5]))
    (folder / "checkpoint").write_bytes(b"a" * 100_000)
    with pytest.raises(InputError, match="no file of a log"):
        watch(Folder(folder), KNOWN, None)


def test_verifying_never_loads_the_network():
    """What asks other machines is not even imported by what verifies."""
    code = "import sys, footprint.passport; print(sorted({'footprint.outbound', 'footprint.log', 'http.client'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
