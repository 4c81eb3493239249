"""The site builds strictly, without a network, and brings everything with it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADED = re.compile(r'<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)="(https?:)?//[^"]*"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--site-dir",
        str(folder),
    ]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert not LOADED.search(page.read_text(encoding="utf-8")), page.name


def test_formulas_are_drawn_without_a_script(site: Path) -> None:
    page = (site / "reference" / "equations.html").read_text(encoding="utf-8")
    assert page.count("<math ") > 8
    assert "arithmatex" not in page


def test_no_mark_is_left_unfilled(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert not re.search(r"<!-- the [a-z ]+ -->", page.read_text(encoding="utf-8")), page.name
