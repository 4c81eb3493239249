"""`footprint assess`: records → footprint."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, footprint_json, write_bytes
from footprint.cli.setting import Asked, setting

if TYPE_CHECKING:
    from footprint.result import Footprint


@click.command()
@click.argument("records", type=options.FILE)
@setting()
@click.option(
    "--out", type=options.FILE, help="Write the footprint here (JSON), for `sign`, `explain` and `report`."
)
@click.option("--json", "as_json", is_flag=True, help="Print the footprint as JSON instead of a summary.")
def assess(records: Path, asked: Asked, out: Path | None, as_json: bool) -> None:
    """Compute the footprint of RECORDS, a TOML or JSON file, per kilogram sold.

    Gross emissions, removals and biogenic carbon come side by side and are never netted; every number has an
    interval. See examples/lychee/lychee.toml for what a record looks like.

    \b
    Examples:
      footprint assess lychee.toml --gwp AR6-100
      footprint assess lychee.toml --gwp AR6-100 --route guangzhou --out footprint.json
      footprint assess lychee.toml --gwp AR6-100 --json | jq .gross.interval
      footprint assess lychee.toml --gwp AR6-100 --factors own.toml
      footprint assess dried.toml --gwp AR6-100 --upstream fresh.json --trust trust.json
      footprint assess lychee.toml --gwp AR6-100 --background eco.pack --purchases bought.toml --cache cache

    Exit codes: 0 done, 1 the records cannot be used (every problem is listed), 2 wrong use.
    """
    click.secho("loading the models and the factors …", dim=True, err=True)
    from footprint.assess import solved
    from footprint.records import load

    system, chosen = load(records), asked.opened()
    click.secho(f"drawing {asked.draws} samples …", dim=True, err=True)
    footprint = solved(system, chosen).footprint()
    if out is not None:
        write_bytes(out, footprint_json(footprint))
    if as_json:
        write_bytes(STANDARD_STREAM, footprint_json(footprint))
    else:
        click.echo(summary(footprint))


def summary(footprint: "Footprint") -> str:
    """Three lines: the number, its interval, the removals beside it."""
    interval = footprint.gross.interval
    sure = f"90 % interval {interval.p5:.2f} to {interval.p95:.2f}, {footprint.gwp}"
    lines = [footprint.functional_unit, f"  gross    {footprint.gross_kg_co2e:.2f} kg CO2e   ({sure})"]
    for removal in footprint.removals:
        kept = f"{removal.on_product_kg_co2:.2f} kg CO2 in {removal.kind}, {removal.horizon_years} years"
        lines.append(f"  removed  {kept}, {removal.status.replace('_', ' ')}; not subtracted above")
    return "\n".join(lines)
