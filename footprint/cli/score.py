"""`footprint score`: passport → finance score, with reasons."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, read_bytes, write_bytes
from footprint.passport import TrustList
from footprint.score import score_or_refusal
from footprint.score.table import Language

if TYPE_CHECKING:
    from footprint.score import Score

_LANGUAGES: dict[str, Language] = {"en": "en", "zh": "zh-Hans"}


@click.command()
@click.argument("passport", type=options.FILE)
@options.trust
@click.option(
    "--model", default="cfs-1.0.0", show_default=True, help="Version of the score; older ones stay callable."
)
@click.option(
    "--lang",
    type=click.Choice(list(_LANGUAGES)),
    default="en",
    show_default=True,
    help="Language of the reasons.",
)
@options.at
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the whole score as canonical JSON, to compare with a lender's.",
)
def score(
    passport: Path, trust_list: Path, model: str, lang: str, instant: str | None, as_json: bool
) -> None:
    """Verify PASSPORT and score it from 0 to 1000, with up to four reasons and what would raise it.

    Not a probability of default, and never a reason on its own to refuse credit. A passport that does not
    verify is NOT_SCORED, with the reason; it is never a zero.

    Exit codes: 0 scored, 1 not scored, 2 wrong use.
    """
    found = score_or_refusal(
        read_bytes(passport),
        trust=TrustList.load(trust_list),
        at=options.instant_or_now(instant),
        model=model,
    )
    if as_json:
        write_bytes(STANDARD_STREAM, found.canonical() + b"\n")
    else:
        click.echo(_told(found, _LANGUAGES[lang]))
    sys.exit(found.status != "SCORED")


def _told(score: "Score", language: Language) -> str:
    if score.total is None:
        return "\n".join(
            ["NOT SCORED", *(f"  {problem}" for problem in score.refusal.problems)]
            if score.refusal
            else ["NOT SCORED"]
        )
    lines = [f"{score.total} of 1000, grade {score.grade}   ({score.model})"]
    lines += [f"  {part.name:<7}{part.points:>4} of {part.maximum}" for part in score.sub_scores]
    for reason in score.reasons:
        lines += [f"  −{reason.points_lost:<4} {reason.why[language]}", f"        {reason.how[language]}"]
    return "\n".join(lines)
