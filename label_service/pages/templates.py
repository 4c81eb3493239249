"""The Jinja2 environment: autoescape for every file, undefined names are errors."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from label_service.translation import LANGUAGES, NAMES, Language, translations

HERE = Path(__file__).parent
STATIC = HERE / "static"


@cache
def environment(language: Language) -> Environment:
    """One environment per language, its templates compiled once."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # the i18n extension adds this method
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(
        lang=language, languages=[(code, NAMES[code]) for code in LANGUAGES], stylesheet=stylesheet()
    )
    return environment


def render(template: str, language: Language, **values: object) -> str:
    """One page."""
    return environment(language).get_template(template).render(**values)


@cache
def stylesheet() -> str:
    """The address of the style sheet, which changes with its content."""
    digest = sha256((STATIC / "page.css").read_bytes()).hexdigest()[:12]
    return f"/static/page.css?v={digest}"
