"""`footprint choices`: how much the choices of method matter."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, write_bytes
from footprint.cli.setting import Asked, setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from footprint.open_choices import OpenChoice, OpenChoices
    from footprint.result import Interval


@click.command()
@click.argument("records", type=options.FILE)
@setting("removals")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def choices(records: Path, asked: Asked, as_json: bool) -> None:
    """Draw the choices of method of RECORDS too: how co-products share a process, which method card a store is by.

    The footprint names one way, and that is the one that counts. This says how much the naming matters.

    \b
    Examples:
      footprint choices lychee.toml --gwp AR6-100
      footprint choices lychee.toml --gwp AR6-100 --json | jq .gross

    Exit codes: 0 done, 1 the records cannot be used, 2 wrong use.
    """
    from footprint.assess import solved
    from footprint.open_choices import open_choices
    from footprint.records import load

    assessment = solved(load(records), asked.opened())
    found = open_choices(assessment)
    if as_json:
        text = json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=1)
        write_bytes(STANDARD_STREAM, f"{text}\n".encode())
        return
    for line in _lines(found, assessment.footprint().gross.interval):
        click.echo(line)


def _lines(found: "OpenChoices", chosen: "Interval") -> "Iterator[str]":
    yield f"gross, kg CO2e      as chosen {_ends(chosen)}, left open {_ends(found.gross)}"
    yield from map(_line, found.choices)
    for store, card in zip(found.kept, found.cards, strict=True):
        yield f"kept, kg CO2        {store}: left open {_ends(found.kept[store])}"
        yield _line(card)


def _ends(interval: "Interval") -> str:
    return f"{interval.p5:.3f} to {interval.p95:.3f}"


def _line(choice: "OpenChoice") -> str:
    return f"  {choice.share:5.0%} of the variance: {choice.of} by {', '.join(choice.ways)}"
