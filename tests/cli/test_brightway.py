"""`footprint crosscheck`, `export brightway` and `import brightway`, as an LCA expert types them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FOOTPRINT = Path(sys.executable).parent / "footprint"
LYCHEE = Path(__file__).parents[2] / "examples" / "lychee" / "lychee.toml"
RECORDS = (str(LYCHEE), "--gwp", "AR6-100")


@pytest.fixture
def run(tmp_path):
    """The command in an empty folder, with a Brightway of its own."""
    (tmp_path / "projects").mkdir()
    environment = {**os.environ, "BRIGHTWAY2_DIR": str(tmp_path / "projects")}

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [FOOTPRINT, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return command


def test_every_draw_is_compared(run):
    done = run("crosscheck", *RECORDS, "--draws", "8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].endswith("(central values and 8 draws)")


def test_out_to_a_project_and_back_again(run):
    out = run("export", "brightway", *RECORDS, "--project", "orchard", "--database", "lychee")
    assert out.returncode == 0, out.stderr
    assert out.stdout.splitlines()[0] == "project   orchard", "nothing of Brightway's own on standard output"
    back = run("import", "brightway", "lychee", "--project", "orchard", "--gwp", "AR6-100")
    assert back.returncode == 0, back.stderr
    sold = next(line for line in back.stdout.splitlines() if line.endswith("lychee, sold, beijing"))
    static = run("crosscheck", *RECORDS, "--draws", "0").stdout.split()
    assert float(sold.split()[0]) == pytest.approx(float(static[1]), rel=1e-8)


def test_a_datapackage_as_a_file(run, tmp_path):
    done = run("export", "brightway", *RECORDS, "--out", "lychee.zip", "--draws", "8")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "lychee.zip").stat().st_size > 1000
    again = run("export", "brightway", *RECORDS, "--out", "lychee.zip")
    assert again.returncode == 1
    assert "lychee.zip — is there already" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("export", "brightway", *RECORDS), 2, "either --database NAME or --out FILE.zip"),
        (("export", "brightway", *RECORDS, "--database", "a", "--out", "b.zip"), 2, "either"),
        (("export", "brightway", *RECORDS, "--database", "a", "--draws", "8"), 2, "--draws goes with --out"),
        (("export", "brightway", str(LYCHEE), "--database", "a"), 1, "no GWP set is named"),
        (("import", "brightway", "lychee", "--gwp", "AR6-100"), 1, "lychee — is no database of this project"),
        (
            ("import", "brightway", "x", "--project", "y", "--gwp", "AR6-100"),
            1,
            "y — is no Brightway project",
        ),
    ],
)
def test_wrong_use_is_said_without_a_traceback(run, arguments, code, message):
    done = run(*arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
