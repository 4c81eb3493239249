"""Makes Markdown of what docstrings write in other ways.

Examples (`>>> `) would become quotations, and the paragraphs that click must not refill (after a line with a
backspace) would be refilled: both are put into fences.
"""

from collections.abc import Iterator

import griffe

PROMPT = ">>> "
KEEP_LINES = "\b"


class Docstrings(griffe.Extension):
    """Rewrites every docstring while the modules are read."""

    def on_instance(self, *, obj: griffe.Object, **_: object) -> None:
        """Called for each module, class, function and attribute."""
        if obj.docstring is not None:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(docstring: str) -> str:
    """The docstring with its examples and kept paragraphs, up to the next blank line, as code blocks."""
    return "\n".join(_fenced(docstring.splitlines()))


def _fenced(lines: list[str]) -> Iterator[str]:
    end = ""
    for line in [*lines, ""] if lines else []:
        text = line.strip(" ")
        indent = line[: len(line) - len(text)] if text else ""
        if end and not text:
            yield end
            end = ""
        if text == KEEP_LINES:
            yield f"{indent}```text"
            end = f"{indent}```"
            continue
        if not end and text.startswith(PROMPT):
            yield f"{indent}```pycon"
            end = f"{indent}```"
        yield line
