"""`footprint crosscheck`: the same records solved by Brightway."""

import sys
from pathlib import Path

import click

from footprint.cli import options

TOLERANCE = 1e-10


@click.command()
@click.argument("records", type=options.FILE)
@options.gwp
@options.route
@click.option(
    "--draws",
    type=click.IntRange(0, 10_000),
    default=256,
    show_default=True,
    help="Monte Carlo draws that are solved a second time as well.",
)
@options.seed
def crosscheck(records: Path, gwp: str, route: str | None, draws: int, seed: int) -> None:
    """Recompute RECORDS with Brightway (bw2calc) and print the largest relative difference to our own result.

    The central values are solved a second time, and then every draw with the very same numbers.

    Exit codes: 0 they agree within 1e-10, 1 they do not, or the records cannot be used, 2 wrong use.
    """
    click.secho("loading Brightway …", dim=True, err=True)
    from footprint.brightway import crosscheck as compare
    from footprint.records import load

    found = compare(load(records), gwp=gwp, route=route, draws=draws, seed=seed)
    click.echo(f"ours       {found.ours[0]:.12f} kg CO2e per kg")
    click.echo(f"Brightway  {found.brightway[0]:.12f} kg CO2e per kg")
    compared = f"central values and {found.draws} draws" if found.draws else "central values"
    click.echo(f"largest relative difference {found.relative_difference:.1e} ({compared})")
    sys.exit(found.relative_difference > TOLERANCE)
