"""Writes the tables of `reference/records.md` from the models that read a record, when the site is built.

What each question means stands in `reference/questions.toml`; a question without a line there, or a line
without a question, stops the build.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin

from mkdocs.exceptions import PluginError
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from lca_models import units
from lca_models.activities.answers import Answer
from lca_models.activities.fertilisers import _KINDS as FERTILISERS
from lca_models.product_system import ProductSystem

FORM, UNITS, BAGS = "<!-- the record form -->", "<!-- the units -->", "<!-- the fertilisers -->"
QUESTIONS = Path(__file__).parents[1] / "reference" / "questions.toml"
KINDS = ("Mass", "Area", "Energy", "Volume", "Distance", "Duration", "Fraction", "MolarRatio", "Price", "Temperature")
ISO_DATE = "a date, `2025-07-01`"


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
    return "\n".join(_table(section, rows) for section, rows in sections.items())


def questions(model: type[BaseModel] = ProductSystem, under: str = "") -> Iterator[Question]:
    """Every question of a model and of the models in it, in the order of the form."""
    for name, field in model.model_fields.items():
        place = f"{under}{name}"
        inner, is_list = _inner(field.annotation)
        if _is_section(inner):
            yield from questions(inner, f"{place}[]." if is_list else f"{place}.")
        else:
            yield Question(place, _kind(inner, field), field.is_required())


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, Answer)


def _inner(annotation: Any) -> tuple[Any, bool]:
    """The type behind `Annotated`, `X | None` and `tuple[X, ...]`, and whether there may be several."""
    if get_origin(annotation) is tuple:
        return _inner(get_args(annotation)[0])[0], True
    if hasattr(annotation, "__metadata__"):
        return _inner(annotation.__origin__)
    options = [option for option in get_args(annotation) if option is not type(None)]
    if type(None) in get_args(annotation) and len(options) == 1:
        return _inner(options[0])
    return annotation, False


def _kind(kind: Any, field: FieldInfo) -> str:
    if isinstance(kind, type) and issubclass(kind, Answer):
        asked = kind.__pydantic_generic_metadata__["args"][0]
        return f"answer: {next(name for name in KINDS if getattr(units, name) == asked)}".replace("MolarRatio", "Molar ratio")
    if values := get_args(kind):
        return " or ".join(f'`"{value}"`' for value in values)
    named = {"date": ISO_DATE, "int": "a whole number", "str": "text"}
    return named.get(getattr(kind, "__name__", ""), str(field.annotation))


def _table(section: str, rows: list[str]) -> str:
    title = f"[[{section.removesuffix('[]')}]]" if section.endswith("[]") else f"[{section}]"
    head = "| question | meaning | answer | must |\n| --- | --- | --- | --- |"
    return f"\n### `{title.replace('[].', '.')}`\n\n{head}\n" + "\n".join(rows) + "\n"


def fertilisers() -> str:
    """Every fertiliser a record may name, with its guaranteed nutrients."""
    rows = [f"| `{name}` | {kind.npk or 'as on the bag: `npk` must be given'} |" for name, kind in FERTILISERS.items()]
    return "| product | N-P2O5-K2O, % |\n| --- | --- |\n" + "\n".join(rows)


def unit_spellings() -> str:
    """Every unit a record may use, by what it measures."""
    listed = tomllib.loads(files("lca_models").joinpath("units.toml").read_text(encoding="utf-8"))
    rows = []
    for name, entry in listed["dimensions"].items():
        spellings = [f"`{unit}`" for units_ in entry.values() if isinstance(units_, list) for unit in units_ if unit]
        rows.append(f"| {name} | {', '.join(spellings)} | {entry['example'].replace(chr(39), '`')} |")
    return "| kind | units | written like |\n| --- | --- | --- |\n" + "\n".join(rows)
