"""`footprint crosscheck`: the same records solved by Brightway."""

import sys
from pathlib import Path

import click

from footprint.cli import options

TOLERANCE = 1e-9


@click.command()
@click.argument("records", type=options.FILE)
@options.gwp
@options.route
def crosscheck(records: Path, gwp: str, route: str | None) -> None:
    """Recompute RECORDS with Brightway (bw2calc) and print the relative difference to our own result.

    Exit codes: 0 they agree within 1e-9, 1 they do not, or the records cannot be used, 2 wrong use.
    """
    click.secho("loading Brightway …", dim=True, err=True)
    from footprint.brightway import crosscheck as compare
    from footprint.records import load

    found = compare(load(records), gwp=gwp, route=route)
    click.echo(f"ours       {found.ours:.12f} kg CO2e per kg")
    click.echo(f"Brightway  {found.brightway:.12f} kg CO2e per kg")
    click.echo(f"relative difference {found.relative_difference:.1e}")
    sys.exit(found.relative_difference > TOLERANCE)
