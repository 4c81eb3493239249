"""Answers of a record switched by their place, as the error messages name it: `orchard.fertilisers.1.amount`.

Lists count from 1; an entry that has a name may be called by it: `activities.drying house.electricity`. An
activity's kind after its number is understood, because error messages write it: `activities.1.orchard.diesel`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from footprint.errors import Problem, RecordError
from lca_models import strict_toml

MAX_TEXT = 500
EVERY = "*"
Node = dict[str, Any] | list[Any]


@dataclass(frozen=True, slots=True)
class Switch:
    """One answer and what it becomes: text, a number, yes or no, or a whole answer as a table."""

    path: str
    value: Any

    @classmethod
    def read(cls, text: str) -> "Switch":
        """A switch as typed: `kiln.kind=retort`, `orchard.irrigation={ amount = "9 kWh", source = "meter" }`.

        >>> Switch.read("kiln.kind=retort")
        Switch(path='kiln.kind', value='retort')

        Raises:
            RecordError: no `=`, or a table that is not TOML.
        """
        path, equals, value = (part.strip() for part in text.partition("="))
        if not (path and equals and value) or len(text) > MAX_TEXT:
            fix = "write it like 'orchard.fertilisers.1.amount=1200 kg'; to take a line out: --leave-out"
            raise RecordError(Problem(text[:60], "is not a switch", "it needs a place, = and an answer", fix))
        if value[0] not in "{[":
            return cls(path, value)
        try:
            return cls(path, strict_toml.parse(f"value = {value}")["value"])
        except strict_toml.NotTomlError as error:
            fix = 'write it like { amount = "1200 kg", source = "recall" }'
            raise RecordError(Problem(path, "is not TOML", str(error), fix)) from error


@dataclass(frozen=True, slots=True)
class Place:
    """Where one answer stands in a record: its container and its key there."""

    path: str
    container: Node
    key: str | int

    @property
    def now(self) -> Any:  # noqa: ANN401 - whatever the record holds
        """What stands there; `None` when the line was left out."""
        if isinstance(self.container, dict):
            return self.container.get(str(self.key))
        return self.container[int(self.key)]

    def put(self, value: Any) -> None:  # noqa: ANN401 - the record's own types check it
        """Write a value; one amount given for a whole answer changes its amount and keeps its source."""
        now = self.now
        if is_answer(now) and not isinstance(value, dict):
            now["amount"] = value
            # An amount somebody names is no longer unknown: it is as sure as what one remembers.
            now["source"] = "recall" if now["source"] == "default" else now["source"]
        else:
            self.container[self.key] = _typed(value, now)  # type: ignore[index] # key fits the container

    def take_out(self) -> None:
        """Leave the line out: there was none."""
        del self.container[self.key]  # type: ignore[arg-type] # key fits the container


def is_answer(value: object) -> bool:
    """Whether something of a record is an answer: a table that names its source."""
    return isinstance(value, dict) and "source" in value


def written(value: Any) -> str | None:  # noqa: ANN401 - whatever a record holds
    """A part of a record in a few words: an answer's amount, how many entries a section has.

    >>> written({"amount": "12 mu", "source": "receipt"}), written([1, 2]), written(None)
    ('12 mu', '2 entries', None)
    """
    if value is None:
        return None
    if is_answer(value):
        return str(value.get("amount", "unknown"))
    if isinstance(value, dict | list):
        return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
    return str(value)


def find(records: Node, path: str) -> Place:
    """The one place a path names; its last word may be a question the record left out.

    Raises:
        RecordError: nothing there, with the nearest names.
    """
    here: Any = records
    *way, last = path.split(".")
    for depth, word in enumerate(way):
        here = _inside(here, word, ".".join(way[:depth]), path)
    if isinstance(here, list):
        return Place(path, here, _number(here, last, ".".join(way), path))
    if not isinstance(here, dict):
        raise _nothing(path, ".".join(way), "is an answer, nothing stands inside", "stop there")
    return Place(path, here, last)


def find_all(records: Node, pattern: str) -> Iterator[Place]:
    """Every place a pattern names, `*` standing for each entry of a list; none where the record has none.

    As with `find`, the last word may be a question the record left out.
    """
    yield from _matching(records, pattern.split("."), [])


def _matching(here: Any, words: list[str], done: list[str]) -> Iterator[Place]:  # noqa: ANN401 - a record's part
    word, rest = words[0], words[1:]
    if word == EVERY and isinstance(here, list):
        keys: list[str | int] = list(range(len(here)))
    else:
        keys = [word] if isinstance(here, dict) and (word in here or not rest) else []
    for key in keys:
        way = [*done, str(key + 1) if isinstance(key, int) else key]
        if rest:
            yield from _matching(here[key], rest, way)
        else:
            yield Place(".".join(way), here, key)


def _inside(here: Any, word: str, so_far: str, path: str) -> Any:  # noqa: ANN401 - a record's part
    if isinstance(here, list):
        return here[_number(here, word, so_far, path)]
    if not isinstance(here, dict):
        raise _nothing(path, so_far, "is an answer, nothing stands inside", "stop there")
    if word in here:
        return here[word]
    if word == here.get("activity"):
        return here
    near = get_close_matches(word, here, n=3)
    fix = f"did you mean {' or '.join(near)}?" if near else f"there is: {', '.join(here)}"
    raise _nothing(path, so_far or "the record", f"has no {word[:40]!r}", fix)


def _number(here: list[Any], word: str, so_far: str, path: str) -> int:
    if word.isascii() and word.isdigit() and 1 <= int(word[:9]) <= len(here):
        return int(word) - 1
    named = [i for i, entry in enumerate(here) if isinstance(entry, dict) and word == entry.get("name")]
    if len(named) == 1:
        return named[0]
    names = [str(entry["name"]) for entry in here if isinstance(entry, dict) and "name" in entry]
    by_name = f", or by name: {', '.join(names)}" if names else ""
    what = f"has {len(here)} entries, and no {word[:40]!r}"
    raise _nothing(path, so_far, what, f"count from 1{by_name}")


def _nothing(path: str, where: str, what: str, fix: str) -> RecordError:
    return RecordError(Problem(path[:120], f"{where} {what}", "a switch has to hit an answer", fix))


def _typed(value: Any, now: Any) -> Any:  # noqa: ANN401 - the record's own types check it
    """Text from a command line as the type that stands there; what does not fit is left to the record."""
    if isinstance(value, str) and isinstance(now, bool):
        return {"true": True, "false": False}.get(value, value)
    if isinstance(value, str) and isinstance(now, int) and value.isascii() and value.isdigit():
        return int(value[:9])
    return value
