"""`compare` and `appraise` as their users meet them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LYCHEE = Path(__file__).parents[2] / "examples" / "lychee" / "lychee.toml"
FOOTPRINT = Path(sys.executable).parent / "footprint"
FEW = ("--draws", "200", "--gwp", "AR6-100")
FIVE = (
    "--crop", "lychee", "--region", "CN-GD", "--area", "12 mu", "--yield", "6 t/ha", "--nitrogen", "220 kg/ha",
)  # fmt: skip


def _run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FOOTPRINT, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_practices_a_file_and_switches_side_by_side(tmp_path):
    (tmp_path / "plans.toml").write_text(
        '[[scenarios]]\nname = "retort"\nswitch = { "kiln.kind" = "retort" }\n', encoding="utf-8"
    )
    done = _run(
        "compare", LYCHEE, *FEW, "--practice", "drier-wood", "--scenarios", "plans.toml", "--json",
        "--switch", "orchard.fertilisers.1.amount=1200 kg", "--leave-out", "packhouse.ice", "--out", "out.json",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    comparison = json.loads(done.stdout)
    assert [one["name"] for one in comparison["scenarios"]] == ["drier-wood", "retort", "as switched"]
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == done.stdout


def test_the_difference_in_words():
    done = _run("compare", LYCHEE, *FEW, "--practice", "less-nitrogen")
    assert done.returncode == 0, done.stderr
    for words in ("SCENARIO less-nitrogen", "6400 kg → 5376 kg", "difference  -0.100", "caution"):
        assert words in done.stdout


def test_the_library_lists_itself_without_a_record():
    done = _run("compare", "--practices")
    assert done.returncode == 0
    assert "drier-wood  Dry the wood" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["compare", LYCHEE, *FEW], 1, "✗ scenarios — there is none"),
        (["compare", LYCHEE, "--practice", "drier-wood"], 1, "no GWP set is named"),
        (["compare", LYCHEE, *FEW, "--practice", "prayer"], 1, "✗ prayer — is not a practice"),
        (["compare", LYCHEE, *FEW, "--switch", "kilm.kind=retort"], 1, "✗ as switched: kilm.kind"),
        (["compare", LYCHEE, *FEW, "--scenarios", "nowhere.toml"], 1, "cannot be opened"),
        (["compare"], 2, "Missing argument"),
        (["appraise", *FIVE], 1, "no GWP set is named"),
        (["appraise", *FIVE, "--crop", "rice", *FEW], 1, "cannot be appraised from five questions"),
        (["appraise", *FIVE, "--climate", "mild"], 2, "'mild' is not one of"),
        (["appraise", "--crop", "lychee"], 2, "Missing option"),
    ],
)
def test_refused_with_a_message_and_the_documented_code(arguments, code, message):
    done = _run(*arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_five_questions_and_the_next():
    done = _run("appraise", *FIVE, *FEW)
    assert done.returncode == 0, done.stderr
    for words in (
        "kg CO2e, 90 % interval",
        "WHAT TO ANSWER NEXT",
        "1. everything else",
        "climate: wet or dry?",
    ):
        assert words in done.stdout
    appraisal = json.loads(_run("appraise", *FIVE, *FEW, "--climate", "wet", "--json").stdout)
    assert appraisal["climate"] == "wet"
    assert appraisal["next_questions"][0]["variance_share"] > "0.5"


@pytest.mark.parametrize("verb", ["compare", "appraise"])
def test_each_verb_explains_itself(verb):
    done = _run(verb, "--help")
    assert done.returncode == 0
    assert "Exit codes: 0 done" in done.stdout
