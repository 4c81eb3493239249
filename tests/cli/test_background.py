"""`footprint background` as a user meets it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

COMMAND = [Path(sys.executable).parent / "footprint", "background"]


def _run(folder, *arguments):
    return subprocess.run([*COMMAND, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("background")
    built = _run(path, "build", "embedded", "factors.pack")
    assert built.returncode == 0, built.stderr
    assert "pack sha256:" in built.stdout
    return path


def test_a_pack_is_listed_and_shown(folder):
    listed = _run(folder, "list", "factors.pack", "urea")
    assert "fertiliser.urea" in listed.stdout
    shown = _run(folder, "show", "factors.pack")
    assert "co2_fossil" in shown.stdout
    assert "processes" in shown.stdout


def test_a_product_is_scored_and_kept(folder):
    for _ in range(2):
        scored = _run(
            folder, "score", "factors.pack", "fertiliser.urea", "--gwp", "AR6-100", "--cache", "cache"
        )
        assert scored.returncode == 0, scored.stderr
        assert "kg CO2e (AR6-100)" in scored.stdout
        assert "relative error proved: at most" in scored.stderr
    (kept,) = (folder / "cache").iterdir()
    assert json.loads((kept / "manifest.json").read_bytes())["about"]["method"] == "tiers-2"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["build", "embedded", "factors.pack"], 1, "is there already"),
        (["build", "openlca", "x.pack"], 2, "say where the database is"),
        (["build", "openlca", "x.pack", "--from", "x.zip"], 2, "say whose data it is: --id"),
        (["score", "factors.pack", "fertiliser.urea"], 1, "no GWP set is named"),
        (["score", "factors.pack", "nothing", "--gwp", "AR6-100"], 1, "is no process of embedded"),
        (["show", "nothing.pack"], 1, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(folder, arguments, code, message):
    done = _run(folder, *arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


TABLE = """
pack = "{pack}"

[[product]]
product = "fertiliser.urea"
process = "fertiliser.nitrogen.average"
per = "kg"
"""
LYCHEE = Path(__file__).parents[2] / "examples" / "lychee" / "lychee.toml"


def _assess(folder, *arguments):
    command = [COMMAND[0], "assess", LYCHEE, "--gwp", "AR6-100", "--draws", "256", "--json", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_season_is_assessed_with_a_background_on_the_command_line(folder):
    pack = _run(folder, "show", "factors.pack").stdout.split()[0]
    (folder / "bought.toml").write_text(TABLE.format(pack=pack))
    behind = ("--background", "factors.pack", "--purchases", "bought.toml", "--cache", "kept")
    first, again = _assess(folder, *behind), _assess(folder, *behind)
    assert first.returncode == 0, first.stderr
    assert first.stdout == again.stdout
    assert any(pack in note for note in json.loads(first.stdout)["notes"])
    assert json.loads(first.stdout)["digests"] != json.loads(_assess(folder).stdout)["digests"]


def test_a_background_without_its_table_is_refused(folder):
    refused = _assess(folder, "--background", "factors.pack")
    assert refused.returncode == 2
    assert "a background takes two" in refused.stderr


def test_a_pack_with_a_flipped_byte_assesses_nothing(folder):
    pack = _run(folder, "show", "factors.pack").stdout.split()[0]
    shutil.copytree(folder / "factors.pack", folder / "flipped.pack")
    file = folder / "flipped.pack" / "emissions_amount.npy"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    (folder / "flipped.toml").write_text(TABLE.format(pack=pack))
    refused = _assess(folder, "--background", "flipped.pack", "--purchases", "flipped.toml")
    assert refused.returncode == 1
    assert "emissions_amount.npy — has changed" in refused.stderr


def _footprint(folder, *arguments):
    return subprocess.run([COMMAND[0], *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def behind(folder):
    """The options that put the pack behind the purchases."""
    pack = _run(folder, "show", "factors.pack").stdout.split()[0]
    (folder / "behind.toml").write_text(TABLE.format(pack=pack))
    return ("--background", "factors.pack", "--purchases", "behind.toml", "--cache", "kept")


FEW = ("--gwp", "AR6-100", "--draws", "256")


@pytest.fixture(scope="module")
def signed(folder, behind):
    """A passport of a season on a background, and its bundle."""
    told = ("--gtin", "09506000134352", "--lot", "A", "--resolver", "https://passport.example.org")
    for arguments in (
        ("keygen", "orchard.key", "--name", "Sample Lychee Orchard", "--trust", "trust.json"),
        ("bundle", LYCHEE, *FEW, *behind, "--footprint", "footprint.json"),
        ("sign", "footprint.json", "--key", "orchard.key", *told, "--bundle", "evidence.zip", *behind[:2]),
    ):
        done = _footprint(folder, *arguments)
        assert done.returncode == 0, done.stderr
    return ("recompute", "passport.json", "evidence.zip", "--trust", "trust.json")


def test_a_verifier_with_the_same_pack_computes_the_passport_again(folder, behind, signed):
    done = _footprint(folder, *signed, *behind[:2], *behind[4:])
    assert done.returncode == 0, done.stderr
    assert "reproduced byte for byte" in done.stdout


def test_a_verifier_without_the_pack_is_told_which_one(folder, behind, signed):
    done = _footprint(folder, *signed)
    assert done.returncode == 1
    pack = _run(folder, "show", "factors.pack").stdout.split()[0]
    assert f"background — is missing — it was made with pack {pack}" in done.stderr


def test_a_pack_for_a_signature_goes_with_the_bundle(folder, behind, signed):
    told = ("--gtin", "09506000134352", "--lot", "A", "--resolver", "https://passport.example.org")
    done = _footprint(folder, "sign", "footprint.json", "--key", "orchard.key", *told, *behind[:2])
    assert done.returncode == 2
    assert "--background goes with --bundle" in done.stderr


def test_a_portfolio_on_a_background_gives_what_assess_gives(folder, behind):
    (folder / "lots.csv").write_text("id,orchard.diesel.amount [litre]\nlot-1,980\n", encoding="utf-8")
    lots = ("portfolio", "lots.csv", "--template", LYCHEE, *FEW, *behind, "--workers", "1", "--out", "lots")
    assert _footprint(folder, *lots).returncode == 0
    (row,) = pq.read_table(folder / "lots" / "footprints.parquet").to_pylist()
    alone = json.loads(_assess(folder, *behind).stdout)
    interval = alone["gross"]["interval"]
    assert [str(row[name]) for name in ("p5", "p50", "p95")] == [
        interval[name] for name in ("p5", "p50", "p95")
    ]


@pytest.mark.parametrize(
    ("verb", "told"),
    [
        (("paths", LYCHEE, "--gwp", "AR6-100"), "kg CO2e, gross"),
        (("choices", LYCHEE, *FEW), "left open"),
        (("compare", LYCHEE, *FEW, "--practice", "drier-wood"), "drier-wood"),
        (("removals", LYCHEE, *FEW), "net"),
    ],
    ids=["paths", "choices", "compare", "removals"],
)
def test_every_verb_that_assesses_takes_a_background(folder, behind, verb, told):
    plain, ours = _footprint(folder, *verb), _footprint(folder, *verb, *behind)
    assert ours.returncode == 0, ours.stderr
    assert told in ours.stdout
    assert verb[0] == "removals" or ours.stdout != plain.stdout
