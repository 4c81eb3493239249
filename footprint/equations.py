"""Every equation of `lca_models`, found by looking, named `process.function`, described by its docstring.

A verifier lists them, reads one with its formula and source, and runs it: see `footprint.equation_calls`.
"""

import difflib
import inspect
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, get_type_hints

from footprint.errors import InputError, Problem
from lca_models import equations

_SECTION = re.compile(r"^(Args|Returns|Validity|Source|Raises|Example|Examples|Note):$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Equation:
    """One pure function of `lca_models.equations`."""

    id: str
    function: Callable[..., Any]

    @property
    def text(self) -> str:
        """The docstring, indentation taken off."""
        return inspect.getdoc(self.function) or ""

    @property
    def summary(self) -> str:
        """The first line of the docstring."""
        return self.text.partition("\n")[0]

    def section(self, name: str) -> str:
        """The text under a heading such as `Source`; empty when there is none."""
        parts = _SECTION.split(self.text)
        return inspect.cleandoc(dict(zip(parts[1::2], parts[2::2], strict=True)).get(name, ""))

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """The arguments, in order."""
        return inspect.signature(self.function).parameters

    @property
    def kinds(self) -> Mapping[str, Any]:
        """The annotated type of each argument."""
        return get_type_hints(self.function)


@cache
def registry() -> Mapping[str, Equation]:
    """All equations by id, in alphabetical order."""
    found: dict[str, Equation] = {}
    for module in pkgutil.walk_packages(equations.__path__, f"{equations.__name__}."):
        process = module.name.removeprefix(f"{equations.__name__}.")
        if not _private(process):
            for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
                if function.__module__ == module.name and not name.startswith("_"):
                    found[f"{process}.{name}"] = Equation(f"{process}.{name}", function)
    return dict(sorted(found.items()))


def _private(process: str) -> bool:
    return any(part.startswith("_") for part in process.split("."))


def find(equation_id: str) -> Equation:
    """The equation of that id, or the only one whose id without its unit, or whose beginning, is that.

    >>> find("n2o.leaching").id
    'n2o.leaching_kg'

    Raises:
        InputError: there is none, or more than one; the nearest are named.
    """
    known = registry()
    if equation_id in known:
        return known[equation_id]
    begun = [name for name in known if name.startswith(equation_id)] if "." in equation_id else []
    exact = [name for name in begun if name.rpartition("_")[0] == equation_id]
    chosen = exact if len(exact) == 1 else begun
    if len(chosen) == 1:
        return known[chosen[0]]
    what = f"may be {len(chosen)} equations" if chosen else "is no equation"
    near = chosen or difflib.get_close_matches(equation_id, known, n=5, cutoff=0.3)
    raise InputError(Problem(equation_id, what, "", _nearest(near)))


def _nearest(names: list[str]) -> str:
    return f"say one of {', '.join(names)}" if names else "`footprint equations` lists them all"
