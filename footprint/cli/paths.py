"""`footprint paths`: which way emissions travel to the product."""

import json
from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, write_bytes
from footprint.cli.setting import Asked, setting


@click.command()
@click.argument("records", type=options.FILE)
@setting("removals", "draws", "seed")
@click.option(
    "--cut-off",
    type=float,
    default=0.01,
    show_default=True,
    help="Leave out ways that carry less than this part of the footprint.",
)
@click.option("--picture", type=options.FILE, help="Write them as a picture here (SVG), small flows joined.")
@click.option("--lang", type=click.Choice(["en", "zh-Hans"]), default="en", show_default=True)
@click.option("--sankey", is_flag=True, help="Print nodes and links as JSON, for a Sankey diagram.")
def paths(records: Path, asked: Asked, cut_off: float, picture: Path | None, lang: str, sankey: bool) -> None:
    """Follow the emissions of RECORDS along the supply chain, from each cause to the product sold.

    \b
    Examples:
      footprint paths lychee.toml --gwp AR6-100 --cut-off 0.05
      footprint paths lychee.toml --gwp AR6-100 --picture ways.svg --lang zh-Hans
      footprint paths lychee.toml --gwp AR6-100 --sankey > lychee-sankey.json

    Exit codes: 0 done, 1 the records cannot be used, 2 wrong use.
    """
    from footprint.records import load
    from footprint.supply_paths import SupplyPaths

    system, chosen = load(records), asked.opened()
    followed = SupplyPaths.of(system, chosen)
    gross, found = followed.gross_kg_co2e, followed.paths(cut_off)
    if picture is not None:
        from footprint.sankey import picture as drawn

        sold = f"{system.product.name}, {system.route(chosen.route).place}"
        write_bytes(picture, drawn(followed, sold, lang, cut_off).encode())
    if picture == STANDARD_STREAM:
        return
    if sankey:
        text = json.dumps(followed.sankey(), ensure_ascii=False, indent=1)
        write_bytes(STANDARD_STREAM, f"{text}\n".encode())
        return
    for path in found:
        click.echo(f"{path.kg_co2e / gross:6.1%}  {path.kg_co2e:8.4f}  {' ▸ '.join(path.steps)}")
    left = gross - sum(path.kg_co2e for path in found)
    click.echo(f"{left / gross:6.1%}  {left:8.4f}  ways below the cut-off")
    click.echo(f"{1:6.1%}  {gross:8.4f}  kg CO2e, gross")
