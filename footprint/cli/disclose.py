"""`footprint disclose`: show a passport in part."""

import json
from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import read_bytes, write_bytes

_WIDTH = 70


@click.command()
@click.argument("passport", type=options.FILE)
@click.option(
    "--show",
    "places",
    multiple=True,
    help="What to tell: a whole list (stages) or one line of it (stages.2).",
)
@click.option("--list", "listed", is_flag=True, help="Print what could be told, and write nothing.")
@click.option(
    "--out",
    type=options.FILE,
    default=Path("shown.sd-jwt"),
    show_default=True,
    help="The token to write.",
)
def disclose(passport: Path, places: tuple[str, ...], listed: bool, out: Path) -> None:
    """Keep the totals of PASSPORT (a vc+sd-jwt) and only the lines you choose.

    Gross footprint, interval, removals, quality and validity always stay; the signature holds for what is shown
    and says nothing of the rest. Whoever gets the new file can show less of it, never more.

    \b
    Example:
      footprint sign footprint.json --form vc+sd-jwt … --out passport.sd-jwt
      footprint disclose passport.sd-jwt --list
      footprint disclose passport.sd-jwt --show exclusions --show stages.0 --out for-the-buyer.sd-jwt

    Exit codes: 0 done, 1 refused (not such a passport, or nothing of that name), 2 wrong use.
    """
    from footprint.passport import Passport, disclosures
    from footprint.passport import disclose as show

    whole = Passport.from_json(read_bytes(passport))
    if not listed:
        write_bytes(out, show(whole, places).json + b"\n")
        return
    for item in disclosures(whole):
        text = json.dumps(item.value, ensure_ascii=False)
        click.echo(f"{item.place:<32}  {text if len(text) <= _WIDTH else text[: _WIDTH - 1] + '…'}")
