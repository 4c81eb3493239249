"""`footprint paths`: which way emissions travel to the product."""

import json
from datetime import datetime
from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, write_bytes


@click.command()
@click.argument("records", type=options.FILE)
@options.gwp
@options.route
@options.own_factors
@options.in_force
@click.option(
    "--cut-off",
    type=float,
    default=0.01,
    show_default=True,
    help="Leave out ways that carry less than this part of the footprint.",
)
@click.option("--sankey", is_flag=True, help="Print nodes and links as JSON, for a Sankey diagram.")
def paths(
    records: Path,
    gwp: str | None,
    route: str | None,
    factor_paths: tuple[Path, ...],
    at: datetime | None,
    cut_off: float,
    sankey: bool,
) -> None:
    """Follow the emissions of RECORDS along the supply chain, from each cause to the product sold.

    \b
    Examples:
      footprint paths lychee.toml --gwp AR6-100 --cut-off 0.05
      footprint paths lychee.toml --gwp AR6-100 --sankey > lychee-sankey.json

    Exit codes: 0 done, 1 the records cannot be used, 2 wrong use.
    """
    from footprint.records import load
    from footprint.supply_paths import SupplyPaths
    from lca_models.factors import FactorSet

    factors = FactorSet.load(*factor_paths, at=options.day(at))
    options.say_overrides(factors)
    followed = SupplyPaths.of(load(records), gwp=gwp, route=route, factors=factors)
    if sankey:
        text = json.dumps(followed.sankey(), ensure_ascii=False, indent=1)
        write_bytes(STANDARD_STREAM, f"{text}\n".encode())
        return
    gross, found = followed.gross_kg_co2e, followed.paths(cut_off)
    for path in found:
        click.echo(f"{path.kg_co2e / gross:6.1%}  {path.kg_co2e:8.4f}  {' ▸ '.join(path.steps)}")
    left = gross - sum(path.kg_co2e for path in found)
    click.echo(f"{left / gross:6.1%}  {left:8.4f}  ways below the cut-off")
    click.echo(f"{1:6.1%}  {gross:8.4f}  kg CO2e, gross")
