"""On the command line: a co-op's passport goes to a customer's PACT, UNTP, EPCIS and openLCA programs."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from footprint.cli import cli
from footprint.passport import Assurance, Signer, TrustList
from footprint.passport.timestamps import parse_instant

ROOT = Path(__file__).parents[2]
LYCHEE = ROOT / "examples" / "lychee" / "lychee.toml"
ISSUED = "2025-09-01T00:00:00Z"


@pytest.fixture
def desk(tmp_path, footprint):
    """A passport and the trust list it is read with."""
    signer = Signer.from_seed(bytes(32))
    passport = signer.issue(
        footprint,
        gtin="09506000134352",
        lot="2025-06-A",
        resolver="https://passport.example.org",
        issued_at=parse_instant(ISSUED),
        valid_until=parse_instant("2026-09-01T00:00:00Z"),
        assurance=Assurance(level="self"),
        lot_quantity=Decimal(9600),
    )
    (tmp_path / "passport.json").write_bytes(passport.json)
    trust = TrustList.of(signer.trusted_as("Sample Lychee Co-operative"))
    (tmp_path / "trust.json").write_bytes(trust.to_json())
    return tmp_path


def run(desk, *arguments):
    return CliRunner().invoke(cli, [str(part) for part in arguments], catch_exceptions=False)


def exported(desk, form, *more):
    done = run(
        desk, "export", form, desk / "passport.json", "--trust", desk / "trust.json", "--at", ISSUED, *more
    )
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_pact_out_and_judged(desk):
    answer = exported(desk, "pact")
    (desk / "pcf.json").write_text(json.dumps(answer), encoding="utf-8")
    assert run(desk, "lint", desk / "pcf.json", "--strict").stdout.endswith("conforms to PACT 3.0.3\n")


def test_untp_and_epcis(desk):
    assert exported(desk, "untp")["credentialSubject"]["product"]["batchNumber"] == "2025-06-A"
    event = exported(desk, "epcis", "--made", "2025-06-20T08:00:00+0800")["epcisBody"]["eventList"][0]
    assert (event["type"], event["eventTimeZoneOffset"]) == ("TransformationEvent", "+08:00")


@pytest.mark.parametrize("form", ["pact", "untp", "epcis"])
def test_nothing_unverified_is_handed_on(desk, form):
    text = (desk / "passport.json").read_text(encoding="utf-8")
    (desk / "passport.json").write_text(text.replace("2025-06-A", "2025-06-B"), encoding="utf-8")
    more = ["--made", "2025-06-20T08:00:00+0800"] if form == "epcis" else []
    done = run(
        desk, "export", form, desk / "passport.json", "--trust", desk / "trust.json", "--at", ISSUED, *more
    )
    assert done.exit_code == 1
    assert done.stdout == ""


def test_openlca_there_and_back(desk):
    archive = desk / "lychee.zip"
    assert run(desk, "export", "openlca", LYCHEE, "--gwp", "AR6-100", "--out", archive).exit_code == 0
    product = "lychee, sold, beijing"
    done = run(desk, "import", "openlca", archive, "--gwp", "AR6-100", "--product", product)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1].split(maxsplit=3)[-1] == product


def test_a_version_of_untp_nobody_has_written(desk):
    done = run(
        desk,
        "export",
        "untp",
        desk / "passport.json",
        "--trust",
        desk / "trust.json",
        "--at",
        ISSUED,
        "--untp",
        "9",
    )
    assert (done.exit_code, "known: 0.6.1" in done.stderr) == (1, True)
