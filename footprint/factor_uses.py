"""Where a published number is used: which room asks for it, which equation takes it.

Activities name factors in their code, as `"n2o.ef5"` or `f"electricity.{region}"`. Those names are read from
the code itself, so the answer cannot fall behind it.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from footprint.equations import registry

_ROOMS = ("lca_models", "footprint")
_SHORTEST = 4
"""Fewest written letters of a name with blanks: less would fit anything."""


@cache
def _askers() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """The names each module writes, as patterns, for modules that write any."""
    found: dict[str, tuple[re.Pattern[str], ...]] = {}
    for room in _ROOMS:
        for module, text in _modules(files(room), room):
            if not module.startswith("lca_models.equations"):
                patterns = {pattern for node in ast.walk(ast.parse(text)) if (pattern := _pattern(node))}
                found[module] = tuple(re.compile(pattern) for pattern in sorted(patterns))
    return found


def _modules(folder: Traversable, name: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.name.endswith(".py"):
            yield f"{name}.{entry.name.removesuffix('.py')}", entry.read_text(encoding="utf-8")
        elif entry.is_dir() and entry.name.isidentifier():
            yield from _modules(entry, f"{name}.{entry.name}")


def _pattern(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
        return re.escape(text) if re.fullmatch(r"[a-z]\w*(\.[\w-]+)+", text) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    written = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
    letters = "".join(str(part) for part in written if part is not None)
    if len(letters) < _SHORTEST or "." not in letters or not re.fullmatch(r"[\w.-]+", letters):
        return None
    inner = "".join(r"[^.]+" if part is None else re.escape(str(part)) for part in written[:-1])
    # What a record names last may have dots of its own: a feed, a vehicle, a grid.
    return inner + (r".+" if written[-1] is None else re.escape(str(written[-1])))


def asked_for_in(*names: str) -> tuple[str, ...]:
    """The modules that ask for any of these ids or products.

    >>> "lca_models.activities.nitrogen" in asked_for_in("n2o.ef5")
    True
    """
    return tuple(
        sorted(
            module
            for module, patterns in _askers().items()
            if any(pattern.fullmatch(name) for pattern in patterns for name in names)
        )
    )


def taken_by(factor_id: str) -> tuple[str, ...]:
    """The equations of the same process with an argument of that name.

    >>> taken_by("n2o.ef5")
    ('n2o.leaching_kg(ef5)',)
    """
    family, _, rest = factor_id.partition(".")
    name = re.sub(r"\W", "_", rest)
    return tuple(
        f"{equation.id}({argument})"
        for equation in registry().values()
        if equation.id.startswith(f"{family}.")
        for argument in equation.parameters
        if name == argument or name.startswith(f"{argument}_")
    )
