"""Shows the examples of docstrings as code: `>>> ` would be a quotation in Markdown."""

from collections.abc import Iterator

import griffe

PROMPT = ">>> "


class DoctestFences(griffe.Extension):
    """Puts a fence around every doctest of every docstring, while the modules are read."""

    def on_instance(self, *, obj: griffe.Object, **_: object) -> None:
        """Called for each module, class, function and attribute."""
        if obj.docstring is not None and PROMPT in obj.docstring.value:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(docstring: str) -> str:
    r"""The docstring with its doctests, prompts up to the next blank line, as code blocks.

    >>> fenced("    >>> 1 + 1\n    2").split()
    ['```pycon', '>>>', '1', '+', '1', '2', '```']
    """
    return "\n".join(_fenced(docstring.splitlines()))


def _fenced(lines: list[str]) -> Iterator[str]:
    indent: str | None = None
    for line in [*lines, ""]:
        if indent is None and line.lstrip().startswith(PROMPT):
            indent = line[: len(line) - len(line.lstrip())]
            yield f"{indent}```pycon"
        elif indent is not None and not line.strip():
            yield f"{indent}```"
            indent = None
        yield line
