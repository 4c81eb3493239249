"""`footprint table`: a footprint as CSV."""

from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, read_footprint, write_bytes


@click.command()
@click.argument("footprint", type=options.FILE)
@click.argument("table", type=click.Choice(["ledger", "causes", "factors"]))
@click.option(
    "--out", type=options.FILE, default=STANDARD_STREAM, help="Where to; standard output if left out."
)
def table(footprint: Path, table: str, out: Path) -> None:
    """Write a TABLE of FOOTPRINT as CSV: the `ledger`, the `causes` or the `factors` with their sources.

    Text that a spreadsheet would take for a formula is written with a leading apostrophe.

    Exit codes: 0 done, 1 not a footprint, 2 wrong use.
    """
    from footprint.frames import frame

    data = frame(read_footprint(footprint), table)  # type: ignore[arg-type] # click.Choice has checked it
    texts = data.select_dtypes(exclude="number").columns
    data[texts] = data[texts].map(_no_formula)
    write_bytes(out, data.to_csv(index=False).encode())


def _no_formula(text: object) -> object:
    return f"'{text}" if isinstance(text, str) and text[:1] in tuple("=+-@\t\r") else text
