"""`footprint mrv` on the sample: what a person sees, what is written, how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from footprint.cli import cli

EXAMPLE = Path(__file__).parents[2] / "examples" / "soil_mrv"


def _run(*arguments: str):
    return CliRunner().invoke(cli, ["mrv", *arguments])


@pytest.fixture(scope="module")
def validation(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("mrv") / "validation.json"
    done = _run("validate", str(EXAMPLE / "stocks.csv"), "--model", "rothc", "--sites", str(EXAMPLE / "sites.json"),
                "--fit", "plant_input=0.5:2", "--out", str(path), "--page", str(path.with_suffix(".html")))  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "✓ bias" in done.output
    return path


def test_the_sample_is_validated_and_reported(validation):
    found = json.loads(validation.read_text(encoding="utf-8"))
    assert found["validation_sites"] == 12
    assert {check["status"] for check in found["checks"]} <= {"passed", "widened"}
    page = validation.with_suffix(".html").read_text(encoding="utf-8")
    assert page.count("<circle") + page.count("<path") == found["observations"]
    assert "<script" not in page


def test_a_model_that_does_not_pass_ends_with_one(tmp_path):
    """Bare soil in every month that was covered: the model lets far too much decompose."""
    file = tmp_path / "sites.json"
    text = (EXAMPLE / "sites.json").read_text(encoding="utf-8")
    file.write_text(text.replace(", ".join(["true"] * 12), ", ".join(["false"] * 12)), encoding="utf-8")
    done = _run("validate", str(EXAMPLE / "stocks.csv"), "--model", "rothc", "--sites", str(file))
    assert done.exit_code == 1
    assert "✗ bias" in done.output


def test_what_is_left_of_the_sample_project(validation, tmp_path):
    out = tmp_path / "deducted.json"
    done = _run("deduct", str(EXAMPLE / "project.csv"), "--rule", "vm0042", "--baseline", "dynamic", "--years", "5",
                "--scaling-se", "0.1", "--validation", str(validation), "--out", str(out))  # fmt: skip
    assert done.exit_code == 0, done.output
    for baseline in ("static", "dynamic", "hybrid"):
        assert baseline in done.output
    found = json.loads(out.read_text(encoding="utf-8"))
    dynamic = found["against"][1]
    expected = float(dynamic["removal"]) * 44 / 12 * 200 * (1 - float(dynamic["deduction"]))
    assert float(dynamic["credited_t_co2"]) == pytest.approx(expected, rel=1e-5)


def test_somebody_has_to_say_whether_a_model_is_behind_it():
    wanted = ("deduct", str(EXAMPLE / "project.csv"), "--rule", "vm0042", "--baseline", "dynamic", "--years", "5", "--scaling-se", "0")  # fmt: skip
    assert _run(*wanted).exit_code == 2
    assert _run(*wanted, "--measured").exit_code == 0


def test_something_else_is_no_validation(tmp_path):
    other = tmp_path / "other.json"
    other.write_text('{"passed": true}', encoding="utf-8")
    done = _run("deduct", str(EXAMPLE / "project.csv"), "--rule", "vm0042", "--baseline", "dynamic", "--years", "5",
                "--scaling-se", "0", "--validation", str(other))  # fmt: skip
    assert done.exit_code == 1
    assert "is no validation" in done.output


def test_the_sample_leaves_out_less_than_a_percent():
    done = _run("cut-off", str(EXAMPLE / "sources.csv"))
    assert done.exit_code == 0
    assert "left out 0.9%, below 5%" in done.output
