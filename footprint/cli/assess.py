"""`footprint assess`: records → footprint."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, footprint_json, write_bytes

if TYPE_CHECKING:
    from footprint.result import Footprint


@click.command()
@click.argument("records", type=options.FILE)
@options.gwp
@options.route
@options.removals
@options.own_factors
@options.in_force
@options.upstream
@options.suppliers_trust
@options.status_lists
@options.background
@options.purchases
@options.cache
@options.draws
@options.seed
@click.option(
    "--out", type=options.FILE, help="Write the footprint here (JSON), for `sign`, `explain` and `report`."
)
@click.option("--json", "as_json", is_flag=True, help="Print the footprint as JSON instead of a summary.")
def assess(
    records: Path,
    gwp: str | None,
    route: str | None,
    removals: str,
    factor_paths: tuple[Path, ...],
    at: datetime | None,
    upstream_paths: tuple[Path, ...],
    trust_list: Path | None,
    status_lists: Path | None,
    pack: Path | None,
    table: Path | None,
    cache: Path | None,
    draws: int,
    seed: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Compute the footprint of RECORDS, a TOML or JSON file, per kilogram sold.

    Gross emissions, removals and biogenic carbon come side by side and are never netted; every number has an
    interval. See examples/lychee/lychee.toml for what a record looks like.

    \b
    Examples:
      footprint assess lychee.toml --gwp AR6-100
      footprint assess lychee.toml --gwp AR6-100 --route guangzhou --out footprint.json
      footprint assess lychee.toml --gwp AR6-100 --json | jq .gross.interval
      footprint assess lychee.toml --gwp AR6-100 --factors own.toml
      footprint assess dried.toml --gwp AR6-100 --upstream fresh.json --trust trust.json
      footprint assess lychee.toml --gwp AR6-100 --background eco.pack --purchases bought.toml --cache cache

    Exit codes: 0 done, 1 the records cannot be used (every problem is listed), 2 wrong use.
    """
    click.secho("loading the models and the factors …", dim=True, err=True)
    from footprint.assess import assess as compute
    from footprint.cli.suppliers import suppliers
    from footprint.records import load
    from lca_models.factors import FactorSet

    system = load(records)
    factors = FactorSet.load(*factor_paths, at=options.day(at))
    options.say_overrides(factors)
    background = options.opened(pack, table, cache)
    click.secho(f"drawing {draws} samples …", dim=True, err=True)
    footprint = compute(
        system,
        gwp=gwp,
        route=route,
        factors=factors,
        removals=removals,
        draws=draws,
        seed=seed,
        upstream=suppliers(upstream_paths, trust_list, status_lists, options.instant_or_now(None)),
        background=background,
    )
    if out is not None:
        write_bytes(out, footprint_json(footprint))
    if as_json:
        write_bytes(STANDARD_STREAM, footprint_json(footprint))
    else:
        click.echo(summary(footprint))


def summary(footprint: "Footprint") -> str:
    """Three lines: the number, its interval, the removals beside it."""
    interval = footprint.gross.interval
    sure = f"90 % interval {interval.p5:.2f} to {interval.p95:.2f}, {footprint.gwp}"
    lines = [footprint.functional_unit, f"  gross    {footprint.gross_kg_co2e:.2f} kg CO2e   ({sure})"]
    for removal in footprint.removals:
        kept = f"{removal.on_product_kg_co2:.2f} kg CO2 in {removal.kind}, {removal.horizon_years} years"
        lines.append(f"  removed  {kept}, {removal.status.replace('_', ' ')}; not subtracted above")
    return "\n".join(lines)
