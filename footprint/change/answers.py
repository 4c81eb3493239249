"""Where two records differ, answer by answer, and one answer of a record put into the other.

Entries of a list are the same entry when they bear the same name, season, product or kind; else they are
counted, if there are as many; else the list is one difference.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from footprint.switches import is_answer

MAX_DIFFERENCES = 100
_IDENTITIES = ("name", "season", "product", "kind")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list, known by one of its answers."""

    key: str
    value: str


Step = str | int | Entry


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of two records; `None` where a record has no such line."""

    steps: tuple[Step, ...]
    was: Any
    becomes: Any

    @property
    def path(self) -> str:
        """The place as error messages write it: `orchard.fertilisers.2.amount`, `activities.kiln.feedstock`."""
        return ".".join(map(_word, self.steps))


def _word(step: Step) -> str:
    if isinstance(step, Entry):
        return step.value
    return str(step + 1) if isinstance(step, int) else step


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Every answer that differs; whole sections where there are more than can be told apart.

    >>> [found.path for found in differences({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3, "d": 4}})]
    ['a.c', 'a.d']
    """
    depth, found = 1, list(_differences(old, new, (), 1))
    while len(deeper := list(_differences(old, new, (), depth + 1))) <= MAX_DIFFERENCES:
        if deeper == found:
            break
        depth, found = depth + 1, deeper
    return found


def _differences(old: Any, new: Any, steps: tuple[Step, ...], depth: int) -> Iterator[Difference]:  # noqa: ANN401 - parts of records
    if old == new:
        return
    inside = _pairs(old, new) if depth > 0 else None
    if inside is None:
        yield Difference(steps, old, new)
        return
    for step, was, becomes in inside:
        yield from _differences(was, becomes, (*steps, step), depth - 1)


def _pairs(old: Any, new: Any) -> list[tuple[Step, Any, Any]] | None:  # noqa: ANN401 - parts of records
    """What stands at the same place of both; `None` when the two are compared as wholes."""
    if isinstance(old, dict) and isinstance(new, dict) and not is_answer(old):
        return [(key, old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new))]
    if not (isinstance(old, list) and isinstance(new, list)):
        return None
    for key in _IDENTITIES:
        before, after = _by_identity(old, key), _by_identity(new, key)
        if before is not None and after is not None:
            names = dict.fromkeys((*before, *after))
            return [(Entry(key, name), before.get(name), after.get(name)) for name in names]
    if len(old) == len(new):
        return [(i, old[i], new[i]) for i in range(len(old))]
    return None


def _by_identity(entries: list[Any], key: str) -> dict[str, Any] | None:
    named = {entry[key]: entry for entry in entries if isinstance(entry, dict) and _is_text(entry.get(key))}
    return named if len(named) == len(entries) else None


def _is_text(value: Any) -> bool:  # noqa: ANN401 - whatever a record holds
    return isinstance(value, str)


def put(records: dict[str, Any], difference: Difference, value: Any) -> None:  # noqa: ANN401 - a record's part
    """Write `value` at the place of a difference; `None` takes the line out.

    Raises:
        LookupError: the record has no section for it.
    """
    here: Any = records
    for step in difference.steps[:-1]:
        here = here[_key(here, step)]
    key = _key(here, difference.steps[-1])
    if value is None:
        del here[key]
    elif isinstance(here, list) and key == len(here):
        here.append(copy.deepcopy(value))
    else:
        here[key] = copy.deepcopy(value)


def _key(here: Any, step: Step) -> Any:  # noqa: ANN401 - a record's part
    """The key or index of a step; one past the end for an entry that is not there yet."""
    if isinstance(step, Entry):
        return next((i for i, entry in enumerate(here) if entry.get(step.key) == step.value), len(here))
    return step
