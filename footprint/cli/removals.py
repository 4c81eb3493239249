"""`footprint removals`: what is stored, step by step, by every method, and whose it is."""

import csv
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, write_bytes
from footprint.cli.setting import Asked, setting

if TYPE_CHECKING:
    from footprint.removals.statement import Statement


@click.command()
@click.argument("records", type=options.FILE)
@click.option("--quantity", help='Of the product, e.g. "2600 kg"; one kilogram or megajoule when left out.')
@click.option(
    "--card",
    "cards",
    multiple=True,
    metavar="CARD",
    help="Method to set side by side; may be given several times. All that are for the store when left out.",
)
@setting()
@click.option("--lang", type=click.Choice(["en", "zh-Hans"]), default="en", show_default=True)
@click.option("--csv", "csv_file", type=options.FILE, help="Write the steps here (CSV).")
@click.option("--json", "json_file", type=options.FILE, help="Write the whole statement here (JSON).")
@click.option("--picture", type=options.FILE, help="Write the waterfall here (SVG).")
@click.option("--html", "page_file", type=options.FILE, help="Write the page here (HTML).")
def removals(
    records: Path,
    asked: Asked,
    quantity: str | None,
    cards: tuple[str, ...],
    lang: str,
    csv_file: Path | None,
    json_file: Path | None,
    picture: Path | None,
    page_file: Path | None,
) -> None:
    """State the removals of RECORDS: stored, emitted on the way, gone, deducted, set aside, net.

    Nothing of it is subtracted from the gross footprint. A net below nothing is printed as what it is: the chain emits
    more than it stores.

    \b
    Examples:
      footprint removals lychee.toml --gwp AR6-100
      footprint removals lychee.toml --gwp AR6-100 --quantity "52 t" --picture steps.svg --html statement.html
      footprint removals lychee.toml --gwp AR6-100 --removals "sold=0.4,on_product=0.6; card=puro-2025; buffer=0.1"
      footprint removals lychee.toml --gwp AR6-100 --card woolf-2021 --card ipcc-2019 --csv steps.csv --json -

    Exit codes: 0 done, 1 the records cannot be used (every problem is listed), 2 wrong use.
    """
    click.secho("loading the models and the factors …", dim=True, err=True)
    from footprint.assess import solved
    from footprint.records import load
    from footprint.removals.stating import state
    from lca_models.units import parse

    system, chosen = load(records), asked.opened()
    amount = None if quantity is None else parse(quantity)
    click.secho(f"drawing {asked.draws} samples …", dim=True, err=True)
    statement = state(solved(system, chosen), amount, cards)
    _write(statement, lang, csv_file, json_file, picture, page_file)


def _write(
    statement: "Statement",
    lang: str,
    csv_file: Path | None,
    json_file: Path | None,
    picture: Path | None,
    page_file: Path | None,
) -> None:
    from footprint.removals.table import table
    from footprint.removals.waterfall import waterfall

    if csv_file is not None:
        write_bytes(csv_file, _csv(statement))
    if json_file is not None:
        write_bytes(json_file, statement.model_dump_json(indent=1).encode() + b"\n")
    if picture is not None:
        write_bytes(picture, waterfall(statement, lang).encode())
    if page_file is not None:
        from footprint.removals.statement_page import page

        write_bytes(page_file, page(statement, lang).encode())
    if STANDARD_STREAM not in (csv_file, json_file, picture, page_file):
        click.echo(table(statement, lang))


def _csv(statement: "Statement") -> bytes:
    """The steps as CSV; a text that a spreadsheet would take for a formula gets an apostrophe."""
    from footprint.exchange.tables import plain
    from footprint.removals.table import AMOUNTS, TEXTS, rows

    buffer = StringIO()
    writer = csv.DictWriter(buffer, (*TEXTS, *AMOUNTS), lineterminator="\r\n")
    writer.writeheader()
    for row in rows(statement):
        writer.writerow({name: value if name in AMOUNTS else plain(value) for name, value in row.items()})
    return buffer.getvalue().encode()
