"""Writes `reference/errors.md` from the classes themselves: the tree, and what each error means."""

import importlib
import pkgutil
from collections.abc import Iterator

import footprint
import label_service
import lca_models
from footprint.errors import FootprintError

MARK = "<!-- the error tree -->"
ROOMS = (lca_models, footprint, label_service)


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put the tree where the page asks for it."""
    return markdown.replace(MARK, tree()) if MARK in markdown else markdown


def tree() -> str:
    """The tree as text and, below it, a table of what each error means."""
    for module in _all_modules():
        importlib.import_module(module)
    drawn = "\n".join(_drawn(FootprintError))
    rows = "\n".join(map(_row, _all(FootprintError)))
    return f"```text\n{drawn}\n```\n\n| error | what it means |\n| --- | --- |\n{rows}\n"


def _all_modules() -> Iterator[str]:
    # Errors live in modules of these names, or beside what raises them in the service.
    for room in ROOMS:
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if found.name.endswith(".errors") or found.name.startswith("label_service.accepting"):
                yield found.name


def _children(kind: type[FootprintError]) -> list[type[FootprintError]]:
    return sorted(kind.__subclasses__(), key=lambda child: (child.__module__, child.__name__))


def _all(kind: type[FootprintError]) -> Iterator[type[FootprintError]]:
    yield kind
    for child in _children(kind):
        yield from _all(child)


def _drawn(kind: type[FootprintError], before: str = "", branch: str = "") -> Iterator[str]:
    yield before + branch + kind.__name__
    inside = before + {"": "", "├── ": "│   ", "└── ": "    "}[branch]
    children = _children(kind)
    for child in children:
        yield from _drawn(child, inside, "└── " if child is children[-1] else "├── ")


def _row(kind: type[FootprintError]) -> str:
    meaning = (kind.__doc__ or "").strip().partition("\n")[0]
    return f"| `{kind.__module__}.{kind.__name__}` | {meaning} |"
