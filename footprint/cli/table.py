"""`footprint table`: a footprint as CSV or as a workbook."""

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

    With `--out NAME.xlsx` a workbook with all three. Text that a spreadsheet would take for a formula is written with
    a leading apostrophe, or in a workbook marked as text.

    Exit codes: 0 done, 1 not a footprint, 2 wrong use.
    """
    from footprint.exchange.tables import csv_table, workbook

    read = read_footprint(footprint)
    if out.suffix == ".xlsx":
        write_bytes(out, workbook(read))
    else:
        write_bytes(out, csv_table(read, table))  # type: ignore[arg-type] # click.Choice has checked it
