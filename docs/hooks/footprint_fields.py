"""Writes the fields of a `Footprint` into `nomenclature.md`, when the site is built."""

from collections.abc import Iterator
from inspect import cleandoc
from typing import Annotated, Literal, TypeGuard, get_args, get_origin

from pydantic import BaseModel

from footprint.result import Footprint

MARK = "<!-- the fields of a footprint -->"
WORDS = {
    "Decimal": "decimal",
    "str": "text",
    "int": "whole number",
    "bool": "yes or no",
    "NoneType": "nothing",
}


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put the tables where the page asks for them."""
    return markdown.replace(MARK, "\n".join(_tables())) if MARK in markdown else markdown


def models(model: type[BaseModel] = Footprint) -> Iterator[type[BaseModel]]:
    """A model and all models in it, each once, in the order of their fields."""
    yield model
    seen = {model}
    for field in model.model_fields.values():
        for inner in filter(_is_model, _parts(field.annotation)):
            for found in models(inner):
                if found not in seen:
                    seen.add(found)
                    yield found


def _tables() -> Iterator[str]:
    done: set[type[BaseModel]] = set()
    for model in models():
        if model not in done:
            done.add(model)
            rows = (
                f"| `{name}` | {_kind(field.annotation)} | {field.description or ''} |"
                for name, field in model.model_fields.items()
            )
            head = "| field | type | meaning |\n| --- | --- | --- |"
            meaning = cleandoc(model.__doc__ or "")
            yield "\n".join([f"\n### {model.__name__}\n\n{meaning}\n\n{head}", *rows, ""])


def _parts(annotation: object) -> Iterator[object]:
    yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


def _is_model(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _kind(annotation: object) -> str:
    if get_origin(annotation) is Annotated:
        return _kind(get_args(annotation)[0])
    if get_origin(annotation) is Literal:
        return " or ".join(f"`{value}`" for value in get_args(annotation))
    if get_origin(annotation) is tuple:
        return f"several: {_kind(get_args(annotation)[0])}"
    if get_args(annotation):
        return " or ".join(map(_kind, get_args(annotation)))
    if _is_model(annotation):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return WORDS[str(getattr(annotation, "__name__", ""))]
