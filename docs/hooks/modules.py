"""Gives every public module its place in the reference, when the site is built.

A page asks for `the modules of lca_models without lca_models.equations`; private modules and migrations of
the database are left out.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator

MARK = re.compile(r"<!-- the modules of (?P<package>[\w.]+)(?: without (?P<others>[\w., ]+))? -->")
PRIVATE = re.compile(r"\._|\.migrations\b")
OF_A_PACKAGE = "\n    options:\n      members: false"
"""A package shows its docstring; what it exports is shown where it is defined."""


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put the directives where a page asks for them."""
    return MARK.sub(_directives, markdown)


def public_modules(package: str) -> Iterator[tuple[str, bool]]:
    """A package and every public module in it, by name, and whether it is itself a package."""
    yield package, True
    path = importlib.import_module(package).__path__
    for found in pkgutil.walk_packages(path, f"{package}."):
        if not PRIVATE.search(found.name):
            yield found.name, found.ispkg


def _directives(asked: re.Match[str]) -> str:
    others = tuple((asked["others"] or "").replace(",", " ").split())
    return "\n\n".join(
        f"::: {name}{OF_A_PACKAGE if is_package else ''}"
        for name, is_package in public_modules(asked["package"])
        if not any(name == other or name.startswith(f"{other}.") for other in others)
    )
