"""`removals` as an auditor meets it; biochar sold and not sold through the whole path."""

import csv
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from footprint.removals.statement import Statement

LYCHEE = Path(__file__).parents[2] / "examples" / "lychee" / "lychee.toml"
FOOTPRINT = Path(sys.executable).parent / "footprint"
FEW = ("--gwp", "AR6-100", "--draws", "256")


def _run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FOOTPRINT, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_a_table_a_spreadsheet_a_picture_and_a_page(tmp_path):
    done = _run(
        "removals", LYCHEE, *FEW, "--quantity", "2600 kg", "--removals", "sold=0.4@7c0f9a52-3b1e-8d44-9c55-0a1b2c3d4e5f:0-20,on_product=0.6",
        "--csv", "steps.csv", "--json", "statement.json", "--picture", "steps.svg", "--html", "page.html",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    statement = Statement.model_validate_json((tmp_path / "statement.json").read_bytes())
    net = statement.stores[0].net_kg_co2e
    assert f"{net:f}" in done.stdout
    with (tmp_path / "steps.csv").open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    assert Decimal(told[-1]["kg_co2e"]) == net
    assert "<svg" in (tmp_path / "steps.svg").read_text(encoding="utf-8")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert f'<data value="{net.normalize():f}">' in page
    assert "<script" not in page


def test_the_methods_side_by_side_with_the_interval_between_them(tmp_path):
    """H/C_org 0.35, soil of 23 °C: what the issue asks to be printed."""
    done = _run("removals", LYCHEE, *FEW, cwd=tmp_path)
    left = {
        line.split()[0]: line.split()[2]
        for line in done.stdout.splitlines()
        if line.startswith("  ") and len(line.split()) > 6 and line.split()[1].isdigit()
    }
    shown = {name: left[name] for name in ("ipcc-2019", "woolf-2021", "woolf-2021-200", "vm0044-1.1")}
    assert shown == {
        "ipcc-2019": "0.80",
        "woolf-2021": "0.76",
        "woolf-2021-200": "0.58",
        "vm0044-1.1": "0.56",
    }
    assert (left["puro-2025"], left["ebc-2020"], left["global-c-sink-2022"]) == ("0.71", "0.74", "0.75")
    assert "Between methods (8): 0.087 … 0.124 kept" in done.stdout


def test_amounts_stay_numbers_in_the_spreadsheet(tmp_path):
    """A text that begins like a formula gets an apostrophe; a negative amount does not."""
    done = _run("removals", LYCHEE, *FEW, "--csv", "-", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [row["step"] for row in rows] == ["gross", "process", "decay", "deduction", "buffer", "net"]
    assert sum(Decimal(row["kg_co2e"]) for row in rows[:-1]) == Decimal(rows[-1]["kg_co2e"])


def test_the_same_lychee_with_its_biochar_sold_and_not_sold(tmp_path):
    """Two passports: gross identical, removals 0 and x."""
    assert _run("keygen", "k.key", "--name", "Sample", "--trust", "t.json", cwd=tmp_path).returncode == 0
    found = {}
    for terms in ("on_product", "sold"):
        for verb in (
            ("assess", LYCHEE, *FEW, "--removals", terms, "--out", "footprint.json"),
            ("sign", "footprint.json", "--key", "k.key", "--gtin", "09506000134352", "--lot", f"2025-{terms}",
             "--resolver", "https://passport.example.org", "--out", f"{terms}.json"),
            ("verify", f"{terms}.json", "--trust", "t.json"),
        ):  # fmt: skip
            done = _run(*verb, cwd=tmp_path)
            assert done.returncode == 0, done.stderr
        found[terms] = json.loads((tmp_path / "footprint.json").read_text(encoding="utf-8"))
    assert found["sold"]["gross"] == found["on_product"]["gross"]
    assert [entry["status"] for entry in found["sold"]["removals"]] == ["sold"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["removals", LYCHEE], 1, "no GWP set is named"),
        (["removals", LYCHEE, *FEW, "--quantity", "1,5 kg"], 1, "1,5 kg"),
        (["removals", LYCHEE, *FEW, "--quantity", "0 kg"], 1, "a statement is of something"),
        (["removals", LYCHEE, *FEW, "--card", "best"], 1, "there is no method card 'best'"),
        (["removals", LYCHEE, *FEW, "--removals", "sold=0.5"], 1, "the parts add up to 0.5"),
        (["removals"], 2, "Missing argument"),
    ],
)
def test_wrong_use_is_a_message(arguments, code, message, tmp_path):
    done = _run(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
