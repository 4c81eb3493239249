"""What the statement says, in the reader's language: its own sentences, and the words of records and methods.

Sentences are named, and filled in with what stands in them. Words of a record (what is burnt, who carries it) are
written once, in English; another language has them in its `label` table, with `{}` for what the producer named.
What no table knows stays as it was written: names of products, citations, answers.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from footprint.removals.statement import Said
from footprint.telling import Texts, texts

_FIELD = re.compile(r"\\\{(\w+)\\\}")


def said(one: Said, words: Texts) -> str:
    """A sentence.

    Args:
        one: its name, with what stands in it.
        words: texts of the statement.

    Example:
        >>> said(Said(sentence="buffer", values={"share": "10"}), texts("en", "removals"))
        '10 % of what is kept after the deduction, against reversal'
    """
    values = {name: label(value, words) for name, value in one.values.items()}
    factors = f" ({', '.join(one.factors)})" if one.factors else ""
    sentence: str = words["said"][one.sentence]
    return sentence.format(**values, causes=causes(one.causes, words)) + factors


def causes(labels: Iterable[str], words: Texts) -> str:
    """What emits, one after the other.

    Args:
        labels: of the causes.
        words: texts of the statement.
    """
    return str(words["word"]["comma"]).join(label(one, words) for one in labels)


def label(text: str, words: Texts) -> str:
    """A word or phrase that came with the record or the method.

    Args:
        text: as it was written.
        words: texts of the statement.

    Example:
        >>> label("CH4 from the kiln", texts("zh-Hans", "removals"))
        '炭窑的 CH4'
        >>> label("桂味荔枝", texts("zh-Hans", "removals"))
        '桂味荔枝'
    """
    for phrase, template in _phrases(words["language"]):
        if found := phrase.fullmatch(text):
            return template.format(**{name: label(part, words) for name, part in found.groupdict().items()})
    return text


@lru_cache
def _phrases(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each phrase that the language has a word for; those that leave nothing open come first."""
    known: dict[str, str] = texts(language, "paths")["label"] | texts(language, "removals")["label"]
    ordered = sorted(known.items(), key=lambda pair: (pair[0].count("{"), -len(pair[0])))
    return tuple((re.compile(_FIELD.sub(r"(?P<\1>.+)", re.escape(phrase))), said) for phrase, said in ordered)
