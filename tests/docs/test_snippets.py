"""Every shell and Python snippet of the README and the docs, run as written."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from snippets import Reader, blocks, commands, matches

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
TUTORIAL = ROOT / "docs" / "tutorial.md"
PAGES = [
    page
    for page in sorted((ROOT / "docs").rglob("*.md"))
    if page != TUTORIAL and blocks(page.read_text(encoding="utf-8"))
]


def checkout(folder: Path) -> Path:
    """What a snippet needs of a checkout: the examples."""
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("out"))
    return folder


@pytest.fixture(scope="session")
def after_tutorial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as somebody has it who followed the tutorial."""
    folder = checkout(tmp_path_factory.mktemp("tutorial"))
    reader = Reader(folder)
    try:
        reader.read(TUTORIAL)
    finally:
        reader.leave()
    return folder


@pytest.fixture
def reader(after_tutorial: Path, tmp_path: Path) -> Iterator[Reader]:
    folder = tmp_path / "checkout"
    shutil.copytree(after_tutorial, folder)
    reader = Reader(folder)
    yield reader
    reader.leave()


def test_readme(tmp_path: Path) -> None:
    reader = Reader(checkout(tmp_path))
    try:
        reader.read(README)
    finally:
        reader.leave()


def test_the_tutorial_leaves_a_signed_passport(after_tutorial: Path) -> None:
    assert (after_tutorial / "passport.json").stat().st_size > 1000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page(page: Path, reader: Reader) -> None:
    reader.read(page)


def test_a_wrong_output_is_noticed(reader: Reader, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo lychee\nlongan\n```\n")
    with pytest.raises(AssertionError, match="longan"):
        reader.read(page)


def test_a_failing_command_is_noticed(reader: Reader, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ false\n$ echo after\n```\n")
    with pytest.raises(AssertionError, match="ended with 1"):
        reader.read(page)


def test_an_announced_failure_is_fine(reader: Reader, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ false\n$ echo $?\n1\n```\n")
    reader.read(page)


def test_a_wrong_python_session_is_noticed(reader: Reader, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```python\n>>> 1 + 1\n3\n```\n")
    with pytest.raises(AssertionError, match="Expected"):
        reader.read(page)


def test_dots_stand_for_anything_and_only_dots() -> None:
    assert matches("gross ... kg", "gross 1.7 kg\n")
    assert not matches("gross ... kg", "net 1.7 kg")


def test_commands_may_go_on_over_several_lines() -> None:
    first, second = commands("$ echo a \\\n    b\na b\n$ pwd\n")
    assert first.text == "echo a \\\n    b"
    assert (first.shown, second.text) == ("a b\n", "pwd")
