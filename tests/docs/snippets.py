"""Reads the fenced blocks of a page and runs them as a reader would: in order, in one folder.

A ```console block is a shell session: `$ ` starts a command, a trailing backslash continues it, what follows up to
the next `$ ` is what the reader should see: the output, with or without what went to standard error before it
(left out: not compared). A ```python block is run as it stands, or as a
session when it has `>>> ` lines. `...` stands for anything in shown output. Blocks in other languages are not run.
A command may fail only where the page shows its exit code with `$ echo $?`.
"""

import doctest
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote
from typing import Any

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w+)[^\n]*\n(?P<body>.*?)^(?P=indent)```\s*$", re.MULTILINE | re.DOTALL
)
SHOW_STATUS = "echo $?"
BLOCK_SECONDS = 60


@dataclass(frozen=True)
class Block:
    language: str
    body: str
    line: int


@dataclass(frozen=True)
class Command:
    text: str
    shown: str


def blocks(page: str) -> list[Block]:
    found = []
    for match in FENCE.finditer(page):
        body = "".join(line.removeprefix(match["indent"]) for line in match["body"].splitlines(keepends=True))
        found.append(Block(match["language"], body, page.count("\n", 0, match.start()) + 1))
    return [block for block in found if block.language in ("console", "python")]


def commands(session: str) -> list[Command]:
    read: list[list[str]] = []
    for line in session.splitlines():
        if line.startswith("$ "):
            read.append([line.removeprefix("$ "), ""])
        elif not read:
            raise ValueError(f"a console block starts with '$ ': {line!r}")
        elif read[-1][0].endswith("\\"):
            read[-1][0] += "\n" + line
        else:
            read[-1][1] += line + "\n"
    return [Command(text, shown) for text, shown in read]


def matches(shown: str, got: str) -> bool:
    """Whether the output is what the page shows; `...` stands for anything, blanks at line ends for nothing."""
    plain = [re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n") for text in (shown, got)]
    pattern = ".*?".join(map(re.escape, plain[0].split("...")))
    return re.fullmatch(pattern, plain[1], re.DOTALL) is not None


@dataclass
class Reader:
    """Somebody who does what the page says."""

    folder: Path
    names: dict[str, Any] = field(default_factory=dict)
    groups: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cwd = self.folder

    def read(self, page: Path) -> None:
        for block in blocks(page.read_text(encoding="utf-8")):
            where = f"{page.name}, line {block.line}"
            (self._console if block.language == "console" else self._python)(block, where)

    def leave(self) -> None:
        """Stop what was left running in the background."""
        for group in self.groups:
            try:
                os.killpg(group, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def _console(self, block: Block, where: str) -> None:
        asked = commands(block.body)
        end, pwd, aside = f"--end-{os.getpid()}-", self.folder / ".pwd", self.folder / ".stderr"
        steps = [
            f"{{ {command.text}\n}} 2> {quote(f'{aside}.{number}')}\n_s=$?; echo; echo {end}$_s; (exit $_s)"
            for number, command in enumerate(asked)
        ]
        script = "\n".join([*steps, f"pwd > {quote(str(pwd))}"])
        done = subprocess.Popen(
            ["bash", "-c", script],
            cwd=self.cwd,
            env=self._environment(),
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.groups.append(done.pid)
        output, _ = done.communicate(timeout=BLOCK_SECONDS)
        parts = re.split(rf"\n{re.escape(end)}(\d+)\n", output)
        for number, command in enumerate(asked):
            printed, status = parts[2 * number], int(parts[2 * number + 1])
            got = Path(f"{aside}.{number}").read_text(encoding="utf-8") + printed
            told = asked[number + 1].text == SHOW_STATUS if number + 1 < len(asked) else False
            assert status == 0 or told, f"{where}: `{command.text}` ended with {status}:\n{got}"
            assert not command.shown or matches(command.shown, got) or matches(command.shown, printed), (
                f"{where}: `{command.text}` shows\n{command.shown}\nbut printed\n{got}"
            )
        self.cwd = Path(pwd.read_text(encoding="utf-8").rstrip("\n"))

    def _python(self, block: Block, where: str) -> None:
        before = Path.cwd()
        os.chdir(self.cwd)
        try:
            if ">>> " in block.body:
                self._session(block, where)
            else:
                exec(compile(block.body, where, "exec"), self.names)  # noqa: S102 - the pages are ours
        finally:
            os.chdir(before)

    def _session(self, block: Block, where: str) -> None:
        test = doctest.DocTestParser().get_doctest(block.body, self.names, where, None, 0)
        told: list[str] = []
        runner = doctest.DocTestRunner(
            optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False
        )
        failed = runner.run(test, out=told.append, clear_globs=False).failed
        self.names.update(test.globs)
        assert not failed, f"{where}:\n{''.join(told)}"

    def _environment(self) -> dict[str, str]:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {"PATH": path, "HOME": str(self.folder), "LANG": "C.UTF-8", "COLUMNS": "100"}
