"""`why` as its users meet it: two records, or two footprints kept with theirs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from footprint.result import Footprint

LYCHEE = Path(__file__).parents[2] / "examples" / "lychee" / "lychee.toml"
FOOTPRINT = Path(sys.executable).parent / "footprint"


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([FOOTPRINT, *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    path = tmp_path / "later.toml"
    text = LYCHEE.read_text(encoding="utf-8").replace('amount = "1400 kg"', 'amount = "1100 kg"')
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def kept(tmp_path: Path, footprint: Footprint) -> Path:
    path = tmp_path / "kept.json"
    path.write_text(footprint.model_dump_json(), encoding="utf-8")
    return path


def test_two_records_in_words(later):
    done = _run("why", LYCHEE, later, "--gwp", "AR6-100", "--old-gwp", "AR5-100")
    assert done.returncode == 0, done.stderr
    for words in ("orchard.fertilisers.urea.amount: 1400 kg → 1100 kg", "gwp: AR5-100 → AR6-100", "BY GAS"):
        assert words in done.stdout


def test_a_kept_footprint_and_a_new_record_as_json(kept, later, tmp_path):
    out = tmp_path / "reasons.json"
    done = _run(
        "why", kept, later, "--old-records", LYCHEE, "--gwp", "AR6-100", "--json", "--out", out
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    reasons = json.loads(done.stdout)
    assert [part["name"] for part in reasons["parts"]] == ["data", "factors", "method", "model"]
    assert out.read_text(encoding="utf-8") == done.stdout


def test_what_cannot_be_compared_is_said(kept, later, tmp_path):
    tampered = tmp_path / "tampered.json"
    tampered.write_text(kept.read_text(encoding="utf-8").replace('"draws":4096', '"draws":4095'), "utf-8")
    spoilt = tmp_path / "spoilt.json"
    spoilt.write_text('{"gross": 3}', encoding="utf-8")
    milk = LYCHEE.parents[1] / "milk" / "milk.toml"
    own = ("--old-records", LYCHEE, "--gwp", "AR6-100")
    for arguments, message in (
        ((kept, later, "--gwp", "AR6-100"), "✗ kept.json — is a footprint — what made it is not in it"),
        ((LYCHEE, later, *own), "✗ lychee.toml — is a record itself"),
        ((kept, later, "--old-records", later, "--gwp", "AR6-100"), "✗ kept.json.digests.records"),
        ((tampered, later, *own), "✗ tampered.json."),
        ((spoilt, later, *own), "this is not a footprint"),
        ((LYCHEE, milk, "--gwp", "AR6-100"), "✗ boundary — was cradle to shop, becomes cradle to gate"),
        ((LYCHEE, later), "no GWP set is named"),
        ((LYCHEE, "nowhere.json", "--gwp", "AR6-100"), "cannot be read"),
    ):
        done = _run("why", *arguments)
        assert done.returncode == 1, message
        assert message in done.stderr
        assert "Traceback" not in done.stderr
    assert _run("why", LYCHEE).returncode == 2
