"""`docs/benchmarks.md`: what one run of all benchmarks measured, and on which machine."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from benchmarks.timing import Row

_INTRODUCTION = """\
# Benchmarks

Written by `make bench`; do not edit. Every figure of a peer is measured in the same run as ours, on the same machine,
after a check that both arrive at the same numbers. Times are medians with their quartiles; a ratio above one says how
many times faster we are, with the range that the quartiles allow. Where a peer was measured on a sample and multiplied
up, the row says so.
"""


@dataclass(frozen=True)
class Section:
    """One benchmark: its title, what is compared, its rows and what else it printed."""

    title: str
    about: str
    rows: Sequence[Row]
    text: str


def written(sections: Sequence[Section], *, full: bool) -> str:
    """The page."""
    machine = (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
        f"NumPy {version('numpy')}, bw2calc {version('bw2calc')}{'; with `--full`' if full else ''}."
    )
    return "\n".join([_INTRODUCTION, machine, *map(_section, sections)])


def _section(section: Section) -> str:
    parts = [f"\n## {section.title}"]
    if section.about:
        parts.append(section.about)
    if section.rows:
        parts.append(
            "\n".join(
                [
                    "| what | ours | beside | its time | ratio |",
                    "| --- | --- | --- | --- | --- |",
                    *map(_row, section.rows),
                ]
            )
        )
    if section.text:
        parts.append(f"```text\n{section.text}\n```")
    return "\n\n".join(parts) + "\n"


def _row(row: Row) -> str:
    return f"| {row.title} | {row.ours} | {row.peer_name} | {row.peer} | **{row.ratio}** |"
