"""Somebody with a copy of the log makes the registry from it, and sees when the log is not what was signed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from footprint.cli import cli
from footprint.errors import LogError
from footprint.log import Folder, entries
from footprint.passport import Signer, merkle
from footprint.passport.checkpoint import Checkpoint, KnownLog
from footprint.passport.log_proof import passport_entry
from footprint.passport.signed_note import NoteKey
from footprint.passport.tiles import WIDTH, bundle, tile_path
from footprint.registry import Register, Retired, entry
from tests.registry.samples import AT, LOT_A, LOT_B, biochar, measure, registered, sell, take

LOG = Signer.from_seed(b"\x01" * 32)
KEY = NoteKey("passports.example.org/log", LOG.ed25519_key)
BATCH = registered()[1]
REGISTERED = entry(Register.of(biochar(), "co-op", AT))

OWED = "claimed and not there any more"


def mirror(folder: Path, logged: list[bytes]) -> Path:
    """A log's files, as somebody copied them."""
    head = Checkpoint(KEY.name, len(logged), merkle.root([merkle.leaf_hash(one) for one in logged]))
    (folder / "checkpoint").write_text(str(head.signed(KEY, LOG.sign_bytes)))
    for start in range(0, len(logged), WIDTH):
        part = logged[start : start + WIDTH]
        path = folder / tile_path(None, start // WIDTH, len(part))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bundle(part))
    return folder


def run(verb: str, folder: Path, *more: str, key: NoteKey = KEY):
    return CliRunner().invoke(cli, ["registry", verb, str(folder), "--log-key", str(key), *more])


def test_the_registry_is_in_the_log(tmp_path):
    logged = [
        passport_entry("ab" * 32),
        REGISTERED,
        entry(take(BATCH, 0, 450)),
        entry(sell(BATCH, 450, 1000)),
        entry(take(BATCH, 450, 700, Retired(beneficiary="Sample Bakery (sample data)"), by="trader")),
        entry(measure(BATCH, 900)),
    ]
    told = run("replay", mirror(tmp_path, logged))
    assert told.exit_code == 0, told.output
    assert told.output.splitlines() == [
        f"{BATCH}  co-op, biochar, woolf-2021: 900 kg CO2; 450 on product, 300 sold, 250 retired; 100 {OWED}",
        "✓ 1 batches, every act by the rules, no unit claimed twice",
    ]
    assert run("show", tmp_path, BATCH).output.splitlines()[1:] == [
        "  0-450  on product 09506000134352, lot 2025-06-A; held by co-op, entry 2",
        "  450-700  retired for Sample Bakery (sample data); held by trader, entry 4",
        "  700-1000  sold to trader; held by trader, entry 3",
    ]


def test_a_long_log_is_read_to_its_end(tmp_path):
    logged = [REGISTERED, *(entry(sell(BATCH, unit, unit + 1)) for unit in range(600))]
    assert entries(Folder(mirror(tmp_path, logged)), KnownLog(KEY)) == logged
    assert "400 free, 600 sold" in run("replay", tmp_path).output


def test_a_log_that_lets_a_unit_be_claimed_twice(tmp_path):
    logged = [REGISTERED, entry(take(BATCH, 0, 10, LOT_A)), entry(take(BATCH, 9, 20, LOT_B))]
    told = run("replay", mirror(tmp_path, logged))
    assert told.exit_code == 1
    assert "entry 2.units — 9-10 are on product 09506000134352, lot 2025-06-A" in told.output


@pytest.mark.parametrize(
    "spoil", [lambda data: data.replace(b"co-op", b"xo-op"), lambda data: data[: len(data) // 2]]
)
def test_entries_that_were_changed_on_the_way(tmp_path, spoil):
    mirror(tmp_path, [REGISTERED, entry(take(BATCH, 0, 10))])
    path = tmp_path / tile_path(None, 0, 2)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(LogError):
        entries(Folder(tmp_path), KnownLog(KEY))
    assert run("replay", tmp_path).exit_code == 1


def test_a_log_of_somebody_else(tmp_path):
    other = NoteKey(KEY.name, Signer.from_seed(b"\x02" * 32).ed25519_key)
    assert run("replay", mirror(tmp_path, [REGISTERED]), key=other).exit_code == 1


def test_a_batch_that_is_not_in_the_log(tmp_path):
    told = run("show", mirror(tmp_path, [REGISTERED]), "00000000-0000-8000-8000-000000000000")
    assert (told.exit_code, "is not registered here" in told.output) == (1, True)
