"""`footprint explain`: a footprint in words and bars."""

from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import read_footprint


@click.command()
@click.argument("footprint", type=options.FILE)
def explain(footprint: Path) -> None:
    """Say in words where the number in FOOTPRINT comes from and how sure it is.

    FOOTPRINT is the JSON file of `footprint assess --out`, or `-` for standard input.

    Exit codes: 0 done, 1 not a footprint, 2 wrong use.
    """
    from footprint.explain import explain as describe

    click.echo(describe(read_footprint(footprint)))
