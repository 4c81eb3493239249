"""`footprint choices`: how much the choices of method matter."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from footprint.open_choices import OpenChoice, OpenChoices
    from footprint.result import Interval


@click.command()
@click.argument("records", type=options.FILE)
@options.gwp
@options.route
@options.own_factors
@options.in_force
@options.draws
@options.seed
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def choices(
    records: Path,
    gwp: str | None,
    route: str | None,
    factor_paths: tuple[Path, ...],
    at: datetime | None,
    draws: int,
    seed: int,
    as_json: bool,
) -> None:
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
    from lca_models.factors import FactorSet

    factors = FactorSet.load(*factor_paths, at=options.day(at))
    options.say_overrides(factors)
    assessment = solved(load(records), gwp=gwp, route=route, factors=factors, draws=draws, seed=seed)
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
