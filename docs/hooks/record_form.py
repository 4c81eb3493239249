"""Writes the tables of `reference/records.md` from the models that read a record, when the site is built.

What each question means stands in `reference/questions.toml`; a question without a line there, or a line
without a question, stops the build.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Annotated, NamedTuple, TypeGuard, get_args, get_origin

from mkdocs.exceptions import PluginError
from pydantic import BaseModel

from lca_models.activities import AnyActivity, Orchard
from lca_models.activities.answers import Answer

# The list is private, because a program reads `Fertiliser`; people read the list.
from lca_models.activities.fertilisers import _KINDS as FERTILISERS
from lca_models.product_system import Network, OrchardChain

FORM, UNITS, BAGS = "<!-- the record form -->", "<!-- the units -->", "<!-- the fertilisers -->"
QUESTIONS = Path(__file__).parents[1] / "reference" / "questions.toml"
WORDS = {
    "bool": "`true` or `false`",
    "date": "a date, `2025-07-01`",
    "float": "a number",
    "int": "a whole number",
    "str": "text",
}


class Question(NamedTuple):
    """One line of the form."""

    place: str
    kind: str
    needed: bool


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put the tables where a page asks for them."""
    for mark, table in ((FORM, form), (UNITS, unit_spellings), (BAGS, fertilisers)):
        markdown = markdown.replace(mark, table()) if mark in markdown else markdown
    return markdown


def form() -> str:
    """The tables, one per section of the record."""
    meanings: dict[str, str] = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["meaning"]
    asked = list(questions())
    if wrong := {question.place for question in asked} ^ set(meanings):
        raise PluginError(f"{QUESTIONS.name} and the record form disagree about: {', '.join(sorted(wrong))}")
    sections: dict[str, list[str]] = {}
    for question in asked:
        section, _, name = question.place.rpartition(".")
        must = "yes" if question.needed else ""
        row = f"| `{name}` | {meanings[question.place]} | {question.kind} | {must} |"
        sections.setdefault(section, []).append(row)
    return "\n".join(_section(section, rows) for section, rows in sections.items())


def questions() -> Iterator[Question]:
    """Every question of both forms, once: the orchard's, and what the general form adds to it."""
    asked: set[str] = set()
    kinds = [kind for kind in get_args(get_args(AnyActivity)[0]) if kind is not Orchard]
    models: list[tuple[type[BaseModel], str]] = [(OrchardChain, ""), (Network, "")]
    models += [(kind, f"activities.{kind.model_fields['activity'].default}.") for kind in kinds]
    for model, under in models:
        for question in _questions(model, under):
            if question.place not in asked:
                asked.add(question.place)
                yield question


def _questions(model: type[BaseModel], under: str) -> Iterator[Question]:
    for name, field in model.model_fields.items():
        if name in ("activity", "activities"):
            continue
        place = f"{under}{name}"
        inner, is_list = _inner(field.annotation)
        if alternatives := [kind for kind in get_args(inner) if _is_section(kind)]:
            for kind in alternatives:
                yield from _questions(kind, f"{place}.")
        elif _is_section(inner):
            yield from _questions(inner, f"{place}[]." if is_list else f"{place}.")
        else:
            yield Question(place, _kind(inner), field.is_required())


def _is_section(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, Answer)


def _inner(annotation: object) -> tuple[object, bool]:
    """The type behind `Annotated`, `X | None` and `tuple[X, ...]`, and whether there may be several."""
    if get_origin(annotation) is tuple:
        return _inner(get_args(annotation)[0])[0], True
    if get_origin(annotation) is Annotated:
        return _inner(get_args(annotation)[0])
    options = [option for option in get_args(annotation) if option is not type(None)]
    if len(options) == 1 and len(get_args(annotation)) > 1:
        return _inner(options[0])
    return annotation, False


def _kind(kind: object) -> str:
    if isinstance(kind, type) and issubclass(kind, Answer):
        dimension = get_args(kind.__pydantic_generic_metadata__["args"][0])[1]
        return f"answer: {dimension.dimension}{', may be unknown' if kind.default_exists else ''}"
    if values := get_args(kind):
        return " or ".join(f'`"{value}"`' for value in values)
    return WORDS[getattr(kind, "__name__", "")]


def _section(section: str, rows: list[str]) -> str:
    title = f"[[{section.removesuffix('[]')}]]" if section.endswith("[]") else f"[{section}]"
    heading = f"\n### `{title.replace('[].', '.')}`\n" if section else "\n### at the top\n"
    return f"{heading}\n{_table('question | meaning | answer | must', rows)}\n"


def _table(head: str, rows: list[str]) -> str:
    line = "|".join(" --- " for _ in head.split("|"))
    return "\n".join([f"| {head} |", f"|{line}|", *rows])


def fertilisers() -> str:
    """Every fertiliser a record may name, with its guaranteed nutrients."""
    on_the_bag = "as on the bag: `npk` must be given"
    rows = [f"| `{name}` | {kind.npk or on_the_bag} |" for name, kind in FERTILISERS.items()]
    return _table("product | N-P2O5-K2O, %", rows)


def unit_spellings() -> str:
    """Every unit a record may use, by what it measures."""
    listed = tomllib.loads(files("lca_models").joinpath("units.toml").read_text(encoding="utf-8"))
    rows = []
    for name, entry in listed["dimensions"].items():
        example = entry.pop("example").replace("'", "`")
        spellings = [f"`{unit}`" for units in entry.values() for unit in units if unit]
        rows.append(f"| {name} | {', '.join(spellings)} | {example} |")
    return _table("kind | units | written like", rows)
