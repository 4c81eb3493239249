"""The orchard signs, the drying house builds on it, a verifier walks the chain and computes it again: by command."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHAIN = Path(__file__).parents[2] / "examples" / "lychee" / "chain"
FOOTPRINT = Path(sys.executable).parent / "footprint"
GOODS = ("--gtin", "09506000134352", "--resolver", "https://passport.example.org")
BUYING = ("--upstream", "fresh-passport.json", "--trust", "trust.json")


def _run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FOOTPRINT, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


def _bundle(record: str, name: str, *more: str) -> tuple[object, ...]:
    few = ("--gwp", "AR6-100", "--draws", "256")
    return ("bundle", CHAIN / record, *few, "--footprint", f"{name}.json", "--out", f"{name}.zip", *more)


def _sign(name: str, key: str, lot: str, kg: str, *more: str) -> tuple[str, ...]:
    told = ("--lot", lot, "--lot-quantity", kg, "--out", f"{name}-passport.json")
    return ("sign", f"{name}.json", "--key", f"{key}.key", *GOODS, *told, *more)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which both passports were made."""
    folder = tmp_path_factory.mktemp("chain")
    for arguments in (
        ("keygen", "orchard.key", "--name", "Sample Lychee Orchard", "--trust", "trust.json"),
        ("keygen", "dryer.key", "--name", "Sample Drying House", "--trust", "trust.json"),
        _bundle("fresh.toml", "fresh"),
        _sign("fresh", "orchard", "2025-06-A", "9600", "--bundle", "fresh.zip"),
        _bundle("dried.toml", "dried", *BUYING),
        _sign("dried", "dryer", "D-2025-07", "2650", "--bundle", "dried.zip", *BUYING),
    ):
        done = _run(*arguments, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("place", ["fresh-passport.json", "suppliers", "dried.zip"])
def test_suppliers_may_be_given_as_file_folder_or_bundle(desk, place):
    (desk / "suppliers").mkdir(exist_ok=True)
    (desk / "suppliers" / "fresh.json").write_bytes((desk / "fresh-passport.json").read_bytes())
    done = _run("chain", "dried-passport.json", place, "--trust", "trust.json", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert "99% of it measured by those who signed for it" in done.stdout
    assert "9495 of 9600 kg used by all passports given" in done.stdout


def test_a_supplier_that_was_not_given_is_told(desk):
    done = _run("chain", "dried-passport.json", "--trust", "trust.json", cwd=desk)
    assert done.returncode == 0
    assert "its own passport was not given" in done.stdout


def test_a_lot_that_feeds_two_is_refused_by_the_chain(desk):
    again = _sign("dried", "dryer", "D-2025-08", "2650", *BUYING, "--out", "second.json")
    assert _run(*again, cwd=desk).returncode == 0
    others = ("fresh-passport.json", "second.json")
    done = _run("chain", "dried-passport.json", *others, "--trust", "trust.json", cwd=desk)
    assert done.returncode == 1
    assert "a lot of 9600 kg is used more than once over" in done.stderr


def test_recomputing_says_the_same_or_what_differs(desk):
    done = _run("recompute", "dried-passport.json", "dried.zip", "--trust", "trust.json", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert "✓ reproduced byte for byte" in done.stdout
    done = _run("recompute", "dried-passport.json", "fresh.zip", "--trust", "trust.json", cwd=desk)
    assert done.returncode == 1
    assert "✗ records — are sha256:" in done.stderr


def test_a_bundle_of_another_footprint_signs_nothing(desk):
    arguments = _sign("fresh", "orchard", "2025-06-B", "9600", "--bundle", "dried.zip", "--out", "no.json")
    done = _run(*arguments, cwd=desk)
    assert done.returncode == 1
    assert not (desk / "no.json").exists()


def test_a_packed_bundle_is_refused_by_name(desk):
    with zipfile.ZipFile(desk / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("records.json", b"0" * 10_000_000)
    done = _run("recompute", "fresh-passport.json", "bomb.zip", "--trust", "trust.json", cwd=desk)
    assert done.returncode == 1
    assert "✗ bomb.zip.bundle — is compressed" in done.stderr


@pytest.mark.parametrize("quantity", ["9.6 t", "1e4", "-1", "9,600", "0.0001", "nan"])
def test_a_quantity_is_a_plain_number(desk, quantity):
    done = _run(*_sign("fresh", "orchard", "X", f"{quantity}", "--out", "no.json"), cwd=desk)
    assert done.returncode == 1, done.stderr
    assert "--lot-quantity" in done.stderr


def test_buying_needs_a_trust_list(desk):
    done = _run("assess", CHAIN / "dried.toml", "--gwp", "AR6-100", *BUYING[:2], cwd=desk)
    assert done.returncode == 2
    assert "--upstream needs --trust" in done.stderr
