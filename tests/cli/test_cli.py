"""The command line as its users meet it: messages instead of tracebacks, exit codes as documented."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

LYCHEE = Path(__file__).parents[2] / "examples" / "lychee" / "lychee.toml"
FOOTPRINT = Path(sys.executable).parent / "footprint"
GTIN, LOT, RESOLVER = "09506000134352", "2025-06-A", "https://passport.example.org"


def _run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FOOTPRINT, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the whole path has been walked once."""
    folder = tmp_path_factory.mktemp("desk")
    for arguments in (
        ("assess", LYCHEE, "--gwp", "AR6-100", "--out", "footprint.json"),
        ("keygen", "orchard.key", "--name", "Sample Lychee Co-operative", "--trust", "trust.json"),
        ("keygen", "stranger.key", "--name", "Sample Stranger", "--trust", "stranger.json"),
        (
            "sign",
            "footprint.json",
            "--key",
            "orchard.key",
            "--gtin",
            GTIN,
            "--lot",
            LOT,
            "--resolver",
            RESOLVER,
        ),
    ):
        done = _run(*arguments, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder


def test_the_same_records_give_the_same_bytes(desk):
    done = _run("assess", LYCHEE, "--gwp", "AR6-100", "--json", cwd=desk)
    assert done.stdout == (desk / "footprint.json").read_text(encoding="utf-8")


def test_every_verb_explains_itself_and_its_exit_codes(desk):
    top = _run("--help", cwd=desk)
    for verb in (
        "assess",
        "crosscheck",
        "explain",
        "keygen",
        "label",
        "report",
        "score",
        "serve",
        "sign",
        "verify",
    ):
        assert verb in top.stdout
        told = _run(verb, "--help", cwd=desk)
        assert told.returncode == 0
        assert "xit code" in told.stdout, verb


def test_a_genuine_passport_of_this_lot(desk):
    done = _run(
        "verify",
        "passport.json",
        "--trust",
        "trust.json",
        "--scanned",
        f"{RESOLVER}/01/{GTIN}/10/{LOT}",
        cwd=desk,
    )
    assert done.returncode == 0, done.stderr
    assert "genuine" in done.stdout
    assert "not subtracted" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--scanned", f"{RESOLVER}/01/{GTIN}/10/2025-06-B"], "other goods"),
        (["--at", "2099-01-01T00:00:00Z"], "validUntil — was"),
        (["--at", "2001-01-01T00:00:00Z"], "validFrom — is"),
        (["--trust", "stranger.json"], "not in the trust list"),
        (["--trust", "nowhere.json"], "nowhere.json"),
    ],
)
def test_a_passport_is_refused_with_the_reason(desk, arguments, message):
    done = _run("verify", "passport.json", "--trust", "trust.json", *arguments, cwd=desk)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert "genuine" not in done.stdout


def test_one_flipped_byte_is_refused(desk):
    whole = (desk / "passport.json").read_bytes()
    (desk / "flipped.json").write_bytes(whole.replace(b"fresh (sample)", b"fresh (Sample)", 1))
    done = _run("verify", "flipped.json", "--trust", "trust.json", cwd=desk)
    assert done.returncode == 1
    assert "✗ signature — does not fit the signed bytes" in done.stderr


