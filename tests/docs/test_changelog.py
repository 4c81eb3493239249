"""Every fragment says which numbers change, and a release can be made of them."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "changelog.d"
CONFIG = FOLDER / "towncrier.toml"
KINDS = {
    kind["directory"]
    for kind in tomllib.loads(CONFIG.read_text(encoding="utf-8"))["tool"]["towncrier"]["type"]
}
FRAGMENTS = sorted(path for path in FOLDER.glob("*.md") if not path.name.startswith("_"))


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda path: path.name)
def test_a_fragment_has_a_known_kind_and_names_the_numbers_that_change(fragment: Path) -> None:
    assert fragment.name.split(".")[1] in KINDS
    last = fragment.read_text(encoding="utf-8").strip().splitlines()[-1]
    assert last.startswith("*Numbers that change:* "), "end with the line about numbers; `none` is an answer"


def test_the_fragments_make_a_release() -> None:
    command = [
        sys.executable,
        "-m",
        "towncrier",
        "build",
        "--draft",
        "--config",
        str(CONFIG),
        "--dir",
        str(ROOT),
    ]
    built = subprocess.run(
        [*command, "--version", "9.9.9"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert built.returncode == 0, built.stderr
    assert "## 9.9.9 (" in built.stdout
    assert built.stdout.count("*Numbers that change:*") == len(FRAGMENTS)


def test_the_changelog_has_a_place_for_releases() -> None:
    assert "<!-- releases -->\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
