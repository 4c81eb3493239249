"""`footprint report`: a footprint as a page with pictures."""

from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import read_footprint, write_bytes


@click.command()
@click.argument("footprint", type=options.FILE)
@click.option(
    "--out", type=options.FILE, default=Path("report.html"), show_default=True, help="The page to write."
)
def report(footprint: Path, out: Path) -> None:
    """Write FOOTPRINT as one self-contained HTML page: pictures, every factor with its source, data quality.

    The page needs no network and no script; print it, or mail it to a verifier.

    Exit codes: 0 done, 1 not a footprint, 2 wrong use.
    """
    from footprint.report import report as render

    write_bytes(out, render(read_footprint(footprint)).encode())