def test_all_problems_of_a_record_come_at_once_one_per_line(desk):
    spoilt = (
        LYCHEE.read_text(encoding="utf-8").replace('"980 litre"', '"980"').replace('"120 mu"', '"12 kWh"')
    )
    (desk / "spoilt.toml").write_text(
        spoilt.replace('product = "urea"', 'product = "magic"'), encoding="utf-8"
    )
    done = _run("assess", "spoilt.toml", "--gwp", "AR6-100", cwd=desk)
    lines = [line for line in done.stderr.splitlines() if line.startswith("✗")]
    assert done.returncode == 1
    assert len(lines) == 3
    assert all(line.count(" — ") >= 2 for line in lines)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["assess", LYCHEE], 1, "no GWP set is named"),
        (["assess", "nowhere.toml", "--gwp", "AR6-100"], 1, "cannot be opened"),
        (["assess"], 2, "Missing argument"),
        (["asses", LYCHEE], 2, "No such command"),
        (["assess", LYCHEE, "--gwp", "AR6-100", "--route", "paris"], 1, "use one of: beijing, guangzhou"),
        (["assess", LYCHEE, "--gwp", "AR6-100", "--out", "no/such/folder.json"], 1, "cannot be written"),
        (["explain", LYCHEE], 1, "lychee.toml"),
        (["keygen", "orchard.key"], 1, "is there already"),
        (["keygen", "x.key", "--trust", "trust.json"], 2, "--trust needs --name"),
        (["sign", "footprint.json", "--key", "orchard.key", "--gtin", "09506000134353", "--lot", LOT, "--resolver", RESOLVER], 1, "check digit"),
        (["sign", "footprint.json", "--key", "orchard.key", "--gtin", GTIN, "--lot", "a/b", "--resolver", RESOLVER], 1, "lot"),
        (["sign", "footprint.json", "--key", "orchard.key", "--gtin", GTIN, "--lot", "<b>x", "--resolver", RESOLVER], 1, "lot"),
        (["sign", "footprint.json", "--key", "trust.json", "--gtin", GTIN, "--lot", LOT, "--resolver", RESOLVER], 1, "trust.json"),
        (["verify", "footprint.json", "--trust", "trust.json"], 1, "✗"),
        (["score", "footprint.json", "--trust", "trust.json"], 1, ""),
    ],
)  # fmt: skip
def test_wrong_use_and_wrong_data_say_so(desk, arguments, code, message):
    done = _run(*arguments, cwd=desk)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_file_others_can_read_is_refused(desk):
    (desk / "open.key").write_bytes((desk / "orchard.key").read_bytes())
    (desk / "open.key").chmod(0o644)
    done = _run(
        "sign",
        "footprint.json",
        "--key",
        "open.key",
        "--gtin",
        GTIN,
        "--lot",
        LOT,
        "--resolver",
        RESOLVER,
        cwd=desk,
    )
    assert done.returncode == 1
    assert "chmod 600" in done.stderr


def test_a_duplicate_key_in_a_footprint_is_refused(desk):
    text = (desk / "footprint.json").read_text(encoding="utf-8")
    (desk / "twice.json").write_text(text.replace("{", '{"gwp": "AR5-100",', 1), encoding="utf-8")
    done = _run("explain", "twice.json", cwd=desk)
    assert done.returncode == 1
    assert "is there twice" in done.stderr


def test_score_explain_and_report(desk):
    scored = _run("score", "passport.json", "--trust", "trust.json", "--json", cwd=desk)
    assert json.loads(scored.stdout)["status"] == "SCORED"
    told = _run("score", "passport.json", "--trust", "trust.json", "--lang", "zh", cwd=desk)
    assert "grade" in told.stdout
    explained = _run("explain", "footprint.json", cwd=desk)
    assert explained.returncode == 0
    assert "0.12" in explained.stdout
    assert _run("report", "footprint.json", "--out", "report.html", cwd=desk).returncode == 0
    assert (desk / "report.html").read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")


def test_brightway_agrees_from_the_shell(desk):
    done = _run("crosscheck", LYCHEE, "--gwp", "AR6-100", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert "relative difference" in done.stdout


def test_verifying_loads_nothing_heavy(desk):
    """A dock's phone verifies: none of the scientific stack may come along."""
    program = (
        "import sys; sys.argv = ['footprint', 'verify', 'passport.json', '--trust', 'trust.json']\n"
        "from footprint.cli import main\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'numpy', 'pandas', 'scipy', 'pint', 'bw2calc', 'bw_processing', 'fastapi', 'sqlalchemy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=desk, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_tables_for_a_spreadsheet(desk):
    """Totals of the CSV are those of the footprint; a product named like a formula stays text."""
    done = _run("table", "footprint.json", "ledger", cwd=desk)
    rows = list(csv.DictReader(done.stdout.splitlines()))
    gross = sum(float(row["kg_co2e"]) for row in rows)
    footprint = json.loads((desk / "footprint.json").read_text(encoding="utf-8"))
    assert gross == pytest.approx(sum(float(cell["kg_co2e"]) for cell in footprint["gross"]["cells"]))
    footprint["contributions"][0]["label"] = "=HYPERLINK(1)"
    (desk / "formula.json").write_text(json.dumps(footprint), encoding="utf-8")
    assert "'=HYPERLINK(1)," in _run("table", "formula.json", "causes", cwd=desk).stdout
    assert "IPCC" in _run("table", "footprint.json", "factors", cwd=desk).stdout
