"""The removal statement as one self-contained page: the waterfall, every step with its ground, every method."""

from functools import partial

from footprint.removals.saying import causes, label, said
from footprint.removals.statement import Statement
from footprint.removals.table import answer, brief, part_told, refused, source, step_name
from footprint.removals.waterfall import waterfall
from footprint.report import environment
from footprint.telling import texts


def page(statement: Statement, language: str = "en") -> str:
    """The page: no script, no network, readable on a phone.

    Args:
        statement: what is told.
        language: `en` or `zh-Hans`.

    Raises:
        InputError: jinja2 is not installed.
    """
    template = environment().get_template("removals.html.j2")
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2, which only a page needs

    picture = Markup(waterfall(statement, language))  # noqa: S704 - its texts are escaped where it is drawn
    words = texts(language, "removals")
    tellers = (answer, causes, label, refused, said, source)
    return template.render(
        statement=statement,
        picture=picture,
        texts=words,
        brief=brief,
        step_name=step_name,
        part_told=part_told,
        **{teller.__name__: partial(teller, words=words) for teller in tellers},
    )
