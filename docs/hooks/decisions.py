"""Writes the list of decisions from the records in `adr/`, when the site is built."""

import re
from pathlib import Path

MARK = "<!-- the decisions -->"
FOLDER = Path(__file__).parents[1] / "adr"


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put the list where the page asks for it."""
    return markdown.replace(MARK, listed()) if MARK in markdown else markdown


def listed() -> str:
    """One line per record: its number and what was decided."""
    lines = []
    for record in sorted(FOLDER.glob("[0-9][0-9][0-9][0-9]-*.md")):
        title = re.sub(r"^# \d+\. ", "", record.read_text(encoding="utf-8").partition("\n")[0])
        lines.append(f"- {record.name[:4]} [{title}]({record.name})")
    return "\n".join(lines)
