"""The reader's language: one gettext catalogue for pages and labels; message ids are English."""

from collections.abc import Callable
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal, cast, get_args

from babel.core import negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

Language = Literal["en", "zh-Hans"]
Translate = Callable[[str], str]

LANGUAGES = cast("tuple[Language, ...]", get_args(Language))
NAMES: dict[Language, str] = {"en": "English", "zh-Hans": "简体中文"}
SOURCE: Language = "en"
LOCALE = Path(__file__).parent / "pages" / "locale"
ALIASES: dict[str, Language] = {
    "en": "en",
    "zh": "zh-Hans",
    "zh_hans": "zh-Hans",
    "zh_cn": "zh-Hans",
    "zh_sg": "zh-Hans",
}
MAX_HEADER = 1000


def N_(message: str) -> str:  # noqa: N802 (gettext's customary name for "translate this one later")
    """Marks a message for the translators without translating it here."""
    return message


def negotiate(asked: str | None, accept_language: str | None) -> Language:
    """What was asked for in the address, else the browser's first language we speak, else English.

    >>> negotiate(None, "fr-FR, zh-CN;q=0.8, en;q=0.5"), negotiate("en", "zh"), negotiate("tlh", None)
    ('zh-Hans', 'en', 'en')
    """
    wanted = [asked] if asked else _by_preference((accept_language or "")[:MAX_HEADER])
    found = negotiate_locale([_plain(tag) for tag in wanted], list(ALIASES))
    return ALIASES[found.lower()] if found else SOURCE


def _plain(tag: str) -> str:
    return tag.strip().replace("-", "_").lower()


def _by_preference(header: str) -> list[str]:
    entries = [entry.partition(";q=") for entry in header.replace(" ", "").split(",") if entry]
    return [tag for tag, _, quality in sorted(entries, key=lambda entry: -_number(entry[2]))]


def _number(quality: str) -> float:
    try:
        return float(quality or "1")
    except ValueError:
        return 0.0


@cache
def catalogue(language: Language) -> Catalog:
    """The messages of one language as the translators wrote them."""
    path = LOCALE / language.replace("-", "_") / "LC_MESSAGES" / "label_service.po"
    with path.open("rb") as file:
        return read_po(file)


@cache
def translations(language: Language) -> NullTranslations:
    """Compiled in memory at first use, so that a catalogue and its compiled form can never differ."""
    if language == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return Translations(compiled)


def translator(language: Language) -> Translate:
    """`_` for one language."""
    return translations(language).gettext


def words(language: Language) -> str:
    """Every character the catalogue can put on a label: what the bold font must cover."""
    if language == SOURCE:
        return ""
    return "".join(str(message.string) for message in catalogue(language) if message.id)
