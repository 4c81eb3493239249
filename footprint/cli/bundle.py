"""`footprint bundle`: records → footprint, with all that a verifier needs to compute it again."""

from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import footprint_json, write_bytes
from footprint.cli.setting import Asked, setting


@click.command()
@click.argument("records", type=options.FILE)
@setting()
@click.option("--footprint", "footprint_out", type=options.FILE, help="Write the footprint here too (JSON).")
@click.option(
    "--out", type=options.FILE, default=Path("evidence.zip"), show_default=True, help="The bundle to write."
)
def bundle(records: Path, asked: Asked, footprint_out: Path | None, out: Path) -> None:
    """Compute the footprint of RECORDS and keep all that went into it: record, method, numbers, suppliers' passports.

    The bundle holds the whole record. Give it to whom you would show your books: a verifier, a lender. A background is
    not copied into it: it names the pack, and whoever computes it again brings that pack.

    \b
    Example:
      footprint bundle lychee.toml --gwp AR6-100 --footprint footprint.json --out evidence.zip
      footprint sign footprint.json --bundle evidence.zip …
      footprint recompute passport.json evidence.zip --trust trust.json

    Exit codes: 0 done, 1 the records cannot be used (every problem is listed), 2 wrong use.
    """
    click.secho("loading the models and the factors …", dim=True, err=True)
    from footprint.evidence import Bundle
    from footprint.records import load

    made, footprint = Bundle.of(load(records), asked.opened())
    if footprint_out is not None:
        write_bytes(footprint_out, footprint_json(footprint))
    write_bytes(out, made.to_zip())
